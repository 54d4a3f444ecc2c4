"""``--fix`` and ``--diff``: what was mended, and what was not and why."""

from __future__ import annotations

import sys

import click

from onetake.analysis.checking import Request
from onetake.analysis.fixes import Fixes, plan
from onetake.model.findings import Finding


def show(request: Request) -> int:
    """Print the changes that ``--fix`` would make; 1 if there are any."""
    fixes = plan(request)
    sys.stdout.write(fixes.diff())
    _tell(fixes, "can be fixed")
    return int(bool(fixes.after))


def write(request: Request) -> None:
    """Change the files.

    Raises:
        click.ClickException: one of them cannot be written.
    """
    fixes = plan(request)
    problems = fixes.write()
    if problems:
        raise click.ClickException("; ".join(problems))
    _tell(fixes, "fixed")


def _tell(fixes: Fixes, done: str) -> None:
    for finding in fixes.applied:
        click.echo(f"{done}: {_subject(finding)}: {finding.rule}", err=True)
    for refused in fixes.refused:
        finding = refused.finding
        click.echo(f"not fixed: {_subject(finding)}: {finding.rule}: {refused.why}", err=True)


def _subject(finding: Finding) -> str:
    """The file, and the resource or what else is wrong."""
    return f"{finding.where.file}: {finding.resource or finding.message}"
