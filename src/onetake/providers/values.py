"""Values as providers take them: msgpack, with an extension for what is not known yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgpack

from onetake.knowledge.terraform.schema import BlockSchema, Nesting


class _Unknown:
    """The value of what is only known after apply."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN = _Unknown()
_EXTENSION, _REFINED = 0, 12


def encode(value: Any) -> bytes:
    """``value`` (JSON data, in which ``UNKNOWN`` may stand anywhere) as msgpack."""
    packed: bytes = msgpack.packb(value, default=_extension)
    return packed


def decode(content: bytes) -> Any:
    """The value that msgpack holds; numbers too large for msgpack come as decimal text, as providers send them."""
    return msgpack.unpackb(content, ext_hook=_value, strict_map_key=False) if content else None


def _extension(value: Any) -> msgpack.ExtType:
    if value is UNKNOWN:
        return msgpack.ExtType(_EXTENSION, b"\0")
    raise TypeError(f"not a value: {type(value).__name__}")


def _value(code: int, data: bytes) -> Any:
    # 12 is an unknown value of which something is known, such as a prefix; it is unknown all the same.
    return UNKNOWN if code in (_EXTENSION, _REFINED) else msgpack.ExtType(code, data)


def complete(given: Mapping[str, Any], body: BlockSchema) -> dict[str, Any]:
    """``given`` with everything that it leaves out, as Terraform sends it: attributes are ``null``, blocks empty.

    Names that the schema does not have are left out.
    """
    whole: dict[str, Any] = {name: given.get(name) for name in body.attributes}
    for name, nested in body.blocks.items():
        whole[name] = _blocks(given.get(name), nested.nesting, nested.body)
    return whole


def _blocks(given: Any, nesting: Nesting, body: BlockSchema) -> Any:
    if given is UNKNOWN:
        return UNKNOWN
    match nesting:
        case Nesting.SINGLE:
            return None if given is None else complete(given, body)
        case Nesting.GROUP:
            return complete(given or {}, body)
        case Nesting.MAP:
            return {name: complete(one, body) for name, one in (given or {}).items()}
        case _:
            return [one if one is UNKNOWN else complete(one, body) for one in given or ()]
