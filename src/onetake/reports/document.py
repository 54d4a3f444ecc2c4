"""A page as blocks of text, so that Markdown and HTML tell the same story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from onetake.model.findings import Severity
from onetake.model.places import Place


@dataclass(frozen=True, slots=True)
class Code:
    """Names and values inside a sentence."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """What must not be missed."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """An address; shown as plain text unless it is one of the web."""

    address: str

    @property
    def safe(self) -> bool:
        """Whether it may be followed with a click."""
        return self.address.startswith(("https://", "http://"))


Inline: TypeAlias = str | Code | Strong | Link
Words: TypeAlias = Sequence[Inline]


@dataclass(frozen=True, slots=True)
class Heading:
    """A title; level 1 is the page's."""

    level: int
    words: Words
    tag: str = ""
    """``critical`` ... ``low``, ``risk``."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences, after a label that says what they tell."""

    words: Words
    label: str = ""


@dataclass(frozen=True, slots=True)
class Fence:
    """Text that keeps its lines."""

    text: str
    language: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """The lines of code at a place."""

    place: Place
    label: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells."""

    head: Sequence[str]
    rows: Sequence[Sequence[Words]]


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; numbered where the order matters."""

    items: Sequence[Words]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """What belongs to one finding."""

    severity: Severity
    risk: bool
    blocks: Sequence[Block]


Block: TypeAlias = Heading | Paragraph | Fence | Frame | Table | Bullets | Card
