"""Plans of Terraform and OpenTofu, as ``terraform show -json PLANFILE`` prints them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from onetake.frontends.files import Options, Unreadable, shown
from onetake.model.records import replace
from onetake.model.stacks import Stack
from onetake.model.values import Span


def read(path: Path, options: Options) -> list[Stack]:
    """The stack that a plan leads to; ``before`` holds the one that is deployed now.

    Raises:
        Unreadable: it is no plan, or not in the form that can be read.
    """
    from onetake.frontends.plan.assembly import stack
    from onetake.frontends.plan.document import load

    return [stack(load(path, options), options)]


def read_with(path: Path, options: Options, configuration: Callable[[Options], list[Stack]]) -> list[Stack]:
    """The stack that a plan leads to, with what only the configuration tells, at the places where it is written.

    Args:
        path: the plan.
        options: how the plan is read.
        configuration: reads the configuration that the plan was made of, with the variables and the account of the
            plan.

    Raises:
        Unreadable: one of them cannot be read, or the configuration is more than one.
    """
    from onetake.frontends.plan.assembly import Assembly
    from onetake.frontends.plan.document import load
    from onetake.frontends.plan.joining import join

    assembly = Assembly(load(path, options), options)
    planned = assembly.stacks()
    given = replace(options, assumptions=planned.assumptions, variables=assembly.given())
    stacks = configuration(given)
    if len(stacks) != 1:
        file = shown(path, options)
        names = ", ".join(stack.name for stack in stacks)
        message = f"{file} is the plan of one stack, and there are {len(stacks)}: {names}"
        raise Unreadable(Span(file), message, "give the folder of the one that it was made of")
    return [join(planned, stacks[0], errored=assembly.errored)]
