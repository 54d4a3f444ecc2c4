"""What is ready before what."""

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onetake.aws.awslambda import Function
from onetake.aws.efs import MountTarget
from onetake.aws.lookup import views
from onetake.frontends import cloudformation, terraform
from onetake.frontends.files import Options
from onetake.mechanisms.ordering import Race, race, surely_before, surely_gone_after, unordered
from onetake.model.assumptions import Assumptions
from onetake.model.language import Language, Truth
from onetake.model.resources import Provider, Resource
from onetake.model.stacks import Engine, Stack
from onetake.model.values import Absent, Span

HERE = Span("main.tf")


def stack_of(waits: dict[str, set[str]], language: Language, **kept: Truth) -> Stack:
    """A stack in which each name waits for others; ``kept`` tells which may not exist."""
    provider = Provider("aws", Absent(HERE))
    resources = {
        name: Resource(
            language,
            name,
            "thing",
            HERE,
            {},
            provider,
            depends_on=tuple(sorted(others)),
            exists=kept.get(name, Truth.YES),
        )
        for name, others in waits.items()
    }
    return Stack("one", language, HERE, Engine("terraform"), resources, Assumptions())


@st.composite
def programs(draw: st.DrawFn) -> dict[str, set[str]]:
    """Up to five resources, each waiting for some of those before it."""
    names = "abcde"[: draw(st.integers(1, 5))]
    return {name: {other for other in names[:place] if draw(st.booleans())} for place, name in enumerate(names)}


@given(programs(), st.sampled_from(Language))
def test_the_answer_is_that_of_every_legal_order_of_creation(waits: dict[str, set[str]], language: Language) -> None:
    stack = stack_of(waits, language)
    orders = [
        order
        for order in itertools.permutations(waits)
        if all(order.index(other) < order.index(name) for name, others in waits.items() for other in others)
    ]

    for earlier, later in itertools.permutations(waits, 2):
        always = all(order.index(earlier) < order.index(later) for order in orders)
        assert surely_before(stack, earlier, later) is Truth.of(always)


@given(programs(), st.sampled_from("abcde"), st.sampled_from([Truth.NO, Truth.UNKNOWN]))
def test_a_doubtful_link_never_flips_a_certain_answer(waits: dict[str, set[str]], doubtful: str, doubt: Truth) -> None:
    """CloudFormation drops a resource whose condition is false, with all that waited through it."""
    stack = stack_of(waits, Language.CLOUDFORMATION, **{doubtful: doubt})
    without = {name: others - {doubtful} for name, others in waits.items() if name != doubtful}
    kept = stack_of(without, Language.CLOUDFORMATION)

    for earlier, later in itertools.permutations(without, 2):
        answer = surely_before(stack, earlier, later)
        possible = {surely_before(kept, earlier, later), surely_before(stack_of(waits, kept.language), earlier, later)}
        assert answer is Truth.UNKNOWN or possible == {answer}


def test_nothing_is_said_to_be_unordered_in_a_program_that_was_not_wholly_read() -> None:
    stack = stack_of({"a": set(), "b": set(), "c": {"a"}}, Language.TERRAFORM)
    stack.whole = False

    assert surely_before(stack, "a", "b") is Truth.UNKNOWN
    assert surely_before(stack, "a", "c") is Truth.YES


def test_nothing_is_said_of_what_waits_for_something_that_was_not_read() -> None:
    stack = stack_of({"a": set(), "b": {"module.far.thing"}}, Language.TERRAFORM)

    assert surely_before(stack, "a", "b") is Truth.UNKNOWN
    assert surely_before(stack, "b", "a") is Truth.NO
    assert surely_before(stack, "nobody", "a") is Truth.UNKNOWN


def test_instances_are_ordered_as_their_declarations_are(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(
        """
        resource "aws_sqs_queue" "many" {
          count = 2
          name  = "jobs-${count.index}"
        }
        resource "aws_sns_topic" "after" {
          for_each   = toset(["x", "y"])
          depends_on = [aws_sqs_queue.many]
        }
        """
    )
    (stack,) = terraform.read(tmp_path, Options(root=tmp_path))

    assert surely_before(stack, "aws_sqs_queue.many[0]", 'aws_sns_topic.after["y"]') is Truth.YES
    assert surely_before(stack, "aws_sqs_queue.many[0]", "aws_sqs_queue.many[1]") is Truth.NO
    assert surely_gone_after(stack, "aws_sqs_queue.many[0]", 'aws_sns_topic.after["y"]') is Truth.YES
    assert surely_gone_after(stack, 'aws_sns_topic.after["y"]', "aws_sqs_queue.many[0]") is Truth.NO


@pytest.mark.parametrize("language", ["terraform", "cloudformation"])
def test_the_function_that_does_not_wait_for_its_mount_target(shared: Path, language: str) -> None:
    folder = shared / "pairs" / "10-lambda-efs-mount-target-not-awaited" / language
    found = {}
    for variant in ("fail", "pass"):
        if language == "terraform":
            (stack,) = terraform.read(folder / variant, Options(root=folder))
        else:
            (stack,) = cloudformation.read(folder / f"{variant}.yaml", Options(root=folder))
        (function,) = views(stack, Function)
        found[variant] = len(unordered(stack, function, views(stack, MountTarget)))

    assert found == {"fail": 1, "pass": 0}


@pytest.mark.parametrize(("variant", "answer"), [("fail", Truth.NO), ("pass", Truth.YES)])
def test_a_construct_dependency_that_synthesis_drops_orders_nothing(shared: Path, variant: str, answer: Truth) -> None:
    program = shared / "cases" / "eks-12-node-add-dependency-no-effect" / variant / "cdk.tf.json"
    (stack,) = terraform.read(program, Options(root=program.parent))
    profiles = [
        one for one in stack.by_type["aws_eks_fargate_profile"] if "kube-system" in str(one.arguments.get("selector"))
    ]

    assert [surely_before(stack, one, "aws_eks_addon.coredns_addon") for one in profiles] == [answer]


@given(programs(), st.sampled_from(Language), st.lists(st.integers(1, 9), min_size=5, max_size=5))
def test_who_is_said_to_win_a_race_never_starts_later(
    waits: dict[str, set[str]], language: Language, takes: list[int]
) -> None:
    stack = stack_of(waits, language)
    starts: dict[str, int] = {}
    for name, others in waits.items():  # each waits for earlier ones only
        starts[name] = max((starts[other] + takes["abcde".index(other)] for other in others), default=0)

    for hasty, needed in itertools.permutations(waits, 2):
        if race(stack, hasty, needed) is not None:
            assert starts[hasty] <= starts[needed]


def test_a_race_is_lost_where_the_other_waits_for_more() -> None:
    stack = stack_of({"a": set(), "b": {"a"}, "c": {"a"}, "d": {"b"}, "e": {"c", "b"}}, Language.TERRAFORM)

    assert race(stack, "c", "d") is Race.LOST
    assert race(stack, "b", "c") is Race.EVEN
    assert race(stack, "e", "d") is None
    assert race(stack, "d", "b") is None
