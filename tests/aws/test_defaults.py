"""What views take for granted is what the AWS provider plans: it was asked about every resource type."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest

import onetake.aws
import onetake.rules
from onetake.aws.view import Attribute, Blocks, View
from onetake.knowledge.terraform.plan_facts import plan_facts, plan_versions
from onetake.model.language import Language
from tools.view_names import attributes

VERSION = plan_versions()[-1] if plan_versions() else ""
Path = tuple[str, ...]
OTHERWISE: dict[tuple[str, Path], tuple[Any, Any]] = {
    ("aws_cognito_user_pool", ("deletion_protection",)): (False, "INACTIVE")
}
"""A view of many types: the rule takes both for the same."""


def views() -> list[type[View]]:
    """Every view for Terraform that there is, of rules, too."""
    for package in (onetake.aws, onetake.rules):
        for info in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            importlib.import_module(info.name)
    return [one for one in _below(View) if one.KINDS.get(Language.TERRAFORM)]


def _below(kind: type[View]) -> Iterator[type[View]]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


def defaults(kind: type[View], around: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Where ``kind`` takes something for granted, through its blocks, and what."""
    for attribute in attributes(kind).values():
        path = attribute.paths[Language.TERRAFORM]
        if path is None or len(around) > 8:
            continue
        if isinstance(attribute, Blocks):
            yield from defaults(attribute.kind, (*around, *path))
        elif isinstance(attribute, Attribute) and attribute.default is not None:
            yield (*around, *path), attribute.default


def assumed() -> dict[tuple[str, Path], Any]:
    found: dict[tuple[str, Path], Any] = {}
    for kind in views():
        names = kind.KINDS[Language.TERRAFORM]
        for type_ in (names,) if isinstance(names, str) else names:
            found |= {(type_, path): default for path, default in defaults(kind)}
    return found


@pytest.mark.skipif(not VERSION, reason="there is no pack of plans")
def test_what_views_take_for_granted_is_what_the_provider_plans() -> None:
    wrong, compared = [], 0
    for (type_, path), default in assumed().items():
        facts = plan_facts(type_, VERSION)
        planned = facts.defaults.get(path) if facts is not None else None
        if planned is None:
            continue
        compared += 1
        if planned != default and OTHERWISE.get((type_, path)) != (default, planned):
            wrong.append(f"{type_}.{'.'.join(path)}: the view has {default!r}, the provider plans {planned!r}")

    assert wrong == []
    assert compared > 80
