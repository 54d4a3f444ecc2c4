"""Writing packs: the same facts make the same bytes, whoever builds them and when."""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from onetake.knowledge.pack import FORMAT, HEAD, MAGIC, NUMBER

WINDOW = 32 * 1024
"""How far back deflate can refer: the longest dictionary that is of any use."""
_PIECE = re.compile(rb'[^,:\[\]{}]*[,:\[\]{}]+"?')
_LONGEST = 4
"""Of how many pieces an entry of the dictionary is made at most."""


def compact(facts: Any) -> bytes:
    """JSON as short as it gets, with sorted keys."""
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def packed(meta: Mapping[str, Any], frames: Mapping[str, Any], *, dictionary: int = WINDOW) -> bytes:
    """A whole pack: ``meta`` about it, and ``frames`` of JSON data by key; ``dictionary`` is at most so many bytes."""
    texts = {key.encode(): compact(frames[key]) for key in frames}
    keys = sorted(texts)
    shared = trained((texts[key] for key in keys), min(dictionary, WINDOW))
    deflated = [_deflated(texts[key], shared) for key in keys]
    about = compact(meta)
    text, body = b"".join(keys), b"".join(deflated)
    head = HEAD.pack(MAGIC, FORMAT, len(about), len(shared), len(keys), len(text), len(body))
    return b"".join((head, about, shared, _ends(keys), _ends(deflated), text, body))


def write(path: Path, meta: Mapping[str, Any], frames: Mapping[str, Any], *, dictionary: int = WINDOW) -> int:
    """Write a pack to ``path`` and tell how many bytes it has. A reader sees the old pack or the new one, whole."""
    content = packed(meta, frames, dictionary=dictionary)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".new")
    draft.write_bytes(content)
    draft.replace(path)
    return len(content)


def trained(texts: Iterable[bytes], size: int) -> bytes:
    """A dictionary of at most ``size`` bytes: the pieces of JSON that save most, the best ones last.

    Deflate refers to near bytes more cheaply than to far ones, so that what is used most stands at the end.
    """
    uses: Counter[bytes] = Counter()
    for text in texts:
        pieces = _PIECE.findall(text)
        for length in range(1, _LONGEST + 1):
            uses.update(b"".join(pieces[at : at + length]) for at in range(len(pieces) - length + 1))
    worth = sorted(
        ((count - 1) * (len(piece) - 3), piece) for piece, count in uses.items() if count > 1 and len(piece) > 3
    )
    chosen: list[bytes] = []
    taken = bytearray()
    for _, piece in reversed(worth):
        if len(taken) + len(piece) > size:
            break
        if piece not in taken:
            chosen.append(piece)
            taken += piece
    return b"".join(reversed(chosen))


def _deflated(text: bytes, dictionary: bytes) -> bytes:
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, 9, zlib.Z_DEFAULT_STRATEGY, dictionary)
    return deflate.compress(text) + deflate.flush()


def _ends(pieces: Iterable[bytes]) -> bytes:
    ends, end = bytearray(), 0
    for piece in pieces:
        end += len(piece)
        ends += NUMBER.pack(end)
    return bytes(ends)
