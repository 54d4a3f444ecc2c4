"""What the AWS provider refuses before it asks AWS: learned by asking it, judged without it.

::

    queue = constraints("aws_sqs_queue", "5.100.0")
    (delay,) = queue.at(("delay_seconds",))
    violation(delay, 1000, "delay_seconds")  # Refusal("expected delay_seconds to be in the range (0 - 900), got 1000")

A constraint judges what the probes established and is silent otherwise. Nothing unknown or ``null`` may be judged: the
provider does not judge it either.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from onetake.knowledge import shelf
from onetake.knowledge.pack import Pack
from onetake.knowledge.terraform.schema import Kind
from onetake.model.records import field, record, replace

CONSTRAINTS = "terraform-aws-constraints-"
"""What the names of the packs begin with; the provider's version follows."""
ELEMENT = "*"
"""Ends the path of what is demanded of each element of a list, set or map of plain values."""
Names = tuple[str, ...]
"""A path of names of attributes, blocks and fields of objects, without keys and numbers."""


@record
class Constraint:
    """What one argument's value has to be."""

    kind: str
    """``enum``, ``length``, ``range``, ``items``, ``pattern``, ``arn``, ...; ``format`` when only the text is known;
    ``not_settable``, ``deprecated``."""
    error: bool
    """Otherwise a warning."""
    summary: str
    """The provider's words, with marks such as ``{key}`` and ``{value}`` that ``judging`` fills in."""
    detail: str
    members: tuple[str, ...] = ()
    """Of an enumeration."""
    minimum: int | float | None = None
    maximum: int | float | None = None
    unit: str = ""
    """Of a length: ``bytes`` or ``characters``."""
    pattern: str = ""
    """A regular expression of Go."""
    exact: bool = True
    """Whether judging by ``kind`` gives what the provider said of every probe; else only probes are judged."""
    accepted: int = 0
    """The probes that the provider accepted, a bit each."""
    refused: int = 0
    """The probes that it refused with this text."""
    unless: tuple[Constraint, ...] = ()
    """Other constraints, of which one has to hold when this one does not: any of them is enough for the provider."""
    folds_case: bool | None = None
    """Whether an enumeration takes other cases than its own; ``None`` when that was not asked."""


@record
class Relation:
    """What arguments of one resource demand of one another."""

    kind: str
    """``required``, ``conflicts``, ``exactly_one_of``, ``only_one_of``, ``at_least_one_of``, ``required_with``."""
    at: Names
    """The argument that the provider points to; empty for the whole resource."""
    members: tuple[Names, ...]
    """With which one ``at`` conflicts; of which one is wanted, ``at`` often among them; what ``at`` needs."""
    summary: str
    detail: str
    """``{given}`` stands for those of the members that were given, as ``written``, with commas."""
    written: tuple[str, ...] = ()
    """The members as the provider spells them."""


@record
class TypeConstraints:
    """Everything that is known to be demanded of one type."""

    relations: tuple[Relation, ...]
    _nodes: tuple[Mapping[str, Any], ...]
    _made: Callable[[Any], Constraint]
    warnings: tuple[tuple[str, str], ...] = ()
    """What the provider says whenever the type is used, summary and detail: that it is deprecated."""
    _known: dict[Names, tuple[Constraint, ...]] = field(default_factory=dict, compare=False, repr=False)
    _concerned: set[str] = field(default_factory=set, compare=False, repr=False)

    def at(self, names: Names) -> tuple[Constraint, ...]:
        """What is demanded at ``names``; of its elements, when that ends with ``*``."""
        found = self._known.get(names)
        if found is None:
            found = self._known[names] = self._found(names)
        return found

    def _found(self, names: Names) -> tuple[Constraint, ...]:
        node: Mapping[str, Any] | None = self._nodes[0] if self._nodes else None
        for place, name in enumerate(names):
            if node is None:
                return ()
            below = node.get("b", {}).get(name)
            if below is None:
                return tuple(map(self._made, node.get("c", {}).get("/".join(names[place:]), ())))
            if place == len(names) - 1:
                return tuple(map(self._made, node.get("c", {}).get(name, ())))
            node = self._nodes[below]
        return ()

    def concern(self, name: str) -> bool:
        """Whether anything is demanded of an argument or block of the type, or inside it."""
        if not self._concerned and self._nodes:
            top = self._nodes[0]
            self._concerned.update(top.get("b", ()), (names.partition("/")[0] for names in top.get("c", ())))
        return name in self._concerned

    def paths(self) -> Iterator[Names]:
        """Every path at which something is demanded, those inside recurring blocks at every place."""
        yield from self._below(0, ()) if self._nodes else ()

    def _below(self, number: int, at: Names) -> Iterator[Names]:
        node = self._nodes[number]
        yield from ((*at, *names.split("/")) for names in node.get("c", ()))
        for name, below in node.get("b", {}).items():
            yield from self._below(below, (*at, name))


NO_CONSTRAINTS = TypeConstraints((), (), lambda raw: raw)


def constraint_versions() -> tuple[str, ...]:
    """The versions of the AWS provider whose constraints are known, oldest first."""
    return shelf.versions(CONSTRAINTS)


@cache
def constraints(type_: str, version: str, kind: Kind = Kind.RESOURCE) -> TypeConstraints:
    """What version ``version`` of the AWS provider demands of a type; ``aws`` is the provider's own configuration.

    Nothing is demanded of types that it does not have.

    Raises:
        LookupError: there is no pack for that version.
        DamagedPack: its file cannot be read.
    """
    return reader(version).of(kind, type_)


@cache
def reader(version: str) -> Reader:
    """The pack of one version.

    Raises:
        LookupError: there is none.
        DamagedPack: its file cannot be read.
    """
    pack = shelf.pack(CONSTRAINTS + version)
    if pack is None:
        raise LookupError(f"there are no constraints of version {version} of the AWS provider")
    return Reader(pack)


CHUNK = 64
"""How many of the constraints that recur share a frame."""


def shared_key(chunk: int) -> str:
    """The key of a frame of constraints that recur."""
    return f"shared/{chunk:03}"


class Reader:
    """Decodes a pack of constraints, type by type."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self._shared: dict[int, Any] = {}
        self._recurring: dict[int, Constraint] = {}

    def of(self, kind: Kind, type_: str) -> TypeConstraints:
        """What is demanded of a type."""
        frame = self.pack.load(f"{kind.value}/{type_}")
        if frame is None:
            return NO_CONSTRAINTS
        relations = tuple(
            Relation(kind, tuple(at), tuple(map(plain_names, members)), summary, detail, tuple(members))
            for kind, at, members, summary, detail in frame.get("r", ())
        )
        return TypeConstraints(relations, tuple(frame.get("n", ())), self._made, tuple(map(tuple, frame.get("w", ()))))

    def _made(self, raw: Any) -> Constraint:
        if not isinstance(raw, int):
            return constraint(raw)
        found = self._recurring.get(raw)
        if found is None:
            chunk, place = divmod(raw, CHUNK)
            if chunk not in self._shared:
                self._shared[chunk] = self.pack.load(shared_key(chunk))
            found = self._recurring[raw] = constraint(self._shared[chunk][place])
        return found


def plain_names(text: str) -> Names:
    """``rule.0.name`` and ``rule[0].name`` without the numbers; ``rule.<.name`` is what stands next to the rule."""
    names: list[str] = []
    for name in re.split(r"[.\[\]]+", text):
        if name == "<":
            del names[-1:]
        elif name and not name.isdigit():
            names.append(name)
    return tuple(names)


_FIELDS = {
    "k": "kind", "s": "summary", "d": "detail", "v": "members", "a": "minimum", "z": "maximum", "u": "unit",
    "p": "pattern", "y": "accepted", "n": "refused", "f": "folds_case",
}  # fmt: skip


def constraint(raw: Mapping[str, Any]) -> Constraint:
    """The constraint that a frame holds."""
    given: dict[str, Any] = {"summary": "", "detail": ""}
    given |= {name: raw[letter] for letter, name in _FIELDS.items() if letter in raw}
    given["members"] = tuple(given.get("members", ()))
    given["unless"] = tuple(map(constraint, raw.get("o", ())))
    for name in ("accepted", "refused"):
        given[name] = int(given.get(name, "0"), 36)
    return Constraint(**given, error="w" not in raw, exact="x" not in raw)


def written(one: Constraint) -> dict[str, Any]:
    """What ``constraint`` reads as ``one``."""
    raw: dict[str, Any] = {letter: getattr(one, name) for letter, name in _FIELDS.items()}
    raw |= {
        "v": list(one.members),
        "y": one.accepted and _base36(one.accepted),
        "n": one.refused and _base36(one.refused),
    }
    kept = {letter: part for letter, part in raw.items() if part not in (None, "", []) and (letter not in "yn" or part)}
    if one.unless:
        kept["o"] = [written(replace(other, summary="", detail="", unless=())) for other in one.unless]
    return kept | ({} if one.error else {"w": 1}) | ({} if one.exact else {"x": 1})


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
    return digits or "0"
