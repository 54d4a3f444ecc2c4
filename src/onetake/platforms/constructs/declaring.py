"""Resources and data sources, declared by Terraform's own names.

The bindings of cdktn want nested blocks as instances of classes with names of a hundred letters, or as dictionaries.
Of a dictionary inside a list they silently drop every key of two words. ``declare`` makes each nested dictionary an
instance of its class, so that a block is written as Terraform spells it and a key that does not exist is an error.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Mapping, Sequence
from functools import cache
from keyword import iskeyword
from typing import Any

from cdktn import TerraformStack
from constructs import Construct

_BINDINGS = "cdktn_provider_aws"
_BLOCK = re.compile(r"[\"'](\w+)[\"'], typing\.Dict\[")
OWN = "this"
"""The name of the resource that a construct is about: it is left out of addresses."""


def declare(scope: Construct, kind: str, name: str, /, **arguments: Any) -> Any:
    """Add a resource, data source or ephemeral resource to a scope.

    Its address is made of the names on the way to it (``aws_subnet.network_data_0``): stable, and readable in a plan.

    Args:
        scope: the construct that owns it.
        kind: the type as Terraform names it; ``data.aws_region`` for a data source, ``ephemeral.`` likewise.
        name: unique among what the scope owns; ``OWN`` for the resource the scope is about.
        arguments: as Terraform names them. Blocks are dictionaries or lists of dictionaries; None means absent.

    Returns:
        The binding's object; its attributes are references.

    Raises:
        TypeError: there is no such argument, or a value has the wrong type.
        ValueError: there is no such type, or its address is taken.
    """
    cls = _class(kind)
    given = {key: value for key, value in arguments.items() if value is not None}
    made = cls(scope, f"{kind}.{name}", **_blocks(cls, given))
    made.override_logical_id(_claimed(scope, kind, logical_id(scope, name)))
    return made


def unseen(scope: Construct, name: str, length: int) -> str:
    """A reference to a random text that Secrets Manager makes while Terraform runs: neither plan nor state has it.

    Args:
        scope: owns it.
        name: unique among what the scope owns.
        length: letters and digits; without punctuation, so that it needs no escapes.
    """
    made = declare(
        scope,
        "ephemeral.aws_secretsmanager_random_password",
        name,
        password_length=length,
        exclude_punctuation=True,
        include_space=False,
    )
    text: str = made.random_password
    return text


def logical_id(scope: Construct, name: str) -> str:
    """The name in an address of what a scope owns: the way to it from its stack, without hashes."""
    _, way = _place(scope)
    return "_".join(part for part in (*way, name.replace("-", "_")) if part != OWN) or OWN


def _place(scope: Construct) -> tuple[TerraformStack, tuple[str, ...]]:
    """The stack of a scope and the way to it; each question to cdktn is a message to Node, so it is asked once."""
    known: tuple[TerraformStack, tuple[str, ...]] | None = scope.__dict__.get("_onetake_place")
    if known is None:
        stack = TerraformStack.of(scope)
        way = scope.node.path.removeprefix(stack.node.path).strip("/").split("/")
        known = stack, tuple(part.replace("-", "_") for part in way if part)
        scope.__dict__["_onetake_place"] = known
    return known


def _claimed(scope: Construct, kind: str, name: str) -> str:
    # cdktn would merge two resources of one address into one without a word.
    stack, _ = _place(scope)
    taken = stack.__dict__.setdefault("_onetake_addresses", set())
    if (kind, name) in taken:
        raise ValueError(f"{kind}.{name} exists already in {stack.node.id}")
    taken.add((kind, name))
    return name


@cache
def _class(kind: str) -> Any:
    module_name = kind.removeprefix("aws_").replace(".", "_")
    try:
        module = importlib.import_module(f"{_BINDINGS}.{module_name}")
    except ModuleNotFoundError as error:
        if error.name != f"{_BINDINGS}.{module_name}":
            raise
        raise ValueError(f"the bindings have no type {kind}") from None
    camel = "".join(part[:1].upper() + part[1:] for part in module_name.split("_"))
    # Where the provider once had a block of the same name inside another resource, the class has an "A" behind it.
    return getattr(module, f"{camel}A", None) or getattr(module, camel)


def _blocks(cls: Any, arguments: Mapping[str, Any]) -> dict[str, Any]:
    annotations = cls.__init__.__annotations__
    made: dict[str, Any] = {}
    for written, value in arguments.items():
        key = f"{written}_" if iskeyword(written) else written
        if key not in annotations:
            raise TypeError(f"{cls.__name__} has no argument {written!r}")
        block = _BLOCK.search(str(annotations[key]))
        home = importlib.import_module(cls.__module__)
        made[key] = value if block is None else _block(getattr(home, block[1], None), value)
    return made


def _block(cls: Any, value: Any) -> Any:
    if cls is None:  # a class of cdktn itself, such as a lifecycle: its own dictionaries work
        return value
    if isinstance(value, Mapping):
        return cls(**_blocks(cls, {key: inner for key, inner in value.items() if inner is not None}))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_block(cls, inner) for inner in value]
    return value
