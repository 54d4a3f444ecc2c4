"""GlobalStream: one service in two regions, of which the second takes over when the first is lost."""

from onetake.platforms.bindings import prepare

prepare()

from onetake.platforms.globalstream.stack import GlobalStream  # noqa: E402 - after prepare(), which cdktn needs

__all__ = ["GlobalStream"]
