"""Every command in the documentation is executed, and prints what the page says."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parent.parent.parent / "docs"
PAGES = {"usage.md": "worker", "terraform.md": "configurations", "platforms.md": "platforms"}
"""The pages, and the folders in which their commands are run."""
BLOCK = re.compile(r"```(\w+)(?: (\S+))?\n(.*?)```", re.DOTALL)


def execute(text: str, folder: Path) -> str:
    """``text`` with the files of its blocks written and the output of its commands as it is now."""
    answered = 0

    def block(found: re.Match[str]) -> str:
        nonlocal answered
        kind, name, body = found.groups()
        if name:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(body)
        if kind != "console":
            return found[0]
        shown = []
        for command in re.findall(r"^\$ (.*)$", body, re.MULTILINE):
            if command == "echo $?":
                shown.append(f"$ {command}\n{answered}\n")
                continue
            ended = run(command, folder)
            answered = ended.returncode
            shown.append(f"$ {command}\n{ended.stdout}")
        return f"```console\n{''.join(shown)}```"

    return BLOCK.sub(block, text)


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "COLUMNS": "100", "NO_COLOR": "1"}
    return subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(("name", "inside"), PAGES.items())
def test_the_page_shows_what_is_printed(tmp_path: Path, pytestconfig: pytest.Config, name: str, inside: str):
    page = DOCS / name
    folder = tmp_path / inside
    folder.mkdir()
    executed = execute(page.read_text(), folder)
    if pytestconfig.getoption("--update-golden"):
        page.write_text(executed)

    assert executed == page.read_text()
    assert "Traceback" not in executed
