"""What a platform refuses, told so that the reader can mend it without reading our code."""

from __future__ import annotations

from collections.abc import Iterable


class MissingExtra(ImportError):
    """The packages that synthesize platforms are not installed."""

    def __init__(self, name: str) -> None:
        super().__init__(f'platforms need the package "{name}": pip install "onetake[platforms]"', name=name)


class Refused(ValueError):
    """A parameter of a construct or platform is missing or wrong.

    Attributes:
        parameter: its name, as it is written in the call.
    """

    def __init__(self, parameter: str, value: object, allowed: str) -> None:
        self.parameter = parameter
        super().__init__(f"{parameter}={value!r}: {allowed}")


def one_of(values: Iterable[object]) -> str:
    """A sentence that lists what is allowed."""
    return "it has to be one of " + ", ".join(map(repr, values))
