"""Our functions give what Terraform 1.11.4 gave: the calls were recorded by ``tools/oracle_language/functions.py``."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from onetake.frontends.terraform.functions import FunctionError, TerraformSet, Undetermined, call, names
from onetake.frontends.terraform.functions.globs import matcher

ROWS = json.loads(Path(__file__).with_name("recorded.json").read_text(encoding="utf-8"))
FILES = {
    "text.txt": b"hello\n",
    "bom.txt": b"\xef\xbb\xbfhi",
    "binary.dat": b"\xff\xfe\x00",
    "folder/deep.txt": b"deep",
    "folder/.hidden": b"",
    "main.tf": b"",
    "p": b"",
}
NULL_HAS_NO_TYPE = {'["coalescelist", [null, [1]]]', '["coalescelist", [[1], null]]', '["coalescelist", [null]]'}
TWO_WRONG_ARGUMENTS = {'["matchkeys", [[[1], [2, [3]], []], [[1], [2, [3]], []], ["a", 1]]]'}
NOT_A_LITERAL = {'["nonsensitive", [1e+30]]'}


class Recorded:
    """The files that Terraform saw."""

    def read_bytes(self, path: str) -> bytes:
        name = self._name(path)
        if name in {"", "folder"}:
            raise IsADirectoryError(path)
        if name not in FILES:
            raise FileNotFoundError(path)
        return FILES[name]

    def exists(self, path: str) -> bool:
        if self._name(path) in {"", "folder"}:
            raise IsADirectoryError(path)
        return self._name(path) in FILES

    def glob(self, path: str, pattern: str) -> Iterable[str]:
        folder = self._name(path)
        if folder not in {"", "folder"}:
            return []
        accepts = matcher(pattern)
        inside = [name.removeprefix(f"{folder}/") for name in FILES if name.startswith(folder)]
        return [name for name in inside if accepts(name)]

    def _name(self, path: str) -> str:
        return path.removeprefix("./").removeprefix("folder/../").rstrip("/").removeprefix(".")


def plain(value: object) -> object:
    match value:
        case {"$set": list() as items}:
            return TerraformSet(map(plain, items))
        case dict():
            return {key: plain(inner) for key, inner in value.items()}
        case list():
            return [plain(item) for item in value]
        case _:
            return value


def exactly(value: object) -> str:
    """Text that tells 1 from true and from 1.0, and keeps the order of sets but not of mappings."""
    match value:
        case dict():
            return "{" + ", ".join(f"{key!r}: {exactly(value[key])}" for key in sorted(value)) + "}"
        case TerraformSet():
            return f"set({exactly(list(value))})"
        case list():
            return f"[{', '.join(map(exactly, value))}]"
        case _:
            return repr(value)


def answers(function: str) -> list[tuple[list[object], dict[str, object]]]:
    return [(arguments, answer) for name, arguments, answer in ROWS if name == function]


@pytest.mark.parametrize("function", sorted({name for name, _, _ in ROWS}))
def test_a_function_answers_as_terraform_did(function):
    differences = []
    ours: object
    for arguments, answer in answers(function):
        if json.dumps([function, arguments]) in NULL_HAS_NO_TYPE | TWO_WRONG_ARGUMENTS | NOT_A_LITERAL:
            continue
        try:
            ours = exactly(call(function, [plain(argument) for argument in arguments], Recorded()))
        except FunctionError as error:
            ours = error.message if error.exact else answer.get("error")
        except Undetermined:
            continue
        theirs = answer["error"] if "error" in answer else exactly(plain(answer.get("value")))
        if ours != theirs or "unknown" in answer or "infinite" in answer:
            differences.append((arguments, ours, theirs))
    assert differences == []


def test_most_recorded_calls_are_determined():
    silent = 0
    for function, arguments, _ in ROWS:
        try:
            call(function, [plain(argument) for argument in arguments], Recorded())
        except Undetermined:
            silent += 1
        except FunctionError:
            pass
    assert silent * 25 < len(ROWS)


def test_every_function_of_terraform_was_recorded():
    ours = {name for name in names() if not name.startswith("provider::")}
    opentofu = {"base64gunzip", "cidrcontains", "urldecode"}
    by_machine = {"abspath", "bcrypt", "pathexpand", "plantimestamp", "rsadecrypt", "timestamp", "uuid"}
    templates = {"templatefile", "templatestring"}
    assert ours - {name for name, _, _ in ROWS} == opentofu | by_machine | templates
