"""Imports of a Go file: paths that lead nowhere, packages that are not required, names that nothing brings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from onetake.frontends.files import Options, Unreadable, read_text
from onetake.frontends.source import history
from onetake.frontends.source.golang import standard
from onetake.frontends.source.golang.changes import Change, Needed, instead
from onetake.frontends.source.golang.faults import (
    MISSING_IMPORT,
    MISSING_PACKAGE,
    MISSING_REQUIREMENT,
    UNDEFINED_NAME,
    UNKNOWN_PACKAGE,
    UNUSED_IMPORT,
    Fault,
)
from onetake.frontends.source.golang.libraries import GoLibraries
from onetake.frontends.source.golang.modules import GoModule, required, through
from onetake.frontends.source.golang.packages import Imported, Imports
from onetake.frontends.source.golang.syntax import GoFile, Import, text, within
from onetake.frontends.source.likeness import same
from onetake.knowledge.api.editions import PACKS, Edition, editions
from onetake.knowledge.api.names import go_root_package

if TYPE_CHECKING:
    from onetake.frontends.source.golang.expressions import Expressions

_MOVED = re.compile(r"^github\.com/hashicorp/cdktf-provider-aws-go/aws/v(\d+)")
_LAST_AT_HASHICORP = 9
"""The last major version of the bindings under this path, as programs that use it show."""
_INTERNAL = re.compile(r"(^|/)(internal|jsii)(/|$)")


def faults(file: GoFile, libraries: GoLibraries, module: GoModule | None, options: Options) -> Iterator[Fault]:
    """What is wrong with the paths; a module that is not required is told once."""
    told: set[str] = set()
    for one in file.imports:
        found = _of_path(one, file, libraries, module, options)
        if found is not None and (found.rule != MISSING_REQUIREMENT or _module(one.path) not in told):
            yield found
            told.add(_module(one.path))


def _of_path(
    one: Import, file: GoFile, libraries: GoLibraries, module: GoModule | None, options: Options
) -> Fault | None:
    path = one.path
    if path == "C" or (standard.is_standard(path) and not _in_module(path, module)):
        return _not_standard(one, file) if path != "C" and path not in standard.PACKAGES else None
    if module is not None and _in_module(path, module) and path not in module.required:
        return _own(one, file, module, options)
    moved = _MOVED.match(path)
    if moved and int(moved[1]) > _LAST_AT_HASHICORP + 1 and not (module and module.provider(path) in module.replaced):
        near = path.replace("github.com/hashicorp/", "github.com/cdktf/")
        changes = _imported(one, near, file)
        return Fault(
            UNKNOWN_PACKAGE, one.node, path, f"nobody publishes {path}", "", f'import "{near}"', changes=changes
        )
    provider = module.provider(path) if module else ""
    if module is not None and provider in module.replaced:
        return None
    edition = libraries.edition(path)
    if edition is not None and libraries.module(path) is None and not _INTERNAL.search(path.removeprefix(edition.go)):
        return _not_there(one, file, edition)
    if module is None or module.workspace or provider:
        return None
    return _not_required(one, file, module)


def _in_module(path: str, module: GoModule | None) -> bool:
    return module is not None and module.own(path) is not None


def _not_standard(one: Import, file: GoFile) -> Fault | None:
    first = one.path.partition("/")[0]
    near = standard.nearest(one.path.rpartition("/")[2])
    if first not in ("fmt", "os", "strings", "strconv", "encoding", "time", "sort", "errors", "context") or not near:
        # Newer versions of Go may have packages that are not known here.
        return None
    message, fix = f"Go has no package {one.path}", f'import "{near}"'
    return Fault(UNKNOWN_PACKAGE, one.node, one.path, message, "", fix, changes=_imported(one, near, file))


def _own(one: Import, file: GoFile, module: GoModule, options: Options) -> Fault | None:
    """A package of the program's own module: its folder must hold Go files."""
    folder = module.own(one.path)
    if folder is None or any(folder.glob("*.go")) or _generated(folder, module, options):
        return None
    inside = one.path.removeprefix(f"{module.path}/")
    message = f"the module {module.path} has no package in {inside}"
    name = one.path.rpartition("/")[2]
    published = _published(name, module)
    fix = f'import "{published}"' if published else ""
    if not published and any(part in ("generated", ".gen") for part in inside.split("/")):
        fix = "run cdktf get, and name the provider in cdktf.json"
    cause = " (bindings that nothing generates: no cdktf.json asks for them)" if ".gen/" in one.path else ""
    changes = _imported(one, published, file) if published else ()
    return Fault(MISSING_PACKAGE, one.node, one.path, f"{message}{cause}", "", fix, changes=changes)


def _published(name: str, module: GoModule) -> str:
    """The package of that name in the bindings of the AWS provider that are published."""
    required = [edition for root in PACKS for edition in editions(root) if edition.go in module.required]
    others = [edition for root in ("cdktf_cdktf_provider_aws", "cdktn_provider_aws") for edition in editions(root)]
    core = {edition.root for edition in required}
    fitting = [one for one in others if not core & {"cdktf", "cdktn"} or one.root.partition("_")[0] in core]
    for edition in (*required, *fitting):
        if edition.root in ("cdktf_cdktf_provider_aws", "cdktn_provider_aws"):
            path = f"{edition.go}/{name}"
            if edition.go_module(path) is not None:
                return path
    return ""


def _generated(folder: Path, module: GoModule, options: Options) -> bool:
    """Whether ``cdktf get`` makes the folder: ``cdktf.json`` names where it writes, and what for."""
    path = module.folder / "cdktf.json"
    if not path.is_file():
        return False
    try:
        told = json.loads(read_text(path, options))
    except (Unreadable, ValueError, RecursionError):
        return True
    if not isinstance(told, dict):
        return True
    output = told.get("codeMakerOutput", ".gen")
    asked = any(told.get(key) for key in ("terraformProviders", "terraformModules"))
    return asked and isinstance(output, str) and folder.is_relative_to(module.folder / output)


def _not_there(one: Import, file: GoFile, edition: Edition) -> Fault:
    """A package that a library does not have."""
    import difflib

    inside = one.path.removeprefix(f"{edition.go}/")
    name = inside.rpartition("/")[2].replace("_", "").replace("-", "").lower()
    known = {edition.go_path(path).removeprefix(f"{edition.go}/"): path for path in edition.modules if path}
    every = {path.rpartition("/")[2]: path for path in known}
    before = history.told([edition], lambda one: one.go_module(f"{one.go}/{inside}") is not None, history.in_go)
    if before:
        return Fault(UNKNOWN_PACKAGE, one.node, one.path, f"there is no package {inside}", "", before, edition)
    near = name if name in every else next(iter(difflib.get_close_matches(name, every, 1, 0.8)), "")
    fix = f'import "{edition.go}/{every[near]}"' if near else ""
    changes = _imported(one, f"{edition.go}/{every[near]}", file) if near and same(name, near) else ()
    return Fault(
        UNKNOWN_PACKAGE, one.node, one.path, f"there is no package {inside}", "", fix, edition, changes=changes
    )


def _not_required(one: Import, file: GoFile, module: GoModule) -> Fault:
    """A package of a module that ``go.mod`` does not require: another major version of it, perhaps."""
    verbatim = f"no required module provides package {one.path}; to add it:\n\tgo get {one.path}"
    alike = required(one.path, module)
    if alike:
        fix = f'import "{through(one.path, module)}"'
        message = f"go.mod requires {alike}, which is another path than {one.path}"
        others = (other for other in file.imports if required(other.path, module) == alike)
        astray = [other for other in others if not module.provider(other.path)]
        changes = tuple(change for other in astray for change in _imported(other, through(other.path, module), file))
        return Fault(MISSING_REQUIREMENT, one.node, one.path, message, verbatim, fix, changes=changes)
    message = f"go.mod requires no module that has {one.path}"
    return Fault(MISSING_REQUIREMENT, one.node, one.path, message, verbatim, f"run go get {_module(one.path)}")


def _imported(one: Import, path: str, file: GoFile) -> tuple[Change, ...]:
    """The changes that import ``path`` instead, and call its package by its name."""
    written = one.node.child_by_field_name("path")
    if written is None:
        return ()
    changes = [instead(written, f'"{path}"')]
    was, now = go_root_package(one.path), go_root_package(path)
    if was != now and not one.alias:
        taken = (node for node in within(file.root) if node.type in ("selector_expression", "qualified_type"))
        changes += [instead(of.named_children[0], now) for of in taken if text(of.named_children[0]) == was]
    return tuple(changes)


def _module(path: str) -> str:
    """The module that most likely has a package."""
    for root in PACKS:
        for edition in editions(root):
            if path == edition.go or path.startswith(f"{edition.go}/"):
                return edition.go
    return path


def names(expressions: Expressions, imports: Imports, libraries: GoLibraries, *, astray: bool) -> Iterator[Fault]:
    """Names that nothing brings into the file, and imports that nothing uses.

    ``astray`` tells that an import leads nowhere: it may be meant to bring what is missing.
    """
    unsure = [name for name, one in imports.names.items() if name not in expressions.used and not one.sure]
    for name, (node, selected) in expressions.undefined.items():
        path = (libraries.path(name) or standard.nearest(name)) if selected else ""
        if selected and (astray or (unsure and not path)):
            continue
        if path:
            fix = f'import "{path}"'
            message, verbatim = f"{name} is not imported", f"undefined: {name}"
            yield Fault(MISSING_IMPORT, node, name, message, verbatim, fix, brings=Needed(path, name))
        else:
            yield Fault(UNDEFINED_NAME, node, name, f"nothing declares {name}", f"undefined: {name}")
    loose = any(selected for _, selected in expressions.undefined.values())
    for name, one in imports.names.items():
        if name not in expressions.used and (one.sure or not loose):
            yield _unused(name, one)


def _unused(name: str, one: Imported) -> Fault:
    shown = f"{one.path} (as {name})" if go_root_package(one.path) != name else one.path
    return Fault(UNUSED_IMPORT, one.node, name, f"nothing uses the import {shown}", "", "remove the import")
