"""``--plan``: which of the programs that were found a plan was made of."""

from __future__ import annotations

import os
from pathlib import Path

from onetake.analysis.checking import Request
from onetake.analysis.configuration import Misconfigured
from onetake.frontends.detection import Found, Kind, Program
from onetake.frontends.files import shown
from onetake.model.records import replace

_CONFIGURATIONS = (Kind.TERRAFORM, Kind.CDKTF)


def put_together(found: Found, request: Request) -> None:
    """Give the plan of ``request`` to the one configuration in ``found``; without one, the plan is judged alone.

    Raises:
        Misconfigured: there is more than one.
    """
    if request.plan is None:
        return
    plan = Path(os.path.realpath(request.plan))
    name = shown(request.plan, request.options)
    # The plan that is given is not one more program, nor one that was left out.
    found.programs = [one for one in found.programs if os.path.realpath(one.path) != str(plan)]
    found.notes = [note for note in found.notes if note.where.file != name]
    configurations = [one for one in found.programs if one.kind in _CONFIGURATIONS]
    if len(configurations) > 1:
        names = ", ".join(one.name for one in configurations)
        raise Misconfigured(f"--plan belongs to one configuration, and there are {len(configurations)}: {names}")
    if configurations:
        place = found.programs.index(configurations[0])
        found.programs[place] = replace(configurations[0], plan=plan)
    else:
        found.programs.insert(0, Program(Kind.PLAN, plan, name, plan))
