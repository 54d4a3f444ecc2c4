"""Templates and assemblies, rehearsed."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import onetake
from onetake.analysis.configuration import Misconfigured
from onetake.cli.rehearse_command import command
from onetake.emulator import Account, Fate, Outcome, Step, rehearse
from onetake.frontends.files import Unreadable

BROKEN = """
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: {AWS: !Sub "arn:aws:iam::${AWS::AccountId}:root"}
            Action: kms:*
            Resource: "*"
  Logs:
    Type: AWS::Logs::LogGroup
    Properties: {LogGroupName: /app, KmsKeyId: !GetAtt Key.Arn}
  Filter:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: !Ref Logs
      FilterPattern: ERROR
      MetricTransformations: [{MetricName: errors, MetricNamespace: app, MetricValue: "1"}]
  Topic:
    Type: AWS::SNS::Topic
"""


def rehearsed(tmp_path: Path, text: str, **given: Any):
    (tmp_path / "template.yaml").write_text(text)
    return rehearse(tmp_path / "template.yaml", root=tmp_path, logs=tmp_path / "logs", **given)


def test_what_is_certain_is_refused_at_its_resource_in_the_words_of_aws(tmp_path: Path):
    found = rehearsed(tmp_path, BROKEN)
    assert {one.address: one.fate for one in found.resources} == {
        "Key": Fate.CREATED,
        "Logs": Fate.REFUSED,
        "Filter": Fate.NOT_REACHED,
        "Topic": Fate.CREATED,
    }
    assert (found.outcome, found.failed_at, found.exit_code()) == (Outcome.FAILS, Step.APPLY, 1)
    refused = found.of(Fate.REFUSED)[0]
    assert refused.rule == "logs-log-group-key-not-usable"
    assert "arn:aws:logs:us-east-1:123456789012:log-group:/app" in refused.message


def test_a_lenient_rehearsal_creates_updates_and_deletes_it(tmp_path: Path):
    found = rehearsed(tmp_path, BROKEN, strict=False)
    assert found.outcome is Outcome.DEPLOYS, json.dumps(found.data(), indent=1)
    assert [step.step for step in found.steps] == [Step.PLAN, Step.APPLY, Step.SECOND_PLAN, Step.DESTROY]
    assert found.left == ()
    assert (found.engine, found.provider, found.exit_code()) == ("cloudformation", "", 0)


def test_what_the_emulator_cannot_create_is_not_rehearsed_and_neither_is_what_needs_it(tmp_path: Path):
    found = rehearsed(
        tmp_path,
        """
Resources:
  Ledger:
    Type: AWS::QLDB::Ledger
    Properties: {PermissionsMode: STANDARD}
  Custom:
    Type: Custom::Thing
    Properties: {ServiceToken: "arn:aws:lambda:us-east-1:123456789012:function:f"}
  Name:
    Type: AWS::SSM::Parameter
    Properties: {Type: String, Value: !Ref Ledger}
  Queue:
    Type: AWS::SQS::Queue
""",
        strict=False,
    )
    assert {one.address: (one.fate, one.gap) for one in found.resources} == {
        "Ledger": (Fate.NOT_REHEARSED, "the emulator does not implement AWS::QLDB::Ledger"),
        "Custom": (Fate.NOT_REHEARSED, "the emulator runs no functions, and so no custom resources"),
        "Name": (Fate.NOT_REACHED, ""),
        "Queue": (Fate.CREATED, ""),
    }
    assert (found.outcome, found.exit_code()) == (Outcome.INCOMPLETE, 0)


PARAMETERS = """
Parameters:
  Stage: {Type: String}
  Retention: {Type: Number, Default: 7}
  Zone: {Type: "AWS::EC2::Subnet::Id"}
Conditions:
  Live: !Equals [!Ref Stage, live]
Resources:
  Logs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    Properties: {LogGroupName: !Sub "/app/${Stage}", RetentionInDays: !Ref Retention}
  Alarm:
    Type: AWS::SNS::Topic
    Condition: Live
"""


def test_parameters_are_given_or_asked_for(tmp_path: Path):
    without = rehearsed(tmp_path, PARAMETERS)
    assert (without.outcome, without.failed_at) == (Outcome.FAILS, Step.PLAN)
    assert without.steps[0].message == "Parameters: [Stage] must have values"
    assert without.resources == ()

    found = rehearsed(tmp_path, PARAMETERS, variables={"Stage": "dev"})
    assert [(one.address, one.fate) for one in found.resources] == [("Logs", Fate.CREATED)]
    assert any(note.endswith("stands for the parameter Zone") for note in found.notes)
    assert "Logs is left, as its DeletionPolicy asks" in found.notes

    live = rehearsed(tmp_path, PARAMETERS, variables={"Stage": "live"})
    assert [one.address for one in live.resources] == ["Logs", "Alarm"]


def assembly(folder: Path) -> Path:
    """Two stacks, of which the first one in the manifest imports from the second, with a nested stack and a file."""
    folder.mkdir()
    bucket = {"Fn::Sub": "cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}"}
    version = {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/cdk-bootstrap/hnb659fds/version"}
    app = {
        "Parameters": {"BootstrapVersion": version},
        "Resources": {
            "Role": {
                "Type": "AWS::IAM::Role",
                "Properties": {
                    "AssumeRolePolicyDocument": {
                        "Version": "2012-10-17",
                        "Statement": [
                            {
                                "Effect": "Allow",
                                "Principal": {"Service": "lambda.amazonaws.com"},
                                "Action": "sts:AssumeRole",
                            }
                        ],
                    }
                },
            },
            "Function": {
                "Type": "AWS::Lambda::Function",
                "Properties": {
                    "Code": {"S3Bucket": bucket, "S3Key": "code.zip"},
                    "Handler": "index.handler",
                    "Runtime": "python3.13",
                    "Role": {"Fn::GetAtt": ["Role", "Arn"]},
                    "Environment": {"Variables": {"QUEUE": {"Fn::ImportValue": "data-queue"}}},
                },
            },
            "Inner": {
                "Type": "AWS::CloudFormation::Stack",
                "Properties": {"TemplateURL": "https://s3.us-east-1.amazonaws.com/b/inner.json"},
                "Metadata": {"aws:asset:path": "inner.nested.template.json"},
            },
            "Name": {
                "Type": "AWS::SSM::Parameter",
                "Properties": {"Type": "String", "Value": {"Fn::GetAtt": ["Inner", "Outputs.Topic"]}},
            },
        },
    }
    inner = {
        "Resources": {"Topic": {"Type": "AWS::SNS::Topic"}},
        "Outputs": {"Topic": {"Value": {"Ref": "Topic"}}},
    }
    data = {
        "Resources": {"Queue": {"Type": "AWS::SQS::Queue"}},
        "Outputs": {"Out": {"Value": {"Fn::GetAtt": ["Queue", "Arn"]}, "Export": {"Name": "data-queue"}}},
    }
    assets = {
        "version": "38.0.0",
        "files": {
            "code": {
                "source": {"path": "asset.code", "packaging": "zip"},
                "destinations": {"here": {"bucketName": bucket["Fn::Sub"], "objectKey": "code.zip"}},
            }
        },
    }
    manifest = {
        "version": "38.0.0",
        "artifacts": {
            "App.assets": {"type": "cdk:asset-manifest", "properties": {"file": "App.assets.json"}},
            "App": {
                "type": "aws:cloudformation:stack",
                "environment": "aws://unknown-account/eu-west-1",
                "properties": {"templateFile": "App.template.json", "stackName": "app-dev"},
                "dependencies": ["Data", "App.assets"],
            },
            "Data": {
                "type": "aws:cloudformation:stack",
                "environment": "aws://unknown-account/eu-west-1",
                "properties": {"templateFile": "Data.template.json"},
            },
        },
    }
    for name, content in (
        ("App.template.json", app),
        ("inner.nested.template.json", inner),
        ("Data.template.json", data),
        ("App.assets.json", assets),
        ("manifest.json", manifest),
    ):
        (folder / name).write_text(json.dumps(content))
    (folder / "asset.code").mkdir()
    (folder / "asset.code" / "index.py").write_text("def handler(event, context):\n    return event\n")
    return folder


def test_the_stacks_of_an_assembly_are_deployed_in_the_order_in_which_they_need_each_other(tmp_path: Path):
    folder = assembly(tmp_path / "cdk.out")
    found = rehearse(folder, root=tmp_path, logs=tmp_path / "logs")
    assert found.outcome is Outcome.DEPLOYS, json.dumps(found.data(), indent=1)
    assert [one.address for one in found.resources] == [
        "Data/Queue",
        "app-dev/Role",
        "app-dev/Function",
        "app-dev/Inner/Topic",
        "app-dev/Inner",
        "app-dev/Name",
    ]
    assert any("cdk bootstrap" in note for note in found.notes)
    assert found.left == ()


def test_the_command_tells_it_like_any_rehearsal(tmp_path: Path):
    (tmp_path / "template.yaml").write_text(PARAMETERS)
    given = [str(tmp_path), "--emulate", "--format", "json", "--root", str(tmp_path), "--logs", str(tmp_path / "logs")]
    ran = CliRunner().invoke(command, [*given, "--parameter", "Stage=dev"], standalone_mode=False)
    told = json.loads(ran.stdout)
    assert (ran.return_value, told["outcome"], told["engine"]) == (0, "deploys", "cloudformation")
    assert [one["fate"] for one in told["resources"]] == ["created"]


def test_several_templates_are_not_guessed_from(tmp_path: Path):
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(BROKEN)
    with pytest.raises(Unreadable, match="holds several templates"):
        rehearse(tmp_path, root=tmp_path)


def parent(tmp_path: Path) -> Path:
    """A template whose nested stack gets a key that is made beside it: neither template tells of the fault alone."""
    key = BROKEN.partition("  Logs:")[0]
    nested = "  Inner:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: ./inner.yaml\n"
    nested += "      Parameters: {Key: !GetAtt Key.Arn}\n"
    inner = "Parameters:\n  Key: {Type: String}\nResources:\n  Logs:\n    Type: AWS::Logs::LogGroup\n"
    (tmp_path / "inner.yaml").write_text(f"{inner}    Properties: {{LogGroupName: /app, KmsKeyId: !Ref Key}}\n")
    (tmp_path / "outer.yaml").write_text(f"{key}{nested}")
    return tmp_path / "outer.yaml"


def test_what_stands_is_judged_across_stacks(tmp_path: Path):
    outer = parent(tmp_path)
    assert not onetake.check(outer, root=tmp_path, config=False).findings
    found = rehearse(outer, root=tmp_path, logs=tmp_path / "logs")
    fates = {one.address: (one.fate, one.rule) for one in found.resources}
    assert fates["Inner/Logs"] == (Fate.REFUSED, "logs-log-group-key-not-usable"), json.dumps(found.data(), indent=1)
    assert fates["Key"] == (Fate.CREATED, "")
    assert rehearse(outer, root=tmp_path, logs=tmp_path / "logs", strict=False).outcome is Outcome.DEPLOYS


def test_probes_look_at_what_stands(tmp_path: Path):
    seen: dict[str, Any] = {}

    def groups(account: Account) -> None:
        seen["groups"] = account.client("logs").describe_log_groups()["logGroups"]
        seen["resources"], seen["outputs"] = account.resources, account.outputs

    def wrong(_account: Account) -> None:
        raise AssertionError("nothing here")

    text = BROKEN.replace(", KmsKeyId: !GetAtt Key.Arn", "") + "Outputs:\n  Group: {Value: !Ref Logs}\n"
    found = rehearsed(tmp_path, text, probes={"groups": groups, "wrong": wrong})
    assert [one["logGroupName"] for one in seen["groups"]] == ["/app"]
    assert seen["resources"]["Logs"] == {"LogGroupName": "/app", "Ref": "/app"}
    assert seen["outputs"] == {"Group": "/app"}
    assert [(one.name, one.message) for one in found.probes] == [("groups", ""), ("wrong", "nothing here")]
    assert (found.exit_code(), found.left) == (1, ())


def test_a_budget_that_is_spent_stops_the_deployment(tmp_path: Path):
    found = rehearsed(tmp_path, BROKEN, apply_budget=-1)
    assert {one.fate for one in found.resources} == {Fate.NOT_REHEARSED}
    assert {one.gap for one in found.resources} == {"the budget of the step ran out before it was begun"}
    assert found.exit_code() == 0


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"patience": 9}, "no resource is waited for"),
        ({"tool": "terraform"}, "terraform deploys no template"),
        ({"beside": ["other"]}, "only Terraform programs"),
    ],
)
def test_what_is_for_terraform_only_is_said_to_be(given: dict[str, Any], says: str, tmp_path: Path):
    with pytest.raises(Misconfigured, match=says):
        rehearsed(tmp_path, BROKEN, **given)


STANDS = """
Parameters:
  Path: {Type: String, Default: /}
Resources:
  Reader:
    Type: AWS::IAM::Role
    Properties:
      RoleName: reader
      Path: !Ref Path
      AssumeRolePolicyDocument: &trust
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: "sts:AssumeRole"}]
  Writer:
    Type: AWS::IAM::Role
    Properties:
      Path: !Ref Path
      AssumeRolePolicyDocument: *trust
  Logs:
    Type: AWS::Logs::LogGroup
    Properties: {LogGroupName: /app, RetentionInDays: 7}
  Topic:
    Type: AWS::SNS::Topic
  Note:
    Type: AWS::SSM::Parameter
    Properties: {Type: String, Value: !GetAtt Reader.Arn}
"""


def test_another_template_in_the_place_of_the_one_that_stands(tmp_path: Path):
    later = STANDS.replace("Default: /", "Default: /app/").replace("RetentionInDays: 7", "RetentionInDays: 30")
    later = later.replace("AWS::SNS::Topic", "AWS::SQS::Queue") + "  New:\n    Type: AWS::SNS::Topic\n"
    (tmp_path / "later").mkdir()
    (tmp_path / "later" / "template.yaml").write_text(later)
    (tmp_path / "later" / "less.yaml").write_text(STANDS.partition("  Logs:")[0])
    seen: dict[str, Any] = {}

    def look(account: Account) -> None:
        seen["same"] = account.plan(tmp_path / "template.yaml")
        seen["later"] = account.plan(tmp_path / "later" / "template.yaml")
        seen["less"] = account.plan(tmp_path / "later" / "less.yaml")

    found = rehearsed(tmp_path, STANDS, probes={"look": look})
    assert found.exit_code() == 0, json.dumps(found.data(), indent=1)
    assert seen["same"] == {}
    changed = {"changed": ["Path"], "replacing": ["Path"]}
    assert seen["later"] == {
        "Reader": {
            "actions": ["create", "delete"],
            **changed,
            "refused": "CloudFormation cannot update a stack when a custom-named resource requires replacing. "
            "Rename reader and update the stack again.",
        },
        "Writer": {"actions": ["create", "delete"], **changed, "refused": ""},
        "Logs": {"actions": ["update"], "changed": ["RetentionInDays"], "replacing": [], "refused": ""},
        "Topic": {
            "actions": [],
            "refused": "Update of resource type is not permitted. The new template modifies resource type of the "
            "following resources: [Topic]",
        },
        "New": {"actions": ["create"]},
    }
    assert {address: one["actions"] for address, one in seen["less"].items()} == {
        address: ["delete"] for address in ("Logs", "Topic", "Note")
    }


OUTSIDE = """
Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties: {ImageId: ami-12c6146b, InstanceType: t3.micro, IamInstanceProfile: NAME}
  Profile:
    Type: AWS::IAM::InstanceProfile
    DependsOn: Web
    Properties: {InstanceProfileName: made-later, Roles: [somebody]}
"""


def test_what_only_the_users_own_account_can_have_is_not_refused(tmp_path: Path):
    outside = rehearsed(tmp_path, OUTSIDE.replace("NAME", "of-the-account"), strict=False)
    assert {one.fate for one in outside.resources} == {Fate.NOT_REHEARSED, Fate.NOT_REACHED}
    assert "of-the-account not found" in outside.gaps[0]
    made_later = rehearsed(tmp_path, OUTSIDE.replace("NAME", "made-later"), strict=False)
    assert made_later.of(Fate.REFUSED)[0].address == "Web"
