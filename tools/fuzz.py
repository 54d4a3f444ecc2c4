"""Coverage-guided fuzzing of the frontends: ``python -m tools.fuzz [--seconds N] [--only TARGET] [--keep FOLDER]``.

Each target starts from the files in ``tests/fuzz/seeds/<target>`` and runs in a process of its own; an input that
crashes is kept in the folder (``out/fuzz``), and the exit code is 1.
"""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "tests" / "fuzz" / "seeds"
NAMES = sorted(folder.name for folder in SEEDS.iterdir())
"""The targets: one for each folder of seeds."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=120, help="for each target")
    parser.add_argument("--only", choices=NAMES)
    parser.add_argument("--keep", type=Path, default=ROOT / "out" / "fuzz", help="where inputs are kept")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if importlib.util.find_spec("atheris") is None:
        print("fuzzing needs atheris: .venv/bin/python -m pip install atheris (Linux, CPython)", file=sys.stderr)
        return 2
    if given.here:
        _fuzz(given.only, given.seconds, given.keep)
        return 0
    failed = [name for name in ([given.only] if given.only else NAMES) if not _run(name, given.seconds, given.keep)]
    print(f"crashed: {', '.join(failed)}; the inputs are in {given.keep}" if failed else "no crash")
    return 1 if failed else 0


def _run(name: str, seconds: int, keep: Path) -> bool:
    print(f"{name}: {seconds} s", flush=True)
    command = [sys.executable, "-m", "tools.fuzz", "--here", "--only", name, "--seconds", str(seconds)]
    return subprocess.run([*command, "--keep", str(keep)], cwd=ROOT, check=False).returncode == 0


def _fuzz(name: str, seconds: int, keep: Path) -> None:
    import atheris

    grown = keep / name / "corpus"
    grown.mkdir(parents=True, exist_ok=True)
    flags = [f"-max_total_time={seconds}", "-max_len=8192", "-timeout=20", "-rss_limit_mb=2048"]
    # Only our code is followed. The engine imports late, also while it runs: the hook stays in place.
    with atheris.instrument_imports(include=["onetake"]):
        from tools.fuzz_targets import TARGETS

        # New inputs go to the first folder, the seeds are only read.
        folders = [str(grown), str(SEEDS / name)]
        atheris.Setup([sys.argv[0], *flags, f"-artifact_prefix={keep / name}/", *folders], TARGETS[name])
        atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
