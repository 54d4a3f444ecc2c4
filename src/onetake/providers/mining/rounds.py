"""What is asked in one call of probing: a text for all texts, a number for all numbers, a length for collections."""

from __future__ import annotations

from itertools import zip_longest

from onetake.knowledge.terraform.probes import NUMBERS, STRINGS
from onetake.knowledge.terraform.types import Type
from onetake.providers.mining.filling import Filling

MANY = 210
"""How many elements a list has that is longer than nearly every limit; longer ones cost providers quadratic time."""


def _rounds() -> dict[str, Filling]:
    texts = enumerate(zip_longest(STRINGS.items(), NUMBERS.values()))
    found = {name: Filling(text, number, place % 2 == 0) for place, ((name, text), number) in texts}
    return found | {
        "none": Filling(STRINGS["nonsense"], 1, True, 0),
        "many": Filling(STRINGS["nonsense"], 1, True, MANY),
    }


ROUNDS = _rounds()
"""What is asked in one call: a text for all texts, a number for all numbers while there are any left."""
FEW = frozenset(
    {
        *(
            "nonsense",
            "empty",
            "enormous",
            "space",
            "digit",
            "punctuation",
            "letter",
            "upper",
            "arn_broken",
            "arn_role",
        ),
        *("json_object", "policy", "ipv4", "cidr", "account", "https", "rfc3339", "duration", "none", "many"),
    }
)
"""What arguments inside sets are probed with where there are many of them: each needs calls of its own."""
SOME = 60
"""How many blocks there are where the schema sets no limit."""


def rounds_for(type_: Type | None) -> frozenset[str]:
    """The rounds that tell something about an argument of that type."""
    names = list(ROUNDS)
    match type_.kind if type_ else "string":
        case "bool":
            return frozenset(names[:2])
        case "number":
            return frozenset(names[: len(NUMBERS)])
        case "string":
            return frozenset(STRINGS)
        case _:
            return frozenset(names)


NUMBER_NAMES = dict(zip(STRINGS, NUMBERS, strict=False))
"""Which number is given in a round."""
