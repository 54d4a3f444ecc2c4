"""Modules that are not in the program's own folders: those that ``terraform init`` put there, or a ``--module-dir``."""

from __future__ import annotations

import json
import re
from pathlib import Path

from onetake.frontends.files import Options, Unreadable, confined, read_text
from onetake.knowledge.versions import constraint, fulfilled, version
from onetake.model.values import Span

_REGISTRY = re.compile(r"(?:[\w.-]+\.[\w.-]+/)?([\w-]+)/([\w-]+)/([\w-]+)")


def installed(folder: Path, options: Options) -> dict[str, str]:
    """The folders that ``terraform init`` put modules into, by the path of their calls."""
    manifest = folder / ".terraform" / "modules" / "modules.json"
    if not manifest.is_file():
        return {}
    try:
        listed = json.loads(read_text(manifest, options))
        return {entry["Key"]: entry["Dir"] for entry in listed["Modules"] if entry["Key"]}
    except (Unreadable, ValueError, TypeError, KeyError):
        return {}


def kept(source: str, wanted: str, options: Options) -> Path | None:
    """The folder of a module in one of the module folders: ``None`` where none of them has it.

    A module of a registry lies in ``NAMESPACE/NAME/PROVIDER``, with a folder for each version or without, or in a
    folder called like its repository, ``terraform-PROVIDER-NAME``; one of a repository in a folder called like that.
    Either may lie in a folder called like the module alone.

    Raises:
        Unreadable: it is there in other versions only.
    """
    package, _, inside = _split(source)
    for base in options.module_dirs:
        for name in _names(package):
            folder = base / name
            if folder.is_dir():
                chosen = _versioned(folder, wanted, source)
                return confined(chosen / inside if inside else chosen, options)
    return None


def _split(source: str) -> tuple[str, str, str]:
    """The package of a source and the folder inside of it, which ``//`` separates."""
    plain = re.sub(r"^[a-z]+::", "", source).partition("?")[0]
    scheme, mark, rest = plain.partition("://")
    if not mark:
        scheme, rest = "", plain
    package, _, inside = rest.partition("//")
    return package, scheme, inside


def _names(package: str) -> list[str]:
    registry = _REGISTRY.fullmatch(package)
    if registry:
        namespace, name, provider = registry.groups()
        return [f"{namespace}/{name}/{provider}", f"terraform-{provider}-{name}", name]
    last = package.rstrip("/").rpartition("/")[2].removesuffix(".git")
    return [last] if re.fullmatch(r"\w[\w.-]*", last) else []


def _versioned(folder: Path, wanted: str, source: str) -> Path:
    """The folder of the newest version that is admitted, where there is one for each."""
    versions = {found: path for path in folder.iterdir() if path.is_dir() and (found := version(path.name))}
    if not versions or any(folder.glob("*.tf")) or any(folder.glob("*.tf.json")):
        return folder
    terms = constraint(wanted) or ()
    admitted = [found for found in versions if fulfilled(terms, found)]
    if admitted:
        return versions[max(admitted)]
    there = ", ".join(path.name for _, path in sorted(versions.items()))
    raise Unreadable(
        Span(folder.as_posix()),
        f"{source} is there as {there}, which version {wanted} does not admit",
        "add the version",
    )
