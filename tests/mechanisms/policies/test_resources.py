"""Key policies and the policies of buckets, queues and topics, in both languages."""

from pathlib import Path
from typing import Any

import pytest

from onetake.aws.iam import Role
from onetake.aws.kms import Key
from onetake.aws.logs import LogGroup
from onetake.aws.lookup import views
from onetake.aws.s3 import Bucket
from onetake.aws.sns import Topic
from onetake.aws.sqs import Queue
from onetake.mechanisms.policies import (
    ANY_TEXT,
    Account,
    Identity,
    Service,
    has_default_policy,
    is_public,
    key_allows,
    locks_out,
    opening,
    policies_beside,
    resource_allows,
    resource_policy,
    service_in,
)
from onetake.model.language import Truth
from onetake.model.stacks import Stack
from tests.mechanisms.policies.programs import from_template, from_terraform

ROOT = {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:root"}
ADMIN = {"Effect": "Allow", "Principal": {"AWS": ROOT}, "Action": "kms:*", "Resource": "*"}
LOGS = {
    "Effect": "Allow",
    "Principal": {"Service": {"Fn::Sub": "logs.${AWS::Region}.amazonaws.com"}},
    "Action": ["kms:Encrypt*", "kms:Decrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
    "Resource": "*",
}
USE = ("kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey")


def role(*statements: Any) -> dict[str, Any]:
    policies = [{"PolicyName": "p", "PolicyDocument": {"Statement": list(statements)}}]
    return {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": {}, "Policies": policies}}


def template(folder: Path, *statements: Any, **resources: Any) -> Stack:
    policy = {"KeyPolicy": {"Statement": list(statements)}} if statements else {}
    group = {"Type": "AWS::Logs::LogGroup", "Properties": {"KmsKeyId": {"Fn::GetAtt": ["Key", "Arn"]}}}
    key = {"Type": "AWS::KMS::Key", "Properties": policy}
    return from_template(folder, {"Key": key, "Group": group, "Role": role(), **resources})


def limited(arn: Any) -> dict[str, Any]:
    return {**LOGS, "Condition": {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": arn}}}


@pytest.mark.parametrize(
    ("statements", "answer"),
    [
        ((), Truth.NO),
        ((ADMIN,), Truth.NO),
        ((ADMIN, LOGS), Truth.YES),
        ((ADMIN, {**LOGS, "Action": "kms:Decrypt"}), Truth.NO),
        ((ADMIN, {**LOGS, "Principal": {"Service": "logs.us-west-2.amazonaws.com"}}), Truth.UNKNOWN),
        ((ADMIN, {**LOGS, "Principal": {"Service": "sns.amazonaws.com"}}), Truth.NO),
        ((ADMIN, limited({"Fn::Sub": "arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:*"})), Truth.YES),
        ((ADMIN, limited({"Fn::Sub": "arn:aws:logs:${AWS::Region}:${AWS::AccountId}:*"})), Truth.YES),
        ((ADMIN, limited({"Fn::Sub": "arn:aws:logs:${AWS::Region}:${AWS::AccountId}:other:*"})), Truth.NO),
    ],
)
def test_a_key_may_be_used_by_cloudwatch_logs(tmp_path: Path, statements: tuple[Any, ...], answer: Truth) -> None:
    stack = template(tmp_path, *statements)
    key, group = views(stack, Key)[0], views(stack, LogGroup)[0]
    context = {"kms:EncryptionContext:aws:logs:arn": group}

    assert key_allows(key, service_in("logs", group), USE, context=context) is answer
    assert has_default_policy(key) is Truth.of(not statements)


MINE = {"AWS": {"Fn::GetAtt": ["Role", "Arn"]}}


@pytest.mark.parametrize(
    ("statements", "permissions", "answer"),
    [
        ((), (), Truth.NO),
        ((), ({"Effect": "Allow", "Action": "kms:*", "Resource": {"Fn::GetAtt": ["Key", "Arn"]}},), Truth.YES),
        ((), ({"Effect": "Allow", "Action": "kms:*", "Resource": "arn:aws:s3:::x"},), Truth.NO),
        (({**ADMIN, "Principal": MINE},), (), Truth.YES),
        ((LOGS,), ({"Effect": "Allow", "Action": "kms:*", "Resource": "*"},), Truth.NO),
    ],
)
def test_a_role_may_use_a_key_by_its_own_policy_or_the_keys(
    tmp_path: Path, statements: tuple[Any, ...], permissions: tuple[Any, ...], answer: Truth
) -> None:
    stack = template(tmp_path, *statements, Role=role(*permissions))

    assert key_allows(views(stack, Key)[0], Identity(views(stack, Role)[0]), "kms:Decrypt") is answer


@pytest.mark.parametrize(
    ("statements", "answer"),
    [
        ((), Truth.NO),
        ((ADMIN,), Truth.NO),
        ((LOGS,), Truth.YES),
        (({**ADMIN, "Action": "kms:Encrypt"},), Truth.YES),
        (({**ADMIN, "Principal": MINE},), Truth.YES),
        (({**ADMIN, "Principal": {"AWS": "arn:aws:iam::123456789012:role/deployer"}},), Truth.UNKNOWN),
        (({**ADMIN, "Principal": "*"},), Truth.NO),
        (({**ADMIN, "Condition": {"StringEquals": {"kms:CallerAccount": "1"}}},), Truth.UNKNOWN),
    ],
)
def test_a_key_policy_locks_the_account_out(tmp_path: Path, statements: tuple[Any, ...], answer: Truth) -> None:
    assert locks_out(views(template(tmp_path, *statements), Key)[0]) is answer


def test_a_policy_beside_the_key_is_its_policy(tmp_path: Path) -> None:
    policy = '{"Statement": [{"Effect": "Allow", "Principal": {"Service": "s"}, "Action": "*", "Resource": "*"}]}'
    beside = {"p": {"key_id": "${aws_kms_key.k.id}", "policy": policy}}
    stack = from_terraform(tmp_path, {"aws_kms_key": {"k": {}}, "aws_kms_key_policy": beside})
    key = views(stack, Key)[0]

    assert has_default_policy(key) is Truth.NO
    assert locks_out(key) is Truth.YES


@pytest.mark.parametrize(("named", "answer"), [("one", Truth.YES), ("other", Truth.NO)])
def test_roles_whose_names_are_not_known_are_told_apart(tmp_path: Path, named: str, answer: Truth) -> None:
    roles = {name: {"name": f"${{var.{name}}}", "assume_role_policy": "{}"} for name in ("one", "other")}
    principal = [{"type": "AWS", "identifiers": [f"${{aws_iam_role.{named}.arn}}"]}]
    statement = {"actions": ["kms:*"], "resources": ["*"], "principals": principal}
    key = {"k": {"policy": "${data.aws_iam_policy_document.d.json}"}}
    data = {"aws_iam_policy_document": {"d": {"statement": [statement]}}}
    variables = {"one": {"type": "string"}, "other": {"type": "string"}}
    stack = from_terraform(tmp_path, {"aws_kms_key": key, "aws_iam_role": roles}, data, variable=variables)
    one = next(role for role in views(stack, Role) if role.address == "aws_iam_role.one")

    assert key_allows(views(stack, Key)[0], Identity(one), "kms:Decrypt") is answer


def test_a_grant_gives_what_the_policy_does_not(tmp_path: Path) -> None:
    grant = {"key_id": "${aws_kms_key.k.id}", "grantee_principal": "${aws_iam_role.r.arn}", "operations": ["Decrypt"]}
    roles = {"r": {"assume_role_policy": "{}"}}
    stack = from_terraform(tmp_path, {"aws_kms_key": {"k": {}}, "aws_kms_grant": {"g": grant}, "aws_iam_role": roles})
    key, who = views(stack, Key)[0], Identity(views(stack, Role)[0])

    assert key_allows(key, who, "kms:Decrypt") is Truth.YES
    assert key_allows(key, who, "kms:Encrypt") is Truth.NO


def bucket_with(folder: Path, statement: Any, data: Any = None) -> Bucket:
    source = {"aws_iam_policy_document": {"d": {"statement": [statement]}}, **(data or {})}
    policy = {"bucket": "${aws_s3_bucket.b.id}", "policy": "${data.aws_iam_policy_document.d.json}"}
    resource = {"aws_s3_bucket": {"b": {"bucket_prefix": "logs-"}, "other": {}}, "aws_s3_bucket_policy": {"p": policy}}
    return views(from_terraform(folder, resource, source), Bucket)[0]


WRITES = {"actions": ["s3:PutObject"]}
ELB = {"type": "AWS", "identifiers": ["${data.aws_elb_service_account.e.arn}"]}


@pytest.mark.parametrize(
    ("resource", "answer"),
    [
        ("${aws_s3_bucket.b.arn}/*", Truth.YES),
        ("arn:aws:s3:::${aws_s3_bucket.b.id}/*", Truth.YES),
        ("arn:aws:s3:::${aws_s3_bucket.b.bucket}/AWSLogs/*", Truth.YES),
        ("${aws_s3_bucket.b.arn}/AWSLogs/${data.aws_caller_identity.me.account_id}/*", Truth.YES),
        ("${aws_s3_bucket.b.arn}/AWSLogs/111122223333/*", Truth.UNKNOWN),
        ("${aws_s3_bucket.b.arn}/other/*", Truth.NO),
        ("${aws_s3_bucket.b.arn}", Truth.NO),
        ("${aws_s3_bucket.other.arn}/*", Truth.NO),
        ("arn:aws:s3:::data-1/*", Truth.NO),
        ("arn:aws:s3:::logs-1/*", Truth.UNKNOWN),
    ],
)
def test_a_load_balancer_may_write_its_logs(tmp_path: Path, resource: str, answer: Truth) -> None:
    data: dict[str, Any] = {"aws_elb_service_account": {"e": {}}, "aws_caller_identity": {"me": {}}}
    bucket = bucket_with(tmp_path, {**WRITES, "resources": [resource], "principals": [ELB]}, data)
    logs = (bucket, "/AWSLogs/", bucket.stack.assumptions.account, "/", ANY_TEXT)

    # 156460612806 writes in eu-west-1.
    assert resource_allows(bucket, Account("156460612806"), "s3:PutObject", resource=logs) is answer
    assert resource_allows(bucket, Account("054676820928"), "s3:PutObject", resource=logs) is Truth.NO


EVERYBODY = {"type": "*", "identifiers": ["*"]}


def condition(test: str, variable: str, *values: str) -> dict[str, Any]:
    return {"test": test, "variable": variable, "values": list(values)}


@pytest.mark.parametrize(
    ("principal", "conditions", "answer"),
    [
        (EVERYBODY, [], Truth.YES),
        ({"type": "AWS", "identifiers": ["*"]}, [], Truth.YES),
        ({"type": "AWS", "identifiers": ["111122223333"]}, [], Truth.NO),
        ({"type": "Service", "identifiers": ["logging.s3.amazonaws.com"]}, [], Truth.NO),
        ({"type": "AWS", "identifiers": ["${var.who}"]}, [], Truth.UNKNOWN),
        (EVERYBODY, [condition("Bool", "aws:SecureTransport", "true")], Truth.YES),
        (EVERYBODY, [condition("StringEquals", "aws:SourceVpce", "vpce-1")], Truth.NO),
        (EVERYBODY, [condition("ArnLike", "aws:SourceArn", "arn:aws:sns:*:*:x")], Truth.UNKNOWN),
        (EVERYBODY, [condition("IpAddress", "aws:SourceIp", "10.0.0.0/8")], Truth.NO),
        (EVERYBODY, [condition("IpAddress", "aws:SourceIp", "0.0.0.0/0")], Truth.UNKNOWN),
        (EVERYBODY, [condition("StringEquals", "s3:unheard", "x")], Truth.UNKNOWN),
    ],
)
def test_a_bucket_policy_is_public(tmp_path: Path, principal: Any, conditions: list[Any], answer: Truth) -> None:
    statement = {"actions": ["s3:GetObject"], "resources": ["*"], "principals": [principal], "condition": conditions}
    bucket = bucket_with(tmp_path, statement)

    assert is_public(resource_policy(bucket)) is answer
    assert len(opening(resource_policy(bucket))) == (answer is Truth.YES)


def test_a_bucket_without_a_policy_allows_nothing(tmp_path: Path) -> None:
    bucket = views(from_terraform(tmp_path, {"aws_s3_bucket": {"b": {}}}), Bucket)[0]

    assert resource_policy(bucket) is None
    assert is_public(resource_policy(bucket)) is Truth.NO
    assert resource_allows(bucket, Service("logging.s3.amazonaws.com"), "s3:PutObject") is Truth.NO


@pytest.mark.parametrize(
    ("kind", "names", "view", "service", "action"),
    [
        ("AWS::SQS::QueuePolicy", "Queues", Queue, "sns.amazonaws.com", "sqs:SendMessage"),
        ("AWS::SNS::TopicPolicy", "Topics", Topic, "events.amazonaws.com", "sns:Publish"),
    ],
)
@pytest.mark.parametrize("named", [True, False])
def test_a_policy_names_its_queues_and_topics(
    tmp_path: Path, kind: str, names: str, view: type[Queue | Topic], *, service: str, action: str, named: bool
) -> None:
    statement = {"Effect": "Allow", "Principal": {"Service": service}, "Action": action, "Resource": "*"}
    body = {"PolicyDocument": {"Statement": [statement]}, names: [{"Ref": "Mine" if named else "Other"}]}
    holder = {"Type": view.types()[1], "Properties": {}}
    stack = from_template(tmp_path, {"Mine": holder, "Other": holder, "Policy": {"Type": kind, "Properties": body}})
    mine = next(one for one in views(stack, view) if one.address == "Mine")

    assert resource_allows(mine, Service(service), action) is Truth.of(named)
    assert [policy.address for policy in policies_beside(mine)] == ["Policy"] * named
    assert resource_allows(mine, Service("iot.amazonaws.com"), action) is Truth.NO


def test_a_queues_policy_may_be_written_in_it(tmp_path: Path) -> None:
    policy = '${jsonencode({"Statement" = {"Effect" = "Allow", "Principal" = {"Service" = "s3.amazonaws.com"},'
    policy += '"Action" = "SQS:SendMessage", "Resource" = "arn:aws:sqs:eu-west-1:*:jobs"}})}'
    queue = views(from_terraform(tmp_path, {"aws_sqs_queue": {"q": {"name": "jobs", "policy": policy}}}), Queue)[0]

    assert resource_allows(queue, Service("s3.amazonaws.com"), "sqs:SendMessage") is Truth.YES
    assert resource_allows(queue, Service("sns.amazonaws.com"), "sqs:SendMessage") is Truth.NO
