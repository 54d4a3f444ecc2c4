"""The report: order, verdict, exit code, and what a failure blocks."""

from __future__ import annotations

from itertools import pairwise

import pytest

from onetake.model.assembly import Assembly, Judged, Waiver
from onetake.model.findings import Crash, Finding, Severity, Stage
from onetake.model.records import replace
from onetake.model.report import BLOCKED, Problem, Report, Summary
from onetake.model.verdict import judge
from tests.reports.samples import (
    ADDON,
    ASSUMED,
    ENGINE,
    FIFO,
    LINKED_ROLE,
    PASSWORD,
    VERSIONS,
    Source,
    clean,
    ordinary,
    payments,
    resource,
    stack,
)

DESTROY = replace(ADDON, stage=Stage.DESTROY)
RUN = replace(ADDON, stage=Stage.RUN)


def report(*findings: Finding, unread: bool = False, crash: bool = False) -> Report:
    assembly = Assembly(ASSUMED, VERSIONS)
    assembly.read("cdktf.out", "cdktf", [Judged(payments(), findings)])
    if unread:
        assembly.unread("broken.yaml", "cloudformation", Problem("broken.yaml is not YAML"))
    if crash:
        assembly.failed(Crash("a-rule", "KeyError: 'x'"))
    return assembly.report()


def test_findings_come_as_a_deployment_hits_them_the_worst_first() -> None:
    found = report(ENGINE, PASSWORD, LINKED_ROLE, ADDON, FIFO).findings

    assert [one.finding for one in found if one.finding.rule != PASSWORD.rule] == [FIFO, ADDON, LINKED_ROLE, ENGINE]
    assert [one.finding.rule for one in found][3] == PASSWORD.rule


def test_the_order_in_which_findings_are_given_does_not_matter() -> None:
    assert report(FIFO, ADDON, LINKED_ROLE) == report(LINKED_ROLE, FIFO, ADDON)


@pytest.mark.parametrize(
    ("findings", "verdict"),
    [
        ([], "would deploy"),
        ([ENGINE], "would deploy: 1 other finding"),
        ([LINKED_ROLE], "would deploy: 1 risk"),
        ([ADDON, FIFO, LINKED_ROLE], "would stop at plan: 2 certain failures, 1 risk"),
        ([ADDON, PASSWORD], "would fail at create: 1 certain failure, 1 other finding"),
        ([DESTROY], "would deploy, then fail at destroy: 1 certain failure"),
        ([replace(ENGINE, stage=Stage.DESTROY)], "would deploy: 1 other finding"),
        ([replace(DESTROY, severity=Severity.MEDIUM)], "would deploy, then fail at destroy: 1 certain failure"),
        ([RUN], "would deploy: 1 other finding"),
    ],
)
def test_verdict_names_the_first_stage_that_surely_stops(findings: list[Finding], verdict: str) -> None:
    assert str(judge(findings)) == verdict


def test_verdict_tells_programs_that_could_not_be_read() -> None:
    assert str(judge([], unread=1, programs=1)) == "could not be read"
    assert str(judge([], unread=1, programs=2)) == "would deploy: 1 program not read"
    assert str(judge([FIFO], unread=2, programs=3)) == "would stop at plan: 1 certain failure, 2 programs not read"


@pytest.mark.parametrize(
    ("found", "limit", "code"),
    [
        (report(), Severity.LOW, 0),
        (report(ENGINE), Severity.HIGH, 0),
        (report(ENGINE), Severity.LOW, 1),
        (report(PASSWORD), Severity.HIGH, 1),
        (report(PASSWORD), Severity.CRITICAL, 0),
        (report(LINKED_ROLE), Severity.LOW, 0),
        (report(FIFO), None, 0),
        (report(FIFO, unread=True), Severity.HIGH, 3),
        (report(FIFO, unread=True, crash=True), Severity.HIGH, 70),
        (report(crash=True), None, 70),
    ],
)
def test_exit_code_tells_first_that_the_answer_is_not_whole(found: Report, limit: Severity | None, code: int) -> None:
    assert found.exit_code(limit) == code


def test_summary_counts_risks_apart() -> None:
    summary = report(FIFO, ADDON, PASSWORD, LINKED_ROLE, ENGINE, unread=True).summary

    assert summary == Summary(critical=2, high=1, low=1, risks=1, programs=2, unread=1, stacks=1, resources=6)
    assert report(LINKED_ROLE).worst is None
    assert report(PASSWORD, ENGINE).worst is Severity.HIGH


def test_a_failure_at_create_blocks_what_waits_for_it_however_far() -> None:
    blocked = {one.finding.rule: one.blocked for one in report(FIFO, ADDON, LINKED_ROLE).findings}

    assert blocked == {
        FIFO.rule: (),
        ADDON.rule: ("aws_eks_fargate_profile.system", "aws_eks_addon.coredns"),
        LINKED_ROLE.rule: (),
    }


def test_findings_know_their_lines_and_those_of_their_relatives() -> None:
    (found,) = report(ADDON).findings

    assert (str(found.place), [str(place) for place in found.related]) == (
        "cdktf.out/stacks/payments/cdk.tf.json:10:9",
        ["cdktf.out/stacks/payments/cdk.tf.json:4:7"],
    )


def test_a_place_that_cannot_be_found_is_the_whole_file() -> None:
    (found,) = report(replace(FIFO, where=FIFO.where / "nowhere")).findings

    assert (found.line, found.column, found.place.frame) == (0, 0, ())


def test_suppressed_findings_count_in_nothing_but_their_own_number() -> None:
    assembly = Assembly(ASSUMED, VERSIONS)
    assembly.read("cdktf.out", "cdktf", [Judged(payments(), [], [Waiver(FIFO, "known")])])
    found = assembly.report()

    assert (str(found.verdict), found.summary.suppressed, found.exit_code()) == (
        "would deploy, as far as it was read",
        1,
        0,
    )


def test_secrets_are_masked_in_the_words_and_lines_of_every_finding() -> None:
    found = ordinary()

    assert "correct-horse-battery" not in repr(found)
    assert clean().findings == ()


def test_a_long_chain_names_only_the_first_that_wait() -> None:
    names = [f"aws_x.r{number}" for number in range(2 * BLOCKED)]
    chain = [resource("f", name, (before,)) for before, name in pairwise(["", *names])]
    judged = stack("s", "f", Source(""), chain)
    assembly = Assembly(ASSUMED, VERSIONS)
    failing = replace(ADDON, where=chain[0].where, related_spans=(), resource=names[0])
    assembly.read("f", "terraform", [Judged(judged, [failing])])

    assert assembly.report().findings[0].blocked == tuple(names[1 : BLOCKED + 1])
