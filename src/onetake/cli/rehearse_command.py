"""``onetake rehearse``: deploy to an emulated AWS, with the real engine and provider, and tell how it went."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import click

from onetake.analysis.configuration import Misconfigured
from onetake.cli.pairs import pairs
from onetake.frontends.files import Unreadable

UNAVAILABLE = 3
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("rehearse")
@click.argument("path", metavar="PATH", default=".", type=click.Path(path_type=Path))
@click.option("--emulate", is_flag=True, help="Carry the deployment out against an emulated AWS on this machine.")
@click.option(
    "--format", "-f", "form", type=click.Choice(["terminal", "json"]), default="terminal", help="How to tell."
)
@click.option("--tool", type=click.Choice(["terraform", "opentofu"]), help="Which one deploys.  [default: the first]")
@click.option("--region", default="us-east-1", show_default=True, metavar="REGION", help="Where providers name none.")
@click.option("--var", multiple=True, callback=pairs, metavar="NAME=VALUE", help="A Terraform variable.")
@click.option("--var-file", multiple=True, type=_FILE, metavar="FILE", help="Terraform variables.")
@click.option("--budget", default=15.0, show_default=True, metavar="MINUTES", help="For an apply, and for a destroy.")
@click.option("--patience", default=4, show_default=True, metavar="MINUTES", help="For one resource to get ready.")
@click.option("--second-plan/--no-second-plan", default=True, help="Plan again afterwards: nothing may change.")
@click.option("--destroy/--no-destroy", default=True, help="Destroy everything at the end.")
@click.option(
    "--strict/--lenient", default=True, help="Refuse what onetake is certain that AWS refuses.  [default: strict]"
)
@click.option("--as-of", metavar="DATE", help="Judge for this day.  [default: today]")
@click.option("--profile", metavar="NAME|FILE", help="The account: new-account, used-account, or a TOML or JSON file.")
@click.option("--logs", type=click.Path(file_okay=False, path_type=Path), help="Where to keep what was printed.")
@click.option("--root", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Nothing outside is read.")
def command(**given: Any) -> int:
    """Deploy the Terraform program in PATH to an emulated AWS, and see what happens.

    Runs init, plan, apply, a second plan and destroy with the terraform or tofu on PATH and the AWS provider that
    lies on this machine, in a copy of the program. No AWS account is reached. What the emulator cannot do is told as
    "not rehearsed", never as a failure.

    Exit codes: 0 everything that could be rehearsed was created and destroyed, 1 something was refused or never
    settles, 2 wrong usage, 3 the program cannot be read or something is not installed.
    """
    if not given["emulate"]:
        raise click.UsageError("add --emulate: the deployment is carried out against an emulated AWS")
    from onetake.cli.rehearsal_view import View, table
    from onetake.emulator import Unavailable, rehearse

    quiet = given["form"] == "json"
    try:
        # What moto prints belongs to nobody here.
        with View(quiet=quiet) as view, contextlib.redirect_stdout(io.StringIO()):
            rehearsal = rehearse(
                given["path"],
                region=given["region"],
                tool=given["tool"],
                variables=given["var"],
                variable_files=given["var_file"],
                apply_budget=given["budget"] * 60,
                patience=given["patience"],
                second_plan=given["second_plan"],
                destroy=given["destroy"],
                strict=given["strict"],
                as_of=given["as_of"],
                profile=given["profile"],
                logs=given["logs"],
                root=given["root"],
                progress=view,
            )
    except Unavailable as lacking:
        click.echo(f"onetake: {lacking.message}: {lacking.remedy}", err=True)
        return UNAVAILABLE
    except Misconfigured as error:
        raise click.UsageError(str(error)) from error
    except Unreadable as error:
        click.echo(f"onetake: {error.message}: {error.remedy}", err=True)
        return UNAVAILABLE
    if quiet:
        click.echo(json.dumps(rehearsal.data(), indent=2, ensure_ascii=False))
    else:
        table(rehearsal, sys.stdout, os.environ)
    return rehearsal.exit_code()
