"""Pictures: everything that matters is on them once, nothing covers anything, lines follow from the graph."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from xml.etree import ElementTree

from onetake.platforms.diagrams import draw, picture
from onetake.platforms.diagrams.kinds import SHOWN
from onetake.platforms.diagrams.layout import WIDTH, Box, layout
from onetake.platforms.synthesized import Synthesized
from tests.platforms.synthesized import Copy

SVG = "{http://www.w3.org/2000/svg}"


def test_every_resource_that_matters_is_on_one_card(copy: Copy):
    stack = Synthesized(copy.path.parent)
    shown = [one.address for card in picture("platform", stack).cards for one in card.resources]

    assert sorted(shown) == sorted(one.address for one in stack.resources if one.kind in SHOWN)
    assert len(shown) > 30


def test_nothing_covers_anything_and_all_is_inside(copy: Copy):
    drawn = picture("platform", Synthesized(copy.path.parent))
    placed = layout(drawn)

    assert not [pair for pair in combinations(placed.places, 2) if _overlap(*pair)]
    assert not [pair for pair in combinations(placed.frames, 2) if _overlap(*pair)]
    for box in placed.places:
        assert any(_inside(box, frame) for frame in placed.frames)
    assert all(
        frame.left + frame.width <= WIDTH and frame.top + frame.height <= placed.height for frame in placed.frames
    )


def test_the_document_is_xml_and_names_what_it_shows(copy: Copy):
    stack = Synthesized(copy.path.parent)
    shown = picture("a <platform> & more", stack)
    root = ElementTree.fromstring(draw(shown))

    assert root.findtext(f"{SVG}title") == "a <platform> & more"
    titles = [title.text for group in root.iter(f"{SVG}g") for title in group.iter(f"{SVG}title")]
    assert titles == ["\n".join(one.address for one in card.resources) for card in shown.cards]
    assert len(list(root.iter(f"{SVG}path"))) == len(shown.lines)


def test_lines_follow_from_the_graph(copy_of: Callable[..., Copy]):
    shown = picture("eks", Synthesized(copy_of("eks-microservices", "prod").path.parent))
    pairs = {frozenset(shown.cards[number].resources[0].kind for number in line) for line in shown.lines}

    # The roles of service accounts trust the cluster and may use the queues and secrets of their service.
    assert frozenset(("aws_eks_cluster", "aws_sqs_queue")) in pairs
    assert frozenset(("aws_eks_cluster", "aws_secretsmanager_secret")) in pairs
    assert frozenset(("aws_eks_cluster", "aws_eks_fargate_profile")) in pairs
    assert frozenset(("aws_sqs_queue", "aws_secretsmanager_secret")) not in pairs


def _overlap(one: Box, other: Box) -> bool:
    return (
        one.left < other.left + other.width
        and other.left < one.left + one.width
        and one.top < other.top + other.height
        and other.top < one.top + one.height
    )


def _inside(box: Box, frame: Box) -> bool:
    return (
        frame.left <= box.left
        and frame.top <= box.top
        and box.left + box.width <= frame.left + frame.width
        and box.top + box.height <= frame.top + frame.height
    )
