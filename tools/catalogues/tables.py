"""A dated table on its way to its file: what ``onetake.knowledge.tables`` reads, one value to a line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from onetake.knowledge.tables import DATA


@dataclass(frozen=True, slots=True)
class Draft:
    """The content of a table."""

    fact: str
    """What it tells, in one line."""
    as_of: str
    """The day to which it is known to be right: that of its oldest source."""
    complete: bool
    """Whether a value that is not in it did not exist on that day."""
    sources: tuple[str, ...]
    values: Mapping[str, Any]
    counts: Mapping[str, int]
    """How much it holds, by kind."""

    def text(self) -> str:
        """The file."""
        head = {"fact": self.fact, "as_of": self.as_of, "complete": self.complete, "sources": list(self.sources)}
        lines = [f" {json.dumps(key)}: {_compact(value)}" for key, value in head.items()]
        values = ",\n".join(f"  {json.dumps(key)}: {_compact(value)}" for key, value in sorted(self.values.items()))
        return "{\n" + ",\n".join(lines) + ',\n "values": {\n' + values + "\n }\n}\n"


def _compact(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(", ", ": "), ensure_ascii=False)


def write(name: str, draft: Draft, *, check: bool) -> bool:
    """Write the table called ``name``, or only look (``check``); whether its file was as it should be."""
    path = DATA / f"{name}.json"
    text = draft.text()
    same = path.is_file() and path.read_text(encoding="utf-8") == text
    print(f"{name}: {len(text.encode()):,} bytes, {len(draft.values):,} values{', unchanged' if same else ''}")
    if not check and not same:
        path.write_text(text, encoding="utf-8")
    return same
