"""Names and secrets that are drawn anew whenever a program is synthesized."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from onetake.frontends.source.faults import CHANGES, Fault
from onetake.frontends.source.nodes import nodes
from onetake.frontends.source.scopes import Scopes

_DRAWN = {
    "random": frozenset(
        {"choice", "choices", "randint", "random", "randrange", "sample", "SystemRandom", "getrandbits"}
    ),
    "secrets": frozenset({"choice", "token_hex", "token_urlsafe", "token_bytes", "randbelow", "randbits"}),
    "uuid": frozenset({"uuid1", "uuid4"}),
    "time": frozenset({"time", "time_ns"}),
}
"""Functions whose answer is another one each time, by module."""
_NOW = frozenset({"now", "utcnow", "today"})
_NAMES = frozenset(
    {
        "bucket", "bucket_name", "bucket_prefix", "function_name", "role_name", "queue_name", "table_name",
        "topic_name",
        "log_group_name", "cluster_name", "cluster_identifier", "identifier", "secret_name", "db_instance_identifier",
        "name", "name_prefix",
    }
)  # fmt: skip
"""Arguments whose change makes another resource of it, or another name."""
_SECRETS = frozenset({"master_password", "password", "secret_string", "master_user_password", "auth_token"})

Function = ast.FunctionDef | ast.AsyncFunctionDef


def faults(tree: ast.Module, judged: Iterable[ast.AST], scopes: Scopes) -> Iterator[Fault]:
    """Each name or secret of a construct that is another one at every synthesis."""
    drawn = _drawn(tree)
    if not drawn:
        return
    functions = {node.name: node for node in nodes(tree) if isinstance(node, Function) and scopes.once(node.name)}
    for call in judged:
        if not isinstance(call, ast.Call) or len(call.args) < 2 or scopes.named(call.func) is None:
            continue
        for keyword in call.keywords:
            if keyword.arg in _NAMES | _SECRETS:
                source = _source(keyword.value, scopes, functions, drawn)
                if source:
                    yield _fault(keyword, ast.unparse(call.func), source)


def _fault(keyword: ast.keyword, called: str, source: str) -> Fault:
    name = keyword.arg or ""
    effect = (
        "the next deployment changes it"
        if name in _NAMES
        else "the next deployment changes it, and it stays in the state"
    )
    fix = (
        "let a secret service make and keep it: manage_master_user_password, or a generated secret"
        if name in _SECRETS
        else "derive it from something that stays: a parameter, the path of the construct"
    )
    message = f"the {name} of {called} is drawn by {source} at every synthesis: {effect}"
    return Fault(CHANGES, keyword, name, message, "", fix)


def _drawn(tree: ast.Module) -> dict[str, str]:
    """The calls in this file that draw something, as they are written; nothing where what is drawn is seeded."""
    found: dict[str, str] = {}
    for node in tree.body:
        if isinstance(node, ast.Import):
            for alias in node.names:
                here = alias.asname or alias.name
                found |= {f"{here}.{name}": f"{alias.name}.{name}" for name in _DRAWN.get(alias.name, ())}
                if alias.name == "datetime":
                    found |= {f"{here}.datetime.{name}": f"datetime.{name}" for name in _NOW}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            for alias in node.names:
                here = alias.asname or alias.name
                if alias.name in _DRAWN.get(node.module or "", ()):
                    found[here] = f"{node.module}.{alias.name}"
                if (node.module, alias.name) == ("datetime", "datetime"):
                    found |= {f"{here}.{name}": f"datetime.{name}" for name in _NOW}
    seeded = any(isinstance(node, ast.Attribute) and node.attr == "seed" for node in nodes(tree))
    return {} if seeded else found


def _source(
    node: ast.expr, scopes: Scopes, functions: dict[str, ast.FunctionDef | ast.AsyncFunctionDef], drawn: dict[str, str]
) -> str:
    """What draws a value: in it, in what it was assigned, or in the function of this file that answers it."""
    value = scopes.value(node)
    parts = [value, *(scopes.value(one) for one in ast.walk(value) if isinstance(one, ast.Name | ast.Attribute))]
    for part in parts:
        if any(isinstance(one, ast.IfExp | ast.BoolOp) for one in ast.walk(part)):
            return ""
        for one in ast.walk(part):
            if isinstance(one, ast.Call):
                written = ast.unparse(one.func)
                function = functions.get(written.removeprefix("self."))
                inside = _inside(function, drawn) if function is not None else ""
                if written in drawn or inside:
                    return drawn.get(written, inside)
    return ""


def _inside(function: Function, drawn: dict[str, str]) -> str:
    """What a function draws, where it does nothing that may keep what was drawn."""
    if any(isinstance(node, ast.If | ast.Try | ast.With | ast.IfExp | ast.BoolOp) for node in ast.walk(function)):
        return ""
    if function.decorator_list and ast.unparse(function.decorator_list[0]) != "staticmethod":
        return ""
    calls = (ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call))
    return next((drawn[written] for written in calls if written in drawn), "")
