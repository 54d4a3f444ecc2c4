"""Plans of Terraform and OpenTofu, as ``terraform show -json PLANFILE`` prints them."""

from __future__ import annotations

from pathlib import Path

from onetake.frontends.files import Options
from onetake.model.stacks import Stack


def read(path: Path, options: Options) -> list[Stack]:
    """The stack that a plan leads to; ``before`` holds the one that is deployed now.

    Raises:
        Unreadable: it is no plan, or not in the form that can be read.
    """
    from onetake.frontends.plan.assembly import stack
    from onetake.frontends.plan.document import load

    return [stack(load(path, options), options)]
