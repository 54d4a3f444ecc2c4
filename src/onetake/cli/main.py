"""The commands, each imported when it is called."""

from __future__ import annotations

import importlib
from typing import cast

import click

from onetake._version import __version__

_COMMANDS = {
    "check": "onetake.cli.check_command",
    "platform": "onetake.cli.platform_command",
    "knowledge": "onetake.cli.knowledge_command",
    "rehearse": "onetake.cli.rehearse_command",
    "completion": "onetake.cli.completion",
}


class _Lazy(click.Group):
    """A group whose commands are imported by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        home = _COMMANDS.get(cmd_name)
        if home is None:
            from onetake.analysis.names import suggestion

            ctx.fail(f'there is no command "{cmd_name}"{suggestion(cmd_name, _COMMANDS)}')
        return cast("click.Command", importlib.import_module(home).command)


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="onetake %(version)s")
def command() -> None:
    """Predict whether AWS infrastructure code deploys, and if not, why.

    Exit codes: 0 nothing at or above the threshold, 1 findings, 2 wrong usage, 3 a program could not be read, 70 a
    fault of onetake.
    """
