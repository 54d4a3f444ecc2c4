"""The security baseline of an account: what every other platform there rests on."""

from onetake.platforms.bindings import prepare

prepare()

from onetake.platforms.baseline.account import Contact  # noqa: E402 - after prepare()
from onetake.platforms.baseline.stack import SecurityBaseline  # noqa: E402

__all__ = ["Contact", "SecurityBaseline"]
