"""Strict mode: what is certain is refused at its resource, and nothing else."""

import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import onetake
from onetake.emulator import Fate, Outcome, rehearse, strictness
from onetake.emulator.strictness import FILE

BROKEN = """
provider "aws" {
  region = "eu-west-1"
}
resource "aws_kms_key" "logs" {
  description = "logs"
}
resource "aws_cloudwatch_log_group" "app" {
  name       = "/app/dev"
  kms_key_id = aws_kms_key.logs.arn
}
resource "aws_cloudwatch_log_group" "plain" {
  name = "/plain/dev"
}
"""
SAYS = "The specified KMS key does not exist or is not allowed to be used"


def judged(tmp_path: Path, text: str) -> strictness.Strictness:
    (tmp_path / "main.tf").write_text(text)
    stack = onetake.load(tmp_path, root=tmp_path)[0]
    report = onetake.check(tmp_path, root=tmp_path, config=False)
    return strictness.judged([one.finding for one in report.findings], stack)


def test_what_is_certain_is_doomed_in_the_words_of_aws(tmp_path: Path):
    found = judged(tmp_path, BROKEN)
    assert [(one.address, one.rule, one.code) for one in found.doomed] == [
        ("aws_cloudwatch_log_group.app", "logs-log-group-key-not-usable", "AccessDeniedException")
    ]
    assert found.doomed[0].message.startswith(SAYS)
    assert "arn:aws:logs:eu-west-1:123456789012:log-group:/app/dev" in found.doomed[0].message
    assert found.doomed[0].region == "eu-west-1"


def test_nothing_is_certain_of_a_program_that_deploys(tmp_path: Path):
    assert judged(tmp_path, BROKEN.replace("  kms_key_id = aws_kms_key.logs.arn\n", "")).doomed == ()


def test_the_doomed_get_a_provider_of_their_own(tmp_path: Path):
    doomed = judged(tmp_path, BROKEN).doomed
    assert strictness.overrides(doomed) == {"aws_cloudwatch_log_group": {"app": {"provider": "aws.onetake_doomed0"}}}
    block = strictness.providers(doomed)["provider"]["aws"][0]
    assert (block["alias"], block["access_key"], block["region"]) == ("onetake_doomed0", "doomed0", "eu-west-1")


def test_the_guard_refuses_what_would_create_it_and_nothing_else(tmp_path: Path):
    guard = strictness.guard(judged(tmp_path, BROKEN).doomed)

    def refused(key: str, name: str) -> Any:
        call: Any = SimpleNamespace(key=key, name=name, label=f"logs:{name}", parameters={}, region="eu-west-1")
        return guard(call)

    assert refused("rehearsal", "CreateLogGroup") is None
    assert refused("doomed0", "DescribeLogGroups") is None
    assert refused("doomed0", "DeleteLogGroup") is None
    assert guard.refused == {}
    assert refused("doomed0", "CreateLogGroup").code == "AccessDeniedException"
    assert guard.refused == {"aws_cloudwatch_log_group.app": "logs-log-group-key-not-usable"}


def module(tmp_path: Path, call: str) -> strictness.Strictness:
    (tmp_path / "m").mkdir()
    inner = BROKEN.partition("}\n")[2].replace('"/app/dev"', '"/app/${var.name}"').replace('"/plain/dev"', '"/plain"')
    (tmp_path / "m" / "main.tf").write_text(f'variable "name" {{\n  type = string\n}}\n{inner}')
    return judged(tmp_path, f'module "m" {{\n  source = "./m"\n{call}}}\n')


def test_resources_of_modules_are_told_by_what_their_creation_is_given(tmp_path: Path):
    found = module(tmp_path, '  for_each = toset(["a", "b"])\n  name     = each.key\n')
    address = 'module.m["{}"].aws_cloudwatch_log_group.app'
    assert [(one.address, one.key) for one in found.doomed] == [(address.format("a"), ""), (address.format("b"), "")]
    assert (found.unenforced, strictness.overrides(found.doomed)) == ((), {})
    guard = strictness.guard(found.doomed)

    def refused(name: str) -> Any:
        label, given = "logs:CreateLogGroup", {"logGroupName": name}
        call: Any = SimpleNamespace(
            key="rehearsal", name="CreateLogGroup", label=label, parameters=given, region="eu-west-1"
        )
        return guard(call)

    assert refused("/plain") is None
    assert refused("/app/c") is None
    assert "arn:aws:logs:eu-west-1:123456789012:log-group:/app/b" in refused("/app/b").message
    assert guard.rule_of(address.format("b")) == "logs-log-group-key-not-usable"
    assert guard.rule_of(address.format("a")) == ""


def test_resources_that_nothing_tells_from_their_siblings_are_named(tmp_path: Path):
    found = module(tmp_path, '  name = data.aws_region.here.name\n}\ndata "aws_region" "here" {\n')
    assert found.doomed == ()
    assert found.unenforced == ("module.m.aws_cloudwatch_log_group.app",)


def test_the_real_provider_is_refused_at_the_right_resource(engine_and_provider, tmp_path: Path):
    (tmp_path / "main.tf").write_text(BROKEN)
    found = rehearse(tmp_path, root=tmp_path, second_plan=False, destroy=False, logs=tmp_path / "logs")
    fates = {one.address: one.fate for one in found.resources}
    assert found.outcome is Outcome.FAILS, json.dumps(found.data(), indent=1)
    assert fates == {
        "aws_kms_key.logs": Fate.CREATED,
        "aws_cloudwatch_log_group.plain": Fate.CREATED,
        "aws_cloudwatch_log_group.app": Fate.REFUSED,
    }
    refused = found.of(Fate.REFUSED)[0]
    assert refused.rule == "logs-log-group-key-not-usable"
    assert SAYS in refused.message
    assert not (tmp_path / FILE).exists()


ASKED_AGAIN = """
provider "aws" {
  region = "eu-west-1"
}
resource "aws_opensearch_domain" "logs" {
  domain_name    = "logs"
  engine_version = "OpenSearch_2.19"
  cluster_config {
    instance_type = "t3.small.search"
  }
  ebs_options {
    ebs_enabled = true
    volume_size = 10
  }
  vpc_options {
    subnet_ids = ["subnet-0123456789abcdef0"]
  }
}
"""


def test_a_refusal_that_the_provider_does_not_take_for_an_answer_is_told_as_what_it_is(
    engine_and_provider, monkeypatch, tmp_path: Path
):
    monkeypatch.setattr(strictness, "INSISTENT_SECONDS", 3.0)
    monkeypatch.setattr(strictness, "INSISTENT_TIMES", 3)
    (tmp_path / "main.tf").write_text(ASKED_AGAIN)
    found = rehearse(tmp_path, root=tmp_path, profile="new-account", logs=tmp_path / "logs")
    assert (found.outcome, found.gaps) == (Outcome.FAILS, ()), json.dumps(found.data(), indent=1)
    refused = found.of(Fate.REFUSED)[0]
    assert refused.rule == "opensearch-vpc-service-linked-role-missing"
    assert refused.message.startswith("ValidationException: Before you can proceed, you must enable a service-linked")
    assert [step.message for step in found.steps] == [""] * 3
    assert any(re.search(r"was refused \d+ times in \d+ s and was stopped", note) for note in found.notes)


def test_what_creates_each_type_is_what_the_provider_was_seen_to_call():
    seen = json.loads(Path(__file__).with_name("fidelity.json").read_text(encoding="utf-8"))["types"]
    known = json.loads(Path(strictness.__file__).with_name("creations.json").read_text(encoding="utf-8"))
    assert known == {type_: one["call"] for type_, one in seen.items() if one.get("call")}
