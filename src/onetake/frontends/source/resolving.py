"""From a path in a Python program to what a library declares there, in one edition of each library."""

from __future__ import annotations

from onetake.frontends.source.scopes import Named
from onetake.knowledge.api.editions import Edition, Module
from onetake.knowledge.api.libraries import Libraries
from onetake.knowledge.api.model import Described
from onetake.model.records import record


@record
class Found:
    """A type, and the names behind it: a member of it, most often none."""

    type: Described
    module: Module
    rest: tuple[str, ...]


class Resolver:
    """Looks paths up in one edition of the library that is judged, and one of each that it builds on."""

    def __init__(self, edition: Edition, others: tuple[Edition, ...]) -> None:
        self.edition = edition
        self.libraries = Libraries([edition, *(one for one in others if one.root != edition.root)])

    def find(self, named: Named) -> Found | None:
        """The type on the path; ``None`` when there is none, or another library's."""
        root, *below = (*named.module.split("."), *named.names)
        edition = self.libraries.editions.get(root)
        if edition is None:
            return None
        module = edition.module("")
        while below and module is not None:
            if below[0] in module:
                return _inside(module, tuple(below))
            module = edition.module(f"{module.path}.{below.pop(0)}".lstrip("."))
        return None


def _inside(module: Module, names: tuple[str, ...]) -> Found | None:
    """The innermost type: ``CfnBucket.CorsRuleProperty`` rather than ``CfnBucket``."""
    for end in range(len(names), 0, -1):
        found = module.get(".".join(names[:end]))
        if found is not None:
            return Found(found, module, names[end:])
    return None
