"""Rehearse the platforms of the catalogue in three environments, record what came of it, and write the page.

    python -m tools.rehearsals.run [NAME ...] [--folder out/rehearsals]

A ``NAME`` is a platform (``eks-microservices``) or a variant of one (``eks-microservices-prod``); all of them if none
is given. What is recorded of the variants that are not rehearsed stays. The logs and the whole of every rehearsal are
kept in the folder, a folder a run.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from onetake.emulator import Rehearsal, rehearse
from onetake.platforms import synthesis
from onetake.platforms.catalogue import PLATFORMS
from onetake.platforms.parameters import ENVIRONMENTS, Environment
from tools.rehearsals import page

Variant = tuple[str, Environment]


def main(arguments: Sequence[str] | None = None) -> int:
    """Rehearse, record and write; 1 when a rehearsal failed or never settles."""
    parser = argparse.ArgumentParser(prog="python -m tools.rehearsals.run", description="Rehearse the platforms.")
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--folder", type=Path, default=page.ROOT / "out" / "rehearsals")
    given = parser.parse_args(arguments)
    wanted = [*_variants(given.names)]
    unknown = set(given.names) - {*PLATFORMS, *("-".join(one) for one in wanted)}
    if unknown:
        parser.error(f"there is no platform or variant {', '.join(sorted(unknown))}")
    kept = given.folder / datetime.datetime.now().strftime("%Y%m%d-%H%M%S")
    failed = 0
    for platform, environment in wanted:
        found = _rehearsed(platform, environment, kept / f"{platform}-{environment}")
        failed |= found.exit_code()
        # At once: a run that is stopped loses nothing of what was rehearsed.
        _record(f"{platform}-{environment}", summary(found))
        print(f"{platform} {environment}: {found.outcome.value}, {found.seconds:.0f} s", flush=True)
    return failed


def _variants(names: Sequence[str]) -> Iterator[Variant]:
    for platform in PLATFORMS:
        for environment in ENVIRONMENTS:
            if not names or platform in names or f"{platform}-{environment}" in names:
                yield platform, environment


def _rehearsed(platform: str, environment: Environment, kept: Path) -> Rehearsal:
    entry = PLATFORMS[platform]
    stack = synthesis.synthesize(entry, kept / "program", synthesis.example(entry, environment))
    found = rehearse(stack, root=kept, logs=kept / "logs", apply_budget=1800)
    (kept / "rehearsal.json").write_text(json.dumps(found.data(), indent=1), encoding="utf-8")
    return found


def summary(found: Rehearsal) -> dict[str, Any]:
    """What is recorded of a rehearsal."""
    managed = [one for one in found.resources if not one.address.startswith("data.")]
    fates = Counter(one.fate.value for one in managed)
    return {
        "date": datetime.datetime.now().astimezone().date().isoformat(),
        "engine": found.engine,
        "provider": found.provider,
        "moto": version("moto"),
        "outcome": found.outcome.value,
        "fates": dict(sorted(fates.items())),
        "not rehearsed": {one.address: one.gap for one in found.resources if one.gap},
        "refused": {one.address: one.message for one in managed if one.message},
        "changes again": {one.address: [*one.changes] for one in managed if one.changes},
        "steps": {one.step.value: round(one.seconds) for one in found.steps},
        "protected": found.protected,
        "left": None if found.left is None else [str(one) for one in found.left],
    }


def _record(variant: str, told: Mapping[str, Any]) -> None:
    record = page.recorded()
    record[variant] = told
    known = [f"{platform}-{environment}" for platform in PLATFORMS for environment in ENVIRONMENTS]
    ordered = {name: record[name] for name in known if name in record}
    page.RECORD.write_text(json.dumps(ordered, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    page.PAGE.write_text(page.text(ordered), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
