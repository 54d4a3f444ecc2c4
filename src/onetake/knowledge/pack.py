r"""Packs: read-only files of facts, opened in microseconds and decoded one frame at a time.

A pack maps sorted text keys to frames. A frame is JSON, deflated on its own with a dictionary that all frames of the
pack share; nothing but the frames that are asked for is ever decoded. The file, all integers little-endian::

    magic      8 bytes       b"onetake\0"
    head       6 x uint32    format, and the lengths of meta, dictionary, key table (in keys), key text, frames
    meta       JSON          what the pack tells, from which sources, with which counts
    dictionary bytes         what every frame's compression starts from
    key ends   n x uint32    where each key ends in the key text
    frame ends n x uint32    where each frame ends in the frames
    key text   UTF-8         the keys, sorted by their bytes, one after the other
    frames     raw deflate   in the order of the keys

The standard library is enough to read and to write it (``onetake.knowledge.packing``).
"""

from __future__ import annotations

import json
import mmap
import struct
import zlib
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Any

MAGIC = b"onetake\0"
FORMAT = 1
HEAD = struct.Struct("<8s6I")
NUMBER = struct.Struct("<I")


class DamagedPack(ValueError):
    """A file that is not a pack, is cut short, or was written by another version of onetake."""


class Pack:
    """An open pack. Safe to share between threads; never closed, since every reader of a process shares it."""

    def __init__(self, path: Path) -> None:
        """Open ``path``.

        Raises:
            FileNotFoundError: there is no such file.
            DamagedPack: it is not a pack that this version can read.
        """
        self.path = path
        with path.open("rb") as file:
            size = file.seek(0, 2)
            if size < HEAD.size:
                raise DamagedPack(f"{path.name} is too short to be a pack")
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        magic, form, meta, dictionary, count, text, frames = HEAD.unpack_from(self._bytes)
        if magic != MAGIC:
            raise DamagedPack(f"{path.name} is not a pack")
        if form != FORMAT:
            raise DamagedPack(f"{path.name} is a pack of format {form}; this version of onetake reads format {FORMAT}")
        self._count: int = count
        self._meta = HEAD.size
        self._dictionary = self._meta + meta
        self._key_ends = self._dictionary + dictionary
        self._frame_ends = self._key_ends + count * NUMBER.size
        self._text = self._frame_ends + count * NUMBER.size
        self._frames = self._text + text
        if size != self._frames + frames:
            raise DamagedPack(f"{path.name} has {size} bytes, not {self._frames + frames}: it was cut or added to")

    @cached_property
    def meta(self) -> dict[str, Any]:
        """What the builder wrote about the pack: ``name``, ``fact``, ``sources``, ``counts``, ..."""
        found: dict[str, Any] = json.loads(self._bytes[self._meta : self._dictionary])
        return found

    @cached_property
    def dictionary(self) -> bytes:
        """What the compression of every frame starts from."""
        return self._bytes[self._dictionary : self._key_ends]

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[str]:
        return self.keys()

    def keys(self, prefix: str = "") -> Iterator[str]:
        """The keys that begin with ``prefix``, in their order."""
        wanted = prefix.encode()
        for place in range(bisect_left(range(self._count), wanted, key=self._key), self._count):
            found = self._key(place)
            if not found.startswith(wanted):
                return
            yield found.decode()

    def __contains__(self, key: str) -> bool:
        return self._place(key) is not None

    def frame(self, key: str) -> bytes | None:
        """The text of the frame called ``key``; ``None`` when there is none.

        Raises:
            DamagedPack: the frame cannot be inflated.
        """
        place = self._place(key)
        if place is None:
            return None
        start = self._frames + self._end(self._frame_ends, place - 1)
        end = self._frames + self._end(self._frame_ends, place)
        inflate = zlib.decompressobj(-zlib.MAX_WBITS, zdict=self.dictionary)
        try:
            return inflate.decompress(self._bytes[start:end]) + inflate.flush()
        except zlib.error as error:
            raise DamagedPack(f"{self.path.name}: the frame of {key} is damaged: {error}") from None

    def load(self, key: str) -> Any:
        """The facts in the frame called ``key``; ``None`` when there is none.

        Raises:
            DamagedPack: the frame cannot be decoded.
        """
        text = self.frame(key)
        try:
            return None if text is None else json.loads(text)
        except ValueError as error:
            raise DamagedPack(f"{self.path.name}: the frame of {key} is damaged: {error}") from None

    def _place(self, key: str) -> int | None:
        wanted = key.encode()
        place = bisect_left(range(self._count), wanted, key=self._key)
        return place if place < self._count and self._key(place) == wanted else None

    def _key(self, place: int) -> bytes:
        return self._bytes[
            self._text + self._end(self._key_ends, place - 1) : self._text + self._end(self._key_ends, place)
        ]

    def _end(self, table: int, place: int) -> int:
        if place < 0:
            return 0
        end: int = NUMBER.unpack_from(self._bytes, table + place * NUMBER.size)[0]
        return end


@cache
def opened(path: Path) -> Pack:
    """The pack at ``path``, opened once in a process.

    Raises:
        FileNotFoundError: there is no such file.
        DamagedPack: it is not a pack that this version can read.
    """
    return Pack(path)
