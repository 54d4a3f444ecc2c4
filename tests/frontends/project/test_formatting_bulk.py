"""The signs are measured against the formatters themselves: what has one, they would change."""

import ast
import random
import subprocess
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest

from onetake.frontends.project.formatting import Style, signs
from onetake.frontends.project.formatting.spacing import Sign

SOURCES = Path(__file__).parents[3] / "src" / "onetake"
LIBRARY = Path(sysconfig.get_path("stdlib"))
WIDTH = 120
STYLE = Style(width=WIDTH)
LONGEST = 30_000
RUFF = [sys.executable, "-m", "ruff", "format", "--isolated", "--no-cache", f"--line-length={WIDTH}"]


def texts(paths: Sequence[Path], seed: int, count: int) -> list[str]:
    """Some of the files that are neither long nor in another encoding."""
    found = []
    for path in random.Random(seed).sample(paths, len(paths)):
        try:
            text = path.read_text(encoding="utf-8")
            ast.parse(text)
        except (UnicodeDecodeError, SyntaxError, ValueError):
            continue
        if text.strip() and len(text) < LONGEST:
            found.append(text)
        if len(found) == count:
            break
    return found


def formatted(given: Sequence[str], folder: Path, command: Sequence[str]) -> list[str]:
    """What a formatter makes of each text."""
    paths = [folder / f"m{at}.py" for at in range(len(given))]
    for path, text in zip(paths, given, strict=True):
        path.write_text(text, encoding="utf-8", newline="")
    subprocess.run([*command, str(folder)], check=False, capture_output=True, timeout=300)
    return [path.read_bytes().decode("utf-8") for path in paths]


def broken(text: str, chance: random.Random) -> Iterator[str]:
    """A text with one character of its layout more, less or another, that means the same."""
    meaning = ast.dump(ast.parse(text))
    spaces = [at for at, one in enumerate(text) if one in " \n"]
    quotes = [at for at, one in enumerate(text) if one == '"']
    for _ in range(8):
        at = chance.choice(spaces)
        end = chance.choice(quotes[:-1] or [0])
        close = text.find('"', end + 1)
        one = chance.choice(
            [
                text[:at] + text[at + 1 :],
                text[:at] + " " + text[at:],
                text[:at] + "\n" + text[at:],
                f"{text[:end]}'{text[end + 1 : close]}'{text[close + 1 :]}",
            ]
        )
        try:
            if one != text and ast.dump(ast.parse(one)) == meaning:
                yield one
                return
        except (SyntaxError, ValueError):
            continue


def measured(
    given: Sequence[str], folder: Path, command: Sequence[str]
) -> tuple[list[tuple[str, list[Sign]]], int, int]:
    """Texts with a sign that the formatter leaves as they are; how many it changes, and how many of those have one."""
    folder.mkdir()
    after = formatted(given, folder, command)
    told = [signs(text, STYLE) for text in given]
    changed = [one != other for one, other in zip(given, after, strict=True)]
    wrong = [
        (text, found) for text, found, is_changed in zip(given, told, changed, strict=True) if found and not is_changed
    ]
    return wrong, sum(changed), sum(1 for found, is_changed in zip(told, changed, strict=True) if found and is_changed)


def test_the_standard_library(tmp_path: Path) -> None:
    """As it is written, and as Ruff writes it: then nothing is left to say."""
    given = texts(sorted(LIBRARY.rglob("*.py")), 1, 250)
    wrong, changed, told = measured(given, tmp_path / "as-it-is", RUFF)
    (tmp_path / "clean").mkdir()
    clean = formatted(given, tmp_path / "clean", RUFF)
    left, _, _ = measured(clean, tmp_path / "again", RUFF)

    assert (wrong, left) == ([], [])
    assert changed > 150
    assert told / changed > 0.9


def test_what_one_character_breaks(tmp_path: Path) -> None:
    """Files of this project, which are formatted, with one fault of layout each."""
    chance = random.Random(2)
    own = texts(sorted(SOURCES.rglob("*.py")), 2, 300)
    assert [signs(text, STYLE) for text in own if signs(text, STYLE)] == []
    wrong, changed, told = measured([one for text in own for one in broken(text, chance)], tmp_path / "broken", RUFF)

    assert wrong == []
    assert changed > 150
    assert told / changed > 0.8


@pytest.mark.skipif(find_spec("black") is None, reason="Black is not among the dependencies of the development")
def test_black_agrees(tmp_path: Path) -> None:
    (tmp_path / "none.toml").touch()
    command = [sys.executable, "-m", "black", "--quiet", f"--line-length={WIDTH}", f"--config={tmp_path / 'none.toml'}"]
    given = texts(sorted(LIBRARY.rglob("*.py")), 3, 60)
    wrong, changed, told = measured(given, tmp_path / "as-it-is", command)
    (tmp_path / "clean").mkdir()
    left, _, _ = measured(formatted(given, tmp_path / "clean", command), tmp_path / "again", command)

    assert (wrong, left) == ([], [])
    assert told / changed > 0.9
