"""What is said of calls, compared with the installed library: ``python -m tools.oracle_source.calls FOLDER``.

Programs are generated from the pack of cdktn's bindings, right and wrong; each is judged by its text, and run. Counts
go to ``tests/frontends/source/calls.json``, differences to the folder.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from onetake.api import check
from onetake.knowledge.api.editions import editions
from onetake.model.findings import Severity
from tools.oracle_source.programs import Writer, Written

COUNTS = Path(__file__).resolve().parents[2] / "tests" / "frontends" / "source" / "calls.json"
CLASSES = 430
"""How many modules are drawn; those of data sources and of the provider itself have no resource."""
SEED = 1
ROOT = "cdktn_provider_aws"


def judged(text: str, requirements: str, folder: Path) -> list[str]:
    """The certain findings of a program's text that stop it; a password in it, say, does not."""
    (folder / "main.py").write_text(text, encoding="utf-8")
    (folder / "requirements.txt").write_text(requirements, encoding="utf-8")
    report = check(folder / "main.py", root=folder, config=False)
    found = (one.finding for one in report.findings)
    return [f"{one.rule}: {one.message}" for one in found if not one.condition and one.severity is Severity.CRITICAL]


def ran(programs: Sequence[Written]) -> Iterator[str]:
    """What each program raises."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tools.oracle_source.running"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert child.stdin is not None
    assert child.stdout is not None
    for one in programs:
        child.stdin.write(json.dumps(one.text) + "\n")
        child.stdin.flush()
        yield json.loads(child.stdout.readline())
    child.stdin.close()
    child.wait()


def main(arguments: Sequence[str] | None = None) -> int:
    """Generate, judge, run and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--classes", type=int, default=CLASSES)
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args(arguments)
    edition = editions(ROOT)[-1]
    others = tuple(one[-1] for one in map(editions, ("cdktn", "constructs")))
    programs = list(Writer(edition, others, given.seed).programs(given.classes))
    requirements = "".join(f"{one.distribution}=={one.version}\n" for one in (edition, *others))
    given.folder.mkdir(parents=True, exist_ok=True)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    with tempfile.TemporaryDirectory() as scratch, (given.folder / "calls.jsonl").open("w") as file:
        for one, raised in zip(programs, ran(programs), strict=True):
            found = judged(one.text, requirements, Path(scratch))
            verdict = ("refused" if raised else "runs", "found" if found else "silent")
            counts[one.mistake][" and ".join(verdict)] += 1
            if bool(raised) != bool(found):
                file.write(json.dumps([one.mistake, one.name, raised, found, one.text]) + "\n")
    told = summary(counts)
    told |= {"edition": repr(edition), "seed": given.seed, "programs": len(programs)}
    told["classes"] = len({one.name for one in programs})
    COUNTS.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(told, indent=1))
    return 0


def summary(counts: dict[str, Counter[str]]) -> dict[str, Any]:
    """Precision, recall and the counts of every mistake."""
    total: Counter[str] = Counter()
    for one in counts.values():
        total.update(one)
    right, wrong, missed = (total[name] for name in ("refused and found", "runs and found", "refused and silent"))
    return {
        "precision": round(right / max(1, right + wrong), 4),
        "recall": round(right / max(1, right + missed), 4),
        "mistakes": {name: dict(sorted(one.items())) for name, one in counts.items()},
    }


if __name__ == "__main__":
    sys.exit(main())
