"""``onetake platform diagram``, ``cost`` and ``compliance``: what a copy of a platform looks like, costs and meets."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from onetake.platforms.catalogue import Entry
    from onetake.platforms.costs import Estimate
    from onetake.platforms.synthesized import Synthesized


@contextmanager
def synthesized(entry: Entry, given: Mapping[str, Any]) -> Iterator[Synthesized]:
    """A copy of a platform in a temporary folder."""
    from onetake.platforms import synthesis
    from onetake.platforms.synthesized import Synthesized

    with tempfile.TemporaryDirectory(prefix="onetake-") as folder:
        yield Synthesized(synthesis.synthesize(entry, Path(folder), given))


def diagram(entry: Entry, given: Mapping[str, Any], out: Path | None) -> None:
    """Draw a copy, to a file or to standard output."""
    from onetake.platforms.diagrams import draw, picture

    with synthesized(entry, given) as stack:
        drawn = draw(picture(f"{entry.name}: {stack.folder.name}", stack))
    if out is None:
        click.echo(drawn, nl=False)
        return
    try:
        out.write_text(drawn, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{out}: {error.strerror}") from error
    click.echo(str(out))


def cost(entry: Entry, copies: Mapping[str, Mapping[str, Any]], form: str) -> None:
    """Tell what copies cost a month, side by side."""
    from onetake.platforms.costs import estimate

    found: dict[str, Estimate] = {}
    for name, given in copies.items():
        with synthesized(entry, given) as stack:
            found[name] = estimate(stack)
    click.echo(_costs_as_json(found) if form == "json" else "\n".join(_costs_as_text(found)))


def _costs_as_json(found: Mapping[str, Estimate]) -> str:
    told = {
        name: {
            "monthly": round(one.monthly, 2),
            "charges": [
                {
                    "address": charge.resource.address,
                    "what": charge.what,
                    "quantity": round(charge.quantity, 4),
                    "usd": charge.price.usd,
                    "per": charge.price.per,
                    "monthly": round(charge.monthly, 2),
                    "page": charge.price.page,
                    "seen": charge.price.seen.isoformat(),
                }
                for charge in one.charges
            ],
            "by_use": one.by_use,
            "not_priced": one.unpriced,
        }
        for name, one in found.items()
    }
    return json.dumps({"currency": "USD", "region": "us-east-1", "copies": told}, indent=2)


def _costs_as_text(found: Mapping[str, Estimate]) -> Iterator[str]:
    from onetake.platforms.costs.prices import REGION

    yield f"US dollars a month at list prices of {REGION}, everything at its smallest size, without traffic and storage"
    yield ""
    sums = {name: one.modules() for name, one in found.items()}
    modules = sorted({module for one in sums.values() for module in one}, key=lambda name: -_highest(sums, name))
    width = max(map(len, (*modules, "together")))
    yield f"{'':{width}}" + "".join(f"{name:>12}" for name in found)
    for module in modules:
        yield f"{module:{width}}" + "".join(f"{one.get(module, 0.0):12,.2f}" for one in sums.values())
    yield f"{'together':{width}}" + "".join(f"{one.monthly:12,.2f}" for one in found.values())
    used = {kind: how for one in found.values() for kind, how in one.by_use.items()}
    yield "\npaid by use, and in no sum"
    width = max(map(len, used), default=0)
    yield from (f"  {kind:{width}}  {how}" for kind, how in sorted(used.items()))
    unpriced = sorted({address for one in found.values() for address in one.unpriced})
    if unpriced:
        yield "\nnot priced: nobody has seen a price for these"
        yield from (f"  {address}" for address in unpriced)


def _highest(sums: Mapping[str, Mapping[str, float]], module: str) -> float:
    return max(one.get(module, 0.0) for one in sums.values())


def compliance(entry: Entry, given: Mapping[str, Any], form: str) -> int:
    """Tell which requirements of its standards a copy meets; 1 when it has to meet one and does not."""
    from onetake.platforms.compliance import judge, markdown, standards

    missed = 0
    told: list[dict[str, Any]] = []
    with synthesized(entry, given) as stack:
        for standard in standards(entry):
            rows = judge(standard, stack)
            missed += sum(row.answer == "not met" for row in rows)
            if form == "markdown":
                click.echo("\n".join((f"## {standard.name}\n", f"<{standard.source}>\n", *markdown(rows), "")))
            told += [
                {
                    "standard": standard.name,
                    "requirement": row.requirement.number,
                    "asks": row.requirement.meaning,
                    "answer": row.answer,
                    "elsewhere": row.requirement.elsewhere,
                    "resources": [one.address for one in row.resources],
                }
                for row in rows
            ]
    if form == "json":
        click.echo(json.dumps(told, indent=2))
    if not told:
        raise click.ClickException(f"{entry.name} is held to no standard")
    return int(bool(missed))
