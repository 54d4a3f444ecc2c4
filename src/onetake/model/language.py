"""The two deployment languages, and the tools that carry them out."""

from enum import Enum


class Language(Enum):
    """What a stack is written in, once its frontend has read it."""

    TERRAFORM = "terraform"
    CLOUDFORMATION = "cloudformation"


class Truth(Enum):
    """The answer of a mechanism: it never guesses, so a rule must ask for ``YES`` or ``NO`` by name."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    def __bool__(self) -> bool:
        """Refuse to be used as a condition: ``UNKNOWN`` is neither true nor false."""
        raise TypeError("compare a Truth with Truth.YES or Truth.NO; it has three values")

    def __and__(self, other: "Truth") -> "Truth":
        """Both, in Kleene's logic."""
        if Truth.NO in (self, other):
            return Truth.NO
        return Truth.UNKNOWN if Truth.UNKNOWN in (self, other) else Truth.YES

    def __or__(self, other: "Truth") -> "Truth":
        """Either, in Kleene's logic."""
        if Truth.YES in (self, other):
            return Truth.YES
        return Truth.UNKNOWN if Truth.UNKNOWN in (self, other) else Truth.NO

    def __invert__(self) -> "Truth":
        """The opposite; the opposite of not knowing is not knowing."""
        return {Truth.YES: Truth.NO, Truth.NO: Truth.YES}.get(self, Truth.UNKNOWN)

    @staticmethod
    def of(known: bool) -> "Truth":
        """``YES`` or ``NO`` for what is certain."""
        return Truth.YES if known else Truth.NO
