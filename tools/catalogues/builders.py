"""Every table that is built from pinned inputs, by its name."""

from __future__ import annotations

from collections.abc import Callable

from tools.catalogues import backends, rds, replacements
from tools.catalogues.tables import Draft

BUILDERS: dict[str, Callable[[], Draft]] = {
    "cloudformation_replacements": replacements.draft,
    "rds_engines": rds.draft,
    "terraform_backends": backends.draft,
}
