"""What roles may do, from all the places where a policy can be given."""

from pathlib import Path
from typing import Any

import pytest

from onetake.aws.iam import Role
from onetake.aws.lookup import views
from onetake.knowledge.managed_policies import path_of, statements, suggestion
from onetake.mechanisms.policies import (
    Federated,
    grants,
    managed_policy,
    managed_policy_name,
    role_allows,
    trusts,
)
from onetake.model.language import Truth
from onetake.model.stacks import Stack
from onetake.model.values import Known
from tests.mechanisms.policies.programs import HERE, empty, from_template, from_terraform

ENI = "ec2:CreateNetworkInterface"
VPC = "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"
BASIC = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
ALLOWED = '{"Statement": [{"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}]}'
LAMBDA = '{"Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:*"}]}'


def role_of(stack: Stack) -> Role:
    return views(stack, Role)[0]


def terraform_role(folder: Path, resource: dict[str, Any], **role: Any) -> Role:
    body = {"name": "worker", "assume_role_policy": LAMBDA, **role}
    return role_of(from_terraform(folder, {"aws_iam_role": {"r": body}, **resource}))


def template_role(folder: Path, resources: dict[str, Any], **role: Any) -> Role:
    body = {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": {}, **role}}
    return role_of(from_template(folder, {"Role": body, **resources}))


def attach(role: str, arn: str) -> dict[str, Any]:
    return {"aws_iam_role_policy_attachment": {"a": {"role": role, "policy_arn": arn}}}


NAME = "${aws_iam_role.r.name}"
OWN = {"aws_iam_policy": {"p": {"name": "own", "policy": ALLOWED}}}
EXCLUSIVE = {"aws_iam_role_policy_attachments_exclusive": {"a": {"role_name": NAME, "policy_arns": [VPC]}}}


@pytest.mark.parametrize(
    ("resource", "role", "answer", "by"),
    [
        ({}, {}, Truth.NO, ()),
        (attach(NAME, VPC), {}, Truth.YES, ("aws_iam_role_policy_attachment.a",)),
        (attach("worker", VPC), {}, Truth.YES, ("aws_iam_role_policy_attachment.a",)),
        (attach("other", VPC), {}, Truth.NO, ()),
        (attach(NAME, BASIC), {}, Truth.NO, ()),
        (attach(NAME, "arn:aws:iam::aws:policy/Unheard"), {}, Truth.UNKNOWN, ()),
        (attach("${var.role}", VPC), {}, Truth.UNKNOWN, ()),
        (attach(NAME, "${aws_iam_policy.p.arn}") | OWN, {}, Truth.YES, ("aws_iam_role_policy_attachment.a",)),
        (EXCLUSIVE, {}, Truth.YES, ("aws_iam_role_policy_attachments_exclusive.a",)),
        (
            {"aws_iam_policy_attachment": {"a": {"name": "a", "roles": [NAME], "policy_arn": VPC}}},
            {},
            Truth.YES,
            ("aws_iam_policy_attachment.a",),
        ),
        (
            {"aws_iam_role_policy": {"p": {"role": "${aws_iam_role.r.id}", "policy": ALLOWED}}},
            {},
            Truth.YES,
            ("aws_iam_role_policy.p",),
        ),
        ({}, {"managed_policy_arns": [VPC]}, Truth.YES, ("aws_iam_role.r",)),
        ({}, {"inline_policy": [{"name": "x", "policy": ALLOWED}]}, Truth.YES, ("aws_iam_role.r",)),
        ({}, {"managed_policy_arns": [VPC], "permissions_boundary": BASIC}, Truth.UNKNOWN, ("aws_iam_role.r",)),
    ],
)
def test_terraform_gives_a_role_its_policies(
    tmp_path: Path, resource: dict[str, Any], role: dict[str, Any], answer: Truth, by: tuple[str, ...]
) -> None:
    found = terraform_role(tmp_path, resource, **role)

    assert role_allows(found, ENI, resource="*") is answer
    assert tuple(view.address for view in grants(found, ENI, resource="*")) == by


def named(kind: str, **more: Any) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Action": ENI, "Resource": "*"}
    return {"Named": {"Type": kind, "Properties": {"PolicyDocument": {"Statement": statement}, **more}}}


@pytest.mark.parametrize(
    ("resources", "role", "answer", "by"),
    [
        ({}, {}, Truth.NO, ()),
        ({}, {"ManagedPolicyArns": [VPC]}, Truth.YES, ("Role",)),
        (
            {},
            {"ManagedPolicyArns": [{"Fn::Sub": VPC.replace(":aws:iam", ":${AWS::Partition}:iam")}]},
            Truth.YES,
            ("Role",),
        ),
        (
            {},
            {"Policies": [{"PolicyName": "p", "PolicyDocument": named("")["Named"]["Properties"]["PolicyDocument"]}]},
            Truth.YES,
            ("Role",),
        ),
        (named("AWS::IAM::Policy", Roles=[{"Ref": "Role"}]), {}, Truth.YES, ("Named",)),
        (named("AWS::IAM::Policy", Roles=["another"]), {"RoleName": "worker"}, Truth.NO, ()),
        (named("AWS::IAM::ManagedPolicy", Roles=[{"Ref": "Role"}]), {}, Truth.YES, ("Named",)),
        (named("AWS::IAM::ManagedPolicy"), {"ManagedPolicyArns": [{"Ref": "Named"}]}, Truth.YES, ("Role",)),
        (named("AWS::IAM::ManagedPolicy"), {}, Truth.NO, ()),
        (named("AWS::IAM::RolePolicy", RoleName={"Ref": "Role"}), {}, Truth.YES, ("Named",)),
    ],
)
def test_a_template_gives_a_role_its_policies(
    tmp_path: Path, resources: dict[str, Any], role: dict[str, Any], answer: Truth, by: tuple[str, ...]
) -> None:
    found = template_role(tmp_path, resources, **role)

    assert role_allows(found, ENI, resource="*") is answer
    assert tuple(view.address for view in grants(found, ENI, resource="*")) == by


@pytest.mark.parametrize(
    ("principal", "answer"),
    [
        ("lambda.amazonaws.com", Truth.YES),
        ("ec2.amazonaws.com", Truth.NO),
        (Federated("arn:aws:iam::1:oidc-provider/x"), Truth.NO),
    ],
)
def test_a_role_trusts_a_service(tmp_path: Path, principal: Any, answer: Truth) -> None:
    assert trusts(terraform_role(tmp_path, {}), principal) is answer


def test_a_role_trusts_an_oidc_provider_on_conditions(tmp_path: Path) -> None:
    statement = {
        "Effect": "Allow",
        "Principal": {"Federated": {"Ref": "Provider"}},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"}},
    }
    provider = {"Type": "AWS::IAM::OIDCProvider", "Properties": {"Url": "https://x"}}
    role = template_role(tmp_path, {"Provider": provider}, AssumeRolePolicyDocument={"Statement": statement})
    asked = Federated("arn:aws:iam::1:oidc-provider/x")

    assert trusts(role, asked) is Truth.UNKNOWN
    assert trusts(role, asked, action="sts:AssumeRole") is Truth.NO


def test_an_arn_with_the_wrong_path_names_no_policy() -> None:
    stack = empty()
    wrong = Known("arn:aws:iam::aws:policy/AWSLambdaBasicExecutionRole", HERE)

    assert managed_policy_name(wrong, stack) == "/AWSLambdaBasicExecutionRole"
    assert suggestion("/AWSLambdaBasicExecutionRole") == "/service-role/AWSLambdaBasicExecutionRole"
    assert suggestion("/service-role/AWSLambdaBasicExecutionRole") is None
    assert suggestion("/NoSuchPolicy") is None
    assert not managed_policy(wrong, stack).complete
    assert managed_policy(Known(BASIC, HERE), stack).complete


@pytest.mark.parametrize(
    ("name", "path", "action"),
    [
        ("AWSLambdaSQSQueueExecutionRole", "/service-role/", "sqs:ReceiveMessage"),
        ("AWSLambdaDynamoDBExecutionRole", "/service-role/", "dynamodb:GetRecords"),
        ("AWSLambdaKinesisExecutionRole", "/service-role/", "kinesis:GetRecords"),
        ("AmazonECSTaskExecutionRolePolicy", "/service-role/", "ecr:GetAuthorizationToken"),
        ("AmazonEKSClusterPolicy", "/", "ec2:DescribeInstances"),
        ("AmazonEKS_CNI_Policy", "/", "ec2:AssignPrivateIpAddresses"),
        ("AmazonEKSFargatePodExecutionRolePolicy", "/", "ecr:GetAuthorizationToken"),
        ("AmazonSSMManagedInstanceCore", "/", "ssmmessages:CreateDataChannel"),
        ("AmazonRDSEnhancedMonitoringRole", "/service-role/", "logs:CreateLogGroup"),
        ("AmazonAPIGatewayPushToCloudWatchLogs", "/service-role/", "logs:PutLogEvents"),
    ],
)
def test_managed_policies_are_known(name: str, path: str, action: str) -> None:
    listed = [statement["Action"] for statement in statements(name) or []]

    assert path_of(name) == path
    assert action in [one for actions in listed for one in ([actions] if isinstance(actions, str) else actions)]


def test_the_administrator_may_do_anything() -> None:
    assert statements("AdministratorAccess") == [{"Action": "*", "Effect": "Allow", "Resource": "*"}]
    assert statements("AWS_ConfigRole") is None
    assert path_of("AWS_ConfigRole") == "/service-role/"
