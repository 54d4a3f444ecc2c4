"""The classes of jsii libraries, reduced to what a program can say of them: the API packs.

One pack holds several editions of a library (cdktf and its successor cdktn; the bindings of three majors of the AWS
provider), side by side: what is alike in all of them is written once. ``onetake.knowledge.api`` reads it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from onetake.knowledge.api import generated
from onetake.knowledge.api.names import go_package, snake_case
from onetake.knowledge.api.types import SCALARS
from onetake.providers.mining.schemas import Draft
from tools.packs.bindings import assembly, snake
from tools.packs.inputs import Input, inputs, located

EDITIONS: dict[str, tuple[str, ...]] = {
    "api-constructs": ("constructs",),
    "api-terraform-core": ("cdktf@0.20", "cdktf@0.21", "cdktn"),
    "api-terraform-aws": ("cdktf-cdktf-provider-aws@19", "cdktf-cdktf-provider-aws@21", "cdktn-provider-aws"),
    "api-aws-cdk": ("aws-cdk-lib",),
}
"""The inputs that each pack describes, oldest first."""
_ARGUMENT = re.compile(r"/docs[^#\s]*#([a-z0-9_]+) ")
_LETTERS = {name: letter for letter, name in SCALARS.items()}
_CORES = {"cdktf": "@", "cdktn": "@", "constructs": "!"}
_FLAGS = {
    "static": "s",
    "protected": "p",
    "abstract": "a",
    "const": "c",
    "immutable": "i",
    "optional": "o",
    "variadic": "v",
}
_CONFIGURED = ("Config", "ConfigA")
_BASES = ("@TerraformResource", "@TerraformDataSource", "@TerraformProvider", "@TerraformEphemeralResource")


def draft(name: str) -> Draft:
    """The pack called ``name``."""
    read = [Library(inputs()[one], assembly(located(one))) for one in EDITIONS[name]]
    frames: dict[str, Any] = {}
    for module in sorted({module for library in read for module in library.modules}):
        frames[f"/{module}"] = _merged([library.modules.get(module) for library in read])
    everything = (1 << len(read)) - 1
    present: dict[str, Any] = {}
    for module in sorted({module for library in read for module in library.modules}):
        mask = sum(1 << at for at, library in enumerate(read) if module in library.modules)
        package = next(library.packages[module] for library in reversed(read) if module in library.packages)
        present[module] = [
            package if package != go_package(module.rpartition(".")[2]) else "",
            *([mask] if mask != everything else []),
        ]
    frames["modules"] = present
    frames["names"] = _names(read)
    counts = Counter[str]()
    for library in read:
        counts.update(library.counts)
    meta = {
        "fact": f"the classes and functions of {', '.join(library.title for library in read)}",
        "confidence": "schema",
        "sources": [inputs()[one].source for one in EDITIONS[name]],
        "editions": [library.about for library in read],
        "counts": dict(counts) | {"modules": len(present)},
    }
    return meta, frames


def _merged(editions: list[dict[str, Any] | None]) -> dict[str, Any]:
    """Every type of a module: its description, or several of them, each with the editions that it holds for."""
    present = sum(1 << at for at, one in enumerate(editions) if one is not None)
    # Types have no empty name: under it stand the editions that have the module, where not all do.
    merged: dict[str, Any] = {} if present == (1 << len(editions)) - 1 else {"": present}
    for name in sorted({name for one in editions if one for name in one}):
        variants: list[list[Any]] = []
        for at, one in enumerate(editions):
            if one is None or name not in one:
                continue
            same = next((variant for variant in variants if variant[1] == one[name]), None)
            if same:
                same[0] |= 1 << at
            else:
                variants.append([1 << at, one[name]])
        alone = len(variants) == 1 and variants[0][0] == present
        merged[name] = variants[0][1] if alone else {str(mask): one for mask, one in variants}
    return merged


def _names(read: list[Library]) -> dict[str, str]:
    """Every module's own names in one text, without those that the generator adds to a struct."""
    found: dict[str, set[str]] = {}
    for library in read:
        for module, types in library.modules.items():
            names = (name for name, one in types.items() if one[0] not in "OL" and "." not in name)
            found.setdefault(module, set()).update(names)
    return {module: " ".join(sorted(names)) for module, names in sorted(found.items())}


class Library:
    """One assembly, reduced."""

    def __init__(self, pinned: Input, described: Mapping[str, Any]) -> None:
        self.name: str = described["name"]
        python = described["targets"]["python"]
        self.root: str = python["module"]
        self.title = f"{python['distName']} {described['version']}"
        go = described["targets"]["go"]
        major = int(described["version"].partition(".")[0])
        package = go.get("packageName") or go_package(self.name)
        path = f"{go['moduleName']}/{package}" + (f"/v{major}" if major > 1 else "")
        self.about = {
            "distribution": pinned.package,
            "version": described["version"],
            "module": self.root,
            "go": path,
            "library": self.name,
        }
        self.counts: Counter[str] = Counter()
        self._types: Mapping[str, Any] = described["types"]
        self._places: dict[str, str] = {}
        self.packages: dict[str, str] = {"": package}
        self._submodules: Mapping[str, Any] = described.get("submodules", {})
        for name in sorted(self._submodules):
            self._place(name)
        self.modules: dict[str, dict[str, Any]] = {module: {} for module in ("", *self._places.values())}
        for name in sorted(self._types):
            module, own = self._home(name)
            self.modules[module][own] = self._reduced(self._types[name])
        for module, types in self.modules.items():
            self.modules[module] = self._without_generated(types)

    def _place(self, name: str) -> str:
        """Where a submodule lies below the library's Python module."""
        if name not in self._places:
            told = self._submodules[name].get("targets", {})
            parent, _, last = name.rpartition(".")
            if "python" in told:
                where = told["python"]["module"].removeprefix(self.root).lstrip(".")
            else:
                above = self._place(parent) if parent in self._submodules else ""
                where = f"{above}.{snake_case(last)}".lstrip(".")
            self._places[name] = where
            self.packages[where] = told.get("go", {}).get("packageName") or go_package(last)
        return self._places[name]

    def _home(self, name: str) -> tuple[str, str]:
        """The module of a type, and its name there."""
        parent = name
        while parent != self.name:
            parent = parent.rpartition(".")[0]
            if parent in self._places:
                return self._places[parent], name[len(parent) + 1 :]
        return "", name[len(parent) + 1 :]

    def _reduced(self, one: Mapping[str, Any]) -> list[Any]:
        module, _ = self._home(one["fqn"])
        spell = self._speller(module)
        flags = _flags(one) + ("d" if "deprecated" in one.get("docs", {}) else "")
        bases = sorted(spell({"fqn": name}) for name in one.get("interfaces", ()))
        self.counts[
            "classes"
            if one["kind"] == "class"
            else "enums"
            if one["kind"] == "enum"
            else "structs"
            if one.get("datatype")
            else "interfaces"
        ] += 1
        if one["kind"] == "enum":
            return ["E", flags, [member["name"] for member in one["members"]]]
        if one.get("datatype"):
            return ["S", flags, bases, {field["name"]: _field(field, spell) for field in one.get("properties", ())}]
        methods = {method["name"]: _method(method, spell) for method in one.get("methods", ())}
        properties = {
            prop["name"]: [
                _flags(prop, "abstract") if one["kind"] == "interface" else _flags(prop),
                spell(prop["type"]),
            ]
            for prop in one.get("properties", ())
        }
        if one["kind"] == "interface":
            return ["I", flags, bases, methods, properties]
        base = spell({"fqn": one["base"]}) if "base" in one else ""
        constructor = _parameters(one["initializer"], spell) if "initializer" in one else None
        return ["C", flags, base, bases, constructor, methods, properties]

    def _speller(self, module: str) -> Callable[[Mapping[str, Any]], str]:
        def spell(type_: Mapping[str, Any]) -> str:
            if "primitive" in type_:
                return _LETTERS[type_["primitive"]]
            if "collection" in type_:
                return ("[" if type_["collection"]["kind"] == "array" else "{") + spell(
                    type_["collection"]["elementtype"]
                )
            if "union" in type_:
                return f"({'|'.join(sorted(map(spell, type_['union']['types'])))})"
            if "intersection" in type_:
                # Only what is in all of them fits, which nothing here judges.
                return "a"
            library, _, rest = type_["fqn"].partition(".")
            if library != self.name:
                return f"{_CORES[library]}{rest}" if library in _CORES else f"={library}/{rest}"
            where, own = self._home(type_["fqn"])
            return f".{own}" if where == module else f":{where}/{own}"

        return spell

    def _without_generated(self, types: dict[str, Any]) -> dict[str, Any]:
        """The module with each class that the generator makes from a struct told by its differences."""
        known = types.__contains__
        kept: dict[str, Any] = {}
        for name, one in types.items():
            kept[name] = _shorter(name, one, types, known) if one[0] == "C" else one
        return kept


def _shorter(name: str, one: list[Any], types: Mapping[str, Any], known: Callable[[str], bool]) -> list[Any]:
    struct = name.removesuffix(generated.REFERENCE)
    fields = types[struct][3] if struct in types and types[struct][0] == "S" else {}
    if one[2] == "@ComplexObject" and struct != name and struct in types:
        item = len(one[4] or ()) == len(generated.INDEXED)
        told = generated.differences(one, generated.reference(struct, fields, known, item=item))
        return ["O", one[1] + ("m" if item else ""), *told]
    if one[2] == "@ComplexList" and name.endswith(generated.LIST):
        return ["L", one[1], *generated.differences(one, generated.repeated(name.removesuffix(generated.LIST)))]
    config = next((name + end for end in _CONFIGURED if name + end in types), None)
    if one[2] in _BASES and config:
        expected = generated.resource(config, types[config][3], known, one[2])
        return ["R", one[1], one[2], config, *generated.differences(one, expected)]
    return one


def _field(field: Mapping[str, Any], spell: Callable[[Mapping[str, Any]], str]) -> str:
    docs = field.get("docs", {})
    link = _ARGUMENT.search(f"{docs.get('summary', '')} {docs.get('remarks', '')}")
    named = f"#{link[1]}" if link and link[1] != snake(field["name"]) else ""
    return ("?" if field.get("optional") else "") + spell(field["type"]) + named


def _method(method: Mapping[str, Any], spell: Callable[[Mapping[str, Any]], str]) -> list[Any]:
    told = [_flags(method), _parameters(method, spell) or []]
    if "returns" in method:
        told.append(("?" if method["returns"].get("optional") else "") + spell(method["returns"]["type"]))
    while told and not told[-1]:
        told.pop()
    return told


def _parameters(method: Mapping[str, Any], spell: Callable[[Mapping[str, Any]], str]) -> list[list[str]]:
    return [
        [one["name"], ("*" if one.get("variadic") else "?" if one.get("optional") else "") + spell(one["type"])]
        for one in method.get("parameters", ())
    ]


def _flags(one: Mapping[str, Any], *without: str) -> str:
    return "".join(sorted(flag for name, flag in _FLAGS.items() if name not in without and one.get(name)))


def builders() -> dict[str, Callable[[], Draft]]:
    """Every API pack by its name."""
    return {name: partial(draft, name) for name in EDITIONS}
