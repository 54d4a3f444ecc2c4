"""The trees that expressions and bodies are parsed into. Offsets count characters from the start of the text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from onetake.model.records import field, record

# Trees are never compared or printed: what is not generated makes the start faster.


@record(frozen=False, eq=False)
class Literal:
    """A number, a flag, ``null``, or text without anything to fill in."""

    value: str | int | float | bool | None
    start: int = 0
    end: int = 0


@record(frozen=False, eq=False)
class Variable:
    """A name by itself: the root of a traversal, or a ``for`` variable."""

    name: str
    start: int = 0
    end: int = 0


@record(frozen=False, eq=False)
class Attribute:
    """``subject.name``."""

    subject: Node
    name: str
    start: int = 0
    end: int = 0


@record(frozen=False, eq=False)
class Index:
    """``subject[key]``."""

    subject: Node
    key: Node
    start: int = 0
    end: int = 0


@record(frozen=False, eq=False)
class Splat:
    """``subject[*].rest``: ``each`` is ``rest`` over :class:`Element`."""

    subject: Node
    each: Node
    start: int = 0
    end: int = 0


@record(frozen=False, eq=False)
class Element:
    """The element that a splat is at."""

    start: int = 0
    end: int = 0


@record(frozen=False, eq=False)
class Template:
    """Text with parts to fill in; a template of one expression alone keeps that expression's type."""

    parts: tuple[Node, ...]
    start: int = 0
    end: int = 0


@record(frozen=False, eq=False)
class Call:
    """A function call; ``expand`` when the last argument is followed by ``...``."""

    name: str
    arguments: tuple[Node, ...]
    expand: bool = False
    start: int = 0
    end: int = 0


@record(frozen=False, eq=False)
class Unary:
    """``!x`` or ``-x``."""

    operator: str
    operand: Node
    start: int = 0
    end: int = 0


@record(frozen=False, eq=False)
class Binary:
    """``left operator right``."""

    operator: str
    left: Node
    right: Node
    start: int = 0
    end: int = 0


@record(frozen=False, eq=False)
class Conditional:
    """``condition ? yes : no``."""

    condition: Node
    yes: Node
    no: Node
    start: int = 0
    end: int = 0


@record(frozen=False, eq=False)
class For:
    """``[for key, item in collection : value if condition]`` or its ``{}`` form with ``key_result``."""

    key: str
    item: str
    collection: Node
    key_result: Node | None
    result: Node
    condition: Node | None
    group: bool = False
    text: bool = False
    """A ``%{ for }`` of a template: the results are joined."""
    start: int = 0
    end: int = 0


@record(frozen=False, eq=False)
class Tuple:
    """``[a, b]``."""

    items: tuple[Node, ...]
    start: int = 0
    end: int = 0


@record(frozen=False, eq=False)
class Object:
    """``{a = 1, (b) = 2}``; ``block`` when it stands for a block's body rather than a map."""

    items: tuple[tuple[Node, Node], ...]
    block: bool = False
    start: int = 0
    end: int = 0


@record(frozen=False, eq=False)
class Dynamic:
    """A ``dynamic`` block among the blocks of its type: one block for each element of a collection."""

    type: str
    collection: Node
    iterator: str
    content: Object
    start: int = 0
    end: int = 0


Node: TypeAlias = (
    Literal
    | Variable
    | Attribute
    | Index
    | Splat
    | Element
    | Template
    | Call
    | Unary
    | Binary
    | Conditional
    | For
    | Tuple
    | Object
    | Dynamic
)


@record(frozen=False, eq=False)
class Argument:
    """``name = expression`` in a body."""

    name: str
    value: Node
    start: int
    end: int


@record(frozen=False, eq=False)
class Block:
    """``type "label" { ... }``."""

    type: str
    labels: tuple[str, ...]
    body: Body
    start: int
    header_end: int
    """Behind the opening brace."""
    end: int
    labels_end: int = 0
    """Behind the last label."""


@record(frozen=False, eq=False)
class Body:
    """What stands between two braces, or in a file."""

    arguments: dict[str, Argument] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)

    def of_type(self, name: str) -> Iterator[Block]:
        """The blocks of one type, in order."""
        return (block for block in self.blocks if block.type == name)


@record
class Problem:
    """A syntax error: Terraform's summary and detail, and where."""

    summary: str
    detail: str
    start: int
    end: int


class SyntaxProblem(Exception):
    """Parsing cannot go on from here."""

    def __init__(self, summary: str, detail: str, start: int, end: int | None = None) -> None:
        super().__init__(summary)
        self.problem = Problem(summary, detail, start, start + 1 if end is None else end)


def children(node: Node) -> tuple[Node, ...]:
    """The expressions directly inside ``node``."""
    match node:
        case Attribute(subject) | Unary(_, subject):
            return (subject,)
        case Index(one, two) | Splat(one, two) | Binary(_, one, two):
            return (one, two)
        case Template(items) | Tuple(items) | Call(_, items):
            return items
        case Conditional(one, two, three):
            return (one, two, three)
        case For(_, _, collection, key_result, result, condition):
            return tuple(part for part in (collection, key_result, result, condition) if part is not None)
        case Dynamic(_, collection, _, content):
            return (collection, content)
        case Object(pairs):
            return tuple(part for pair in pairs for part in pair)
        case _:
            return ()
