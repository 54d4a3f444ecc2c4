"""From events to what became of each resource, and to a verdict."""

from pathlib import Path

import onetake
from onetake.emulator.events import Event, Ledger
from onetake.emulator.results import Fate, Outcome, Rehearsal, ResourceOutcome, Step, StepOutcome
from onetake.emulator.telling import Told, resources

PROGRAM = 'resource "aws_sns_topic" "a" {}\nresource "aws_sqs_queue" "b" {}\nresource "aws_s3_bucket" "c" {}\n'
A, B, C = "aws_sns_topic.a", "aws_sqs_queue.b", "aws_s3_bucket.c"
GAP = "api error EmulatorGap: the emulator does not implement sqs:CreateQueue"


def ledger(*events: tuple[str, str] | tuple[str, str, str]) -> Ledger:
    found = Ledger()
    for time, (kind, address, *rest) in enumerate(events):
        text = rest[0] if rest else ""
        error = "error" if kind == "diagnostic" else ""
        found.take(Event(kind, address, address.partition(".")[0], text, at=float(time), severity=error, message=text))
    return found


def told(tmp_path: Path, told: Told) -> dict[str, ResourceOutcome]:
    (tmp_path / "main.tf").write_text(PROGRAM)
    stack = onetake.load(tmp_path, root=tmp_path)[0]
    return {one.address: one for one in resources(told, stack)}


def plan() -> Ledger:
    return ledger(*(("planned_change", one, "create") for one in (A, B, C)))


def test_created_gap_and_not_reached(tmp_path: Path):
    apply = ledger(
        ("apply_start", A), ("apply_start", B), ("apply_complete", A), ("apply_errored", B), ("diagnostic", B, GAP)
    )
    found = told(tmp_path, Told(plan(), apply, applied=True))
    assert {name: one.fate for name, one in found.items()} == {
        A: Fate.CREATED,
        B: Fate.NOT_REHEARSED,
        C: Fate.NOT_REACHED,
    }
    assert (found[A].seconds, found[B].gap) == (2.0, "the emulator does not implement sqs:CreateQueue")
    assert found[B].message == ""


def test_a_refusal_keeps_its_words(tmp_path: Path):
    apply = ledger(("apply_start", A), ("apply_errored", A), ("diagnostic", A, "api error InvalidParameter: Name"))
    one = told(tmp_path, Told(plan(), apply, applied=True))[A]
    assert (one.fate, one.message) == (Fate.REFUSED, "api error InvalidParameter: Name")


def test_a_second_plan_that_wants_changes(tmp_path: Path):
    apply = ledger(("apply_start", A), ("apply_complete", A), ("apply_start", B), ("apply_complete", B))
    second = ledger(("planned_change", A, "replace"), ("planned_change", C, "create"))
    changes = {A: {"before": {"x": 1, "y": 1}, "after": {"x": 2, "y": 1}, "after_unknown": {"z": True}}}
    found = told(tmp_path, Told(plan(), apply, second, applied=True, changes=changes))
    assert (found[A].fate, found[A].changes, found[A].replaced) == (Fate.UNSETTLED, ("x", "z"), True)
    assert found[B].fate is Fate.CREATED
    assert found[C].fate is Fate.NOT_REACHED


def test_a_destroy_that_is_refused(tmp_path: Path):
    apply = ledger(("apply_start", A), ("apply_complete", A))
    destroy = ledger(("apply_start", A), ("diagnostic", A, "api error InUse: it is used"))
    assert told(tmp_path, Told(plan(), apply, destroy=destroy, applied=True))[A].fate is Fate.NOT_DESTROYED


def test_an_error_of_a_destroy_belongs_to_the_resource_whose_id_it_tells(tmp_path: Path):
    apply = ledger(("apply_start", A), ("apply_complete", A), ("apply_start", B), ("apply_complete", B))
    destroy = Ledger()
    for address, identity in ((A, "arn:a"), (B, "url:b")):
        destroy.take(Event("apply_start", address, "t", "delete", identity))
        destroy.take(Event("apply_errored", address, "t", "delete", identity))
    destroy.take(Event("diagnostic", severity="error", message=f"deleting url:b: {GAP}"))
    destroy.take(Event("diagnostic", severity="error", message="deleting arn:a: api error InUse: it is used"))
    found = told(tmp_path, Told(plan(), apply, destroy=destroy, applied=True))
    assert (found[A].fate, found[B].fate) == (Fate.NOT_DESTROYED, Fate.NOT_REHEARSED)
    assert found[A].message.endswith("it is used")


def test_what_hangs_was_not_rehearsed(tmp_path: Path):
    one = told(tmp_path, Told(plan(), ledger(("apply_start", A)), applied=True))[A]
    assert (one.fate, one.gap) == (Fate.NOT_REHEARSED, "the emulator did not get it ready in time")


def test_a_plan_that_is_refused_reaches_nothing(tmp_path: Path):
    found = told(tmp_path, Told(ledger(("diagnostic", B, "expected name to be shorter"))))
    assert {name: one.fate for name, one in found.items()} == {
        A: Fate.NOT_REACHED,
        B: Fate.REFUSED,
        C: Fate.NOT_REACHED,
    }


def rehearsal(steps: tuple[StepOutcome, ...], *fates: Fate) -> Rehearsal:
    found = tuple(ResourceOutcome(f"x.{place}", "x", fate) for place, fate in enumerate(fates))
    return Rehearsal("p", "terraform 1.11.4", "hashicorp/aws 5.100.0", steps, found, Path("logs"))


def test_verdicts():
    good = (StepOutcome(Step.PLAN, 1.0, ok=True), StepOutcome(Step.APPLY, 1.0, ok=True))
    gap = (StepOutcome(Step.APPLY, 1.0, ok=False, gap="the emulator does not implement x:Y"),)
    bad = (StepOutcome(Step.PLAN, 1.0, ok=False),)
    assert rehearsal(good, Fate.CREATED).outcome is Outcome.DEPLOYS
    assert rehearsal(gap, Fate.CREATED, Fate.NOT_REHEARSED).outcome is Outcome.INCOMPLETE
    assert rehearsal(good, Fate.CREATED, Fate.UNSETTLED).outcome is Outcome.UNSETTLED
    assert rehearsal(bad, Fate.REFUSED, Fate.NOT_REHEARSED).outcome is Outcome.FAILS
    assert rehearsal(bad).failed_at is Step.PLAN
    assert rehearsal(gap).gaps == ("the emulator does not implement x:Y",)
    assert [rehearsal(good, fate).exit_code() for fate in (Fate.CREATED, Fate.NOT_REHEARSED, Fate.REFUSED)] == [0, 0, 1]
    assert rehearsal(good, Fate.CREATED).data()["outcome"] == "deploys"
