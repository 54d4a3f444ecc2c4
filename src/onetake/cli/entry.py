"""The process: starts fast, ends with a code that means something, and never shows a traceback unasked.

Exit codes: 0 nothing at or above the threshold, 1 findings, 2 wrong usage, 3 a program could not be read, 70 a fault
of ours, 130 interrupted, 141 nobody reads the output any more.
"""

from __future__ import annotations

import io
import os
import sys
from typing import NoReturn

USAGE, FAULT, INTERRUPTED, UNHEARD = 2, 70, 130, 141
REPORT_IT = "please report it, with the program if you can; ONETAKE_TRACEBACK=1 shows where it happened"


def main() -> NoReturn:
    """Run the command line in this process, which ends with it."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        # Editors and pre-commit ask often: answer before anything is imported.
        from onetake._version import __version__

        print(f"onetake {__version__}")  # noqa: T201 - click is not imported for this
        sys.exit(0)
    from onetake import patience

    patience.begin()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    _end(run(arguments))


def _end(code: int) -> NoReturn:
    """End at once: to free what was made object by object is a sixth of the time, and what the system does anyway."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            code = UNHEARD
    os._exit(code)


def run(arguments: list[str]) -> int:
    """Run one command and answer its exit code."""
    try:
        import click

        from onetake.cli.main import command

        try:
            if "_ONETAKE_COMPLETE" in os.environ:
                command.main(arguments, prog_name="onetake")
            # Not main(), which answers a broken pipe with 1: that is the code for findings.
            with command.make_context("onetake", arguments) as context:
                answer = command.invoke(context)
        except click.exceptions.Exit as ended:
            return ended.exit_code
        except click.exceptions.Abort:
            return INTERRUPTED
        except click.ClickException as error:
            error.show()
            return error.exit_code
        return answer if isinstance(answer, int) else 0
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        return INTERRUPTED
    except BrokenPipeError:
        return UNHEARD
    except Exception as error:  # the last place where a fault of ours can be told in one line
        if os.environ.get("ONETAKE_TRACEBACK") == "1":
            raise
        sys.stderr.write(f"onetake: a fault of onetake: {type(error).__name__}: {error}; {REPORT_IT}\n")
        return FAULT
