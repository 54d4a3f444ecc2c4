"""``onetake knowledge``: what is known, from where and as of when; and packs for other versions of the provider."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from onetake.knowledge.inventory import Holding

EVERY = 5.0
"""Seconds between two lines of progress."""


@click.group("knowledge", invoke_without_command=True)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print the list.")
@click.pass_context
def command(context: click.Context, form: str) -> None:
    """List what onetake knows: packs and dated tables, with versions, dates, counts, sources and licences."""
    if context.invoked_subcommand is None:
        from onetake.knowledge.inventory import holdings

        found = holdings()
        click.echo(_data(found) if form == "json" else _text(found), nl=False)


@command.command("build")
@click.option(
    "--provider",
    "binary",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="The program of Terraform's AWS provider, as terraform init installs it below .terraform/providers.",
)
@click.option("--version", "version", help="Its version, when its file name does not tell.")
def build_command(binary: Path, version: str | None) -> int:
    """Build packs for the version of the AWS provider that you use.

    Its schemas take seconds, what it refuses about a quarter of an hour; if you stop that, the next call goes on from
    there. The packs go to ONETAKE_PACKS, or to onetake/packs below XDG_DATA_HOME.
    """
    try:
        from onetake.providers.binaries import version_of
        from onetake.providers.mining.building import build, needed
        from onetake.providers.process import ProviderFailure
    except ModuleNotFoundError as missing:
        raise click.ClickException(f"{missing.name} is not installed: pip install 'onetake[exact]'") from None
    known = version or version_of(binary)
    if known is None:
        raise click.UsageError(f"the name of {binary.name} does not tell its version: give it with --version")
    if not needed(known):
        click.echo(f"onetake comes with packs for version {known} of the AWS provider: nothing is built")
        return 0
    try:
        for built in build(binary, known, tell=_progress()):
            click.echo(f"{built.path}: {_size(built.size)}")
    except ProviderFailure as failure:
        raise click.ClickException(str(failure)) from None
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from None
    return 0


def _progress() -> Callable[[int, int, str], None]:
    """Tells how far it is, at once and then every few seconds: some types take one, hundreds of others no more."""
    told = -EVERY

    def tell(done: int, all_: int, name: str) -> None:
        nonlocal told
        now = time.monotonic()
        if now - told >= EVERY:
            told = now
            click.echo(f"{done} of {all_} types were asked about; now {name}", err=True)

    return tell


def _text(found: tuple[Holding, ...]) -> str:
    lines: list[str] = []
    for one in found:
        about = (one.of, _size(one.size), "yours" if one.own else "")
        lines += [f"{one.name} ({', '.join(part for part in about if part)})", *(f"  {line}" for line in _lines(one))]
    return "".join(f"{line}\n" for line in lines)


def _lines(one: Holding) -> Iterator[str]:
    if one.damage:
        yield f"cannot be read: {one.damage}"
        return
    yield one.fact
    yield ", ".join(_counted(name, count) for name, count in sorted(one.counts.items()) if _shown(name))
    for source in one.sources:
        licence = f" ({source['licence']})" if "licence" in source else ""
        yield f"from {' '.join(source[part] for part in ('name', 'version') if part in source)}{licence}"


def _counted(name: str, count: int) -> str:
    plain = name.replace("_", " ")
    return f"{count:,} {plain.removesuffix('s') if count == 1 else plain}"


def _shown(name: str) -> bool:
    """Whether a count is for everybody; those of single kinds are in the JSON."""
    return not name.startswith(("kind_", "relation_", "types_"))


def _data(found: tuple[Holding, ...]) -> str:
    rows = [
        {
            "name": one.name,
            "kind": one.kind,
            "fact": one.fact,
            "of": one.of,
            "bytes": one.size,
            "own": one.own,
            "counts": dict(one.counts),
            "sources": [dict(source) for source in one.sources],
            **({"damage": one.damage} if one.damage else {}),
        }
        for one in found
    ]
    return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"


def _size(size: int) -> str:
    return f"{max(1, round(size / 1000)):,} kB"
