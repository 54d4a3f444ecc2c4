"""Mistakes that are made in right Go programs, each of which there is one way to mend."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import TYPE_CHECKING

from onetake.frontends.source.golang.syntax import parsed, text, within

if TYPE_CHECKING:
    from tree_sitter import Node

Break = Callable[[bytes, Random], bytes]
"""The file with one mistake; as it was where the mistake cannot be made."""
_IMPORTED = re.compile(r'jsii-runtime-go|/awscdk/v2/|constructs/v10|provider-aws|^"(?:os|fmt|strings)"')


def _nodes(content: bytes, kind: str) -> Iterator[Node]:
    return (node for node in within(parsed(content).root) if node.type == kind)


def _with(content: bytes, start: int, end: int, new: bytes) -> bytes:
    return content[:start] + new + content[end:]


def _one(nodes: Sequence[Node], chance: Random) -> Node | None:
    return chance.choice(nodes) if nodes else None


def _arguments(call: Node) -> list[Node]:
    given = call.child_by_field_name("arguments")
    return list(given.named_children) if given is not None else []


def _calls(content: bytes, name: str) -> Iterator[Node]:
    for node in _nodes(content, "call_expression"):
        function = node.child_by_field_name("function")
        if function is not None and text(function) == name:
            yield node


def bare(helper: str, *kinds: str) -> Break:
    """A value without the helper of jsii's runtime around it."""

    def make(content: bytes, chance: Random) -> bytes:
        calls = [
            call for call in _calls(content, helper) if [one.type for one in _arguments(call)] in [[k] for k in kinds]
        ]
        call = _one(calls, chance)
        return _with(content, call.start_byte, call.end_byte, _arguments(call)[0].text or b"") if call else content

    return make


def no_address(content: bytes, chance: Random) -> bytes:
    """A struct in the place of a pointer to it."""
    found = []
    for node in _nodes(content, "unary_expression"):
        literal = node.child_by_field_name("operand")
        type_ = literal.child_by_field_name("type") if literal is not None else None
        if text(node).startswith("&") and type_ is not None and type_.type == "qualified_type":
            found.append(node)
    one = _one(found, chance)
    return _with(content, one.start_byte, one.start_byte + 1, b"") if one else content


def field(spelled: Callable[[str], str]) -> Break:
    """A field of a library's struct that is spelled otherwise."""

    def make(content: bytes, chance: Random) -> bytes:
        found = []
        for node in _nodes(content, "keyed_element"):
            key, literal = node.child_by_field_name("key"), node.parent.parent if node.parent else None
            type_ = literal.child_by_field_name("type") if literal is not None else None
            if key is not None and type_ is not None and type_.type == "qualified_type" and len(text(key)) > 6:
                found.append(key)
        key = _one(found, chance)
        return _with(content, key.start_byte, key.end_byte, spelled(text(key)).encode()) if key else content

    return make


def method(spelled: Callable[[str], str]) -> Break:
    """A method without arguments that is spelled otherwise."""

    def make(content: bytes, chance: Random) -> bytes:
        found = [
            name for call in _nodes(content, "call_expression") if not _arguments(call) and (name := _method(call))
        ]
        name = _one(found, chance)
        return _with(content, name.start_byte, name.end_byte, spelled(text(name)).encode()) if name else content

    return make


def _method(call: Node) -> Node | None:
    function = call.child_by_field_name("function")
    operand = function.child_by_field_name("operand") if function is not None else None
    return function.child_by_field_name("field") if function and operand and operand.type == "identifier" else None


def not_called(content: bytes, chance: Random) -> bytes:
    """A method in the place of what it answers."""
    places = ("argument_list", "literal_element")
    found = [
        call
        for call in _nodes(content, "call_expression")
        if not _arguments(call) and _method(call) and call.parent is not None and call.parent.type in places
    ]
    call = _one(found, chance)
    return _with(content, call.end_byte - 2, call.end_byte, b"") if call else content


def not_imported(content: bytes, chance: Random) -> bytes:
    """A package that nothing imports."""
    specs = [
        one for one in _nodes(content, "import_spec") if _IMPORTED.search(text(one)) and one.named_child_count == 1
    ]
    spec = _one(specs, chance)
    if spec is None:
        return content
    start, end = content.rfind(b"\n", 0, spec.start_byte) + 1, content.find(b"\n", spec.end_byte) + 1
    return content[:start] + content[end:]


def imported_for_nothing(content: bytes, _chance: Random) -> bytes:
    """An import that nothing uses."""
    at = content.find(b"import (\n") + len(b"import (\n")
    return content if b'"os"' in content or at < len(b"import (\n") else _with(content, at, at, b'\t"os"\n')


def other_major(content: bytes, _chance: Random) -> bytes:
    """Imports without a major version, or of another one."""
    plain = re.sub(rb'(")(github\.com/aws/aws-cdk-go/awscdk)/v2', rb"\1\2", content)
    return plain.replace(b"provider-aws-go/aws/v19", b"provider-aws-go/aws/v18")


def no_nil(content: bytes, chance: Random) -> bytes:
    """A call without the ``nil`` that stands for an optional argument."""
    found = [call for call in _nodes(content, "call_expression") if _ends_with_nil(call)]
    call = _one(found, chance)
    if call is None:
        return content
    *others, last = _arguments(call)
    return _with(content, others[-1].end_byte if others else last.start_byte, last.end_byte, b"")


def _ends_with_nil(call: Node) -> bool:
    function, given = call.child_by_field_name("function"), _arguments(call)
    return bool(given) and text(given[-1]) == "nil" and function is not None and function.type == "selector_expression"


def other_helper(content: bytes, chance: Random) -> bytes:
    """A helper that jsii's runtime does not have."""
    call = _one([*_calls(content, "jsii.Number")], chance)
    start = call.start_byte if call else 0
    return _with(content, start, start + len(b"jsii.Number"), b"jsii.Int") if call else content


def plain_strings(content: bytes, chance: Random) -> bytes:
    """A list of texts in the place of a pointer to a list of pointers."""
    call = _one([*_calls(content, "jsii.Strings")], chance)
    given = call.child_by_field_name("arguments") if call else None
    if call is None or given is None:
        return content
    return _with(content, call.start_byte, call.end_byte, b"[]string{" + (given.text or b"")[1:-1] + b"}")


def not_read(content: bytes, chance: Random) -> bytes:
    """A construct in a variable that nothing reads."""
    statements = [one for one in _nodes(content, "expression_statement") if re.match(r"\w+\.New\w+\(", text(one))]
    one = _one(statements, chance)
    return _with(content, one.start_byte, one.start_byte, b"neverRead := ") if one else content


def no_comma(content: bytes, chance: Random) -> bytes:
    """A literal or call whose last line has no comma."""
    ends = [found.start() for found in re.finditer(rb",\n\t*[})]", content)]
    at = chance.choice(ends) if ends else len(content)
    return content[:at] + content[at + 1 :]


BREAKS: dict[str, Break] = {
    "text": bare("jsii.String", "interpreted_string_literal"),
    "number": bare("jsii.Number", "int_literal", "float_literal"),
    "truth value": bare("jsii.Bool", "true", "false"),
    "struct for a pointer": no_address,
    "list of texts": plain_strings,
    "method not called": not_called,
    "field in lower case": field(lambda name: name[0].lower() + name[1:]),
    "field without a letter": field(lambda name: name[:3] + name[4:]),
    "field with a letter more": field(lambda name: f"{name}s"),
    "method with Get": method(lambda name: f"Get{name}"),
    "method in lower case": method(lambda name: name[0].lower() + name[1:]),
    "helper of another name": other_helper,
    "nil left out": no_nil,
    "import missing": not_imported,
    "import unused": imported_for_nothing,
    "other major version": other_major,
    "variable unread": not_read,
    "comma missing": no_comma,
}
