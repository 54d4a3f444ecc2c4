"""What the provider refuses while it plans: our words against its own, over recorded and over live answers.

``answers.jsonl`` was recorded from version 5.100.0 (``python -m tools.plan_refusals``); a line has the type, what was
given, and the errors of the plan.
"""

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from onetake.api import check
from onetake.frontends.terraform.schemas.plan import _MODULE_OF, MODULES, sheets
from onetake.frontends.terraform.schemas.problems import PLAN_REFUSED
from onetake.model.findings import Finding, Stage
from tools.plan_refusals import Answer, all_answers, recorded

_TOLD_BY_RULES = re.compile(r"all (attributes|indexes) must .*: \[.*\]")
"""What rules of their own tell of tables, though not where there are no keys, or no attributes, at all."""
HEAD = {
    "terraform": {"required_providers": {"aws": {"source": "hashicorp/aws", "version": "~> 5.0"}}},
    "provider": {"aws": {"region": "us-east-1"}},
}


def findings(folder: Path, answers: Sequence[Answer]) -> list[list[Finding]]:
    """What we say of each configuration, all in one program."""
    resources: dict[str, dict[str, object]] = {}
    for number, answer in enumerate(answers):
        resources.setdefault(answer.type, {})[f"r{number}"] = answer.given
    (folder / "main.tf.json").write_text(json.dumps({**HEAD, "resource": resources}))
    report = check(folder, root=folder, config=False)
    assert not report.crashes
    found: dict[str, list[Finding]] = {}
    for located in report.findings:
        finding = located.finding
        for address in (finding.resource, *finding.related):
            found.setdefault(address, []).append(finding)
    return [found.get(f"{answer.type}.r{number}", []) for number, answer in enumerate(answers)]


def compared(folder: Path, answers: Sequence[Answer]) -> tuple[list[object], list[object], set[str]]:
    """What we tell of configurations that the provider plans, what it says and we do not, and the words in common."""
    wrong: list[object] = []
    missed: list[object] = []
    common = set()
    for answer, found in zip(answers, findings(folder, answers), strict=True):
        said = "\n".join(answer.said)
        for finding in found:
            words = finding.verbatim.removeprefix("Error: ")
            if finding.rule == PLAN_REFUSED and not answer.said:
                wrong.append((answer.type, answer.given, words))
            if finding.stage is Stage.PLAN and words and words in said:
                common.add(words)
                said = said.replace(words, "")
        said = _TOLD_BY_RULES.sub("", said)
        if said.strip():
            missed.append((answer.type, answer.given, said.strip()))
    return wrong, missed, common


def _templates() -> Iterable[tuple[str, re.Pattern[str]]]:
    for module in MODULES:
        for sheet in sheets(module):
            for one in sheet.refusals:
                parts = re.split(r"\{[a-z_.@]+\}", one.words.rstrip())
                yield f"{sheet.types[0]}: {one.words}", re.compile(".*".join(map(re.escape, parts)), re.DOTALL)


def test_every_type_has_its_sheet() -> None:
    listed = [(name, module) for module in MODULES for sheet in sheets(module) for name in sheet.types]

    assert sorted(listed) == sorted(_MODULE_OF.items())


def test_recorded_plans_are_judged_as_the_provider_judged_them(tmp_path: Path) -> None:
    wrong, missed, common = compared(tmp_path, recorded())

    assert wrong == []
    assert missed == []
    assert [name for name, words in _templates() if not any(words.fullmatch(one) for one in common)] == []


def judged(folder: Path, text: str, version: str = "~> 5.0") -> list[Finding]:
    aws = f'aws = {{ source = "hashicorp/aws", version = "{version}" }}'
    head = f"terraform {{\n  required_providers {{\n    {aws}\n  }}\n}}\n"
    (folder / "main.tf").write_text(head + 'provider "aws" {}\n' + text)
    report = check(folder, root=folder, config=False)
    assert not report.crashes
    return [located.finding for located in report.findings if located.finding.rule == PLAN_REFUSED]


VOLUME = 'resource "aws_ebs_volume" "v" {\n  availability_zone = "us-east-1a"\n  size = 10\n%s}\n'
PLACES = 'resource "aws_placement_group" "p" {\n  name = "p"\n  strategy = "cluster"\n  partition_count = 2\n}\n'


def test_the_finding_points_at_the_argument_and_says_what_to_do(tmp_path: Path) -> None:
    (found,) = judged(tmp_path, VOLUME % '  type = "gp2"\n  iops = 100\n')

    assert found.where.path[-1] == "iops"
    assert found.verbatim == "Error: 'iops' must not be set when 'type' is 'gp2'"
    assert (found.stage, found.condition) == (Stage.PLAN, "")
    assert found.fix.startswith("Take iops away")


@pytest.mark.parametrize(
    ("version", "lasting", "other"),
    [("~> 5.0", True, True), ("5.100.0", True, True), ("~> 5.31.0", False, False), (">= 5.0", True, False)],
)
def test_it_is_certain_where_the_version_that_was_asked_may_be_installed(
    version: str, lasting: bool, other: bool, tmp_path: Path
) -> None:
    found = judged(tmp_path, VOLUME % '  type = "io1"\n' + PLACES, version)

    assert {one.resource: not one.condition for one in found} == {
        "aws_ebs_volume.v": lasting,
        "aws_placement_group.p": other,
    }


def test_what_is_not_known_is_not_judged(tmp_path: Path) -> None:
    text = 'variable "t" {}\nresource "aws_kms_key" "k" {}\n'

    assert judged(tmp_path, text + VOLUME % "  type = var.t\n  iops = 100\n") == []
    assert judged(tmp_path, text + VOLUME % '  type = "io1"\n  iops = var.t\n') == []
    assert judged(tmp_path, text + VOLUME % "  type = aws_kms_key.k.id\n  throughput = 200\n") == []


def test_inputs_that_are_not_given_are_given_where_it_is_deployed(tmp_path: Path) -> None:
    text = 'variable "i" {\n  default = %s\n}\n' + VOLUME % '  type = "io1"\n  iops = var.i\n'

    assert judged(tmp_path, text % "null") == []
    (found,) = judged(tmp_path, text % "0")
    assert found.message == "aws_ebs_volume.v is of type io1 and sets no iops"


def test_inputs_of_modules_are_given_by_whoever_uses_them(tmp_path: Path) -> None:
    text = 'variable "type" {\n  default = "io1"\n}\n' + VOLUME % "  type = var.type\n" + PLACES
    (tmp_path / "main.tf").write_text(text)  # no provider is configured: a module
    (tmp_path / "outputs.tf").write_text('output "id" {\n  value = aws_ebs_volume.v.id\n}\n')
    report = check(tmp_path, root=tmp_path, config=False)

    told = [located.finding.resource for located in report.findings if located.finding.rule == PLAN_REFUSED]
    assert told == ["aws_placement_group.p"]


def test_each_instance_and_each_block_is_judged(tmp_path: Path) -> None:
    text = (
        'resource "aws_kinesis_stream" "s" {\n  for_each = { a = 1, b = null }\n  name = each.key\n'
        "  shard_count = each.value\n}\n"
        'resource "aws_lb_listener" "l" {\n  load_balancer_arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:'
        'loadbalancer/app/a/1"\n  default_action {\n    type = "redirect"\n    redirect {\n      status_code = '
        '"HTTP_301"\n    }\n  }\n  default_action {\n    type = "fixed-response"\n  }\n}\n'
    )
    found = {one.verbatim: one.where.path for one in judged(tmp_path, text)}

    assert "Error: shard_count must be at least 1 when stream_mode is PROVISIONED" in found
    (listener,) = (path for words, path in found.items() if "default_action[1].fixed_response" in words)
    assert listener[-3:] == ("default_action", 1, "type")
    assert len(found) == 2


def test_a_rule_that_says_why_speaks_alone(tmp_path: Path) -> None:
    text = 'resource "aws_sqs_queue" "q" {\n  name = "q"\n  fifo_queue = true\n}\n'

    assert judged(tmp_path, text) == []


def test_live_plans_are_judged_as_the_provider_judges_them(binary: Path, tmp_path: Path) -> None:
    pytest.importorskip("grpc")
    answers = list(all_answers(binary, most=10, seed=11))
    wrong, missed, common = compared(tmp_path, answers)

    assert len(answers) > 500
    assert len(common) > 80
    assert wrong == []
    assert missed == []
