"""What is judged: a block in a module, its instances, and when Terraform knows its values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from onetake.frontends.terraform.declarations import Declaration
from onetake.frontends.terraform.evaluation import Failure
from onetake.frontends.terraform.instances import Instance
from onetake.frontends.terraform.modules import Module
from onetake.frontends.terraform.references import Use
from onetake.model.findings import Stage
from onetake.model.records import record
from onetake.model.values import Known, Value

_LATER = frozenset({"var", "each", "count", "module"})


@record
class Subject:
    """A block in a module; ``first`` in the first of the modules that share it."""

    block: Declaration
    module: Module
    first: bool

    @property
    def json(self) -> bool:
        """Whether it is written in JSON."""
        return self.block.where.file.endswith(".json")


def instances(block: Declaration, module: Module) -> Sequence[Instance]:
    """The instances of a block; none where Terraform refuses what they depend on."""
    if block.name not in module.configuration.resources:
        return ()
    try:
        return tuple(module.expansion(block.name).members.values())
    except Failure:
        return ()


def stages(used: frozenset[Use], module: Module) -> tuple[Stage, Stage]:
    """When Terraform works out a value that names what is ``used``, and when it knows it.

    While it validates, inputs are unknown; what is taken of other resources has a type then, but no value.
    """
    resources, known = module.configuration.resources, Stage.VALIDATE
    for use in followed(used, module):
        if use[0] in _LATER:
            return Stage.PLAN, Stage.PLAN
        if use[0] == "data" or (len(use) > 1 and f"{use[0]}.{use[1]}" in resources):
            known = Stage.PLAN
    return Stage.VALIDATE, known


def known_at(used: frozenset[Use], module: Module) -> Stage:
    """When Terraform knows a value that names what is ``used``."""
    return stages(used, module)[1]


def followed(used: frozenset[Use], module: Module) -> Iterator[Use]:
    """What is used, and what the local values among that use."""
    pending, seen = list(used), set(used)
    while pending:
        use = pending.pop()
        yield use
        if use[0] == "local" and len(use) > 1:
            more = module.configuration.local_uses(use[1]) - seen
            seen |= more
            pending += more


def empty(value: Value[object]) -> bool:
    """Whether it is an empty collection or text: the default of many an input, which callers replace."""
    return isinstance(value, Known) and isinstance(value.value, (tuple, Mapping, str)) and not value.value
