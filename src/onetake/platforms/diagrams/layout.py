"""Where the cards of a picture stand."""

from __future__ import annotations

from collections import defaultdict

from onetake.model.records import record
from onetake.platforms.diagrams.graph import Card, Picture
from onetake.platforms.diagrams.kinds import BANDS, COLUMNS

WIDTH, CARD_WIDTH, CARD_HEIGHT = 1080, 216, 64
_GAP, _MARGIN, _FRAME, _HEAD, _TOP = 10, 20, 18, 26, 64
_ACROSS = len(COLUMNS)
_STEP = (WIDTH - 2 * _MARGIN - 2 * _FRAME - CARD_WIDTH) / (_ACROSS - 1)


@record
class Box:
    """A rectangle with a heading.

    Attributes:
        left, top, width, height: in pixels.
        heading: above or in it.
    """

    left: float
    top: float
    width: float
    height: float
    heading: str


@record
class Layout:
    """Where everything stands.

    Attributes:
        height: of the picture, in pixels; its width is ``WIDTH``.
        frames: around regions.
        headings: of columns and bands.
        places: of the cards, in their order.
    """

    height: float
    frames: tuple[Box, ...]
    headings: tuple[Box, ...]
    places: tuple[Box, ...]


def layout(shown: Picture) -> Layout:
    """Regions below each other, each with its columns and, below them, its bands."""
    regions: dict[str, list[int]] = defaultdict(list)
    for number, card in enumerate(shown.cards):
        regions[card.region].append(number)
    frames: list[Box] = []
    headings: list[Box] = []
    places: dict[int, Box] = {}
    top: float = _TOP
    for region, numbers in regions.items():
        start = top
        top += _HEAD
        top = _columns(shown.cards, numbers, top, headings, places)
        for band in BANDS:
            top = _band(shown.cards, [one for one in numbers if shown.cards[one].column == band], top, headings, places)
        name = f"Region of the provider aws.{region}" if region else "Region of the stack"
        frames.append(Box(_MARGIN, start, WIDTH - 2 * _MARGIN, top - start, name))
        top += _GAP * 2
    return Layout(top, tuple(frames), tuple(headings), tuple(places[number] for number in range(len(shown.cards))))


def _columns(
    cards: tuple[Card, ...], numbers: list[int], top: float, headings: list[Box], places: dict[int, Box]
) -> float:
    """Place what stands in columns; the lower edge of the longest."""
    deepest = top
    for position, name in enumerate(COLUMNS):
        inside = [one for one in numbers if cards[one].column == name]
        if not inside:
            continue
        left, height = _MARGIN + _FRAME + position * _STEP, top + _HEAD
        headings.append(Box(left, top, CARD_WIDTH, _HEAD, name))
        for one in inside:
            places[one] = Box(left, height, CARD_WIDTH, CARD_HEIGHT, cards[one].title)
            height += CARD_HEIGHT + _GAP
        deepest = max(deepest, height)
    return deepest


def _band(
    cards: tuple[Card, ...], numbers: list[int], top: float, headings: list[Box], places: dict[int, Box]
) -> float:
    """Place a band of cards side by side; its lower edge."""
    if not numbers:
        return top
    headings.append(Box(_MARGIN + _FRAME, top, CARD_WIDTH, _HEAD, cards[numbers[0]].column))
    for position, one in enumerate(numbers):
        row, column = divmod(position, _ACROSS)
        left, height = _MARGIN + _FRAME + column * _STEP, top + _HEAD + row * (CARD_HEIGHT + _GAP)
        places[one] = Box(left, height, CARD_WIDTH, CARD_HEIGHT, cards[one].title)
    rows = -(-len(numbers) // _ACROSS)
    return top + _HEAD + rows * (CARD_HEIGHT + _GAP)
