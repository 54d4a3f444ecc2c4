import os
import signal
import time
from pathlib import Path

import pytest

from tools.corpus import compare, outcomes, summary
from tools.corpus.keeping import Source, keep, sources
from tools.corpus.outcomes import Outcome, Said
from tools.corpus.programs import Program, programs
from tools.corpus.running import run

QUEUE = Said("sqs-queue-named", "critical", "Jobs", conditional=False, message="Jobs has a bad name")


def tree(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


TEMPLATE = "Resources:\n  Jobs:\n    Type: AWS::SQS::Queue\n"


def test_without_an_index_every_template_and_every_folder_of_terraform_is_a_program(tmp_path):
    corpus = tree(
        tmp_path,
        {
            "cfn/shop/queue.yaml": TEMPLATE,
            "cfn/shop/buildspec.yaml": "version: 0.2\n",
            "cfn/shop/.github/stack.yaml": TEMPLATE,
            "tf/shop/main.tf": "",
            "tf/shop/outputs.tf": "",
        },
    )
    assert [program.path for program in programs(corpus)] == ["cfn/shop/queue.yaml", "tf/shop"]


def test_an_index_says_which_programs_there_are_and_whence(tmp_path):
    corpus = tree(
        tmp_path,
        {
            "INDEX.tsv": "kind\tpath\tsource\tlicence\ntf\ttf/shop/examples/all\tshop/infra@123\tMIT\n",
            "tf/shop/examples/all/main.tf": "",
            "tf/shop/main.tf": "",
        },
    )
    (only,) = programs(corpus)
    assert only == Program("tf/shop/examples/all", corpus, "shop/infra@123", "MIT")
    assert (only.kind, only.root) == ("tf", corpus / "tf/shop")


def test_the_digest_of_a_folder_follows_its_terraform_files_only(tmp_path):
    program = Program("tf/shop", tree(tmp_path, {"tf/shop/main.tf": "locals {}", "tf/shop/README.md": "read me"}))
    before = program.digest()
    tree(tmp_path, {"tf/shop/README.md": "read me again"})
    assert program.digest() == before
    tree(tmp_path, {"tf/shop/main.tf": "locals { }"})
    assert program.digest() != before


@pytest.mark.parametrize(
    ("outcome", "verdict"),
    [
        (Outcome("p"), "clean"),
        (Outcome("p", findings=(Said("r", "low", "a", conditional=False),)), "remarks"),
        (Outcome("p", findings=(Said("r", "high", "a", conditional=True),)), "risk"),
        (Outcome("p", findings=(Said("r", "high", "a", conditional=True), QUEUE)), "fails"),
        (Outcome("p", findings=(QUEUE,), stopped="timeout"), "timeout"),
    ],
)
def test_the_verdict_is_the_worst_that_is_said(outcome, verdict):
    assert outcome.verdict == verdict


def test_outcomes_are_read_as_they_were_written(tmp_path):
    told = [
        Outcome("cfn/a", "12", (QUEUE,), ("a note",), ("a crash",), seconds=0.5, source="shop/infra@1"),
        Outcome("cfn/b", stopped="unreadable", detail="b is empty"),
    ]
    outcomes.write(told, tmp_path / "outcomes.jsonl")
    assert outcomes.read(tmp_path) == told


def _moody(program: Program) -> Outcome:
    match program.path:
        case "dies":
            os.kill(os.getpid(), signal.SIGKILL)
        case "hangs":
            time.sleep(60)
        case "raises":
            raise ValueError("no such thing")
    return Outcome(program.path, findings=(QUEUE,))


def test_a_program_that_raises_hangs_or_kills_costs_only_its_own_answer(tmp_path):
    corpus = tree(tmp_path, dict.fromkeys(("fine", "raises", "dies", "hangs", "last"), ""))
    chosen = [Program(name, corpus, "shop/infra@1") for name in ("fine", "raises", "dies", "hangs", "last")]
    told = list(run(chosen, _moody, seconds=5.0))
    assert [(one.path, one.verdict) for one in told] == [
        ("fine", "fails"),
        ("raises", "crash"),
        ("dies", "crash"),
        ("hangs", "timeout"),
        ("last", "fails"),
    ]
    assert told[1].detail.startswith("ValueError: no such thing (in _moody, test_corpus.py:")
    assert {one.source for one in told} == {"shop/infra@1"}


def test_a_comparison_tells_verdicts_and_findings_that_moved():
    before = [Outcome("a", "1"), Outcome("b", "1", (QUEUE,)), Outcome("c", "1"), Outcome("d", "1")]
    after = [Outcome("a", "1", (QUEUE,)), Outcome("b", "1"), Outcome("c", "2", (QUEUE,)), Outcome("e", "1")]
    assert list(compare.lines(compare.movement(before, after))) == [
        "clean -> fails: 1 programs",
        "    a",
        "fails -> clean: 1 programs",
        "    b",
        "new: sqs-queue-named (1)",
        "    a Jobs",
        "gone: sqs-queue-named (1)",
        "    b Jobs",
        "content changed, not compared: 1 programs",
        "in one of the runs only: 2 programs",
    ]


def test_a_comparison_of_a_run_with_what_was_kept_of_it_is_still(tmp_path):
    told = [Outcome("cfn/a", "1" * 64, (QUEUE,), seconds=1.0)]
    keep(told, [], tmp_path)
    assert list(compare.lines(compare.movement(outcomes.read(tmp_path / "verdicts.jsonl"), told))) == ["nothing moved"]


def test_what_is_kept_holds_no_text_of_a_program(tmp_path):
    corpus = [Program("cfn/a", tmp_path, "shop/infra@123", "MIT"), Program("cfn/b", tmp_path, "shop/infra@123", "MIT")]
    keep([Outcome("cfn/a", "1" * 64, (QUEUE,), seconds=1.0, source="shop/infra@123")], corpus, tmp_path)
    assert outcomes.read(tmp_path / "verdicts.jsonl") == [
        Outcome("cfn/a", "1" * 16, (Said("sqs-queue-named", "critical", "Jobs", conditional=False),))
    ]
    assert sources(tmp_path) == [Source("shop/infra", "123", "MIT", 1)]


def test_the_summary_groups_what_is_alike():
    told = [
        Outcome("cfn/a", findings=(QUEUE,), seconds=3.0),
        Outcome("cfn/b", stopped="unreadable", detail="line 7 of 'b/x.yaml' is odd"),
        Outcome("cfn/c", stopped="unreadable", detail="line 9 of 'c/y.yaml' is odd"),
    ]
    assert list(summary.lines(told, examples=1)) == [
        "cfn: 3 programs: 2 unreadable, 1 fails",
        "all: 3 programs: 2 unreadable, 1 fails",
        "\nsqs-queue-named (critical): 1 programs, 1 findings",
        "    cfn/a",
        "        Jobs: Jobs has a bad name",
        "\nunreadable: 2 programs, 1 kinds",
        "      2  line ... of '...' is odd",
        "           cfn/b: line 7 of 'b/x.yaml' is odd",
        "\nseconds: 3.0 in all, median 3.000, 99th of 100 3.000, longest 3.000",
        "slower than 2 s: 1 programs",
        "       3.00  cfn/a",
    ]
