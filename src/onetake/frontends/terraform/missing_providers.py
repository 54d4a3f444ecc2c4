"""Configurations of providers that resources and modules are to get, and that are not there."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from onetake.frontends.terraform.declarations import Declaration, Mistake
from onetake.frontends.terraform.engines import aliases, sources
from onetake.frontends.terraform.evaluation import Failure
from onetake.frontends.terraform.passing import source_of
from onetake.frontends.terraform.providing import named, passed

if TYPE_CHECKING:
    from onetake.frontends.terraform.modules import Module

RULE = "terraform-provider-missing"


def missing_providers(module: Module) -> Iterator[Mistake]:
    """Resources and modules of the root under an alias that no provider block has."""
    known: Collection[str] = module.configuration.providers
    # A folder without any provider block is a module that others call, and gets its providers from them.
    if module.parent is not None or not known:
        return
    known = {*known, *aliases(module.configuration)}
    for name, block in module.configuration.resources.items():
        chosen = named(block.fields.get("provider"))
        if "." in chosen and chosen not in known:
            detail = (
                f"To work with {name} its original provider configuration at {_address(chosen, module)} is required, "
                "but it has been removed. This occurs when a provider configuration is removed while objects created "
                "by that provider still exist in the state. Re-add the provider configuration to destroy "
                f"{name}, after which you can remove the provider configuration again."
            )
            yield Mistake(RULE, "Provider configuration not present", detail, block.where / "provider", name)
    for block in module.configuration.calls.values():
        for name, chosen in passed(block).items():
            if "." in chosen and chosen not in known and not _of_another(name, chosen, block, module):
                yield Mistake(RULE, f"missing provider {_address(chosen, module)}", "", block.where / "providers")


def _of_another(name: str, chosen: str, call: Declaration, module: Module) -> bool:
    """Whether what is passed is of another provider, which is told instead."""
    try:
        children = module.child(call.name)
    except Failure:
        return False
    child = next(iter(children.members.values()), None) if children else None
    return child is not None and source_of(name, child.configuration) != source_of(chosen, module.configuration)


def _address(chosen: str, module: Module) -> str:
    """A configuration as Terraform names it: ``provider["registry.terraform.io/hashicorp/aws"].east``."""
    base, _, alias = chosen.partition(".")
    source = sources(module.configuration).get(base, f"hashicorp/{base}")
    host = "" if source.count("/") > 1 else "registry.terraform.io/"
    return f'provider["{host}{source}"].{alias}'
