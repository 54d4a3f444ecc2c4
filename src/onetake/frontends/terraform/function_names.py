"""Functions that an expression calls and nobody has, in Terraform's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onetake.frontends.terraform.engines import sources
from onetake.frontends.terraform.suggestions import meant

if TYPE_CHECKING:
    from onetake.frontends.terraform.modules import Module

Refusal = tuple[str, str, str]
"""Rule, summary, detail."""
_RULE = "terraform-unknown-function"
_OLD = ("list", "map")
"""Functions that were removed: their calls are refused in other words."""


def unknown_function(name: str, module: Module | None) -> Refusal | None:
    """Why a function cannot be called; ``None`` for those that can.

    Args:
        name: as it is written.
        module: where it is called; those of providers are only judged where that is known.
    """
    from onetake.frontends.terraform.functions import names

    if name.startswith("provider::"):
        return _of_provider(name, module) if module is not None else None
    if name in _OLD:
        return None
    if ("::" in name and not name.startswith("core::")) or (name.startswith("core::") and name[6:] not in names()):
        space = name.partition("::")[0]
        detail = (
            f'The function namespace "{space}" is not valid. Provider function calls must use the "provider::" '
            "namespace prefix."
        )
        return _RULE, "Unknown provider function", detail
    plain = name.removeprefix("core::")
    if plain in ("try", "can") or plain in names():
        return None
    near = meant(plain, sorted(known for known in names() if "::" not in known))
    hint = f' Did you mean "{near}"?' if near else ""
    return _RULE, "Call to unknown function", f'There is no function named "{name}".{hint}'


def _of_provider(name: str, module: Module) -> Refusal | None:
    """A function of a provider that the module does not require."""
    _, provider, function = (*name.split("::", 2), "", "")[:3]
    if provider in sources(module.configuration):
        return None
    detail = (
        f'There is no function named "{name}". Ensure that provider name "{provider}" is declared in this module\'s '
        f'required_providers block, and that this provider offers a function named "{function}".'
    )
    return _RULE, "Unknown provider function", detail
