"""Writing edits into source text: only the edited value changes, every other character stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeAlias

from onetake.frontends.edits.patch import NotEditable
from onetake.model.findings import Action, Edit
from onetake.model.values import Key

_Write: TypeAlias = Callable[[str, tuple[Key, ...], Action, object], str]

__all__ = ["NotEditable", "apply"]


def apply(source: str, file: str, edits: Iterable[Edit]) -> str:
    """``source``, the text of ``file``, with ``edits`` made; their places must lie in this file.

    Raises:
        NotEditable: one of them cannot be written.
    """
    write = _writer(source, file)
    # Elements of lists are taken away from the last on, so that the places of the others stay true.
    for edit in sorted(edits, key=_backwards):
        source = write(source, edit.where.path, edit.action, edit.value)
    return source


def _backwards(edit: Edit) -> tuple[bool, tuple[int, ...]]:
    return edit.action is Action.REMOVE, tuple(-key for key in edit.where.path if isinstance(key, int))


def _writer(source: str, file: str) -> _Write:
    if file.endswith((".tf", ".tofu")):
        from onetake.frontends.edits.hcl_text import edit as write
    elif file.endswith((".py", ".go")):
        from onetake.frontends.edits.stretches import edit as write
    elif file.endswith(".json") or (not file.endswith((".yaml", ".yml")) and re.match(r"\ufeff?\s*[{\[]", source)):
        from onetake.frontends.edits.json_text import edit as write
    else:
        from onetake.frontends.edits.yaml_text import edit as write
    return write
