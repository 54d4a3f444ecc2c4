"""Digests of text, and identifiers made of them."""

from __future__ import annotations

import hashlib
import re
import uuid
from base64 import b64encode

from onetake.frontends.terraform.functions.values import Failure

_NAMESPACES = {
    "dns": uuid.NAMESPACE_DNS,
    "url": uuid.NAMESPACE_URL,
    "oid": uuid.NAMESPACE_OID,
    "x500": uuid.NAMESPACE_X500,
}


def hexadecimal(algorithm: str, content: bytes) -> str:
    """The digest of bytes in hexadecimal."""
    return hashlib.new(algorithm, content, usedforsecurity=False).hexdigest()


def base64(algorithm: str, content: bytes) -> str:
    """The digest of bytes in Base64."""
    return b64encode(hashlib.new(algorithm, content, usedforsecurity=False).digest()).decode()


def md5(text: str) -> str:
    """``md5``."""
    return hexadecimal("md5", text.encode())


def sha1(text: str) -> str:
    """``sha1``."""
    return hexadecimal("sha1", text.encode())


def sha256(text: str) -> str:
    """``sha256``."""
    return hexadecimal("sha256", text.encode())


def sha512(text: str) -> str:
    """``sha512``."""
    return hexadecimal("sha512", text.encode())


def base64sha256(text: str) -> str:
    """``base64sha256``."""
    return base64("sha256", text.encode())


def base64sha512(text: str) -> str:
    """``base64sha512``."""
    return base64("sha512", text.encode())


def uuidv5(namespace: str, name: str) -> str:
    """``uuidv5``."""
    return str(uuid.uuid5(_NAMESPACES.get(namespace) or _parsed(namespace), name))


def _parsed(namespace: str) -> uuid.UUID:
    bare = namespace.lower().removeprefix("urn:uuid:")
    if len(namespace) == 38:
        bare = bare[1:-1]
    dashed = re.fullmatch("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", bare)
    if not dashed and not re.fullmatch("[0-9a-f]{32}", namespace.lower()):
        length = len(namespace)
        why = "invalid UUID format" if length in {36, 38, 32, 45} else f"invalid UUID length: {length}"
        raise Failure(f"uuidv5() doesn't support namespace {namespace} ({why})")
    return uuid.UUID(bare)
