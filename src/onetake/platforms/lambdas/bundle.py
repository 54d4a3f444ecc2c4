"""Packs a function and the packages it needs into a zip file: the same files give the same bytes, everywhere."""

from __future__ import annotations

import base64
import hashlib
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from importlib import metadata
from pathlib import Path, PurePosixPath
from typing import Final

from onetake.model.records import record
from onetake.platforms.refusals import MissingExtra

DRIVER: Final = ("pg8000", "scramp", "asn1crypto", "python-dateutil", "six")
"""pg8000 and what it needs, all of it pure Python."""

_WHEN: Final = (1980, 1, 1, 0, 0, 0)  # the first moment that zip files know
_LICENSES: Final = ("LICENSE", "LICENCE", "COPYING", "NOTICE")


@record
class Bundle:
    """A zip file that was written.

    Attributes:
        path: where, relative to the stack's folder, as Terraform reads it.
        digest: of its bytes, as ``source_code_hash`` takes it.
    """

    path: str
    digest: str


def write(folder: Path, name: str, *, handler: str, packages: Sequence[str], extra: Mapping[str, bytes]) -> Bundle:
    """Write ``lambdas/{name}.zip`` below the folder of a stack.

    Args:
        folder: of the stack.
        name: of the file.
        handler: the module of this package that has the handler.
        packages: distributions that are packed with it.
        extra: more files, by name.

    Raises:
        MissingExtra: a package is not installed.
    """
    files = {f"{handler}.py": (Path(__file__).parent / f"{handler}.py").read_bytes(), **extra}
    for package in packages:
        files.update(_files(package))
    target = folder / "lambdas" / f"{name}.zip"
    target.parent.mkdir(parents=True, exist_ok=True)
    # Not compressed: another version of zlib would give other bytes, and so another deployment.
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for place in sorted(files):
            member = zipfile.ZipInfo(place, _WHEN)
            member.external_attr = 0o100644 << 16  # readable for the user that Lambda runs it as
            member.create_system = 3
            archive.writestr(member, files[place])
    digest = base64.b64encode(hashlib.sha256(target.read_bytes()).digest()).decode()
    return Bundle(f"lambdas/{name}.zip", digest)


def _files(package: str) -> Iterator[tuple[str, bytes]]:
    """The modules of an installed distribution, and its licences."""
    try:
        found = metadata.files(package)
    except metadata.PackageNotFoundError:
        raise MissingExtra(package) from None
    for file in found or ():
        place = PurePosixPath(file)
        is_module = place.suffix == ".py" and "tests" not in place.parts
        is_license = any(part.endswith(".dist-info") for part in place.parts) and place.name.startswith(_LICENSES)
        if (is_module or is_license) and ".." not in place.parts:
            yield str(place), Path(str(file.locate())).read_bytes()
