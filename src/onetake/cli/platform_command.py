"""``onetake platform``: the platforms that come with onetake, from their list to a project of one's own."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onetake.cli import rehearse_command

if TYPE_CHECKING:
    from onetake.platforms.catalogue import Entry

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_ENVIRONMENTS = ("dev", "staging", "prod")


def _entry(_context: click.Context, _parameter: click.Parameter, name: str) -> Entry:
    from onetake.analysis.names import suggestion
    from onetake.platforms.catalogue import PLATFORMS

    if name not in PLATFORMS:
        near = suggestion(name, PLATFORMS)
        raise click.BadParameter(f'there is no platform "{name}"{near}; they are {", ".join(PLATFORMS)}')
    return PLATFORMS[name]


def _names(_context: click.Context, _parameter: click.Parameter, start: str) -> list[str]:
    from onetake.platforms.catalogue import PLATFORMS

    return [name for name in PLATFORMS if name.startswith(start)]


_platform = click.argument("entry", metavar="NAME", callback=_entry, shell_complete=_names)


def _copy(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that describe one copy of a platform."""
    for option in (
        click.option("--alarm-email", metavar="ADDRESS", help="Where alarms go; prod needs one."),
        click.option("--region", metavar="REGION", help="Where it stands.  [default: us-east-1]"),
        click.option("--environment", type=click.Choice(_ENVIRONMENTS), help="Its profile.  [default: by the suffix]"),
        click.option("--settings", type=_FILE, metavar="FILE", help="Settings as TOML; the other options win."),
        click.option("--suffix", metavar="SUFFIX", help="In the name of every resource, such as dev or pr123."),
    ):
        function = option(function)
    return function


@contextmanager
def _told() -> Iterator[None]:
    """What a platform refuses is wrong usage, not a fault of ours."""
    from onetake.platforms.refusals import MissingExtra, Refused

    try:
        yield
    except Refused as refused:
        raise click.UsageError(str(refused)) from refused
    except MissingExtra as missing:
        raise click.ClickException(str(missing)) from missing


@click.group("platform")
def command() -> None:
    """AWS platforms in Python that deploy in one take: look at them, check and rehearse them, begin a project with one.

    Needs pip install "onetake[platforms]".
    """


@command.command("list")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print the list.")
def list_command(form: str) -> int:
    """List the platforms."""
    from onetake.platforms.catalogue import PLATFORMS

    if form == "json":
        click.echo(json.dumps([{"name": one.name, "summary": one.summary} for one in PLATFORMS.values()], indent=2))
        return 0
    width = max(map(len, PLATFORMS))
    for one in PLATFORMS.values():
        click.echo(f"{one.name:{width}}  {one.summary}")
    return 0


@command.command("show")
@_platform
def show_command(entry: Entry) -> int:
    """Show what a platform can be given, and what its environments differ in."""
    from onetake.cli import platform_page

    with _told():
        click.echo(platform_page.page(entry), nl=False)
    return 0


@command.command("new")
@_platform
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--suffix", default="dev", show_default=True, help="Of the copy for development.")
@click.option("--region", default="us-east-1", show_default=True, help="Where it stands, to begin with.")
@click.option("--alarm-email", default="alarms@example.com", show_default=True, help="Where alarms of prod go.")
def new_command(entry: Entry, folder: Path, suffix: str, region: str, alarm_email: str) -> int:
    """Write a project around a platform: a program, settings for each environment, tests, CI, and a README."""
    from onetake.platforms import projects

    try:
        with _told():
            written = projects.create(entry, folder, suffix=suffix, region=region, email=alarm_email)
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from error
    for file in written:
        click.echo(f"{folder / file}")
    click.echo(f"next: cd {folder} && pip install -r requirements.txt && pytest")
    return 0


@command.command("synth")
@_platform
@_copy
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), default="cdktf.out", show_default=True, help="Where to."
)
def synth_command(entry: Entry, out: Path, **given: Any) -> int:
    """Synthesize a copy of a platform to Terraform's JSON."""
    from onetake.platforms import synthesis

    with _told():
        stack = synthesis.synthesize(entry, out, _settings(entry, given))
        found = synthesis.contents(stack)
    width = max(map(len, found))
    for module, counts in found.items():
        click.echo(f"{module:{width}}  {counts.total():3} resources of {len(counts)} types")
    click.echo(f"{sum(counts.total() for counts in found.values())} resources in {stack}")
    return 0


@command.command("check")
@_platform
@_copy
@click.option("--format", "-f", "form", default="terminal", help="How to tell it, as in onetake check.")
@click.pass_context
def check_command(context: click.Context, /, entry: Entry, form: str, **given: Any) -> int:
    """Synthesize a copy of a platform and predict what stops it, like onetake check.

    Exit codes are those of onetake check.
    """
    from onetake.cli.check_command import command as check
    from onetake.platforms import synthesis

    with tempfile.TemporaryDirectory(prefix="onetake-") as folder:
        with _told():
            stack = synthesis.synthesize(entry, Path(folder), _settings(entry, given))
        arguments = [str(stack), "--format", form, "--root", folder]
        with check.make_context("check", arguments, parent=context) as inner:
            answer = check.invoke(inner)
    return answer if isinstance(answer, int) else 0


@command.command("diagram")
@_platform
@_copy
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="The SVG file.  [default: standard output]"
)
def diagram_command(entry: Entry, out: Path | None, **given: Any) -> int:
    """Draw a copy of a platform as SVG, from the graph of its resources."""
    from onetake.cli import platform_reports

    with _told():
        platform_reports.diagram(entry, _settings(entry, given), out)
    return 0


@command.command("cost")
@_platform
@_copy
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to tell it.")
def cost_command(entry: Entry, form: str, **given: Any) -> int:
    """Estimate what a copy costs a month; without --suffix and --settings, one of each environment."""
    from onetake.cli import platform_reports
    from onetake.platforms import synthesis
    from onetake.platforms.parameters import ENVIRONMENTS

    with _told():
        if given["suffix"] is None and given["settings"] is None:
            wanted = [given["environment"]] if given["environment"] else ENVIRONMENTS
            copies = {name: synthesis.example(entry, name) for name in wanted}
        else:
            settings = _settings(entry, given)
            copies = {settings["environment_suffix"]: settings}
        platform_reports.cost(entry, copies, form)
    return 0


@command.command("compliance")
@_platform
@_copy
@click.option("--format", "form", type=click.Choice(["markdown", "json"]), default="markdown", help="How to tell it.")
def compliance_command(entry: Entry, form: str, **given: Any) -> int:
    """Tell by which resources a copy meets each requirement of its standards.

    Exit codes: 0 each is met, or met elsewhere; 1 one is not.
    """
    from onetake.cli import platform_reports

    with _told():
        return platform_reports.compliance(entry, _settings(entry, given), form)


@command.command("rehearse")
@_platform
@_copy
@rehearse_command.how
def rehearse_command_of(entry: Entry, **given: Any) -> int:
    """Synthesize a copy of a platform and deploy it to an emulated AWS, like onetake rehearse --emulate.

    Without --settings the copy has those that a new project begins with; without --suffix it is named like its
    environment, which is dev if none is given. Exit codes are those of onetake rehearse.
    """
    from onetake.platforms import parameters, synthesis

    copy = {name: given.pop(name) for name in ("suffix", "settings", "environment", "region", "alarm_email")}
    if copy["settings"] is None:
        copy["suffix"] = copy["suffix"] or copy["environment"] or "dev"
    environment = parameters.environment(copy["environment"], copy["suffix"] or "")
    with tempfile.TemporaryDirectory(prefix="onetake-") as folder:
        with _told():
            begun = synthesis.example(entry, environment) if copy["settings"] is None else {}
            stack = synthesis.synthesize(entry, Path(folder), {**begun, **_settings(entry, copy)})
        return rehearse_command.carried_out(stack, root=folder, **given)


def _settings(entry: Entry, given: dict[str, Any]) -> dict[str, Any]:
    from onetake.platforms import bindings, settings

    bindings.prepare()
    if not bindings.prepared() and sys.stderr.isatty():
        click.echo("preparing the bindings of the AWS provider: half a minute, once", err=True)
    file: Path | None = given["settings"]
    try:
        made = {} if file is None else settings.read(file, entry)
    except ValueError as error:
        if error.__class__.__module__ == "tomllib":
            raise click.UsageError(f"{file}: {error}") from error
        raise
    named = {"suffix": "environment_suffix", "region": "aws_region"}
    for option in ("suffix", "environment", "region", "alarm_email"):
        if given[option] is not None:
            made[named.get(option, option)] = given[option]
    if "environment_suffix" not in made:
        raise click.UsageError("give --suffix, or environment_suffix in --settings")
    return made
