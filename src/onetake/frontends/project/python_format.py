"""Python that is not formatted, in a project that says it is: with Black or with Ruff.

Neither is run. What they change for sure is seen in the text (``onetake.frontends.project.formatting``); a project that
does not say what it is formatted with may be written as its team likes.
"""

from __future__ import annotations

from collections.abc import Iterator

from onetake.frontends.project.remarks import PYTHON_NOT_FORMATTED, Project, Remark

_NAMES = {"black": ("Black", "black"), "ruff": ("Ruff", "ruff format")}


def remarks(project: Project) -> Iterator[Remark]:
    """Files that use a construct library, and that the project's own formatter would change."""
    if not project.python:
        return
    from onetake.frontends.project.formatting import claims, settings, signs

    said = claims.claims(project)
    for file in project.python:
        claim = next((one for one in said if one.covers(file.path.resolve())), None)
        style = settings.style(file, claim, project) if claim else None
        found = signs(file.text, style) if style else []
        if claim and found:
            name, command = _NAMES[claim.call.formatter]
            row, what = found[0]
            more = f", and {len(found) - 1} more" if len(found) > 1 else ""
            message = f"{name} would change line {row} ({what}){more}; {claim.where} says that the project uses it"
            yield Remark(PYTHON_NOT_FORMATTED, file, row, message, f"run {command} {file.name}")
