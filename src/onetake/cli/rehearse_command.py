"""``onetake rehearse``: deploy to an emulated AWS, with the real engine and provider, and tell how it went."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from onetake.analysis.configuration import Misconfigured
from onetake.cli.pairs import pairs
from onetake.frontends.files import Unreadable

UNAVAILABLE = 3
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def how(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say how a rehearsal is carried out and told, for every command that carries one out."""
    for option in reversed(
        (
            click.option(
                "--format",
                "-f",
                "form",
                type=click.Choice(["terminal", "json"]),
                default="terminal",
                help="How to tell.",
            ),
            click.option(
                "--tool", type=click.Choice(["terraform", "opentofu"]), help="Which one deploys.  [default: the first]"
            ),
            click.option(
                "--budget", default=15.0, show_default=True, metavar="MINUTES", help="For an apply, and for a destroy."
            ),
            click.option(
                "--patience", default=4, show_default=True, metavar="MINUTES", help="For one resource to get ready."
            ),
            click.option(
                "--second-plan/--no-second-plan", default=True, help="Plan again afterwards: nothing may change."
            ),
            click.option("--destroy/--no-destroy", default=True, help="Destroy everything at the end."),
            click.option(
                "--strict/--lenient",
                default=True,
                help="Refuse what onetake is certain that AWS refuses.  [default: strict]",
            ),
            click.option("--as-of", metavar="DATE", help="Judge for this day.  [default: today]"),
            click.option(
                "--profile", metavar="NAME|FILE", help="The account: new-account, used-account, or a TOML or JSON file."
            ),
            click.option(
                "--logs", type=click.Path(file_okay=False, path_type=Path), help="Where to keep what was printed."
            ),
        )
    ):
        function = option(function)
    return function


@click.command("rehearse")
@click.argument("path", metavar="PATH", default=".", type=click.Path(path_type=Path))
@click.option("--emulate", is_flag=True, help="Carry the deployment out against an emulated AWS on this machine.")
@click.option("--region", default="us-east-1", show_default=True, metavar="REGION", help="Where providers name none.")
@click.option("--var", multiple=True, callback=pairs, metavar="NAME=VALUE", help="A Terraform variable.")
@click.option("--var-file", multiple=True, type=_FILE, metavar="FILE", help="Terraform variables.")
@click.option("--parameter", multiple=True, callback=pairs, metavar="NAME=VALUE", help="A template parameter.")
@click.option("--parameter-file", multiple=True, type=_FILE, metavar="FILE", help="Template parameters as JSON.")
@how
@click.option("--root", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Nothing outside is read.")
def command(path: Path, emulate: bool, **given: Any) -> int:
    """Deploy the program in PATH to an emulated AWS, and see what happens.

    Runs init, plan, apply, a second plan and destroy with the terraform or tofu on PATH and the AWS provider that
    lies on this machine, in a copy of the program. No AWS account is reached. What the emulator cannot do is told as
    "not rehearsed", never as a failure. In a cdktf.out or cdktn.out each stack is rehearsed in turn, in an account of
    its own.

    A template of CloudFormation, or all stacks of a cdk.out in the order in which they need each other, is created,
    updated with the same template, and deleted; that needs nothing but the emulator.

    Exit codes: 0 everything that could be rehearsed was created and destroyed, 1 something was refused or never
    settles, 2 wrong usage, 3 the program cannot be read or something is not installed.
    """
    if not emulate:
        raise click.UsageError("add --emulate: the deployment is carried out against an emulated AWS")
    named: dict[str, Any] = {
        "variables": {**given.pop("var"), **given.pop("parameter")},
        "variable_files": (*given.pop("var_file"), *given.pop("parameter_file")),
    }
    return carried_out(path, **named, **given)


def carried_out(path: Path, *, form: str, budget: float, logs: Path | None, **given: Any) -> int:
    """Rehearse what is at ``path``, and tell of it.

    Args:
        path: the program, or a folder of synthesized stacks.
        form: ``terminal`` or ``json``.
        budget: minutes for an apply, and for a destroy.
        logs: where to keep what was printed.
        given: arguments of :func:`onetake.emulator.rehearse`.

    Returns:
        The exit code.
    """
    from onetake.cli.rehearsal_view import View, table
    from onetake.emulator import Unavailable, rehearse
    from onetake.emulator.programs import modules, template

    quiet = form == "json"
    found = []
    try:
        folders = (path,) if template(path, given.get("root")) else modules(path)
        for folder in folders:
            if len(folders) > 1 and not quiet:
                click.echo(f"{folder.name}:", err=True)
            # What moto prints belongs to nobody here.
            with View(quiet=quiet) as view, contextlib.redirect_stdout(io.StringIO()):
                rehearsal = rehearse(
                    folder if len(folders) > 1 else path,
                    apply_budget=budget * 60,
                    logs=logs / folder.name if logs and len(folders) > 1 else logs,
                    progress=view,
                    **given,
                )
            found.append(rehearsal)
            if not quiet:
                table(rehearsal, sys.stdout, os.environ)
    except Unavailable as lacking:
        click.echo(f"onetake: {lacking.message}: {lacking.remedy}", err=True)
        return UNAVAILABLE
    except Misconfigured as error:
        raise click.UsageError(str(error)) from error
    except Unreadable as error:
        click.echo(f"onetake: {error.message}: {error.remedy}", err=True)
        return UNAVAILABLE
    if quiet:
        data = [one.data() for one in found]
        click.echo(json.dumps(data[0] if len(folders) == 1 else {"stacks": data}, indent=2, ensure_ascii=False))
    return max(one.exit_code() for one in found)
