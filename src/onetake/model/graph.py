"""The order that a stack's dependencies force on its deployment."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property

from onetake.model.resources import Resource


class Graph:
    """Dependencies between declarations, written (``depends_on``) and implied (references).

    Both engines create what is depended on first and destroy it last; everything else happens side by side.
    """

    def __init__(self, resources: Mapping[str, Resource]) -> None:
        self._resources = resources
        self._ancestors: dict[str, frozenset[str]] = {}

    @cached_property
    def edges(self) -> Mapping[str, frozenset[str]]:
        """For each declaration, those it directly waits for."""
        direct: dict[str, set[str]] = {}
        for resource in self._resources.values():
            waits = direct.setdefault(resource.declaration, set())
            waits.update(resource.depends_on, resource.references())
            waits.discard(resource.declaration)
        known = direct.keys()
        return {name: frozenset(waits & known) for name, waits in direct.items()}

    def ancestors(self, declaration: str) -> frozenset[str]:
        """Everything that surely exists before ``declaration`` is created."""
        found = self._ancestors.get(declaration)
        if found is None:
            seen: set[str] = set()
            pending = list(self.edges.get(declaration, ()))
            while pending:
                name = pending.pop()
                if name in seen:
                    continue
                seen.add(name)
                ready = self._ancestors.get(name)
                if ready is None:
                    pending.extend(self.edges.get(name, ()))
                else:
                    seen |= ready
            found = self._ancestors[declaration] = frozenset(seen)
        return found

    def cycles(self) -> list[tuple[str, ...]]:
        """The groups of declarations that wait for each other, each in the order of the program."""
        return [group for group in strong_components(self.edges) if len(group) > 1]


def strong_components(edges: Mapping[str, frozenset[str]]) -> list[tuple[str, ...]]:
    """Kosaraju's algorithm, without recursion: programs may be deep."""
    backwards: dict[str, set[str]] = {name: set() for name in edges}
    for name, waits in edges.items():
        for other in waits:
            backwards[other].add(name)
    seen: set[str] = set()
    finished = [name for root in edges for name in _postorder(root, edges, seen)]
    place = {name: index for index, name in enumerate(edges)}
    seen = set()
    groups = [tuple(sorted(_postorder(root, backwards, seen), key=place.__getitem__)) for root in reversed(finished)]
    return sorted((group for group in groups if group), key=lambda group: place[group[0]])


def _postorder(root: str, edges: Mapping[str, Collection[str]], seen: set[str]) -> list[str]:
    """What can be reached from ``root`` and was not seen before, each after all that it leads to."""
    if root in seen:
        return []
    seen.add(root)
    order: list[str] = []
    work = [(root, iter(sorted(edges[root])))]
    while work:
        name, successors = work[-1]
        following = next((other for other in successors if other not in seen), None)
        if following is None:
            order.append(name)
            work.pop()
        else:
            seen.add(following)
            work.append((following, iter(sorted(edges[following]))))
    return order
