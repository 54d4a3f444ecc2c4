"""The real provider, where it is on the machine."""

from tests.providers.conftest import binary

__all__ = ["binary"]
