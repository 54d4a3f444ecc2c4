"""What happens to a template before it is deployed: loops are written out, serverless resources translated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onetake.frontends.cloudformation.evaluation import Evaluator
from onetake.frontends.cloudformation.loops import LOOP, Path, TooMany, Unroller
from onetake.frontends.cloudformation.problems import Problems
from onetake.frontends.cloudformation.scope import Scope
from onetake.frontends.cloudformation.texts import plain_text
from onetake.model.values import Known, Span

if TYPE_CHECKING:
    from onetake.frontends.cloudformation.reading import Setting

LANGUAGE = "AWS::LanguageExtensions"
SERVERLESS = "AWS::Serverless-2016-10-31"
_WRITTEN = 200_000
"""Values that loops may write: a template of a million characters, the most that AWS takes, holds fewer."""


def names(data: dict[str, Any]) -> list[str]:
    """The macros that the whole template goes through, in order."""
    written = data.get("Transform") or []
    listed = written if isinstance(written, list) else [written]
    return [str(item.get("Name", "")) if isinstance(item, dict) else str(item) for item in listed]


def carried_out(data: Any, scope: Scope, setting: Setting, problems: Problems) -> tuple[Any, dict[Path, Path]]:
    """``data`` after its transforms, and where what they moved was written."""
    moved: dict[Path, Path] = {}
    if not isinstance(data, dict):
        return data, moved
    for name in names(data):
        if name == LANGUAGE:
            data = _unrolled(data, scope, moved, problems)
        elif name == SERVERLESS:
            data = _translated(data, scope, setting, problems, moved)
        else:
            problems.unread(("Transform",), f"not carried out: the macro {name} runs in the account")
            # AWS's own macros add resources and leave the others alone.
            problems.opaque = problems.opaque or not name.startswith("AWS::") or name == "AWS::Include"
    return data, moved


def _unrolled(data: dict[str, Any], scope: Scope, moved: dict[Path, Path], problems: Problems) -> dict[str, Any]:
    evaluator = Evaluator(scope)

    def items(written: Any) -> list[str] | None:
        members = [written] if not isinstance(written, list) else written
        found: list[str] = []
        for member in members:
            value = evaluator.evaluate(member, Span(scope.file))
            inner = value.value if isinstance(value, Known) else None
            for one in inner if isinstance(inner, tuple) else (value,):
                if not isinstance(one, Known) or not isinstance(one.value, (str, int)):
                    return None
                found.append(plain_text(one.value))
        return found

    unroller = Unroller(items, min(_WRITTEN, scope.limits.nodes))
    try:
        result = unroller.unrolled(data)
    except TooMany:
        problems.unread((), "not read: its loops write more than a template can hold")
        return data
    moved |= unroller.moved
    for path in unroller.unknown:
        name = str(path[-1]).removeprefix(LOOP)
        problems.unread(path, f"not read: the loop {name} runs over what only the deployment knows")
    return result if isinstance(result, dict) else data


def _translated(
    data: dict[str, Any], scope: Scope, setting: Setting, problems: Problems, moved: dict[Path, Path]
) -> dict[str, Any]:
    from onetake.frontends.cloudformation import serverless

    resources = data.get("Resources")
    before = [name for name, body in resources.items() if serverless.is_serverless(body)] if resources else []
    if not before:
        return data
    data, remote = serverless.without_repository(data)
    for name in remote:
        problems.unread(("Resources", name), f"not read: {name} is in the Serverless Application Repository")
    given = {
        name: plain_text(value.value)
        for name, value in scope.parameters.items()
        if isinstance(value, Known) and isinstance(value.value, (str, int))
    }
    try:
        after = serverless.translated(data, given, setting.region or setting.assumptions.region)
    except serverless.NotTranslated as problem:
        where = ("Resources", next(iter(before)))
        problems.unread(where, f"serverless resources are not read, because {problem}")
        return serverless.without(data)
    for name in after.get("Resources", {}):
        if name not in data["Resources"]:
            owner = max((one for one in before if name.startswith(one)), key=len, default=None)
            if owner:
                moved["Resources", name] = ("Resources", owner)
    return after
