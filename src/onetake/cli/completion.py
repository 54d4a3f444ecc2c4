"""``onetake completion``: the script that makes a shell complete commands, options and names of rules."""

from __future__ import annotations

import click


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the completion script of SHELL.

    For bash: onetake completion bash > ~/.local/share/bash-completion/completions/onetake
    """
    from click.shell_completion import get_completion_class

    from onetake.cli.main import command as root

    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"{shell} is not supported")
    complete = kind(root, {}, "onetake", "_ONETAKE_COMPLETE")
    # Not source(): it runs the shell to ask its version.
    click.echo(complete.source_template % complete.source_vars())
