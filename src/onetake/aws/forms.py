"""Attributes that the two languages write in different forms: words for flags, lists of keys and values, JSON text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TypeVar, cast, overload

from onetake.aws.view import Blocks, Items, View, blocks, convert, dig
from onetake.model.language import Language
from onetake.model.values import Absent, Known, Span, Unknown, Value

T = TypeVar("T")
V = TypeVar("V", bound=View)

NESTING = 100
"""How deep JSON text may be nested before it is left unread."""


def spelled(value: Value[str], meanings: Mapping[str, T], default: T | None = None) -> Value[T]:
    """What a word means (``internet-facing`` → ``False``); unknown for a word without a meaning here."""
    match value:
        case Known(word, where, source):
            meaning = meanings.get(word)
            return Unknown(f"{word} is not understood", where) if meaning is None else Known(meaning, where, source)
        case Absent(where) if default is not None:
            return Known(default, where)
        case _:
            return value


def keyed(value: Value[object], key: str, *, names: tuple[str, str] = ("Key", "Value")) -> Value[object]:
    """The value written for ``key`` in a list of keys and values; unknown when an unknown element may hold it."""
    match value:
        case Known(tuple() as items, where):
            hidden: Unknown | None = None
            for item in items:
                match item:
                    case Known(Mapping() as pair):
                        match pair.get(names[0]):
                            case Known(found) if found == key:
                                return cast("Value[object]", pair.get(names[1]) or Absent(item.where))
                            case Unknown() as unknown:
                                hidden = unknown
                            case _:
                                continue
                    case Unknown() as unknown:
                        hidden = unknown
                    case _:
                        continue
            return hidden or Absent(where)
        case Known(_, where):
            return Unknown("it is not a list", where)
        case _:
            return value


def keyed_as(value: Value[object], key: str, kind: type[T], *, names: tuple[str, str] = ("Key", "Value")) -> Value[T]:
    """:func:`keyed`, converted to ``kind``."""
    return cast("Value[T]", convert(keyed(value, key, names=names), kind))


def parsed(value: Value[object]) -> Value[object]:
    """The data that JSON text holds, as values at the place of the text; other values are data already.

    Text of which pieces are unknown is read as far as its engine knows what it was made from.
    """
    match value:
        case Known(str() as text, where):
            try:
                return _lifted(json.loads(text), where, NESTING)
            except (ValueError, RecursionError):
                return Unknown("it is not JSON", where)
        case Unknown(document=inner) if inner is not None:
            return inner
        case _:
            return value


def _lifted(data: object, where: Span, depth: int) -> Value[object]:
    if depth == 0:
        raise RecursionError
    match data:
        case dict():
            return Known({str(name): _lifted(inner, where, depth - 1) for name, inner in data.items()}, where)
        case list():
            return Known(tuple(_lifted(inner, where, depth - 1) for inner in data), where)
        case None:
            return Absent(where)
        case _:
            return Known(data, where)


class TextBlocks(Blocks[V]):
    """Blocks that Terraform writes as JSON text, with the API's own names, and CloudFormation as a list."""

    @overload
    def __get__(self, view: None, owner: type[View]) -> TextBlocks[V]: ...
    @overload
    def __get__(self, view: View, owner: type[View]) -> Items[V]: ...
    def __get__(self, view: View | None, owner: type[View]) -> TextBlocks[V] | Items[V]:
        if view is None:
            return self
        result = blocks(parsed(dig(view, self._whole.paths[view.language])), view, self.kind)
        view.__dict__[self.name] = result
        return result


def either(view: View, terraform: Value[T], cloudformation: Value[T]) -> Value[T]:
    """The one of two values that the view's language writes."""
    return terraform if view.language is Language.TERRAFORM else cloudformation
