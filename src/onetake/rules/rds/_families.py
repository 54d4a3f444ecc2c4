"""Parameter groups of another family than the engine and its version want."""

from __future__ import annotations

from collections.abc import Iterator

from onetake.aws.rds import ClusterParameterGroup, ParameterGroup
from onetake.aws.view import View
from onetake.mechanisms.engines import parameter_family
from onetake.model.values import Known, Value
from onetake.rules.rule import Fault

_DEFAULT = "default."
"""How AWS's own groups are named, before their family."""
_OPEN = "..."
"""Stands for the version, where only the engine of a family is known."""
_ENGINES = ("aurora-mysql", "aurora-postgresql", "mariadb", "mysql", "postgres")


def _wanted(engine: str, version: Value[str], family: str) -> str:
    """The family that it would have to be, when it surely is another; without a version only the engine decides."""
    known = parameter_family(engine, version.value) if isinstance(version, Known) else None
    if known is not None:
        return known if family != known else ""
    own = next((one for one in sorted(_ENGINES, key=len, reverse=True) if family.startswith(one)), "")
    return f"{engine}{_OPEN}" if engine in _ENGINES and own and own != engine else ""


def mistaken(
    user: View,
    written: Value[str],
    group: ParameterGroup | ClusterParameterGroup | None,
    engine: Value[str],
    version: Value[str],
) -> Iterator[Fault]:
    """``user`` takes a group that was made for another engine or version than its own.

    Args:
        user: the database or cluster.
        written: the group as it is named.
        group: the resource that is meant; nothing where it is none of the program.
        engine: of the user.
        version: of the user.
    """
    named = written.value if isinstance(written, Known) else ""
    if group is not None:
        family, called, name = group.family, group.address, group.name
    elif named.startswith(_DEFAULT):
        family, called, name = Known(named.removeprefix(_DEFAULT), written.where), named, written
    else:
        return
    if not (isinstance(engine, Known) and isinstance(family, Known)):
        return
    right = _wanted(engine.value.lower(), version, family.value.lower())
    if right:
        yield Fault(
            written,
            f"{user.address} needs a parameter group of the family {right}, but {called} is of {family.value}",
            related=(group,) if group is not None else (),
            words={"family": family.value}
            | ({} if right.endswith(_OPEN) else {"wanted": right})
            | ({"group": name.value} if isinstance(name, Known) else {}),
        )
