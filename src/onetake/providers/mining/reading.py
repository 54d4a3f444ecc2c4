"""What a provider's answers to probes say: which texts it gives at which argument, for which probes.

Texts become templates: ``{key}`` and ``{path}`` stand for the argument as the provider names it (``rule.0.name``,
``rule[0].name``), ``{name}`` for its last part, ``{value}`` and ``{quoted}`` for its value.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from onetake.knowledge.terraform.rendering import number_text, quoted
from onetake.knowledge.terraform.schema import BlockSchema
from onetake.knowledge.terraform.types import Type
from onetake.model.records import field, record
from onetake.providers.mining.places import ELEMENT, Names, leaf_type, named, placed
from onetake.providers.mining.rounds import ROUNDS

Template = tuple[bool, str, str]
"""Whether it is an error, summary and detail."""
_ENORMOUS = "<enormous>"
_DISTINCT = 4
"""Shorter values may stand in a text by chance."""


@record(frozen=False)
class Observed:
    """What was seen at one argument."""

    type: Type | None
    asked: set[str] = field(default_factory=set)
    """The rounds in which it was given."""
    failed: dict[Template, set[str]] = field(default_factory=dict)
    """The rounds that drew each text."""


@record
class Reading:
    """What was seen at one type."""

    arguments: Mapping[Names, Observed]
    always: Mapping[Names, frozenset[Template]]
    """Texts about what is left out, with everything null or every block empty."""
    relations: Mapping[Names, frozenset[Template]]
    """Texts about arguments that were given together."""
    counts: Mapping[Names, Mapping[int, frozenset[Template]]]
    """Texts about so many blocks of one name, for every number that was asked."""


def read(answers: Mapping[str, Any], body: BlockSchema) -> Reading:
    """What the answers about one type say."""
    return _Reader(answers, body).reading()


class _Reader:
    def __init__(self, answers: Mapping[str, Any], body: BlockSchema) -> None:
        self._answers = answers
        self._body = body
        self._texts: list[Template] = [tuple(text) for text in answers["texts"]]
        self._seen: dict[Names, Observed] = {}
        self._places: dict[tuple[str | int, ...], Names] = {}
        self._raw: dict[Names, dict[str, set[Template]]] = defaultdict(lambda: defaultdict(set))
        self._always: dict[Names, set[Template]] = defaultdict(set)
        self._relations: dict[Names, set[Template]] = defaultdict(set)
        self._counts: dict[Names, dict[int, set[Template]]] = defaultdict(lambda: defaultdict(set))

    def reading(self) -> Reading:
        alone: dict[Names, set[Template]] = {}
        for call in self._answers["calls"]:
            leaves = [tuple(leaf.split(".")) for leaf in call.get("leaves", ())]
            match call["stage"]:
                case "fill":
                    self._fill(call, set(leaves))
                case "alone" if call["round"] == "null":
                    alone[leaves[0]] = {text for _, text in self._found(call)}
                case "alone":
                    self._alone(call, leaves[0], alone.get(leaves[0], set()))
                case stage:
                    self._about_several(stage, call)
        for place, rounds in self._raw.items():
            self._seen[place].failed = templates(place, self._seen[place].type, rounds)
        return Reading(
            self._seen,
            {place: frozenset(texts) for place, texts in self._always.items()},
            {place: frozenset(texts) for place, texts in self._relations.items()},
            {place: {number: frozenset(one) for number, one in by.items()} for place, by in self._counts.items()},
        )

    def _about_several(self, stage: str, call: Mapping[str, Any]) -> None:
        if stage == "count":
            self._counts[tuple(call["leaves"][0].split("."))].setdefault(int(call["round"]), set())
        for place, text in self._found(call):
            match stage:
                case "null" | "blocks":
                    self._always[place].add(text)
                case "combine" | "chain" | "lone":
                    self._relations[place].add(text)
                case "count":
                    self._counts[place][int(call["round"])].add(keyed(text, place))

    def _found(self, call: Mapping[str, Any]) -> Iterator[tuple[Names, Template]]:
        for number, *path in call["found"]:
            text = self._texts[number]
            found = self._places.get((number, *path))
            if found is None:
                place = corrected(placed(path, self._body), text, self._body)
                found = self._places[number, *path] = self._element(place, text)
            yield found, text

    def _element(self, place: Names, text: Template) -> Names:
        """The elements of a collection of plain values when the text means one: paths often end at the collection."""
        type_ = leaf_type(place, self._body) if place and place[-1] != ELEMENT else None
        if type_ is None or type_.element is None or type_.element.element or type_.element.kind == "object":
            return place
        return place if _OF_WHOLE.search(f"{text[1]}\n{text[2]}") else (*place, ELEMENT)

    def _observed(self, place: Names) -> Observed:
        found = self._seen.get(place)
        if found is None:
            found = self._seen[place] = Observed(leaf_type(place, self._body))
        return found

    def _fill(self, call: Mapping[str, Any], active: set[Names]) -> None:
        for leaf in active:
            self._observed(leaf).asked.add(call["round"])
        for place, text in self._found(call):
            owner = None if _left_out(text) else _owner(place, active)
            if owner and _possible(text, place, self._body):
                self._observed(place).asked |= self._observed(owner).asked
                self._raw[place][call["round"]].add(text)

    def _alone(self, call: Mapping[str, Any], leaf: Names, before: set[Template]) -> None:
        asked = self._observed(leaf).asked
        asked.add(call["round"])
        for _, text in self._found(call):
            if text not in before and not _left_out(text):
                place = self._element(leaf, text)
                self._observed(place).asked = asked
                self._raw[place][call["round"]].add(text)


def _left_out(text: Template) -> bool:
    """Whether it is about something that was not given."""
    return bool(re.search(r"is required, but no definition was found|has marked it as required", text[2]))


_MAP_KEY = re.compile(r"(?:got:?|invalid) \"?key\d+\b")
"""About the keys of a map, of which only one was tried."""


def _possible(text: Template, place: Names, body: BlockSchema) -> bool:
    """Whether the text is about a value that can stand at that place: providers mix up neighbours."""
    if _MAP_KEY.search(text[1] + text[2]):
        return False
    if "must be a whole number" not in text[1] + text[2]:
        return True
    type_ = leaf_type(place, body)
    return type_ is not None and type_.kind == "number"


def _owner(place: Names, active: set[Names]) -> Names | None:
    """The probed argument in which ``place`` is: itself, or the attribute around its elements and fields."""
    return next((place[:end] for end in range(len(place), 0, -1) if place[:end] in active), None)


_SDK_KEY = re.compile(r"(?<![\w.])[a-z_][a-z0-9_]*(?:\.\d+\.[a-z_][a-z0-9_]*)+(?![\w.]*:\W)")
_SDK_NAME = re.compile(r"^(?:expected |expected length of )([a-z_][a-z0-9_]*) (?:to|value)")


def corrected(place: Names, text: Template, body: BlockSchema) -> Names:
    """``place``, or where the text says that it stands: in nested blocks, providers mix up the paths of neighbours."""
    said = _SDK_KEY.search(text[1]) or _SDK_KEY.search(text[2])
    if said:
        names = tuple(name for name in said[0].split(".") if not name.isdigit())
        if names != place and leaf_type(names, body) is not None:
            return (*names, ELEMENT) if place[-1:] == (ELEMENT,) else names
        return place
    if (said := _SDK_NAME.search(text[1])) and said[1] not in place:
        names = (*named(place)[:-1], said[1])
        # A name that nobody has there belongs to a place that cannot be made out.
        return names if leaf_type(names, body) is not None else ()
    return place


_OF_WHOLE = re.compile(
    r"(?:list|set|map) must contain|item (?:minimum|maximum)|deprecated|Invalid or unknown key|Duplicate|[Cc]onflict"
    r"|is required|one of `|all of `|attributes must be configured|be specified|Invalid Attribute Combination"
    r"|Read Error"
)
"""Texts about a collection and not about its elements."""


_ARGUMENT = r"[a-z_]\w*(?:\.[\w-]+|\[(?:Value\(.*?\)|[^\]]*)\])*"
_BEFORE_PATH = "|".join(f"(?<={words} )" for words in ("Attribute", "Path:", "for the", "Block", "attribute"))
_BEFORE_KEY = "|".join(["^", *(f"(?<={words})" for words in ('"', "expected ", " of ", " for ", "Job "))])
_KEY = re.compile(rf"(?:{_BEFORE_PATH})(?P<path>{_ARGUMENT})|(?:{_BEFORE_KEY})(?P<key>{_ARGUMENT})")
_INDEX = re.compile(r"\[(?:Value\(.*?\)|[^\]]*)\]|\.\d+(?![\w-])")


def keyed(text: Template, place: Names) -> Template:
    """The text with marks for how it names its argument."""
    if not place:
        return text
    names = named(place)
    if names[-1] not in text[1] and names[-1] not in text[2]:
        return text

    def mark(found: re.Match[str]) -> str:
        token = found[0]
        said = tuple(_INDEX.sub("", token).split("."))
        element = place[-1] == ELEMENT
        ends_with_index = token[-1] == "]" or token.rpartition(".")[2].isdigit()
        if element and said == names and not ends_with_index and not found["path"]:
            return "{name}" if token == names[-1] else "{around}"
        if (said == names and (element or not ends_with_index)) or (element and said[:-1] == names):
            return "{path}" if found["path"] else "{key}"
        return "{name}" if len(place) > 1 and token == names[-1] else token

    return text[0], _KEY.sub(mark, text[1]), _KEY.sub(mark, text[2])


def templates(place: Names, type_: Type | None, rounds: Mapping[str, Iterable[Template]]) -> dict[Template, set[str]]:
    """The templates of the texts that each round drew, with marks for the values."""
    found: dict[Template, set[str]] = {}
    later: list[tuple[str, Template, Any]] = []
    for name, texts in rounds.items():
        given = given_in(name, type_)
        for text in texts:
            marked = keyed(text, place)
            if given is not None and len(_forms(given)[0]) < _DISTINCT:
                later.append((name, marked, given))
            else:
                found.setdefault(_valued(marked, given), set()).add(name)
    for name, text, given in later:
        known = next((one for one in found if shown(one, given) == text), None)
        found.setdefault(known or _valued(text, given), set()).add(name)
    return found


def given_in(name: str, type_: Type | None) -> Any:
    """What an argument's leaves got in a round."""
    fill = ROUNDS[name]
    while type_ is not None and type_.element is not None:
        type_ = type_.element
    if type_ is None:
        return fill.text
    return {"number": fill.number, "bool": fill.truth}.get(type_.kind, fill.text)


def shown(template: Template, given: Any) -> Template:
    """The template with the marks of its value filled in."""
    raw, marked = _forms(given)
    decimal = "" if isinstance(given, str) else f"{given:.6f}"
    summary, detail = (
        part.replace("{quoted}", marked).replace("{float}", decimal).replace("{value}", raw) for part in template[1:]
    )
    return template[0], summary, detail


@cache
def _forms(given: Any) -> tuple[str, str]:
    if isinstance(given, str):
        text = _ENORMOUS if len(given) > 20_000 else given
        return text, quoted(text)
    text = number_text(given)
    return text, f'"{text}"'


def _valued(text: Template, given: Any) -> Template:
    if given is None:
        return text
    raw, marked = _forms(given)

    def replaced(words: str) -> str:
        words = words.replace(marked, "{quoted}")
        if not isinstance(given, (str, bool)):
            words = words.replace(f"{given:.6f}", "{float}")
        if isinstance(given, str) and len(given) >= _DISTINCT:
            return words.replace(raw, "{value}")
        # Short ones only where a value is expected to stand.
        return re.sub(
            rf"(?<=[ (:=,]){re.escape(raw)}(?=$|[\s),.:])" if raw else r"(?<=got: )$|(?<=got )$|(?<=\()(?=\))",
            "{value}",
            words,
        )

    return text[0], replaced(text[1]), replaced(text[2])
