"""Asking a provider about the shapes of texts; what it said is kept, a file to each set of constraints."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from onetake.knowledge.packing import compact
from onetake.knowledge.terraform.constraints import Constraint, written
from onetake.knowledge.terraform.judging import by_kind
from onetake.knowledge.terraform.probes import STRINGS
from onetake.knowledge.terraform.schema import BlockSchema, TypeSchema
from onetake.model.records import replace
from onetake.providers.client import Provider
from onetake.providers.mining.filling import Filling, filled, surrounded
from onetake.providers.mining.places import Names, leaf_type, named, placed
from onetake.providers.mining.reading import Template, corrected, keyed, shown
from onetake.providers.mining.shapes import learnt
from onetake.providers.mining.typical import TYPICAL
from onetake.providers.process import ProviderFailure

SECONDS = 8.0
MOST = 12_000
"""How often an argument is asked about."""
SLOW = 0.15
"""Where the quickest of the first questions takes the provider more seconds, no more is asked."""
FIRST = 4
_MARK = "onetake-mark"
_TEXTS = tuple(dict.fromkeys([*(text for text in STRINGS.values() if len(text) < 1000), *TYPICAL]))
_OF_WORDS = frozenset({"format", "pattern", "account_id", "length", "arn", "uuid"})
"""Kinds of which probes do not always tell what is taken."""


_OF_PARSERS = re.compile(
    r"\{reason\}|invalid character|unmarshal|in literal|YAML|unexpected E|looking for|Read Error"
    r"|one of|[Uu]nsupported|either|reserved|parsing time|[Mm]ap |significant bits"
)
"""Words that tell how far a parser came, or list what is taken."""


_DESCRIBES = re.compile(r"must|should|only|contain|include|characters|letters|alphanumeric|begin|start|format|see http")
"""Words that tell what texts look like; others may stand for a list that is not told."""


class _Stopped(Exception):
    """The provider does not answer, or was asked enough."""


class Shapes:
    """Learns shapes; asks only what is not in its folder yet."""

    def __init__(self, binary: Path, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._provider = Provider(binary, seconds=SECONDS)
        self._known: dict[str, list[Constraint]] = {}

    def __enter__(self) -> Shapes:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._provider.stop()

    def shaped(self, schema: TypeSchema, found: Mapping[Names, Sequence[Constraint]]) -> dict[Names, list[Constraint]]:
        """The constraints of a type, with shapes in place of those that are known for probes only."""
        return {place: self._of(schema, place, some) for place, some in found.items()}

    def _of(self, schema: TypeSchema, place: Names, some: Sequence[Constraint]) -> list[Constraint]:
        type_ = leaf_type(place, schema.body)
        if type_ is None or type_.kind != "string" or not any(map(learnable, some)):
            return [*some]
        if named(place)[-1] not in _body_at(named(place), schema.body):
            return [*some]
        # Equal constraints are one function of the provider's: it is asked once.
        key = hashlib.sha256(compact([written(one) for one in some])).hexdigest()[:20]
        if key not in self._known:
            self._known[key] = self._learnt(schema, place, some, self._folder / f"{key}.json")
        return self._known[key]

    def _learnt(self, schema: TypeSchema, place: Names, some: Sequence[Constraint], path: Path) -> list[Constraint]:
        asking = _Asking(self._provider, schema, place, some, path)
        found = [asking.better(number, one) if learnable(one) else one for number, one in enumerate(some)]
        asking.keep()
        return found


def learnable(one: Constraint) -> bool:
    """Whether a constraint is an error that is known for probes only, and tells no reason."""
    words = one.summary + one.detail
    told = _DESCRIBES.search(words) is not None or one.kind != "format"
    return one.error and not one.exact and one.kind in _OF_WORDS and told and not _OF_PARSERS.search(words)


def _words(one: Constraint) -> list[str]:
    """The words that describe what is taken: some are what is taken."""
    words = re.split(r"[\s\"'`,;()]+", f"{one.summary} {one.detail}")
    return [word.strip(".:") for word in words if word.strip(".:") and "{" not in word]


def _with_shape(one: Constraint, pattern: str | None) -> Constraint:
    if pattern is None:
        return one
    return replace(one, kind="shape", pattern=pattern, exact=True, minimum=None, maximum=None, unit="", folds_case=None)


def _body_at(names: Names, body: BlockSchema) -> Mapping[str, Any]:
    """The attributes of the block in which an argument stands; none when it is in an object."""
    for name in names[:-1]:
        if name not in body.blocks:
            return {}
        body = body.blocks[name].body
    return body.attributes


class _Asking:
    """Answers about one argument."""

    def __init__(
        self, provider: Provider, schema: TypeSchema, place: Names, some: Sequence[Constraint], path: Path
    ) -> None:
        self._provider, self._schema, self._place, self._path = provider, schema, place, path
        self._templates: list[Template] = [(one.error, one.summary, one.detail) for one in some]
        known = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {"said": {}}
        self._said: dict[str, list[int]] = known["said"]
        self._slow: bool = known.get("slow", False)
        self._seconds: list[float] = []
        self._new = 0
        there = surrounded({named(place)})
        # Any of several checks may be enough: what another one lists may be taken.
        others = [*(text for one in some for text in one.members), *(word for one in some for word in _words(one))]
        self._texts = tuple(dict.fromkeys([*_TEXTS, *others]))
        self._config = filled(schema.body, Filling(_MARK, 1, True, 1), there.__contains__)

    def better(self, number: int, one: Constraint) -> Constraint:
        """The constraint as it is when its kind agrees with all answers, or else with a shape."""
        try:
            if one.kind != "format" and all(self._agrees(number, one, text) for text in self._texts):
                return replace(one, exact=True)
        except _Stopped:
            return one
        return _with_shape(one, self._shape(number)) if one.kind in ("format", "pattern") else one

    def _agrees(self, number: int, one: Constraint, text: str) -> bool:
        judged = by_kind(one, text)
        return judged is None or (judged is not False) == (number in self._answer(text))

    def _shape(self, number: int) -> str | None:
        """The shape of the texts that the constraint accepts."""
        try:
            return learnt(lambda text: number in self._answer(text), self._texts)
        except _Stopped:
            return None

    def keep(self) -> None:
        """Write what was answered."""
        if self._new:
            about: dict[str, Any] = {"kind": self._schema.kind.value, "name": self._schema.name, "place": self._place}
            about |= {"slow": True} if self._slow else {}
            self._path.write_text(json.dumps({**about, "said": self._said}), encoding="utf-8")

    def _answer(self, text: str) -> list[int]:
        """The constraints that the provider says to be broken by a text."""
        if text not in self._said:
            if len(self._seconds) == FIRST and min(self._seconds) > SLOW:
                self._slow = True
            if self._slow or len(self._said) > MOST:
                raise _Stopped
            started = time.monotonic()
            self._said[text] = self._asked(text)
            self._seconds.append(time.monotonic() - started)
            self._new += 1
        return self._said[text]

    def _asked(self, text: str) -> list[int]:
        try:
            said = self._provider.validate(self._schema.kind, self._schema.name, _marked(self._config, text))
        except ProviderFailure:
            raise _Stopped from None
        found: set[int] = set()
        for one in said:
            told = (one.error, one.summary, one.detail)
            at = named(corrected(placed(one.path, self._schema.body), told, self._schema.body))
            if at == named(self._place)[: len(at)]:
                words = keyed(told, self._place)
                found |= {number for number, one in enumerate(self._templates) if self._tells(one, text, words)}
        return sorted(found)

    def _tells(self, one: Template, text: str, words: Template) -> bool:
        """Whether the words are the template's about a text, which may hold the name of its argument."""
        full = shown(one, text)
        return full == words or (named(self._place)[-1] in text and keyed(full, self._place) == words)


def _marked(value: Any, text: str) -> Any:
    """The configuration with the text that is asked about."""
    if isinstance(value, dict):
        return {name: _marked(one, text) for name, one in value.items()}
    if isinstance(value, list):
        return [_marked(one, text) for one in value]
    return text if value == _MARK else value
