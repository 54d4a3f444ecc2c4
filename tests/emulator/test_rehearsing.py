"""Rehearsals from beginning to end: with a stand-in that plays back events, and with the real Terraform."""

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from onetake.cli import main, rehearse_command
from onetake.emulator import Account, Fate, Outcome, Step, Unavailable, rehearse
from onetake.emulator.strictness import Guard
from onetake.frontends.files import Unreadable
from onetake.providers.binaries import HOST

PROGRAM = """
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
  backend "s3" {
    bucket = "state"
    key    = "x"
    region = "us-east-1"
  }
}
provider "aws" {
  region  = "eu-west-1"
  profile = "production"
}
resource "aws_sns_topic" "events" {
  name = "events-dev"
}
"""
STAND_IN = """
import json, os, pathlib, sys
command = sys.argv[1]
if command == "version":
    print('{"terraform_version": "1.11.4"}')
    sys.exit()
here = pathlib.Path.cwd()
override = json.loads((here / "zzzz_onetake_override.tf.json").read_text())
record = pathlib.Path(os.environ["STAND_IN"])
profiles = [pathlib.Path(os.environ[name]).read_text() for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE")]
asked = {"command": sys.argv[1:], "environment": dict(os.environ), "override": override, "profiles": profiles}
with record.open("a") as file:
    file.write(json.dumps(asked) + "\\n")
resource = {"addr": "aws_sns_topic.events", "resource_type": "aws_sns_topic"}
def say(kind, body, **more):
    print(json.dumps({"type": kind, body: {"resource": resource, "action": "create"}, **more}), flush=True)
fault = os.environ.get("FAULT", "")
if command == "init" and fault == "init":
    print("\\nError: Failed to query\\n\\nCould not retrieve the list of versions "
          "for provider hashicorp/random: provider registry.terraform.io/hashicorp/random was not found in any of the "
          "search locations")
    sys.exit(1)
if command == "plan" and "-out=rehearsal.plan" in sys.argv:
    say("planned_change", "change")
if command == "apply":
    say("apply_start", "hook")
    if fault in ("apply", "slow"):
        say("apply_errored", "hook")
        text = "api error InvalidName" if fault == "apply" else "timeout while waiting for state to become 'ACTIVE'"
        print(json.dumps({"type": "diagnostic", "diagnostic": {"severity": "error", "summary": text,
                          "address": "aws_sns_topic.events"}}))
        sys.exit(1)
    say("apply_complete", "hook")
if command == "destroy" and fault == "destroy":
    print(json.dumps({"type": "diagnostic", "diagnostic": {"severity": "error",
                      "summary": "Instance cannot be destroyed",
                      "detail": "Resource aws_sns_topic.events has lifecycle.prevent_destroy set",
                      "address": "aws_sns_topic.events"}}))
    sys.exit(1)
if command == "destroy":
    say("apply_start", "hook"), say("apply_complete", "hook")
"""


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A program in the place of Terraform that says what Terraform says, and keeps what it was asked."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "terraform").write_text(f"#!{sys.executable}\n{STAND_IN}")
    (folder / "terraform").chmod(0o755)
    asked = tmp_path / "asked.jsonl"
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("STAND_IN", str(asked))
    monkeypatch.setenv("AWS_PROFILE", "production")
    monkeypatch.setattr("onetake.emulator.tooling.places", lambda _folder: iter([tmp_path / "mirror"]))
    release = tmp_path / "mirror" / HOST / "hashicorp" / "aws" / "5.100.0" / "linux_amd64"
    release.mkdir(parents=True)
    (release / "terraform-provider-aws_v5.100.0_x5").write_text("")
    return lambda: [json.loads(line) for line in asked.read_text().splitlines()]


@pytest.fixture
def program(tmp_path: Path) -> Path:
    folder = tmp_path / "program"
    folder.mkdir()
    (folder / "main.tf").write_text(PROGRAM)
    return folder


def test_the_steps_in_order(stand_in, program: Path, tmp_path: Path):
    heard: list[Step] = []
    found = rehearse(
        program,
        root=program,
        logs=tmp_path / "logs",
        progress=lambda step, event: heard.append(step) if event is None else None,
    )
    assert heard == [Step.INIT, Step.PLAN, Step.APPLY, Step.SECOND_PLAN, Step.DESTROY]
    assert [asked["command"][0] for asked in stand_in()] == ["init", "plan", "apply", "plan", "destroy"]
    assert found.outcome is Outcome.DEPLOYS
    assert [(one.address, one.fate) for one in found.resources] == [("aws_sns_topic.events", Fate.CREATED)]
    assert {file.name for file in (tmp_path / "logs").iterdir()} == {step.log for step in found.steps}
    assert found.notes == ("hashicorp/aws 5.100.0 stands for the version that the program asks for (~> 6.0)",)
    assert {file.name for file in program.iterdir()} == {"main.tf"}


def test_every_call_leads_to_the_emulator(stand_in, program: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / "profiles").write_text("[default]\nregion = eu-west-1\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "profiles"))
    rehearse(program, root=program, second_plan=False, destroy=False)
    asked = stand_in()[-1]
    environment = asked["environment"]
    assert environment["AWS_ENDPOINT_URL"].startswith("http://127.0.0.1:")
    assert "AWS_PROFILE" not in environment
    assert asked["profiles"] == ["", ""]
    assert asked["override"]["provider"]["aws"][0]["profile"] is None
    assert asked["override"]["terraform"]["required_providers"]["aws"]["version"] == "= 5.100.0"


def test_a_refusal_ends_it(stand_in, program: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FAULT", "apply")
    found = rehearse(program, root=program)
    assert found.outcome is Outcome.FAILS
    assert found.failed_at is Step.APPLY
    assert [step.step for step in found.steps] == [Step.INIT, Step.PLAN, Step.APPLY]
    assert found.resources[0].message == "api error InvalidName"


def test_a_refusal_of_strict_mode_is_none_of_the_emulators_limits(
    stand_in, program: Path, monkeypatch: pytest.MonkeyPatch
):
    """Sightings of slow failures read like the emulator's own: a time-out while waiting."""
    monkeypatch.setenv("FAULT", "slow")
    monkeypatch.setattr(Guard, "rule_of", lambda _guard, address: "eks-coredns-without-compute" if address else "")
    monkeypatch.setattr("onetake.emulator.telling._ruled", lambda _address, _told: "eks-coredns-without-compute")
    found = rehearse(program, root=program)
    assert found.failed_at is Step.APPLY
    assert found.gaps == ()
    assert found.resources[0].rule == "eks-coredns-without-compute"


def test_a_wait_that_ends_is_a_limit_of_the_emulator(stand_in, program: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FAULT", "slow")
    found = rehearse(program, root=program)
    assert found.outcome is Outcome.INCOMPLETE
    assert found.gaps[0].startswith("the emulator did not get ready in time")


def test_a_destroy_that_the_program_forbids_is_no_failure(stand_in, program: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FAULT", "destroy")
    found = rehearse(program, root=program)
    assert found.outcome is Outcome.DEPLOYS
    assert found.notes[-1].startswith("destroy was refused, as prevent_destroy asks: Resource aws_sns_topic.events")


def test_probes_look_before_it_is_destroyed(stand_in, program: Path):
    seen: list[str] = []

    def probe(account: Account) -> None:
        seen.append(stand_in()[-1]["command"][0])
        account.client("sns").create_topic(Name="left-by-hand")
        seen.extend(str(one) for one in account.inventory())

    found = rehearse(program, root=program, probes={"topics": probe, "again": lambda account: account.client("sts")})
    assert found.probes[0].message == ""
    assert seen == ["plan", "sns topics arn:aws:sns:us-east-1:123456789012:left-by-hand in us-east-1"]
    assert [one["command"][0] for one in stand_in()][-1] == "destroy"
    assert [(one.name, one.ok) for one in found.probes] == [("topics", True), ("again", True)]
    assert found.outcome is Outcome.DEPLOYS
    assert [str(one) for one in found.left or ()] == seen[1:]


def test_a_probe_that_fails_is_told_and_everything_destroyed(stand_in, program: Path):
    def probe(_account: Account) -> None:
        raise AssertionError("there is no topic")

    found = rehearse(program, root=program, probes={"topics": probe})
    assert found.failed_at is Step.PROBES
    assert [(one.name, one.message) for one in found.probes] == [("topics", "there is no topic")]
    assert stand_in()[-1]["command"][0] == "destroy"
    assert found.data()["probes"] == [{"name": "topics", "seconds": 0.0, "message": "there is no topic"}]


def test_what_a_second_plan_has_read_is_not_read_again(stand_in, program: Path):
    rehearse(program, root=program)
    assert "-refresh=false" in stand_in()[-1]["command"]
    rehearse(program, root=program, second_plan=False)
    assert "-refresh=false" not in stand_in()[-1]["command"]


def test_a_provider_that_is_not_here_is_told(stand_in, program: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FAULT", "init")
    with pytest.raises(Unavailable, match="the provider hashicorp/random is not on this machine"):
        rehearse(program, root=program)


def test_what_is_no_program_is_told(tmp_path: Path):
    with pytest.raises(Unreadable, match="does not exist"):
        rehearse(tmp_path / "nothing")
    with pytest.raises(Unreadable, match="is no program that can be rehearsed"):
        rehearse(tmp_path)
    for name in ("net", "web"):
        (tmp_path / "stacks" / name).mkdir(parents=True)
        (tmp_path / "stacks" / name / "cdk.tf.json").write_text("{}")
    with pytest.raises(Unreadable, match="holds several stacks") as raised:
        rehearse(tmp_path)
    assert str(Path("stacks") / "web") in raised.value.remedy


def command(*arguments: str):
    return CliRunner().invoke(rehearse_command.command, arguments, standalone_mode=False)


def test_the_command_tells_every_resource_and_the_verdict(stand_in, program: Path):
    ran = command(str(program), "--emulate", "--root", str(program))
    assert ran.return_value == 0, ran.output
    assert "aws_sns_topic.events  created" in ran.output
    assert "deploys: 1 resource created, in" in ran.output


def test_the_command_tells_a_refusal(stand_in, program: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FAULT", "apply")
    ran = command(str(program), "--emulate", "--root", str(program))
    assert ran.return_value == 1
    assert "aws_sns_topic.events refused: api error InvalidName" in ran.output
    assert "fails at apply: 0 resources created; 1 refused" in ran.output


def test_the_command_writes_json(stand_in, program: Path):
    ran = command(str(program), "--emulate", "--root", str(program), "--format", "json")
    data = json.loads(ran.stdout)
    assert data["outcome"] == "deploys"
    assert data["resources"][0]["fate"] == "created"


def test_each_stack_of_a_folder_is_rehearsed(stand_in, program: Path, tmp_path: Path):
    for name in ("net", "web"):
        folder = tmp_path / "cdktf.out" / "stacks" / name
        folder.mkdir(parents=True)
        document = {
            "resource": {"aws_sns_topic": {"events": {"name": name}}},
            "provider": {"aws": [{"region": "us-east-1"}]},
        }
        (folder / "cdk.tf.json").write_text(json.dumps(document))
    ran = command(str(tmp_path / "cdktf.out"), "--emulate", "--root", str(tmp_path), "--logs", str(tmp_path / "logs"))
    assert ran.return_value == 0, ran.output
    assert ran.output.count("deploys: 1 resource created, in") == 2
    assert [one["command"][0] for one in stand_in()].count("destroy") == 2
    assert sorted(one.name for one in (tmp_path / "logs").iterdir()) == ["net", "web"]
    ran = command(str(tmp_path / "cdktf.out"), "--emulate", "--root", str(tmp_path), "--format", "json")
    assert [one["outcome"] for one in json.loads(ran.stdout)["stacks"]] == ["deploys", "deploys"]


def test_the_command_says_what_is_missing(program: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("PATH", str(tmp_path))
    ran = command(str(program), "--emulate")
    assert ran.return_value == 3
    assert "terraform or tofu is not on PATH: install Terraform" in ran.output


def test_the_command_wants_to_be_told_how():
    ran = CliRunner().invoke(main.command, ["rehearse", "."])
    assert ran.exit_code == 2
    assert "add --emulate" in ran.output


def test_the_real_terraform_deploys_and_destroys(engine_and_provider, program: Path, tmp_path: Path):
    """The program asks for another provider version, a remote backend and a profile: none of that is reached."""
    found = rehearse(program, root=program, logs=tmp_path / "logs")
    assert found.outcome is Outcome.DEPLOYS, found.data()
    assert [step.ok for step in found.steps] == [True] * 5
    assert {file.name for file in program.iterdir()} == {"main.tf"}
