"""The deployment carried out: the real Terraform and AWS provider, against an emulated AWS on this machine.

>>> from onetake.emulator import rehearse
>>> rehearsal = rehearse("infrastructure/")                 # doctest: +SKIP
>>> for one in rehearsal.resources:                         # doctest: +SKIP
...     print(one.address, one.fate.value, one.seconds)

Needs ``onetake[emulator]``, ``terraform`` or ``tofu``, and the AWS provider as Terraform keeps it on this machine. The
user's files are read and never changed; no AWS account is reached.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onetake._lazy import lazily

if TYPE_CHECKING:
    from onetake.emulator.account import Account
    from onetake.emulator.inventory import Item
    from onetake.emulator.rehearsing import rehearse
    from onetake.emulator.results import Fate, Outcome, ProbeOutcome, Rehearsal, ResourceOutcome, Step, StepOutcome
    from onetake.emulator.tooling import Unavailable

_HOMES = {
    "Account": "onetake.emulator.account",
    "Fate": "onetake.emulator.results",
    "Item": "onetake.emulator.inventory",
    "Outcome": "onetake.emulator.results",
    "ProbeOutcome": "onetake.emulator.results",
    "Rehearsal": "onetake.emulator.results",
    "ResourceOutcome": "onetake.emulator.results",
    "Step": "onetake.emulator.results",
    "StepOutcome": "onetake.emulator.results",
    "Unavailable": "onetake.emulator.tooling",
    "rehearse": "onetake.emulator.rehearsing",
}

__all__ = [
    "Account",
    "Fate",
    "Item",
    "Outcome",
    "ProbeOutcome",
    "Rehearsal",
    "ResourceOutcome",
    "Step",
    "StepOutcome",
    "Unavailable",
    "rehearse",
]

__getattr__ = lazily(__name__, _HOMES)
