"""Functions on files and on paths. The files are those that the caller lets us see."""

from __future__ import annotations

import posixpath
from base64 import b64encode

from onetake.frontends.terraform.functions.hashing import base64, hexadecimal
from onetake.frontends.terraform.functions.values import Failure, Files, Template, TerraformSet, bounded


def basename(path: str) -> str:
    """``basename``."""
    if not path:
        return "."
    return path.rstrip("/").rpartition("/")[2] or "/"


def dirname(path: str) -> str:
    """``dirname``."""
    return _cleaned(path.rpartition("/")[0] + ("/" if "/" in path else ""))


def _cleaned(path: str) -> str:
    clean = posixpath.normpath(path) if path else "."
    return "/" + clean.lstrip("/") if clean.startswith("//") else clean


def _read(files: Files, path: str) -> bytes:
    try:
        content = files.read_bytes(path)
    except FileNotFoundError:
        raise Failure(
            f'no file exists at "{path}"; this function works only with files that are distributed as part of the '
            "configuration source code, so if this file will be created by a resource in this configuration you must "
            "instead obtain this result from an attribute of that resource",
            "path",
        ) from None
    except IsADirectoryError:
        raise Failure(f"failed to read file: read {path}: is a directory", exact=False) from None
    bounded(len(content))
    return content


def _text(files: Files, path: str) -> str:
    try:
        return _read(files, path).decode()
    except UnicodeDecodeError:
        raise Failure(
            f'contents of "{path}" are not valid UTF-8; use the filebase64 function to obtain the Base64 encoded '
            "contents or the other file functions (e.g. filemd5, filesha256) to obtain file hashing results instead",
        ) from None


def file(files: Files, path: str) -> str:
    """``file``."""
    return _text(files, path)


def filebase64(files: Files, path: str) -> str:
    """``filebase64``."""
    return b64encode(_read(files, path)).decode()


def _hashed(files: Files, path: str) -> bytes:
    try:
        return files.read_bytes(path)
    except FileNotFoundError:
        raise Failure(f"open {path}: no such file or directory") from None
    except IsADirectoryError:
        raise Failure(f"read {path}: is a directory", exact=False) from None


def filemd5(files: Files, path: str) -> str:
    """``filemd5``."""
    return hexadecimal("md5", _hashed(files, path))


def filesha1(files: Files, path: str) -> str:
    """``filesha1``."""
    return hexadecimal("sha1", _hashed(files, path))


def filesha256(files: Files, path: str) -> str:
    """``filesha256``."""
    return hexadecimal("sha256", _hashed(files, path))


def filesha512(files: Files, path: str) -> str:
    """``filesha512``."""
    return hexadecimal("sha512", _hashed(files, path))


def filebase64sha256(files: Files, path: str) -> str:
    """``filebase64sha256``."""
    return base64("sha256", _hashed(files, path))


def filebase64sha512(files: Files, path: str) -> str:
    """``filebase64sha512``."""
    return base64("sha512", _hashed(files, path))


def fileexists(files: Files, path: str) -> bool:
    """``fileexists``."""
    try:
        return files.exists(path)
    except IsADirectoryError:
        raise Failure(f'"{path}" is a directory, not a file', "path", exact=False) from None


def fileset(files: Files, path: str, pattern: str) -> TerraformSet:
    """``fileset``."""
    return TerraformSet(files.glob(path, pattern))


def templatefile(files: Files, template: Template, path: str, variables: object) -> object:
    """``templatefile``."""
    if not isinstance(variables, dict):
        raise Failure("invalid vars value: must be a map", "vars")
    return template(_text(files, path), variables, path)
