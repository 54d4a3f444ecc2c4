"""Asking a provider what it refuses: every argument of a type with every probe, many arguments in one call.

The answers are kept as they came, so that what is read from them can be improved without asking again.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from onetake.knowledge.terraform.probes import ENORMOUS
from onetake.knowledge.terraform.schema import BlockSchema, NestedBlock, Nesting, TypeSchema
from onetake.knowledge.terraform.schema_pack import Identities
from onetake.knowledge.terraform.types import Type
from onetake.providers.client import Provider
from onetake.providers.messages import Diagnostic
from onetake.providers.mining.filling import DEEPEST, NOTHING, Filling, Names, blocks, filled, leaves, surrounded, value
from onetake.providers.mining.kinds import tells_relation
from onetake.providers.mining.places import leaf_type, named, placed
from onetake.providers.mining.reading import Template
from onetake.providers.mining.rounds import FEW, ROUNDS, SOME, rounds_for
from onetake.providers.process import ProviderFailure

LARGE = 1000
"""Types with more arguments are probed with each block once, wherever it recurs."""
SLOW = 2.0
"""Types that take more seconds to look at empty blocks are probed with few values only."""
WIDE = 100
"""Blocks with more attributes are left alone: the provider's own ``endpoints`` takes it forever."""
VARIANTS = 6
MANY_ALONE = 40
"""With more arguments inside sets, they are probed with few values only."""
MANY_DEEP = 250
"""With more arguments and blocks only those at the top are given alone."""
CHAIN = 12
"""After how many conflicts of one argument we stop asking for another one."""
_CONFLICT = re.compile(
    r"conflicts? with|[Cc]onflicting|only one of|cannot be (specified|set|used|configured) (when|if|with|together)"
    r"|attributes specified when one|can't be (specified|set)|mutually exclusive"
)
_PLAIN = frozenset({"string", "number", "bool"})
_LONG = frozenset({"none", "many"})
"""Rounds about the length of collections."""
_TOKEN = re.compile(r"[a-z_][a-z0-9_]*(?:[.\[\]\d]+[a-z_][a-z0-9_]*)*")


class Prober:
    """Probes one type."""

    def __init__(self, provider: Provider, schema: TypeSchema) -> None:
        self._provider = provider
        self._schema = schema
        self._body = schema.body
        self._texts: dict[tuple[bool, str, str], int] = {}
        self._calls: list[dict[str, Any]] = []
        self._few = False
        self._trouble: list[dict[str, str]] = []
        self.large = sum(1 for _ in islice(leaves(self._body), LARGE + 1)) > LARGE
        self._blocks = covering(self._body) if self.large else dict(blocks(self._body))
        self._blocks = {place: nested for place, nested in self._blocks.items() if len(nested.body.attributes) <= WIDE}
        places = {(): self._body} | {place: nested.body for place, nested in self._blocks.items()}
        self._leaves = [
            (*place, name) for place, body in places.items() for name, one in body.attributes.items() if one.settable
        ]

    def answers(self) -> dict[str, Any]:
        """Everything the provider said, in the order in which it was asked."""
        self._ask("null", NOTHING, set())
        started = time.monotonic()
        self._ask("blocks", NOTHING, set(self._blocks))
        self._few = self.large or time.monotonic() - started > SLOW
        sets = {place for place, nested in self._blocks.items() if nested.nesting is Nesting.SET}
        alone = [leaf for leaf in self._leaves if any(leaf[:length] in sets for length in range(1, len(leaf)))]
        together = [leaf for leaf in self._leaves if leaf not in set(alone)]
        conflicts = self._variants(together)
        for leaf in alone:
            self._alone(leaf, few=self._few or len(alone) > MANY_ALONE)
        for leaf in () if self._few else sorted(conflicts):
            self._chain(leaf, set(together))
        for place, nested in () if self._few else self._blocks.items():
            self._counts(place, nested)
        return {
            "kind": self._schema.kind.value,
            "name": self._schema.name,
            "large": self.large,
            "texts": [list(text) for text in self._texts],
            "calls": self._calls,
            "trouble": self._trouble,
        }

    def alone(self, answers: dict[str, Any]) -> None:
        """Add to ``answers`` what is said of each argument and block when it is given with nothing beside it.

        What an argument needs beside it, and a block inside it, is told only when the others are not there. In types
        of very many arguments those that stand deep are left out: each question takes the provider longer.
        """
        self._resume(answers)
        places = [*self._blocks, *self._leaves]
        deepest = DEEPEST if len(places) <= MANY_DEEP else 1
        for place in () if answers["large"] else places:
            if len(place) > deepest:
                continue
            fill = NOTHING if place in self._blocks else ROUNDS["nonsense"]
            self._ask("lone", fill, {place}, leaves=[".".join(place)], told=tells_relation)
        answers["texts"] = [list(text) for text in self._texts]
        answers["lone"] = True

    def fields(self, answers: dict[str, Any]) -> None:
        """Add to ``answers`` what is said of each field of objects in attributes, which stands alone in its object.

        What a provider says of them is often placed at the attribute.
        """
        self._resume(answers)
        for leaf in () if answers["large"] else self._leaves:
            type_ = leaf_type(leaf, self._body)
            inner = type_.element if type_ is not None else None
            if inner is None or inner.kind != "object" or len(leaf) > DEEPEST:
                continue
            for name, one in inner.fields.items():
                if (one.element or one).kind in _PLAIN:
                    self._field(leaf, name, one)
        answers["texts"] = [list(text) for text in self._texts]
        answers["fields"] = True

    def _field(self, leaf: Names, name: str, type_: Type) -> None:
        wanted = rounds_for(type_) - _LONG
        for round_, fill in {"null": NOTHING, **ROUNDS}.items():
            if round_ == "null" or round_ in wanted:
                config = self._with_object(leaf, name, fill)
                about = {"round": round_, "leaves": [".".join((*leaf, name))]}
                said = self._said("alone", config, about)
                if said is not None:
                    self._keep("alone", about, said)

    def _with_object(self, leaf: Names, name: str, fill: Filling) -> dict[str, Any]:
        """A configuration in which ``leaf`` is a collection of one object with one field."""
        config = filled(self._body, NOTHING, surrounded({leaf}).__contains__)
        type_ = leaf_type(leaf, self._body)
        assert type_ is not None  # noqa: S101 - it is one of the leaves
        assert type_.element is not None  # noqa: S101 - and a collection
        fields = type_.element.fields
        one = {other: value(inner, fill if other == name else NOTHING) for other, inner in fields.items()}
        body_around(config, leaf)[leaf[-1]] = {"key0": one} if type_.kind == "map" else [one]
        return config

    def _resume(self, answers: dict[str, Any]) -> None:
        """Go on with answers that were kept."""
        self._texts = {
            (bool(error), summary, detail): at for at, (error, summary, detail) in enumerate(answers["texts"])
        }
        self._calls, self._trouble = answers["calls"], answers["trouble"]

    def _variants(self, together: list[Names]) -> set[Names]:
        """Probe all arguments at once, in as many combinations as their conflicts need; those that conflict."""
        covered: set[Names] = set()
        conflicting: set[Names] = set()
        for number in range(VARIANTS):
            present, refused = self._compatible(together, covered)
            conflicting |= refused
            new = present - covered
            if number and not new:
                break
            given = sorted(present) if not number else sorted(new)
            for name, fill in ROUNDS.items():
                if self._few and name not in FEW:
                    continue
                self._ask("fill", fill, present, round=name, variant=number, leaves=[".".join(one) for one in given])
            covered |= present
            if len(covered) == len(together):
                break
        return conflicting

    def _compatible(self, together: list[Names], covered: set[Names]) -> tuple[set[Names], set[Names]]:
        """As many arguments as go together, rather those that are not covered yet; and those that conflicted."""
        present, refused = set(together), set[Names]()
        order = {leaf: (leaf in covered, place) for place, leaf in enumerate(together)}
        for _ in range(len(together)):
            said = self._ask("combine", ROUNDS["nonsense"], present)
            at = {leaf for one in said if one.error for leaf in self._parties(one, present)}
            if not at:
                break
            refused |= at
            present.discard(max(at, key=order.__getitem__))
        return present, refused

    def _parties(self, one: Diagnostic, present: set[Names]) -> set[Names]:
        """The arguments that a diagnostic says to be in conflict."""
        text = f"{one.summary} {one.detail}"
        if not _CONFLICT.search(text) and one.summary != "Invalid Attribute Combination":
            return set()
        place = named(placed(one.path, self._body))
        found = {place, *(tuple(re.split(r"[.\[\]\d]+", token)) for token in _TOKEN.findall(text))}
        found |= {(*place[:-1], *name) for name in found if place}
        named_blocks = {name for name in found if name in self._blocks}
        inside = {leaf for leaf in present if any(leaf[: len(name)] == name for name in named_blocks)}
        return {name for name in found if name in present} | inside

    def _alone(self, leaf: Names, *, few: bool) -> None:
        """Probe an argument inside a set, where the provider does not tell which one it means."""
        around = {leaf[:-1]}
        self._ask("alone", NOTHING, around, round="null", leaves=[".".join(leaf)])
        wanted = rounds_for(leaf_type(leaf, self._body))
        for name, fill in ROUNDS.items():
            if name in wanted and (name in FEW or not few):
                self._ask("alone", fill, around | {leaf}, round=name, leaves=[".".join(leaf)])

    def _chain(self, leaf: Names, together: set[Names]) -> None:
        """Ask with which arguments ``leaf`` conflicts: the provider tells one of them, so that it is left out next."""
        others = set(together)
        for _ in range(CHAIN):
            said = self._ask("chain", ROUNDS["nonsense"], others, leaves=[".".join(leaf)])
            mine = [one for one in said if one.error and named(placed(one.path, self._body)) == leaf]
            parties = {other for one in mine for other in self._parties(one, others)} - {leaf}
            if not parties:
                break
            others -= parties

    def _counts(self, place: Names, nested: NestedBlock) -> None:
        """Give two and many of a block that the schema does not limit."""
        if nested.nesting not in (Nesting.LIST, Nesting.SET) or nested.maximum:
            return
        for number in (2, SOME):
            self._ask("count", NOTHING, {place}, round=str(number), leaves=[".".join(place)], repeated=(place, number))

    def _ask(
        self,
        stage: str,
        fill: Filling,
        present: set[Names],
        *,
        repeated: tuple[Names, int] | None = None,
        told: Callable[[Template], bool] | None = None,
        **about: Any,
    ) -> tuple[Diagnostic, ...]:
        there = surrounded(present) if present else set()
        config: Any = filled(self._body, fill, there.__contains__)
        if repeated:
            multiply(config, *repeated)
        said = self._said(stage, config, about)
        if said is None:
            return ()
        kept = list(_kept(said)) if repeated or fill.length > 1 else said
        if told is not None:
            kept = [one for one in kept if told((one.error, one.summary, one.detail))]
            if not kept:
                return said
        self._keep(stage, about, kept)
        return said

    def _said(self, stage: str, config: dict[str, Any], about: Mapping[str, Any]) -> tuple[Diagnostic, ...] | None:
        try:
            return self._provider.validate(self._schema.kind, self._schema.name, config)
        except ProviderFailure as failure:
            self._trouble.append({"stage": stage, "round": str(about.get("round", "")), "text": str(failure)[:300]})
            return None

    def _keep(self, stage: str, about: Mapping[str, Any], said: Iterable[Diagnostic]) -> None:
        found = [[self._text(one), *one.path] for one in said]
        self._calls.append({"stage": stage, **about, "found": found})

    def _text(self, one: Diagnostic) -> int:
        summary, detail = (text.replace(ENORMOUS, "<enormous>") for text in (one.summary, one.detail))
        return self._texts.setdefault((one.error, summary, detail), len(self._texts))


def _kept(said: tuple[Diagnostic, ...]) -> Iterator[Diagnostic]:
    """Of an answer about long collections, what is said about them and not about their later elements."""
    seen: dict[object, int] = {}
    for one in said:
        if any(isinstance(step, int) and step for step in one.path) or re.search(r"Value\d", one.summary + one.detail):
            continue
        seen[one.path] = seen.get(one.path, 0) + 1
        if seen[one.path] <= 5:
            yield one


def covering(body: BlockSchema) -> dict[Names, NestedBlock]:
    """Every block with different contents once, where it stands least deep."""
    identity = Identities()
    found: dict[Names, NestedBlock] = {}
    seen = {identity(body)}
    waiting: list[tuple[Names, BlockSchema]] = [((), body)]
    for at, outer in waiting:
        for name, nested in outer.blocks.items():
            place = (*at, name)
            new = identity(nested.body) not in seen
            if new and len(place) < DEEPEST:
                seen.add(identity(nested.body))
                found[place] = nested
                waiting.append((place, nested.body))
    return found


def multiply(config: dict[str, Any], place: Names, number: int) -> None:
    """Put ``number`` equal blocks at ``place``, where there is one."""
    inside = body_around(config, place)
    inside[place[-1]] = inside[place[-1]] * number


def body_around(config: dict[str, Any], place: Names) -> dict[str, Any]:
    """The body in which ``place`` is."""
    for name in place[:-1]:
        inner: Any = config[name]
        config = inner[0] if isinstance(inner, list) else next(iter(inner.values())) if "key0" in inner else inner
    return config


def calls(answers: Mapping[str, Any]) -> int:
    """How many calls a type took."""
    return len(answers["calls"]) + len(answers["trouble"])
