"""The page ``docs/emulator.md``: how to rehearse, and how far the emulator can be believed, type by type."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tools.oracle_emulator import case_table

ROOT = Path(__file__).resolve().parents[2]
RECORD = ROOT / "tests" / "emulator" / "fidelity.json"
PAGE = ROOT / "docs" / "emulator.md"
GUIDE = Path(__file__).with_name("guide.md")
_PLACE = "<!-- cases -->\n"
WORDS = {"moto": "judges", "extension": "accepts everything", "generic": "accepts everything"}


def fidelity(type_: Mapping[str, Any]) -> str:
    """``judges``, ``accepts everything`` or ``cannot run``."""
    if not type_["applies"]:
        return "cannot run"
    return WORDS.get(str(type_["answered_by"]), "judges")


def text(record: Mapping[str, Any]) -> str:
    """The page."""
    types: Mapping[str, Any] = record["types"]
    counts = Counter(fidelity(one) for one in types.values())
    clean = sum(one["applies"] and one["settles"] and one["destroys"] for one in types.values())
    instances = sum(one["instances"] for one in types.values())
    steps = ", ".join(f"{name} {seconds} s" for name, seconds in record["steps"].items())
    head = (
        f"Measured with {record['engine']}, {record['provider']} and moto {record['moto']}: {instances} resources of "
        f"{len(types)} types in one program (`make oracle-emulator`; {steps}, on a machine with other work). "
        f"{clean} types apply, have an empty second plan and are destroyed.\n"
    )
    how = "\n".join(f"- {count} **{word}**" for word, count in sorted(counts.items())) + "\n"
    rows = [_row(name, one) for name, one in types.items()]
    table = (
        "| type | fidelity | created by | answered by | apply | second plan | destroy | create, s |\n"
        "| --- | --- | --- | --- | --- | --- | --- | --- |\n"
    )
    guide = GUIDE.read_text(encoding="utf-8").replace(_PLACE, case_table.text())
    return "\n".join([guide, head, how, table + "".join(rows)])


def _row(name: str, one: Mapping[str, Any]) -> str:
    marks = ["ok" if one[key] else "no" for key in ("applies", "settles", "destroys")]
    call = f"`{one['call']}`" if one["call"] else ""
    why = f" ({one['why']})".replace("|", "\\|").replace("\n", " ") if one.get("why") else ""
    cells = [f"`{name}`", fidelity(one), call, str(one["answered_by"]), *marks, str(one["seconds"])]
    cells[4] += why
    return f"| {' | '.join(cells)} |\n"


def write(record: Mapping[str, Any]) -> None:
    """Write the page."""
    PAGE.write_text(text(record), encoding="utf-8")


def stale() -> bool:
    """Whether the page is not what the record makes of it."""
    return PAGE.read_text(encoding="utf-8") != text(json.loads(RECORD.read_bytes()))


def main() -> int:
    """Write the page from the record."""
    write(json.loads(RECORD.read_bytes()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
