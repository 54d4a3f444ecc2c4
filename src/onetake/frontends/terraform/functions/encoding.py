"""Base64, compression, URLs, character sets and CSV."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error

from onetake.frontends.terraform.functions.values import LIMIT, Failure, Undetermined, bounded

_CODECS = {
    "utf-8": ("utf-8", "UTF-8"),
    "utf-16le": ("utf-16-le", "UTF-16LE"),
    "utf-16be": ("utf-16-be", "UTF-16BE"),
    "us-ascii": ("", ""),
    "iso-8859-1": ("latin-1", "ISO_8859-1:1987"),
    "windows-1252": ("cp1252", "windows-1252"),
    "shift_jis": ("shift_jis", "Shift_JIS"),
    "euc-jp": ("euc_jp", "Extended_UNIX_Code_Packed_Format_for_Japanese"),
}


def base64encode(text: str) -> str:
    """``base64encode``."""
    return b64encode(text.encode()).decode()


def base64decode(text: str) -> str:
    """``base64decode``."""
    try:
        content = _decoded(text)
    except Error:
        raise Failure(f'failed to decode base64 data "{text}"', exact='"' not in text) from None
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise Failure("the result of decoding the provided string is not valid UTF-8") from None


def _decoded(text: str) -> bytes:
    return b64decode(text.replace("\r", "").replace("\n", ""), validate=True)


def base64gzip(text: str) -> str:
    """``base64gzip``: its bytes depend on the compressor of Go, which is not reproduced here."""
    del text
    raise Undetermined("base64gzip depends on how Go compresses")


def base64gunzip(text: str) -> str:
    """OpenTofu's ``base64gunzip``."""
    import zlib

    try:
        reader = zlib.decompressobj(wbits=31)
        content = reader.decompress(_decoded(text), LIMIT + 1)
        bounded(len(content))
        if not reader.eof:
            raise Failure("failed to read gunzip raw data", exact=False)
        return content.decode()
    except (Error, zlib.error, UnicodeDecodeError):
        raise Failure("failed to decode or decompress the given data", exact=False) from None


def urlencode(text: str) -> str:
    """``urlencode``."""
    from urllib.parse import quote_plus

    return quote_plus(text)


def urldecode(text: str) -> str:
    """OpenTofu's ``urldecode``."""
    from urllib.parse import unquote_to_bytes

    if re.search(r"%(?![0-9A-Fa-f]{2})", text):
        raise Failure("failed to decode URL", exact=False)
    try:
        return unquote_to_bytes(text.replace("+", " ")).decode()
    except UnicodeDecodeError:
        raise Undetermined("bytes that are no text") from None


def textencodebase64(text: str, encoding: str) -> str:
    """``textencodebase64``; encodings that are seldom used stay undetermined."""
    codec, name = _codec(encoding)
    try:
        return b64encode(text.encode(codec)).decode()
    except UnicodeEncodeError:
        raise Failure(f"the given string contains characters that cannot be represented in {name}", "string") from None


def textdecodebase64(source: str, encoding: str) -> str:
    """``textdecodebase64``."""
    codec, name = _codec(encoding)
    try:
        content = _decoded(source)
    except Error:
        raise Failure("the given value has an invalid base64 symbol", "source", exact=False) from None
    try:
        return content.decode(codec)
    except UnicodeDecodeError:
        raise Failure(f"the given string contains symbols that are not defined for {name}", "source") from None


def _codec(encoding: str) -> tuple[str, str]:
    codec = _CODECS.get(encoding.lower(), ("", ""))
    if not codec[0]:
        raise Undetermined(f"the encoding {encoding}")
    return codec


def csvdecode(text: str) -> list[object]:
    """``csvdecode``: an object for each row after the first, which has the names."""
    rows = _csv_rows(text)
    if not rows:
        raise Failure("missing header line")
    _, names = rows[0]
    for index, name in enumerate(names):
        if name in names[:index]:
            raise Failure(f'duplicate column name "{name}"')
    for line, row in rows[1:]:
        if len(row) != len(names):
            raise Failure(f"CSV parse error on line {line}: wrong number of fields")
    bounded(len(rows) * len(names))
    return [dict(zip(names, row, strict=True)) for _, row in rows[1:]]


_FIELD = re.compile(r'"((?:[^"]|"")*)"(?=,|\n|\Z)|([^",\n]*)(?=,|\n|\Z)')


def _csv_rows(text: str) -> list[tuple[int, list[str]]]:
    """The rows of a text, each with the number of its first line."""
    text = text.replace("\r\n", "\n")
    rows: list[tuple[int, list[str]]] = []
    position, line = 0, 1
    while position < len(text):
        if text[position] == "\n":
            position, line = position + 1, line + 1
            continue
        row: list[str] = []
        start = line
        while True:
            found = _FIELD.match(text, position)
            if found is None:
                raise _csv_failure(text, position, line)
            row.append(found[2] if found[1] is None else found[1].replace('""', '"'))
            line += found[0].count("\n")
            position = found.end() + 1
            if text[found.end() : position] != ",":
                break
        rows.append((start, row))
        line += 1
    return rows


def _csv_failure(text: str, position: int, line: int) -> Failure:
    if text[position] != '"':
        return Failure(
            f'CSV parse error on line {line}: parse error on line {line}: bare " in non-quoted-field', exact=False
        )
    return Failure(f'CSV parse error on line {line}: extraneous or missing " in quoted-field', exact=False)
