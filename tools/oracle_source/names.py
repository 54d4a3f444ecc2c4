"""Every name that the packs derive for Python, compared with the tables in the libraries' own wheels.

``python -m tools.oracle_source.names [--every N] [ROOT...]`` reads the wheels that are on this machine (of every Nth
module, when that is given), prints how many names agree, and
writes a sample of every kind to ``tests/knowledge/api/recorded_names.json``; ends with 1 when a name differs.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from onetake.knowledge.api.editions import PACKS, Edition, editions
from onetake.knowledge.api.model import Class, Described, Enumeration, Interface, Struct
from onetake.knowledge.api.names import python_field, python_identifier, python_name
from tools.packs.inputs import inputs, work

RECORDED = Path(__file__).resolve().parents[2] / "tests" / "knowledge" / "api" / "recorded_names.json"
SAMPLE = 40
"""Names of each kind and edition that are recorded: those whose spelling says most."""
_LINE = re.compile(
    r'\bjsii_type="(?P<type>[^"]+)"'
    r'|jsii_name="(?P<member>[^"]+)"'
    r"|^ +def (?P<def>\w+)\("
    r'|^ +(?P<enum>\w+) = "(?P<own>\w+)"$'
    r"|^ +name_mapping=\{(?P<mapping>[^}]*)\}",
    re.MULTILINE,
)
_MAPPED = re.compile(r'"(\w+)": "(\w+)"')
Pair = tuple[str, str, str, str]
"""Kind (``field``, ``member``, ``enum``), module and type, the name in the assembly, and the name in Python."""


def wheel(edition: Edition) -> Path | None:
    """The wheel of an edition, when it is on this machine."""
    found = next(
        one for one in inputs().values() if (one.package, one.version) == (edition.distribution, edition.version)
    )
    path = work() / found.file
    return path if path.is_file() else None


def told(path: Path, modules: Iterable[str] | None = None) -> Iterator[Pair]:
    """What the wheel at ``path`` says of its names; only of ``modules`` (below the root) when they are given."""
    wanted = None if modules is None else {f"{module.replace('.', '/')}/".lstrip("/") for module in modules}
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            folder, _, file = name.partition("/")[2].rpartition("__init__.py")
            if (
                name.endswith("/__init__.py")
                and not file
                and "_jsii" not in folder
                and (wanted is None or folder in wanted)
            ):
                module = folder.strip("/").replace("/", ".")
                yield from (
                    (kind, f"{module}/{type_}", own, python)
                    for kind, type_, own, python in _pairs(archive.read(name).decode())
                )


def _pairs(text: str) -> Iterator[Pair]:
    type_ = member = ""
    for found in _LINE.finditer(text):
        if found["type"]:
            type_ = found["type"]
        elif found["member"]:
            member = found["member"]
        elif found["def"]:
            if member:
                yield "member", type_, member, found["def"]
            member = ""
        elif found["enum"]:
            yield "enum", type_, found["own"], found["enum"]
        else:
            yield from (("field", type_, own, python) for python, own in _MAPPED.findall(found["mapping"]))


def derived(edition: Edition, modules: Iterable[str] | None = None) -> Iterator[Pair]:
    """What the pack says: every name of every type, by the rules."""
    for path in edition.modules if modules is None else modules:
        module = edition.module(path)
        for name in module.names if module else ():
            one = module.get(name) if module else None
            if one is not None:
                yield from ((kind, f"{path}/{name}", own, python) for kind, own, python in _names(one))


def _names(one: Described) -> Iterator[tuple[str, str, str]]:
    match one:
        case Struct():
            yield from (("field", own, python_field(own)) for own in one.fields)
        case Enumeration():
            yield from (("enum", own, python_identifier(own)) for own in one.members)
        case Class() | Interface():
            yield from (("member", member.name, python_name(member)) for member in one.methods.values())
            yield from (("member", member.name, python_name(member)) for member in one.properties.values())


def compared(edition: Edition, path: Path, modules: Iterable[str] | None = None) -> tuple[Counter[str], list[str]]:
    """How many names of each kind agree, and every one that does not."""
    chosen = None if modules is None else tuple(modules)
    ours = {(kind, type_, own): python for kind, type_, own, python in derived(edition, chosen)}
    agreed: Counter[str] = Counter()
    differing: list[str] = []
    seen: set[tuple[str, str, str]] = set()
    for kind, type_, own, python in told(path, chosen):
        key = _key(kind, type_, own, ours)
        if key is None:
            # A struct's table has the fields of its bases, too; and examples in documentation assign texts to names.
            if kind == "member":
                differing.append(f"{type_}.{own}: called {python}, unknown to the pack")
            continue
        seen.add(key)
        if ours[key] == python:
            agreed[kind] += 1
        else:
            differing.append(f"{type_}.{own}: called {python}, derived {ours[key]}")
    differing += [f"{name}.{own}: in the pack, not in the wheel" for _, name, own in ours.keys() - seen]
    return agreed, sorted(differing)


def _key(kind: str, type_: str, own: str, ours: dict[tuple[str, str, str], str]) -> tuple[str, str, str] | None:
    """The type as the pack calls it: by the last parts of its name in the assembly."""
    module, _, name = type_.partition("/")
    parts = name.split(".")
    keys = ((kind, f"{module}/{'.'.join(parts[at:])}", own) for at in range(len(parts)))
    return next((key for key in keys if key in ours), None)


def main() -> int:
    """Compare everything, and record a sample."""
    recorded: dict[str, dict[str, Any]] = json.loads(RECORDED.read_text(encoding="utf-8")) if RECORDED.exists() else {}
    parser = argparse.ArgumentParser(prog="python -m tools.oracle_source.names", description=__doc__)
    parser.add_argument("roots", nargs="*", metavar="ROOT", help=f"of {', '.join(sorted(PACKS))}")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="compare every Nth module")
    asked = parser.parse_args()
    failed = False
    for edition in (one for root in asked.roots or sorted(PACKS) for one in editions(root)):
        path = wheel(edition)
        if path is None:
            print(f"{edition}: its wheel is not on this machine")
            continue
        modules = edition.modules[:: asked.every]
        agreed, differing = compared(edition, path, modules)
        print(f"{edition}: {dict(agreed)} agree, {len(differing)} differ", flush=True)
        for line in differing[:20]:
            print(f"  {line}")
        failed = failed or bool(differing)
        recorded[str(edition)] = {
            "agreed": dict(agreed),
            "differing": len(differing),
            "modules": len(modules),
            "names": _sample(told(path, modules)),
        }
    RECORDED.write_text(json.dumps(dict(sorted(recorded.items())), indent=1) + "\n", encoding="utf-8")
    return int(failed)


def _sample(pairs: Iterable[Pair]) -> list[list[str]]:
    """The names that are no plain words: with capitals in a row, digits, units, underscores."""
    unusual = {
        (kind, own, python)
        for kind, _, own, python in pairs
        if re.search(r"[A-Z]{2}|\d|iB|_$", own + python) or python.startswith("_")
    }
    kinds = sorted({kind for kind, _, _ in unusual})
    chosen: list[list[str]] = []
    for kind in kinds:
        of_kind = sorted(pair for pair in unusual if pair[0] == kind)
        chosen += [list(pair) for pair in of_kind[:: max(1, len(of_kind) // SAMPLE)][:SAMPLE]]
    return chosen


if __name__ == "__main__":
    sys.exit(main())
