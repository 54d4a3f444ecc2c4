"""What ``--fix`` makes of right Go programs in which one mistake was made.

``python -m tools.oracle_source.go_fixes FOLDER`` takes the Go programs below FOLDER that use construct libraries
(copies of public repositories), requires in their ``go.mod`` the versions that are known here, makes each mistake of
:mod:`tools.oracle_source.go_breaks` in each file, formats it with ``gofmt``, mends it, compares with the file as it was
and with what ``gofmt`` would write, and records the counts in ``tests/frontends/source/golang/fixes.json``.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

from onetake.analysis.fixes import plan
from onetake.api import Arguments
from onetake.frontends.files import Options
from onetake.frontends.source import is_program
from onetake.knowledge.api.editions import PACKS, editions
from tools.oracle_source.go_breaks import BREAKS

RECORDED = Path(__file__).resolve().parents[2] / "tests" / "frontends" / "source" / "golang" / "fixes.json"
SEED = 20261128
_REQUIRED = re.compile(r"^(\s*(?:require\s+)?)(\S+)(\s+)v\S+", re.MULTILINE)


def mended(path: Path, root: Path) -> bytes:
    """The file at ``path`` after all fixes."""
    return plan(Arguments((path,), root=root, config=False).request()).after.get(path.resolve(), path.read_bytes())


def formatted(content: bytes) -> bytes:
    """As gofmt writes it; empty for what it cannot read."""
    told = subprocess.run(["gofmt"], input=content, capture_output=True, check=False)
    return told.stdout if told.returncode == 0 else b""


def programs(folder: Path) -> Iterator[tuple[Path, Path]]:
    """The files of programs, each with the folder of its module."""
    for path in sorted(folder.rglob("*.go")):
        if path.name.endswith("_test.go") or not is_program(path, Options(root=folder)):
            continue
        module = next((one for one in path.parents if (one / "go.mod").is_file()), None)
        if module is not None and module.is_relative_to(folder):
            yield path, module


def outcomes(folder: Path, scratch: Path) -> Iterator[tuple[str, str]]:
    """For each file and mistake: ``as it was``, ``otherwise``, ``not mended``, or ``not as gofmt writes``."""
    known = {edition.go: edition.version for root in PACKS for edition in editions(root)}
    for path, module in programs(folder):
        right = formatted(path.read_bytes())
        copy = scratch / "module"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(module, copy, ignore=lambda at, names: [one for one in names if _left(Path(at) / one)])
        told = (module / "go.mod").read_text(encoding="utf-8")
        pinned = _REQUIRED.sub(
            lambda one: f"{one[1]}{one[2]}{one[3]}v{known[one[2]]}" if one[2] in known else one[0], told
        )
        (copy / "go.mod").write_text(pinned, encoding="utf-8")
        at = copy / path.relative_to(module)
        at.write_bytes(right)
        if not right or mended(at, copy) != right:
            continue  # not right, to begin with
        for mistake, make in BREAKS.items():
            broken = make(right, Random(f"{SEED}{path.name}{mistake}"))
            broken = broken if mistake == "comma missing" else formatted(broken)
            if broken and broken != right:
                at.write_bytes(broken)
                yield mistake, _outcome(mended(at, copy), broken, right)


def _left(path: Path) -> bool:
    return path.is_file() and path.suffix != ".go" and path.name not in ("go.mod", "go.work", "cdktf.json")


def _outcome(after: bytes, broken: bytes, right: bytes) -> str:
    if after == right:
        return "as it was"
    if after == broken:
        return "not mended"
    return "otherwise" if formatted(after) == after else "not as gofmt writes"


def main() -> int:
    """Make the mistakes, and record what became of them."""
    if shutil.which("gofmt") is None:
        print("gofmt is not on PATH", file=sys.stderr)
        return 2
    counts: dict[str, Counter[str]] = {mistake: Counter() for mistake in BREAKS}
    with tempfile.TemporaryDirectory() as scratch:
        for mistake, outcome in outcomes(Path(sys.argv[1]).resolve(), Path(scratch).resolve()):
            counts[mistake][outcome] += 1
    RECORDED.write_text(
        json.dumps({"seed": SEED, "mistakes": counts}, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )
    for mistake, told in counts.items():
        print(f"{mistake}: {dict(told)}")
    return int(any(told["not as gofmt writes"] for told in counts.values()))


if __name__ == "__main__":
    sys.exit(main())
