"""What the fuzzer feeds: a file of each kind, read, evaluated to the last value, ordered and judged.

The one exception that a reader may raise is ``Unreadable``; everything else is a crash.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path

from onetake.analysis.runner import judge
from onetake.frontends import cloudformation, plan, terraform
from onetake.frontends.files import Limits, Options, Unreadable
from onetake.model.stacks import Stack
from onetake.model.values import walk

Target = Callable[[bytes], None]
SMALL = Limits(file_bytes=1 << 16, files=16, depth=64, nodes=50_000, resources=500, text=1 << 16, seconds=5.0)
"""Far below the usual limits, so that a run spends its time on new inputs instead of on long ones."""


class Crashed(Exception):
    """A rule failed on the input; the engine caught it, and the fuzzer must not overlook it."""


@cache
def _folder() -> Path:
    """An empty folder; the inputs themselves are overlaid and never written."""
    return Path(tempfile.mkdtemp(prefix="onetake-fuzz-")).resolve()


def _feed(name: str, read: Callable[[Path, Options], list[Stack]], data: bytes) -> None:
    path = _folder() / name
    try:
        stacks = read(path, Options(_folder(), overlay={path: data}, limits=SMALL))
        for stack in stacks:
            _exhaust(stack)
            if stack.before is not None:
                _exhaust(stack.before)
    except Unreadable:
        return


def _exhaust(stack: Stack) -> None:
    """Ask for everything that a rule or a report could ask for."""
    for resource in stack.resources.values():
        for value in (*resource.arguments.values(), *resource.settings.values()):
            for inner in walk(value):
                stack.position(inner.where)
        stack.graph.ancestors(resource.declaration)
    for value in (*stack.variables.values(), *stack.outputs.values()):
        for _ in walk(value):
            pass
    stack.graph.cycles()
    for crash in judge(stack).crashes:
        raise Crashed(f"{crash}")


def _cloudformation(data: bytes) -> None:
    """JSON by its first character, as a reader of standard input would guess."""
    ending = "json" if data.lstrip()[:1] == b"{" else "yaml"
    _feed(f"template.{ending}", cloudformation.read, data)


TARGETS: Mapping[str, Target] = {
    "terraform-json": partial(_feed, "main.tf.json", terraform.read),
    "hcl": partial(_feed, "main.tf", terraform.read),
    "cloudformation": _cloudformation,
    "plan": partial(_feed, "plan.json", plan.read),
}
