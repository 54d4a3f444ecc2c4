"""Which parameter of AWS an argument becomes: a text that stands nowhere else is given, and found again in the request.

Only texts that come through unchanged count: what a provider writes in another case, or wraps, is not found.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl
from xml.etree import ElementTree

from onetake.knowledge.terraform.constraints import ELEMENT, Constraint, TypeConstraints
from onetake.knowledge.terraform.judging import judged
from onetake.knowledge.terraform.schema import BlockSchema, ProviderSchema, TypeSchema
from onetake.providers.client import Provider
from onetake.providers.mining.choosing import chosen
from onetake.providers.mining.filling import Filling, Names, filled, leaves
from onetake.providers.mining.keeping import Ask, Kept, Tell
from onetake.providers.mining.planning import wanted
from onetake.providers.mining.plans import OPERATION, READS
from onetake.providers.mining.sink import Request, Sink
from onetake.providers.process import ProviderFailure

SECONDS = 5.0
LENGTHS = frozenset({"length", "non_empty", "not_blank", "items", "deprecated"})
"""Kinds of constraints that leave open which texts there are."""
_FILL = Filling("onetake-a", 1, True, 1)
CANARY = re.compile(r"Ot[A-Za-z]{4}Cy")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def canary(number: int) -> str:
    """The text that stands for argument ``number``: letters of both cases, and none of AWS's own."""
    digits = ""
    for _ in range(4):
        number, rest = divmod(number, len(_LETTERS))
        digits = _LETTERS[rest] + digits
    return f"Ot{digits}Cy"


def open_texts(body: BlockSchema, found: TypeConstraints) -> Iterator[tuple[Names, tuple[Constraint, ...]]]:
    """The arguments that are texts, or lists and sets of them, of which the provider takes any; and what it demands."""
    for place, type_ in leaves(body):
        text = type_.element if type_.kind in ("list", "set") and type_.element is not None else type_
        if text.kind != "string" or place == ("id",):
            continue
        rules = (*found.at(place), *found.at((*place, ELEMENT)))
        if all(rule.kind in LENGTHS for rule in rules):
            yield place, rules


class Watcher:
    """Sends canaries, one type after the other."""

    def __init__(self, provider: Provider, sink: Sink, constraints: Callable[[str], TypeConstraints]) -> None:
        """``provider`` is configured to ask ``sink``; ``constraints`` are those of a resource type by name."""
        self._provider = provider
        self._sink = sink
        self._constraints = constraints

    def answers(self, schema: TypeSchema) -> dict[str, Any]:
        """The operation that makes a resource, and where in its request each argument was found."""
        found = self._constraints(schema.name)
        every, needed, _ = wanted(schema.body, found)
        texts = {
            place: canary(number)
            for number, (place, rules) in enumerate(open_texts(schema.body, found))
            if place in every and all(judged(rule, canary(number))[0] is not True for rule in rules)
        }
        answers: dict[str, Any] = {"name": schema.name, "open": sorted(map(".".join, texts)), "sent": {}}
        plain = chosen(found, schema.body, 0)
        marks = {text: place for place, text in texts.items()}
        well = self._send(schema, filled(schema.body, _FILL, every.__contains__, plain | texts), marks, answers)
        for name in sorted({place[0] for place in texts if ".".join(place) not in answers["sent"]}) if well else ():
            # Alone: arguments that do not go together are not all sent, and some of them stop the rest.
            some = needed | {place for place in every if place[0] == name}
            values = plain | {place: text for place, text in texts.items() if place[0] == name}
            if not self._send(schema, filled(schema.body, _FILL, some.__contains__, values), marks, answers):
                break
        return answers

    def _send(self, schema: TypeSchema, config: Any, marks: Mapping[str, Names], answers: dict[str, Any]) -> bool:
        """Look for ``marks`` in what is sent; whether the provider answered at all: some try again for minutes."""
        self._sink.requests.clear()
        try:
            planned = self._provider.plan(schema.name, config)
            if any(one.error for one in planned.diagnostics):
                return True
            applied = self._provider.apply(schema.name, config, planned)
        except ProviderFailure:
            return False
        except UnicodeDecodeError:
            return True  # it decodes what it takes for base64, and plans texts that are none
        words = "\n".join(f"{one.summary}\n{one.detail}" for one in applied.diagnostics if one.error)
        operation = OPERATION.search(words)
        if operation is None or READS.match(operation["operation"]) or not self._sink.requests:
            return True
        made = f"{operation['service']}.{operation['operation']}"
        for text, places in found_in(self._sink.requests[-1]).items():
            if text in marks and len(places) == 1:
                answers["sent"].setdefault(".".join(marks[text]), [made, *places])
        return True


def found_in(request: Request) -> dict[str, list[str]]:
    """Where the canaries of a request stand in it: names with dots between them, or ``/2`` in the path."""
    found: dict[str, list[str]] = {}
    for place, text in _texts(request):
        if CANARY.fullmatch(text) and place not in found.setdefault(text, []):
            found[text].append(place)
    return found


def _texts(request: Request) -> Iterator[tuple[str, str]]:
    yield from ((f"/{number}", part) for number, part in enumerate(request.path.split("/")))
    yield from (*request.headers.items(), *parse_qsl(request.query))
    text = request.body.decode("utf-8", errors="replace")
    if text[:1] == "{":
        try:
            yield from _in_json(json.loads(text), ())
        except ValueError:
            return
    elif text[:1] == "<":
        try:
            yield from _in_xml(ElementTree.fromstring(text), ())  # noqa: S314 - the provider's own request
        except ElementTree.ParseError:
            return
    elif "Action=" in text:
        yield from ((name, value) for name, value in parse_qsl(text))


def _in_json(value: Any, at: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _in_json(inner, (*at, name))
    elif isinstance(value, list):
        for inner in value:
            yield from _in_json(inner, at)
    elif isinstance(value, str):
        yield ".".join(at), value


def _in_xml(element: ElementTree.Element, at: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    yield ".".join(at), element.text or ""
    for inner in element:
        yield from _in_xml(inner, (*at, inner.tag.rpartition("}")[2]))


def watched(
    binary: Path,
    schemas: ProviderSchema,
    folder: Path,
    constraints: Callable[[str], TypeConstraints],
    tell: Tell = lambda *_: None,
) -> Iterator[dict[str, Any]]:
    """The answers about every resource type, by name; those that are not in ``folder`` yet are asked for."""

    def asking(provider: Provider, sink: Sink) -> Ask:
        return Watcher(provider, sink, constraints).answers

    return Kept(binary, schemas, folder, SECONDS).answers(asking, tell)
