"""Measure onetake beside its peers, in one run, and write ``docs/performance.md``.

Usage: ``python -m tools.bench [--out FILE] [--date YYYY-MM-DD] [--quick]``. See ``tools/bench_peers.py`` for where the
peers are looked for. CPU seconds (user and system) of whole processes; nothing here is a test.
"""

from __future__ import annotations

import argparse
import compileall
import datetime
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tools import bench_peers as peers
from tools.bench_configuration import RESOURCES, write_configuration
from tools.bench_measuring import MANY, WARM, Cost, inside, process
from tools.bench_programs import write_sources, write_template, write_terraform

ROOT = Path(__file__).resolve().parent.parent
SIZES = (5, 60, 1_000, 10_000)
NATIVE = (RESOURCES, 10 * RESOURCES)
"""Sizes of the configuration in native syntax, which has a hundred files whatever its size."""
PROGRAMS, EACH = 200, 50
EXACT, FILES = 200, 20
ONETAKE = (sys.executable, "-m", "onetake")


@dataclass
class Measured:
    """Everything that was measured; ``cold`` by language, size and tool."""

    version: Cost = field(default_factory=Cost)
    python: Cost = field(default_factory=Cost)
    cold: dict[tuple[str, int, str], Cost] = field(default_factory=dict)
    warm: dict[tuple[str, int], dict[str, float]] = field(default_factory=dict)
    rate: dict[str, float] = field(default_factory=dict)
    exact: Cost = field(default_factory=Cost)
    """Of ``--exact`` with 200 resources, where the provider is on the machine."""
    source: Cost = field(default_factory=Cost)
    """Of a program in Python with twenty files, judged by its text."""


@dataclass(frozen=True)
class Plan:
    """How much is measured."""

    sizes: tuple[int, ...] = SIZES
    native: tuple[int, ...] = NATIVE
    runs: int = 5
    """Of onetake, for the small programs; fewer for the large ones."""
    peer_runs: int = 3


def measure(folder: Path, plan: Plan, save: Callable[[Measured], None]) -> Measured:
    """Everything, one after the other: what runs side by side would disturb each other. Saved after each size."""
    runs = plan.runs
    version = process([*ONETAKE, "--version"], 2 * runs + 1)
    measured = Measured(version, process([sys.executable, "-c", "pass"], 2 * runs + 1))
    for language, write in (("Terraform JSON", write_terraform), ("CloudFormation", _yaml)):
        many = folder / f"many-{language[:5]}"
        for number in range(PROGRAMS):
            write(many / f"program{number:03}", EACH)
        found = inside(MANY, str(many))
        measured.rate[language] = found["programs"] / found["seconds"] if found else 0.0
    measured.source = process([*ONETAKE, "check", str(write_sources(folder / "source", FILES))], 2 * runs + 1)
    if peers.aws_provider():
        asked = write_terraform(folder / "exact", EXACT)
        measured.exact = process([*ONETAKE, "check", "--exact", str(asked)], plan.peer_runs)
    for size in plan.sizes:
        terraform = write_terraform(folder / f"terraform-{size}", size)
        template = write_template(folder / f"template-{size}", size, as_yaml=size <= 60)
        _cold(measured, "Terraform JSON", size, terraform, plan)
        _cold(measured, "CloudFormation", size, template, plan)
        save(measured)
    for size in plan.native:
        folder_of = write_configuration(folder / f"native-{size}", size)
        _cold(measured, "Terraform", size, folder_of, plan)
        save(measured)
    return measured


def _yaml(folder: Path, resources: int) -> Path:
    return write_template(folder, resources, as_yaml=True)


def _cold(measured: Measured, language: str, size: int, path: Path, plan: Plan) -> None:
    tools: dict[str, Callable[[Path, int], Cost]] = {"onetake": _onetake}
    if language == "CloudFormation":
        tools["cloudformation-validate"] = peers.cloudformation_validate
        if size <= 1_000:
            tools["cfn-lint"] = peers.cfn_lint
    elif size <= 1_000:
        tools["terraform validate"] = peers.terraform_validate
    if size <= 1_000:
        tools["checkov"] = peers.checkov
    for tool, run in tools.items():
        runs = plan.runs if tool == "onetake" else plan.peer_runs
        cost = measured.cold[language, size, tool] = run(path, runs if size <= 60 else 1)
        print(f"{language} {size} {tool}: {cost}", file=sys.stderr, flush=True)
    if language == "Terraform":
        return  # what parsing alone costs is not known: no other parser of the language is at hand
    warm = measured.warm[language, size] = dict(inside(WARM, str(path), "20" if size <= 60 else "1"))
    print(f"{language} {size} warm: {warm}", file=sys.stderr, flush=True)


def _onetake(path: Path, runs: int) -> Cost:
    return process([*ONETAKE, "check", str(path)], runs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "performance.md")
    parser.add_argument("--date", default=datetime.datetime.now(tz=datetime.UTC).date().isoformat())
    parser.add_argument("--quick", action="store_true", help="small programs, few runs")
    parser.add_argument("--peer-runs", type=int, default=3, help="runs of each other tool")
    given = parser.parse_args()
    _compile()
    with tempfile.TemporaryDirectory() as folder:
        plan = Plan(SIZES[:2], NATIVE[:1], 2, 1) if given.quick else Plan(peer_runs=given.peer_runs)
        measure(Path(folder).resolve(), plan, lambda so_far: _save(so_far, given.out, given.date))


def _compile() -> None:
    """Leave bytecode beside the source, as an installer does: users do not compile it again in each run."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compileall.compile_dir(ROOT / "src", quiet=1)


def _save(measured: Measured, out: Path, date: str) -> None:
    from tools.bench_page import page

    out.write_text(page(measured, date), encoding="utf-8")


if __name__ == "__main__":
    main()
