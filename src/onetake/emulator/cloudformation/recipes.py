"""How types of CloudFormation are made and deleted by calls of the service's own API; they lie in ``recipes.toml``.

A type with a ``create`` is made by it; one without is made by moto's model of the type, which cannot delete it again.
Texts have holes: ``{p.Name}`` is a property, ``{r.cluster.arn}`` a member of what the creation answered, ``{a.Arn}``
an attribute of the resource, ``{ref}`` its physical id, ``{name}`` a name made up for it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from onetake.model.records import field, record

NOWHERE = "-"
"""As ``delete``: it goes with what it belongs to."""


@record
class Also:
    """A further call."""

    operation: str
    given: Mapping[str, Any]
    each: str = ""
    """A property that holds a list: one call for each ``{item}`` of it, none where it is not there."""


@record
class Recipe:
    """How one type is carried out."""

    service: str
    """botocore's name of it."""
    create: str = ""
    """The operation; moto's model of the type makes it, if empty."""
    instead: Mapping[str, str] = field(default_factory=dict)
    """The operation where a property is given: a replica is created by another one."""
    delete: str = ""
    """The operation, or ``-`` for what goes with its owner."""
    gone: Mapping[str, str] = field(default_factory=dict)
    """The parameters of ``delete``."""
    ref: str = ""
    """The physical id, which ``Ref`` returns."""
    named: str = ""
    """The property that holds its name; one is made up where it is not given."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """Members of the operation's input by the properties that have another name there."""
    fixed: Mapping[str, str] = field(default_factory=dict)
    """Members that are no properties."""
    inside: str = ""
    """The member that holds all of the properties."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    """What ``Fn::GetAtt`` returns; an attribute that is not here is looked for in the answer, by its name."""
    after: tuple[Also, ...] = ()
    """What completes its creation, or is all of it."""
    first: tuple[Also, ...] = ()
    """What comes before its deletion."""


def recipe(type_: str) -> Recipe | None:
    """The recipe for a type of CloudFormation."""
    return recipes().get(type_)


@cache
def recipes() -> Mapping[str, Recipe]:
    """Every recipe, by type."""
    text = resources.files(__package__).joinpath("recipes.toml").read_text(encoding="utf-8")
    return {type_: _recipe(told) for type_, told in tomllib.loads(text).items()}


def _recipe(told: Mapping[str, Any]) -> Recipe:
    further = {name: tuple(Also(**one) for one in told[name]) for name in ("after", "first") if name in told}
    return Recipe(**{**told, **further})
