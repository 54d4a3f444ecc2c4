"""What a picture shows: cards for the resources that matter, and lines between those that work together."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from typing import Any, Final

from onetake.model.records import record
from onetake.platforms.diagrams.kinds import BANDS, COLUMNS, SHOWN, counted
from onetake.platforms.synthesized import REFERENCE, Resource, Synthesized

_CROSSINGS: Final = ("aws_vpc_security_group_", "aws_iam_role.")
"""What a line may pass once: it would otherwise lead from a neighbour to the neighbour's neighbours."""
_BARRIERS: Final = frozenset(
    ("aws_vpc", "aws_subnet", "aws_kms_key", "aws_kms_replica_key", "aws_cloudwatch_log_group", "aws_sns_topic")
)
_REACH: Final = 6  # steps between two cards: a service, its task, role, policy, document and table take five
_NEAR: Final = 2  # steps between two cards of one column, or of two regions: one of them names the other


@record
class Card:
    """Resources of one type in one region and, in the columns, in one module.

    Attributes:
        region: the alias of their provider; empty for the program's own.
        column: where they stand.
        title: what they are, and how many.
        module: of the platform; empty in the bands, where modules share a card.
        resources: they.
    """

    region: str
    column: str
    title: str
    module: str
    resources: tuple[Resource, ...]


@record
class Picture:
    """What is to be drawn.

    Attributes:
        title: of the platform.
        cards: in the order of their columns.
        lines: pairs of positions in ``cards``, the smaller first.
    """

    title: str
    cards: tuple[Card, ...]
    lines: tuple[tuple[int, int], ...]


def picture(title: str, stack: Synthesized) -> Picture:
    """What to draw of a stack."""
    grouped: dict[tuple[str, str, str], list[Resource]] = defaultdict(list)
    for one in stack.resources:
        if one.kind in SHOWN:
            region = str(one.arguments.get("provider", "")).rpartition(".")[2].removesuffix("}")
            module = "" if SHOWN[one.kind][0] in BANDS else one.module
            grouped[region, one.kind, module].append(one)
    order = {name: position for position, name in enumerate((*COLUMNS, *BANDS))}
    kinds = list(SHOWN)
    made = [
        Card(region, SHOWN[kind][0], counted(SHOWN[kind][1], len(found)), module, tuple(found))
        for (region, kind, module), found in grouped.items()
    ]
    made.sort(key=lambda card: (card.region, order[card.column], kinds.index(card.resources[0].kind), card.module))
    return Picture(title, tuple(made), tuple(sorted(_lines(made, stack))))


def _lines(cards: list[Card], stack: Synthesized) -> set[tuple[int, int]]:
    """Pairs of cards in the columns that a way through what is not shown connects."""
    place = {one.address: number for number, card in enumerate(cards) for one in card.resources}
    near = _neighbours(stack)
    found: set[tuple[int, int]] = set()
    for number, card in enumerate(cards):
        if card.column in BANDS or card.column == "Network":
            continue
        for one in card.resources:
            # Stores that one policy names are tied to who has the policy, not to each other.
            for address, steps in _reached(one.address, near, place, policies=card.column != "Data"):
                other = place[address]
                column = cards[other].column
                beside = column == card.column or cards[other].region != card.region
                if other == number or column in BANDS or column == "Network" or (beside and steps > _NEAR):
                    continue
                found.add((min(number, other), max(number, other)))
    return found


def _neighbours(stack: Synthesized) -> Mapping[str, set[str]]:
    """What names or is named by what, data sources of policies included."""
    near: dict[str, set[str]] = defaultdict(set)
    for one in stack.resources:
        for address in filter(_leads, one.references):
            near[one.address].add(address)
            near[address].add(one.address)
    for name, arguments in stack.data("aws_iam_policy_document").items():
        address = f"data.aws_iam_policy_document.{name}"
        for other in filter(_leads, REFERENCE.findall(str(arguments.get("statement")))):
            # From who has the policy to what it names; what one policy names is not tied together by that. Whom a
            # role trusts is tied to the role.
            near[address].add(other)
            if "sts:AssumeRole" in str(arguments["statement"]):
                near[other].add(address)
    return near


def _leads(address: str) -> bool:
    """Whether a way may pass: what is read of the account or the region is named by everything."""
    return not address.startswith("data.") or address.startswith("data.aws_iam_policy_document.")


def _reached(
    start: str, near: Mapping[str, set[str]], place: Mapping[str, Any], *, policies: bool
) -> Iterator[tuple[str, int]]:
    """The shown resources to which a way leads that passes no other shown one, and its steps; policies if it may."""
    seen = {start}
    waiting = deque([(start, 0, frozenset[str]())])
    while waiting:
        address, steps, crossed = waiting.popleft()
        for other in sorted(near.get(address, ())):
            if other in seen or other.partition(".")[0] in _BARRIERS or (not policies and other.startswith("data.")):
                continue
            seen.add(other)
            crossing = next((one for one in _CROSSINGS if other.startswith(one)), "")
            if other in place and crossing != "aws_iam_role.":
                yield other, steps + 1
            elif steps + 1 < _REACH and crossing not in crossed:
                waiting.append((other, steps + 1, crossed | ({crossing} if crossing else set())))
