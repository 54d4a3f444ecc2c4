"""Zero-trust payment processing: nothing is trusted for where it stands, and nothing leaves uninspected."""

from onetake.platforms.bindings import prepare

prepare()

from onetake.platforms.zerotrust.stack import ZeroTrustPayments  # noqa: E402 - after prepare(), which cdktn needs

__all__ = ["ZeroTrustPayments"]
