"""A page as blocks of text, so that Markdown and HTML tell the same story."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from onetake.model.findings import Severity
from onetake.model.places import Place
from onetake.model.records import record


@record
class Code:
    """Names and values inside a sentence."""

    text: str


@record
class Strong:
    """What must not be missed."""

    text: str


@record
class Link:
    """An address; shown as plain text unless it is one of the web."""

    address: str

    @property
    def safe(self) -> bool:
        """Whether it may be followed with a click."""
        return self.address.startswith(("https://", "http://"))


Inline: TypeAlias = str | Code | Strong | Link
Words: TypeAlias = Sequence[Inline]


@record
class Heading:
    """A title; level 1 is the page's."""

    level: int
    words: Words
    tag: str = ""
    """``critical`` ... ``low``, ``risk``."""


@record
class Paragraph:
    """Sentences, after a label that says what they tell."""

    words: Words
    label: str = ""


@record
class Fence:
    """Text that keeps its lines."""

    text: str
    language: str = ""
    label: str = ""


@record
class Frame:
    """The lines of code at a place."""

    place: Place
    label: str = ""


@record
class Table:
    """Rows of cells."""

    head: Sequence[str]
    rows: Sequence[Sequence[Words]]


@record
class Bullets:
    """A list; numbered where the order matters."""

    items: Sequence[Words]
    ordered: bool = False


@record
class Card:
    """What belongs to one finding."""

    severity: Severity
    risk: bool
    blocks: Sequence[Block]


Block: TypeAlias = Heading | Paragraph | Fence | Frame | Table | Bullets | Card
