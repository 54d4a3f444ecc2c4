"""Protocol buffers, as little of them as the plugin protocol needs: varints, and fields with a length."""

from __future__ import annotations

from collections.abc import Iterator

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5


class Malformed(ValueError):
    """Bytes that are not a message."""


def varint(number: int) -> bytes:
    """A number as protocol buffers write it: seven bits to a byte, the low ones first, negative ones as 64 bits."""
    number &= (1 << 64) - 1
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def field(number: int, value: bytes | str | int) -> bytes:
    """One field; nothing when it has the value that an absent field has."""
    if not value:
        return b""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    content = value.encode() if isinstance(value, str) else value
    return present(number, content)


def present(number: int, content: bytes) -> bytes:
    """A field with a length, written also when it is empty."""
    return varint(number << 3 | BYTES) + varint(len(content)) + content


def fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """The fields of a message in their order: number and value; numbers are not negative.

    Raises:
        Malformed: the bytes end in the middle, or hold a kind of field that the protocol does not use.
    """
    place, end = 0, len(message)
    while place < end:
        tag, place = _varint(message, place)
        kind = tag & 7
        if kind == VARINT:
            number, place = _varint(message, place)
            yield tag >> 3, number
            continue
        if kind == BYTES:
            length, place = _varint(message, place)
        elif kind in (FIXED64, FIXED32):
            length = 8 if kind == FIXED64 else 4
        else:
            raise Malformed(f"field {tag >> 3} is of the unknown kind {kind}")
        if place + length > end:
            raise Malformed(f"field {tag >> 3} is cut short")
        yield tag >> 3, message[place : place + length]
        place += length


def _varint(message: bytes, place: int) -> tuple[int, int]:
    number = shift = 0
    try:
        while True:
            byte = message[place]
            place += 1
            number |= (byte & 0x7F) << shift
            if byte < 0x80:
                return number, place
            shift += 7
    except IndexError:
        raise Malformed("a number is cut short") from None
