"""The pages of findings that no rule file makes: those of the readers and of the suppressions."""

from __future__ import annotations

PAGES = {
    "suppression-without-reason": (
        "A suppression that does not say why.\n\n"
        "``# onetake: ignore[rule-name]`` takes effect only with a reason behind it: whoever reads the program\n"
        "next has to know why a predicted failure is accepted."
    ),
    "unused-suppression": (
        "A suppression that suppresses nothing.\n\n"
        "Either the fault was mended and the comment stayed, or it stands in the wrong place, or the name in it is no\n"
        "rule. Take it away, so that it does not hide the next fault of this kind."
    ),
}
"""By name: a first line that says what it is, and what else there is to know."""
