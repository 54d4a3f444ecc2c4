"""Every name and type that the rules derive for Go, compared with Go bindings that jsii itself wrote.

``python -m tools.oracle_source.go_names FOLDER [N]`` reads the bindings below FOLDER (what ``jsii-pacmak --targets go
--code-only`` writes of a library's package, as it is published, in a folder called like ``cdktf-0.20.12``), compares
every declaration of every Nth module with what is derived from the packs, prints how many agree, and records the counts
and a sample in ``tests/knowledge/api/recorded_go_names.json``; ends with 1 when one differs.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from onetake.frontends.source.golang.libraries import GoLibraries, package
from onetake.frontends.source.golang.types import NOTHING, Function, GoType
from onetake.knowledge.api.editions import PACKS, Edition, Module, editions
from onetake.knowledge.api.model import Class, Interface, Struct

RECORDED = Path(__file__).resolve().parents[2] / "tests" / "knowledge" / "api" / "recorded_go_names.json"
CORPUS = Path(__file__).resolve().parents[2] / "tests" / "frontends" / "source" / "golang" / "corpus.json"
"""Public programs that were judged, and every finding in them, looked at by a person."""
SAMPLE = 60
_TYPE = re.compile(r"^type (\w+) (interface|struct) \{$")
_ENUM = re.compile(r"^\t(\w+_\w+) +(\w+) = \"")
_METHOD = re.compile(r"^\t(\w+)\((.*?)\)( .+)?$")
_FIELD = re.compile(r"^\t(\w+) (.+?) `field:\"(required|optional)\"")
_FUNCTION = re.compile(r"^func ([A-Z]\w*)\((.*?)\)(?: (.+?))? \{$")
_PARAMETER = re.compile(r"^(\w+) (.+)$")
Told = tuple[str, str, str]
"""Kind (``field``, ``method``, ``function``, ``member``), name behind its type's, and how Go writes the rest."""


def told(folder: Path) -> Iterator[Told]:
    """What the files of one package declare."""
    for path in sorted(folder.glob("*.go")):
        inside = kind = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            declared = _TYPE.match(line)
            if declared:
                inside, kind = declared[1], declared[2]
            elif line == "}":
                inside = ""
            elif found := _FUNCTION.match(line):
                yield "function", found[1], _signature(found[2], found[3] or "")
            elif found := _ENUM.match(line):
                yield "member", found[1], found[2]
            elif inside and kind == "struct" and (found := _FIELD.match(line)):
                yield "field", f"{inside}.{found[1]}", f"{found[2]} {found[3]}"
            elif inside and kind == "interface" and (found := _METHOD.match(line)):
                yield "method", f"{inside}.{found[1]}", _signature(found[2], (found[3] or "").strip())


def _signature(parameters: str, result: str) -> str:
    types = [match[2] for one in parameters.split(", ") if (match := _PARAMETER.match(one))]
    return f"({', '.join(types)}) {result}".strip()


def derived(module: Module, libraries: GoLibraries) -> Iterator[Told]:
    """What the rules say that a package declares."""
    for name in libraries.names(module):
        symbol = libraries.symbol(module, name)
        if symbol is None:
            continue
        function, one = symbol.type.function, symbol.type.described
        if function is not None:
            yield "function", name, _called(function, module)
        elif not symbol.is_type:
            yield "member", name, _local(symbol.type, module)
        elif isinstance(one, Struct):
            for field, about in libraries.fields(one)[0].items():
                needed = "optional" if about.field.optional else "required"
                yield "field", f"{name}.{field}", f"{_local(about.type, module)} {needed}"
        elif isinstance(one, Class | Interface):
            for method, type_ in libraries.members(one)[0].items():
                if type_.function is not None:
                    yield "method", f"{name}.{method}", _called(type_.function, module)


def _called(of: Function, module: Module) -> str:
    types = [_local(one, module) for one in of.parameters]
    if of.variadic:
        types[-1] = f"...{types[-1]}"
    return f"({', '.join(types)}) {'' if of.result == NOTHING else _local(of.result, module)}".strip()


def _local(type_: GoType, module: Module) -> str:
    return re.sub(rf"\b{re.escape(package(module))}\.", "", str(type_))


def compared(edition: Edition, root: Path, every: int) -> tuple[Counter[str], list[str], list[list[str]]]:
    """How many declarations agree, those that do not, and a sample."""
    libraries = GoLibraries({one: editions(one)[-1] for one in PACKS if editions(one)} | _together(edition))
    agreed: Counter[str] = Counter()
    differing: list[str] = []
    sample: list[list[str]] = []
    for path in edition.modules[::every]:
        module = edition.module(path)
        folder = root / edition.go_path(path).removeprefix(edition.go).lstrip("/")
        if module is None or not folder.is_dir():
            continue
        ours = {(kind, name): written for kind, name, written in derived(module, libraries)}
        theirs = {(kind, name): written for kind, name, written in told(folder)}
        for key, written in theirs.items():
            if ours.get(key) == written:
                agreed[key[0]] += 1
            elif key[0] != "method" or key in ours:
                differing.append(f"{path}: {key[0]} {key[1]}: {written}; derived {ours.get(key, 'nothing')}")
        written_out = {file.stem for file in folder.glob("*.go")}
        differing += [f"{path}: {kind} {name}: derived, not there" for kind, name in _more(ours, theirs, written_out)]
        sample += [[path, *key, written] for key, written in list(theirs.items())[:: max(1, len(theirs) // 2)][:1]]
    return agreed, differing, sample[:: max(1, len(sample) // SAMPLE)][:SAMPLE]


def _more(
    ours: dict[tuple[str, str], str], theirs: dict[tuple[str, str], str], files: set[str]
) -> Iterator[tuple[str, str]]:
    """What only the rules have, of types that have a file; inherited methods stand where they are inherited from."""
    for kind, name in ours:
        owner = name.partition(".")[0].removeprefix("New").removesuffix("_Override")
        if kind != "method" and (kind, name) not in theirs and owner in files:
            yield kind, name


def _together(edition: Edition) -> dict[str, Edition]:
    """The editions that belong together: of the core, the one that the bindings were made for."""
    if edition.root.startswith("cdktf"):
        wanted = "0.21" if edition.version.startswith(("21", "0.21")) else "0.20"
        core = next(one for one in editions("cdktf") if one.version.startswith(wanted))
        return {"cdktf": core, edition.root: edition}
    return {edition.root: edition}


def main() -> int:
    """Compare the bindings that there are, and record what was found."""
    top, every = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    recorded = json.loads(RECORDED.read_text(encoding="utf-8")) if RECORDED.exists() else {}
    failed = False
    for edition in (one for root in sorted(PACKS) for one in editions(root)):
        folder = top / f"{edition.distribution}-{edition.version}"
        if not folder.is_dir():
            continue
        agreed, differing, sample = compared(edition, folder, every)
        print(f"{edition}: {dict(agreed)} agree, {len(differing)} differ", flush=True)
        for line in differing[:20]:
            print(f"  {line}")
        failed = failed or bool(differing)
        recorded[str(edition)] = {"agreed": dict(agreed), "differing": len(differing), "declarations": sample}
    RECORDED.write_text(json.dumps(dict(sorted(recorded.items())), indent=1) + "\n", encoding="utf-8")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
