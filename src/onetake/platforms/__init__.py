"""AWS platforms that deploy in one take, and the building blocks that they are made of.

::

    from onetake.platforms import App, SecurityBaseline

    app = App()
    SecurityBaseline(app, environment_suffix="dev")
    app.synth()

What is named here is imported when it is asked for; it needs ``pip install "onetake[platforms]"``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onetake._lazy import lazily

if TYPE_CHECKING:
    from onetake.platforms.baseline import Contact as Contact
    from onetake.platforms.baseline import SecurityBaseline as SecurityBaseline
    from onetake.platforms.eks import EksMicroservices as EksMicroservices
    from onetake.platforms.financial import FinancialPlatform as FinancialPlatform
    from onetake.platforms.globalstream import GlobalStream as GlobalStream
    from onetake.platforms.refusals import MissingExtra as MissingExtra
    from onetake.platforms.refusals import Refused as Refused
    from onetake.platforms.stack import App as App
    from onetake.platforms.stack import State as State
    from onetake.platforms.state_bucket import StateBucket as StateBucket
    from onetake.platforms.zerotrust import ZeroTrustPayments as ZeroTrustPayments

_HOMES: Final = {
    "App": "onetake.platforms.stack",
    "State": "onetake.platforms.stack",
    "StateBucket": "onetake.platforms.state_bucket",
    "Refused": "onetake.platforms.refusals",
    "MissingExtra": "onetake.platforms.refusals",
    "EksMicroservices": "onetake.platforms.eks",
    "FinancialPlatform": "onetake.platforms.financial",
    "GlobalStream": "onetake.platforms.globalstream",
    "SecurityBaseline": "onetake.platforms.baseline",
    "Contact": "onetake.platforms.baseline",
    "ZeroTrustPayments": "onetake.platforms.zerotrust",
}

__all__ = [
    "App",
    "Contact",
    "EksMicroservices",
    "FinancialPlatform",
    "GlobalStream",
    "MissingExtra",
    "Refused",
    "SecurityBaseline",
    "State",
    "StateBucket",
    "ZeroTrustPayments",
]


_attribute = lazily(__name__, _HOMES)


def __getattr__(name: str) -> object:
    if _HOMES.get(name, "").endswith((".stack", ".state_bucket")):
        from onetake.platforms.bindings import prepare

        prepare()
    return _attribute(name)
