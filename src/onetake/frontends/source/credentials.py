"""Passwords, tokens and keys that are written into a program."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from onetake.frontends.source.faults import CREDENTIAL, Fault
from onetake.frontends.source.nodes import nodes
from onetake.frontends.source.pins import Pins
from onetake.frontends.source.scopes import Named, Scopes
from onetake.frontends.source.untyped import bodies_of, of_bindings

_TELLS = re.compile(
    r"(?!.*(?:_id|_arn|_name)$).*(?:pass(?:word|phrase)|secret|token|credential|(?:private|preshared|api|ssh)_key)"
)
"""In the name of an argument that may hold a secret; whether it does, the provider's schema tells."""
_OF_CDK = frozenset({"password", "master_user_password", "master_password", "admin_user_password", "auth_token",
                     "secret_string"})  # fmt: skip
"""The same for the classes that the CDK makes of CloudFormation's types."""
_IN_JSON = re.compile(
    r"(?:.*_)?(?:password|passwd|passphrase|secret|token|api_?key|private_?key|secret_?key)", re.IGNORECASE
)
"""A key of a secret's content that holds the secret part of it."""
_CONTENTS = frozenset(
    {"secret_string", "secret_string_wo", "secret_binary", "secret_string_value", "value", "value_wo"}
)
"""Arguments that take the content of a secret, which is often set by somebody else later."""
_PLACEHOLDER = re.compile(
    r"<.*>|(?:.*[\W_])?(?:change|replace|your|todo|dummy|placeholder|example|x{3,}).*", re.IGNORECASE
)
_ACCESS_KEY = re.compile(r"(?<![A-Za-z0-9/+])A[KS]IA[A-Z2-7]{16}(?![A-Za-z0-9/+=])")
_PRIVATE_KEY = re.compile(r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----(?:\\n|\s)+[A-Za-z0-9+/]{40}")
_SECRET_LENGTH = 40
"""Characters of a secret access key; what emulators are given is shorter."""
_FIX = "take it from a secret store, by reference: the program, the artefact and the state are read by many"
_MANAGED = frozenset({"password", "master_password", "master_user_password"})


def faults(tree: ast.Module, judged: Iterable[ast.AST], scopes: Scopes, pins: Pins) -> Iterator[Fault]:
    """Each literal that is a secret, or is given to an argument that holds one."""
    for node in nodes(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            name = _key(node.value)
            if name:
                message = f"{name} is written into the program"
                yield Fault(
                    CREDENTIAL, node, name, message, "", "revoke it, and take credentials from a role or a store"
                )
        elif isinstance(node, ast.Dict):
            yield from _of_dict(node, scopes)
    for call in judged:
        if isinstance(call, ast.Call):
            yield from _of_call(call, scopes, pins)


def _of_dict(given: ast.Dict, scopes: Scopes) -> Iterator[Fault]:
    """What a dict in the place of a struct says to be the text of a secret."""
    for key, value in zip(given.keys, given.values, strict=True):
        name = key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else ""
        if _TELLS.match(name) and isinstance(value, ast.Call) and _is_plain_text(scopes.named(value.func)):
            literal = _literal(value, name, scopes)
            if literal is not None:
                yield Fault(CREDENTIAL, literal, name, f"the {name} is written into the program", "", _FIX)


def _key(text: str) -> str:
    """What kind of key a text holds; empty for none, and for the keys of AWS's own examples."""
    for found in _ACCESS_KEY.finditer(text):
        body = found[0][4:]
        if "EXAMPLE" not in body and len(set(body)) > 6 and body[:6] not in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
            return "the id of an AWS access key"
    return "a private key" if _PRIVATE_KEY.search(text) else ""


def _of_call(call: ast.Call, scopes: Scopes, pins: Pins) -> Iterator[Fault]:
    left = {name for keyword in call.keywords if keyword.arg == "lifecycle" for name in _ignored(keyword.value)}
    for keyword in call.keywords:
        name = keyword.arg or ""
        if name in left or "all" in left or not (_TELLS.match(name) or name in _CONTENTS):
            continue
        literal = _literal(keyword.value, name, scopes)
        if (
            literal is not None
            and not _key(str(literal.value))
            and _holds(call, name, str(literal.value), scopes, pins)
        ):
            node = keyword if literal is keyword.value else literal
            fix = "let AWS make and keep it: manage_master_user_password, or a generated secret"
            message = f"the {name} of {ast.unparse(call.func)} is written into the program"
            yield Fault(CREDENTIAL, node, name, message, "", fix if name in _MANAGED else _FIX)


def _ignored(lifecycle: ast.expr) -> Iterator[str]:
    """The arguments that a lifecycle leaves to others; ``all`` where it is not written out."""
    if isinstance(lifecycle, ast.Name | ast.Attribute):
        yield "all"
    for node in ast.walk(lifecycle):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _literal(node: ast.expr, name: str, scopes: Scopes) -> ast.Constant | None:
    """The text that an argument is given and that is a secret, as far as its form tells."""
    value = scopes.value(node)
    match value:
        case ast.Constant(value=str() as text):
            return value if _is_secret(text, name) else None
        case ast.List(elts=[one, *_]):
            return _literal(one, name, scopes)
        case ast.Call(func=ast.Attribute(attr="dumps"), args=[ast.Dict() as content]) if name in _CONTENTS:
            return _in_content(content, name, scopes)
        case ast.Call(func=called, args=[one]) if _is_plain_text(scopes.named(called)):
            return _literal(one, name, scopes)
        case _:
            return None


def _is_secret(text: str, name: str) -> bool:
    """Whether a text can be the secret itself: no reference, and no placeholder for what is set later."""
    if not text or "${" in text or "{{resolve:" in text or text.startswith("arn:"):
        return False
    if name not in _CONTENTS:
        return True
    if text.lstrip()[:1] != "{":
        return not _PLACEHOLDER.fullmatch(text)
    import json

    try:
        content = json.loads(text)
    except ValueError:
        return False
    return any(
        _IN_JSON.fullmatch(key) and isinstance(one, str) and _is_secret(one, name) for key, one in content.items()
    )


def _in_content(content: ast.Dict, name: str, scopes: Scopes) -> ast.Constant | None:
    for key, value in zip(content.keys, content.values, strict=True):
        if isinstance(key, ast.Constant) and isinstance(key.value, str) and _IN_JSON.fullmatch(key.value):
            found = _literal(value, name, scopes)
            if found is not None:
                return found
    return None


def _is_plain_text(named: Named | None) -> bool:
    """Whether a call is the CDK's way to say that a literal is to be taken for a secret."""
    return named is not None and named.names[-2:] in (
        ("SecretValue", "unsafe_plain_text"),
        ("SecretValue", "plain_text"),
    )


def _holds(call: ast.Call, name: str, text: str, scopes: Scopes, pins: Pins) -> bool:
    """Whether an argument of a call is one that holds a secret."""
    named = scopes.named(call.func)
    if named is None or not named.names:
        return False
    if named.module.partition(".")[0] == "aws_cdk":
        given = next(one.value for one in call.keywords if one.arg == name)
        value = scopes.value(given)
        if isinstance(value, ast.Call) and _is_plain_text(scopes.named(value.func)):
            return True
        return name in _OF_CDK and any(one.startswith("Cfn") for one in named.names)
    found = of_bindings(call.func, scopes, pins)
    if found is None:
        return False
    if found.module.path == "provider":
        return name == "secret_key" and len(text) == _SECRET_LENGTH
    if name in ("value", "value_wo") and not _is_secure(call):
        return False
    attributes = (body.attributes.get(name) for body in bodies_of(found))
    return any(bool(one.sensitive) and one.settable for one in attributes if one is not None)


def _is_secure(call: ast.Call) -> bool:
    """Whether a parameter of SSM is said to be a secret: all others hold configuration."""
    return any(
        one.arg == "type" and isinstance(one.value, ast.Constant) and one.value.value == "SecureString"
        for one in call.keywords
    )
