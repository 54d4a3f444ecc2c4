"""``docs/performance.md``: the budgets beside what was measured, and every figure behind them."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tools import bench_peers as peers
from tools.bench_measuring import Cost

if TYPE_CHECKING:
    from tools.bench import Measured

TERRAFORM, TEMPLATE, NATIVE = "Terraform JSON", "CloudFormation", "Terraform"
Row = tuple[str, str, float, float]
"""What, its unit, the measured figure, and the budget that it should stay below."""


def page(measured: Measured, date: str) -> str:
    """The whole page."""
    parts = [
        "# Performance\n",
        "Written by `make bench`. CPU seconds (user and system), since machines are shared: the median of up to five"
        " runs of whole processes (one run for large programs), all measured in one go. The programs are generated:"
        " networks, roles, functions, queues, containers, databases and clusters that refer to each other; the one in"
        " Terraform's native syntax has variables, locals, loops, templates, policy documents and modules in a hundred"
        " files. Python's bytecode is compiled beforehand, as installers do.\n",
        f"{date}, {_machine()}. {', '.join(f'{name} {number}' for name, number in peers.versions().items())}.\n",
        "## Budgets\n\n| what | budget | measured | |\n| --- | --- | --- | --- |",
        *_verdicts(measured),
        "\n## Cold: one process for one program\n",
        "| program | resources | tool | CPU s | wall s | peak MB | CPU, times onetake's |",
        "| --- | ---: | --- | ---: | ---: | ---: | ---: |",
        *_cold(measured),
        "\n## Warm: in one process, after one round\n",
        "| program | resources | onetake ms | of that what the provider knows | parsing alone ms |"
        " cloudformation-validate alone ms |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
        *_warm(measured),
        "\nParsing alone is `json.loads` for JSON, and libyaml's safe loader for YAML.\n",
    ]
    return "\n".join(parts)


def _machine() -> str:
    name = platform.processor() or platform.machine()
    facts = Path("/proc/cpuinfo")
    if facts.exists():
        models = [line.split(":", 1)[1].strip() for line in facts.read_text().splitlines() if "model name" in line]
        name = models[0] if models else name
    system = f"{platform.system()} {platform.machine()}"
    python = ".".join(map(str, sys.version_info[:3]))
    return f"{name}, {os.cpu_count()} cores, {system}, Python {python}; load while it ran: {os.getloadavg()[1]:.1f}"


def _verdicts(measured: Measured) -> Iterator[str]:
    for what, unit, figure, budget in _budgets(measured):
        if not figure:
            yield f"| {what} | {budget:g} {unit} | | not measured |"
        elif figure <= budget:
            yield f"| {what} | {budget:.3g} {unit} | {figure:.3g} {unit} | met |"
        else:
            missed = f"**missed**, {figure / budget:.2g} times the budget"
            yield f"| {what} | {budget:.3g} {unit} | {figure:.3g} {unit} | {missed} |"


def _budgets(measured: Measured) -> Iterator[Row]:
    def cold(language: str, size: int, tool: str = "onetake") -> Cost:
        return measured.cold.get((language, size, tool), Cost())

    def part(language: str, tool: str) -> float:
        other = cold(language, 60, tool).cpu
        return cold(language, 60).cpu / other if other else 0.0

    def warm(language: str, name: str) -> float:
        return 1000 * measured.warm.get((language, 60), {}).get(name, 0.0)

    version = 1000 * (measured.version.cpu - measured.python.cpu)
    yield "`onetake --version`, above bare Python", "ms", version, 40
    yield (
        "Terraform, 60 resources, cold: part of `terraform validate`",
        "",
        part(TERRAFORM, "terraform validate"),
        1 / 20,
    )
    yield "Terraform, 60 resources, cold: part of checkov", "", part(TERRAFORM, "checkov"), 1 / 12
    yield "Terraform, 60 resources, cold", "ms", 1000 * cold(TERRAFORM, 60).cpu, 250
    yield "Terraform, 60 resources, cold, memory", "MB", cold(TERRAFORM, 60).megabytes, 80
    yield "Terraform, 60 resources, warm", "ms", warm(TERRAFORM, "check"), 5
    yield (
        "Terraform, 60 resources, warm: times parsing",
        "",
        _ratio(warm(TERRAFORM, "check"), warm(TERRAFORM, "parse")),
        5,
    )
    yield "Terraform, 60 resources, warm: what the AWS provider knows", "ms", warm(TERRAFORM, "schemas"), 3
    ours = cold(TEMPLATE, 60).cpu - cold(TEMPLATE, 60, "cloudformation-validate").cpu
    yield "CloudFormation, 60 resources, cold, above cloudformation-validate", "ms", 1000 * ours, 100
    above = warm(TEMPLATE, "check") - warm(TEMPLATE, "validate")
    yield "CloudFormation, 60 resources, warm, above cloudformation-validate", "ms", above, 5
    for language in (TERRAFORM, TEMPLATE):
        large = cold(language, 10_000)
        yield f"{language}, 10,000 resources", "s", large.cpu, 5
        yield f"{language}, 10,000 resources, memory", "MB", large.megabytes, 500
        growth = _ratio(measured.warm.get((language, 10_000), {}).get("check", 0.0), _check(measured, language, 1_000))
        yield f"{language}, warm, 10,000 resources: times 1,000 (linear is 10)", "", growth, 12
    yield "Terraform, 100 files, 20 module calls, 1,000 resources, cold", "s", cold(NATIVE, 1_000).cpu, 1.5
    validate = cold(NATIVE, 1_000, "terraform validate").cpu
    yield "the same: part of `terraform validate`", "", _ratio(cold(NATIVE, 1_000).cpu, validate), 1 / 5
    growth = _ratio(cold(NATIVE, 10_000).megabytes, cold(NATIVE, 1_000).megabytes)
    yield "the same, memory: 10,000 resources, times 1,000 (linear is at most 10)", "", growth, 10
    yield "Terraform, 200 resources, `--exact`, time that passes", "s", measured.exact.wall, 1
    yield "Python source on cdktn, 20 files, cold", "ms", 1000 * measured.source.cpu, 150
    for language, rate in measured.rate.items():
        yield f"{language}, 200 programs of 50 resources in one process, for each", "ms", _ratio(1000, rate), 5


def _check(measured: Measured, language: str, size: int) -> float:
    return measured.warm.get((language, size), {}).get("check", 0.0)


def _ratio(one: float, other: float) -> float:
    return one / other if other else 0.0


def _cold(measured: Measured) -> Iterator[str]:
    for name, cost in (("`python -c pass`", measured.python), ("`onetake --version`", measured.version)):
        yield f"| {name} | | | {cost.cpu:.3f} | {cost.wall:.3f} | {cost.megabytes:.0f} | |"
    for (language, size, tool), cost in measured.cold.items():
        head = f"| {language} | {size:,} | {tool} |"
        if cost.failed:
            yield f"{head} {cost.failed} | | | |"
            continue
        ratio = _ratio(cost.cpu, measured.cold[language, size, "onetake"].cpu)
        yield f"{head} {cost.cpu:.2f} | {cost.wall:.2f} | {cost.megabytes:.0f} | {ratio:.1f} |"


def _warm(measured: Measured) -> Iterator[str]:
    for (language, size), figures in measured.warm.items():
        cells = [
            f"{1000 * figures[name]:.1f}" if name in figures else ""
            for name in ("check", "schemas", "parse", "validate")
        ]
        yield f"| {language} | {size:,} | {' | '.join(cells)} |"
