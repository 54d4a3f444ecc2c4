"""``python -m tools.corpus``: run the engine over a corpus, compare two runs, report one, keep its verdicts."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from tools.corpus import compare, outcomes, summary
from tools.corpus.keeping import keep
from tools.corpus.programs import programs


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line says."""
    options = _parser().parse_args(arguments)
    if options.command == "run":
        return _run(options)
    if options.command == "compare":
        moved = compare.movement(outcomes.read(options.before), outcomes.read(options.after))
        print("\n".join(compare.lines(moved, options.examples)))
        return int(not moved.still)
    if options.command == "report":
        print("\n".join(summary.lines(outcomes.read(options.run), options.examples)))
        return 0
    keep(outcomes.read(options.run), programs(options.folder))
    return 0


def _run(options: argparse.Namespace) -> int:
    from tools.corpus.engine import ask
    from tools.corpus.running import run

    chosen = [program for program in programs(options.folder) if re.search(options.match, program.path)]
    chosen = chosen[:: max(1, options.every)]
    options.out.mkdir(parents=True, exist_ok=True)
    # Written as it goes: a run that is interrupted keeps what it has.
    with (options.out / "outcomes.jsonl").open("w", encoding="utf-8") as file:
        for number, outcome in enumerate(run(chosen, ask, seconds=options.seconds), 1):
            file.write(outcomes.line(outcome) + "\n")
            if number % 100 == 0:
                file.flush()
                print(f"{number} of {len(chosen)}", file=sys.stderr)
    print("\n".join(summary.lines(outcomes.read(options.out), examples=1)))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.corpus", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="check every program of a folder")
    run.add_argument("folder", type=Path)
    run.add_argument("--out", type=Path, required=True, help="the folder that gets outcomes.jsonl")
    run.add_argument("--match", default="", help="only programs whose path this regular expression finds")
    run.add_argument("--every", type=int, default=1, metavar="N", help="only every Nth of them")
    run.add_argument("--seconds", type=float, default=20.0, help="the time limit for one program")
    compare_ = commands.add_parser("compare", help="what moved between two runs; 1 if anything did")
    compare_.add_argument("before", type=Path)
    compare_.add_argument("after", type=Path)
    report = commands.add_parser("report", help="a run in numbers, by rule")
    report.add_argument("run", type=Path)
    kept = commands.add_parser("keep", help="write the verdicts of a run to tests/corpus, for docs/accuracy.md")
    kept.add_argument("run", type=Path)
    kept.add_argument("folder", type=Path)
    for command in (compare_, report):
        command.add_argument("--examples", type=int, default=3)
    return parser


if __name__ == "__main__":
    sys.exit(main())
