"""Which family a parameter group would have to be of."""

from __future__ import annotations

from onetake.mechanisms.engines import parameter_family
from onetake.model.values import Known, Value

DEFAULT = "default."
"""How AWS's own groups are named, before their family."""
_ENGINES = ("aurora-mysql", "aurora-postgresql", "mariadb", "mysql", "postgres")


def wanted(engine: str, version: Value[str], family: str) -> str:
    """The family that it would have to be, when it surely is another; without a version only the engine decides."""
    known = parameter_family(engine, version.value) if isinstance(version, Known) else None
    if known is not None:
        return known if family != known else ""
    own = next((one for one in sorted(_ENGINES, key=len, reverse=True) if family.startswith(one)), "")
    return f"{engine}..." if engine in _ENGINES and own and own != engine else ""
