"""``--plan``: the values of a plan at the places of its configuration."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from onetake import api
from onetake.analysis.configuration import Misconfigured
from onetake.model.report import Report
from tests.frontends.plan.plans import UNKNOWN, block, change, document

QUEUE = """\
variable "names" {
  type = set(string)
}

resource "aws_sqs_queue" "jobs" {
  for_each   = var.names
  name       = each.key
  fifo_queue = true
}
"""
BLOCK = block("aws_sqs_queue.jobs", {"name": "each.key", "fifo_queue": True})


def queue(name: str, **more: Any) -> dict[str, Any]:
    after = {"name": name, "fifo_queue": True, "id": UNKNOWN}
    return change(f'aws_sqs_queue.jobs["{name}"]', "create", after=after, **more)


def together(folder: Path, source: str, data: dict[str, Any]) -> Report:
    live = folder / "live"
    live.mkdir()
    (live / "main.tf").write_text(source)
    (folder / "plan.json").write_text(json.dumps(data))
    return api.check(live, root=folder, plan=folder / "plan.json", as_of="2026-11-24", config=False)


def told(report: Report) -> list[tuple[str, int, str]]:
    return [(one.file, one.line, one.finding.resource) for one in report.findings]


def test_instances_that_only_the_plan_knows_are_judged_where_they_are_written(tmp_path: Path):
    report = together(tmp_path, QUEUE, document([queue("a"), queue("b.fifo")], [BLOCK]))

    assert told(report) == [("live/main.tf", 7, 'aws_sqs_queue.jobs["a"]')]
    assert report.programs[0].stacks[0].whole


def test_the_variables_of_the_plan_win(tmp_path: Path):
    source = 'variable "name" {\n  default = "jobs"\n}\nresource "aws_sqs_queue" "jobs" {\n  name = var.name\n}\n'
    source += 'output "told" {\n  value = var.name\n}\n'
    made = change("aws_sqs_queue.jobs", "create", after={"name": "given"})
    data = document([made], [block("aws_sqs_queue.jobs", {"name": "var.name"})], variables={"name": {"value": "given"}})
    assert told(together(tmp_path, source, data)) == []


def test_texts_that_a_plan_does_not_know_are_made_as_the_configuration_makes_them(tmp_path: Path):
    source = (
        'resource "aws_vpc" "v" {\n  cidr_block = "10.0.0.0/16"\n}\n'
        'resource "aws_sqs_queue" "q" {\n  name       = "jobs-${aws_vpc.v.id}"\n  fifo_queue = true\n}\n'
    )
    changes = [
        change("aws_vpc.v", "create", after={"cidr_block": "10.0.0.0/16", "id": UNKNOWN}),
        change("aws_sqs_queue.q", "create", after={"name": UNKNOWN, "fifo_queue": True}),
    ]
    blocks = [
        block("aws_vpc.v", {"cidr_block": ["x"]}),
        block("aws_sqs_queue.q", {"name": "aws_vpc.v.id aws_vpc.v", "fifo_queue": True}),
    ]

    assert told(together(tmp_path, source, document(changes, blocks))) == []


def test_what_terraform_refused_to_plan_is_judged_as_it_is_written(tmp_path: Path):
    source = 'resource "aws_sqs_queue" "q" {\n  name       = "jobs"\n  fifo_queue = true\n}\n'
    report = together(tmp_path, source, document([], [], errored=True))

    assert told(report) == [("live/main.tf", 2, "aws_sqs_queue.q")]
    assert not report.programs[0].stacks[0].whole


@pytest.mark.parametrize(
    ("source", "data", "note"),
    [
        ('resource "aws_vpc" "new" {\n  cidr_block = "10.0.0.0/16"\n}\n', [], "aws_vpc.new is not in plan.json"),
        ("", [change("aws_vpc.old", "create", after={})], "aws_vpc.old is in plan.json and not in the configuration"),
    ],
)
def test_a_plan_of_something_else_is_told(tmp_path: Path, source: str, data: list[dict[str, Any]], note: str):
    (program,) = together(tmp_path, f"locals {{}}\n{source}", document(data, [])).programs

    assert [note in one.message for one in program.notes] == [True]
    assert not program.stacks[0].whole


def test_sensitive_variables_are_not_printed(tmp_path: Path):
    source = (
        'variable "name" {\n  sensitive = true\n}\n'
        'resource "aws_sqs_queue" "q" {\n  name       = var.name\n  fifo_queue = true\n}\n'
    )
    made = change(
        "aws_sqs_queue.q",
        "create",
        after={"name": "hunter2hunter2", "fifo_queue": True},
        after_sensitive={"name": True},
    )
    data = document(
        [made],
        [block("aws_sqs_queue.q", {"name": "var.name", "fifo_queue": True})],
        variables={"name": {"value": "hunter2hunter2"}},
    )
    data["configuration"]["root_module"]["variables"] = {"name": {"sensitive": True}}

    assert "hunter2" not in repr(together(tmp_path, source, data))


def test_lifecycle_is_read_from_the_configuration(tmp_path: Path):
    source = (
        'resource "aws_s3_bucket" "b" {\n  bucket = "dev-data"\n  tags = { Environment = "dev" }\n'
        "  lifecycle {\n    prevent_destroy = true\n  }\n}\n"
    )
    after = {"bucket": "dev-data", "force_destroy": False, "tags": {"Environment": "dev"}}
    made = change("aws_s3_bucket.b", "create", after=after)
    data = document([made], [block("aws_s3_bucket.b", {"bucket": ["x"], "tags": {}})])

    assert "s3-bucket-not-emptied-at-destroy" not in {
        one.finding.rule for one in together(tmp_path, source, data).findings
    }


def test_a_plan_belongs_to_one_configuration(tmp_path: Path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "main.tf").write_text("locals {}\n")
    (tmp_path / "plan.json").write_text(json.dumps(document([], [])))
    with pytest.raises(Misconfigured, match="there are 2: a, b"):
        api.check(tmp_path, root=tmp_path, plan=tmp_path / "plan.json", config=False)


def test_without_a_configuration_the_plan_is_judged_alone(tmp_path: Path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "plan.json").write_text(json.dumps(document([queue("a")], [BLOCK])))
    report = api.check(tmp_path / "empty", root=tmp_path / "empty", plan=tmp_path / "plan.json", config=False)

    assert [one.kind for one in report.programs] == ["plan"]
    assert [one.finding.resource for one in report.findings] == ['aws_sqs_queue.jobs["a"]']


def test_a_plan_in_binary_form_is_refused_with_the_way_out(tmp_path: Path):
    (tmp_path / "main.tf").write_text("locals {}\n")
    (tmp_path / "tfplan").write_bytes(b"PK\x03\x04 tfplan")
    report = api.check(tmp_path, root=tmp_path, plan=tmp_path / "tfplan", config=False)

    assert report.exit_code(None) == 3
    assert report.programs[0].problem is not None
    assert "terraform show -json" in report.programs[0].problem.remedy
