"""The programs that the benchmark measures: the same mix of resources, in both languages, of any size.

A *cell* is what one service of a team has: a network, a function behind a queue, a container service, a database
and a cluster. A program is as many cells as it needs, cut off at the number of resources asked for; everything in
a cell refers to what comes earlier in it.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

Arguments = dict[str, Any]
ZONES = ("us-east-1a", "us-east-1b")


class Member(NamedTuple):
    """A resource of a cell, in both languages."""

    name: str
    terraform: tuple[str, Arguments]
    template: tuple[str, Arguments]


def write_terraform(folder: Path, resources: int) -> Path:
    """Write a program as CDKTF synthesizes it; the folder that holds its ``cdk.tf.json``."""
    blocks: dict[str, dict[str, Arguments]] = {}
    for member in itertools.islice(members(), resources):
        kind, arguments = member.terraform
        note = {"//": {"metadata": {"path": f"shop/{member.name}/resource", "uniqueId": member.name}}}
        blocks.setdefault(kind, {})[member.name] = note | arguments
    program = {
        "//": {"metadata": {"backend": "local", "stackName": "shop", "version": "0.21.0"}},
        "provider": {"aws": [{"region": "us-east-1"}]},
        "resource": blocks,
        "terraform": {"required_providers": {"aws": {"source": "hashicorp/aws", "version": "~> 5.0"}}},
    }
    folder.mkdir(parents=True)
    (folder / "cdk.tf.json").write_text(json.dumps(program, indent=2))
    return folder


def write_template(folder: Path, resources: int, *, as_yaml: bool) -> Path:
    """Write a template; its file."""
    body: dict[str, Arguments] = {}
    for member in itertools.islice(members(), resources):
        kind, properties = member.template
        body[member.name] = {"Type": kind, "Properties": properties}
    template = {"AWSTemplateFormatVersion": "2010-09-09", "Resources": body}
    folder.mkdir(parents=True)
    path = folder / ("template.yaml" if as_yaml else "template.json")
    if as_yaml:
        import yaml

        path.write_text(yaml.safe_dump(template, sort_keys=False))
    else:
        path.write_text(json.dumps(template, indent=2))
    return path


def write_sources(folder: Path, files: int) -> Path:
    """Write a program in Python on cdktn: a module with a stack to a file, one of which has a mistake."""
    folder.mkdir(parents=True)
    (folder / "requirements.txt").write_text("cdktn==0.24.0\ncdktn-provider-aws==25.8.1\n")
    for number in range(files):
        (folder / f"stack{number}.py").write_text(_SOURCE.format(number=number, name="nam" if not number else "name"))
    return folder


_SOURCE = """from cdktn import App, Fn, TerraformStack
from cdktn_provider_aws.data_aws_availability_zones import DataAwsAvailabilityZones
from cdktn_provider_aws.provider import AwsProvider
from cdktn_provider_aws.security_group import SecurityGroup, SecurityGroupIngress
from cdktn_provider_aws.sqs_queue import SqsQueue
from cdktn_provider_aws.subnet import Subnet
from cdktn_provider_aws.vpc import Vpc


class Stack{number}(TerraformStack):
    def __init__(self, scope, id, *, suffix):
        super().__init__(scope, id)
        AwsProvider(self, "aws", region="us-east-1")
        zones = DataAwsAvailabilityZones(self, "zones", state="available")
        self.vpc = Vpc(self, "vpc", cidr_block="10.0.0.0/16", enable_dns_support=True, tags={{"Name": suffix}})
        self.subnets = [
            Subnet(
                self,
                f"subnet{{place}}",
                vpc_id=self.vpc.id,
                cidr_block=f"10.0.{{place}}.0/24",
                availability_zone=Fn.element(zones.names, place),
            )
            for place in range(3)
        ]
        self.group = SecurityGroup(
            self,
            "group",
            {name}=f"service-{{suffix}}",
            vpc_id=self.vpc.id,
            ingress=[SecurityGroupIngress(from_port=443, to_port=443, protocol="tcp", cidr_blocks=["10.0.0.0/16"])],
        )
        self.queue = SqsQueue(self, "queue", name=f"orders-{{suffix}}", visibility_timeout_seconds=120)
        self.address = self.queue.url


if __name__ == "__main__":
    app = App()
    Stack{number}(app, "stack{number}", suffix="dev")
    app.synth()
"""


def members() -> Iterator[Member]:
    """The resources of a program without end."""
    for number in itertools.count():
        yield from _network(number)
        yield from _queue(number)
        yield from _containers(number)
        yield from _database(number)
        yield from _cluster(number)


def _network(n: int) -> Iterator[Member]:
    block = f"10.{n % 250}"
    vpc = f"vpc{n}"
    yield Member(
        vpc,
        ("aws_vpc", {"cidr_block": f"{block}.0.0/16", "enable_dns_hostnames": True, "tags": {"Name": vpc}}),
        (
            "AWS::EC2::VPC",
            {"CidrBlock": f"{block}.0.0/16", "EnableDnsHostnames": True, "Tags": [{"Key": "Name", "Value": vpc}]},
        ),
    )
    in_vpc = {"vpc_id": f"${{aws_vpc.{vpc}.id}}"}
    in_network = {"VpcId": {"Ref": vpc}}
    for letter, zone, third in (("a", ZONES[0], 0), ("b", ZONES[1], 1)):
        yield Member(
            f"subnet{n}{letter}",
            ("aws_subnet", in_vpc | {"cidr_block": f"{block}.{third}.0/24", "availability_zone": zone}),
            ("AWS::EC2::Subnet", in_network | {"CidrBlock": f"{block}.{third}.0/24", "AvailabilityZone": zone}),
        )
    inside = {"from_port": 443, "to_port": 443, "protocol": "tcp", "cidr_blocks": [f"{block}.0.0/16"]}
    outside = {"from_port": 0, "to_port": 0, "protocol": "-1", "cidr_blocks": ["0.0.0.0/0"]}
    yield Member(
        f"group{n}",
        (
            "aws_security_group",
            in_vpc | {"description": "service", "ingress": [_rule(inside)], "egress": [_rule(outside)]},
        ),
        (
            "AWS::EC2::SecurityGroup",
            in_network
            | {
                "GroupDescription": "service",
                "SecurityGroupIngress": [
                    {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIp": f"{block}.0.0/16"}
                ],
            },
        ),
    )


def _rule(given: Arguments) -> Arguments:
    """A rule of a security group with every attribute, which Terraform's JSON form asks for."""
    rest: Arguments = {"description": "", "ipv6_cidr_blocks": [], "prefix_list_ids": [], "security_groups": []}
    return rest | {"self": False} | given


def _role(name: str, service: str, statements: list[Arguments], policies: tuple[str, ...] = ()) -> Member:
    trust = _policy([{"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}])
    terraform: Arguments = {"assume_role_policy": json.dumps(trust)}
    properties: Arguments = {"AssumeRolePolicyDocument": trust}
    if statements:
        terraform["inline_policy"] = [{"name": "own", "policy": json.dumps(_policy(statements))}]
        properties["Policies"] = [{"PolicyName": "own", "PolicyDocument": _policy(statements)}]
    if policies:
        terraform["managed_policy_arns"] = properties["ManagedPolicyArns"] = list(policies)
    return Member(name, ("aws_iam_role", terraform), ("AWS::IAM::Role", properties))


def _policy(statements: list[Arguments]) -> Arguments:
    return {"Version": "2012-10-17", "Statement": statements}


def _queue(n: int) -> Iterator[Member]:
    yield Member(
        f"bucket{n}",
        ("aws_s3_bucket", {"bucket": f"shop-parcels-{n}", "force_destroy": True}),
        ("AWS::S3::Bucket", {"BucketName": f"shop-parcels-{n}"}),
    )
    actions = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "logs:*", "s3:PutObject"]
    yield _role(f"worker{n}", "lambda.amazonaws.com", [{"Effect": "Allow", "Action": actions, "Resource": "*"}])
    yield Member(
        f"queue{n}",
        ("aws_sqs_queue", {"name": f"orders-{n}", "visibility_timeout_seconds": 180}),
        ("AWS::SQS::Queue", {"QueueName": f"orders-{n}", "VisibilityTimeout": 180}),
    )
    yield Member(
        f"function{n}",
        (
            "aws_lambda_function",
            {
                "function_name": f"orders-{n}",
                "role": f"${{aws_iam_role.worker{n}.arn}}",
                "handler": "index.handler",
                "runtime": "python3.12",
                "timeout": 30,
                "s3_bucket": "shop-code",
                "s3_key": "orders.zip",
                "environment": {"variables": {"BUCKET": f"${{aws_s3_bucket.bucket{n}.bucket}}"}},
            },
        ),
        (
            "AWS::Lambda::Function",
            {
                "FunctionName": f"orders-{n}",
                "Role": {"Fn::GetAtt": [f"worker{n}", "Arn"]},
                "Handler": "index.handler",
                "Runtime": "python3.12",
                "Timeout": 30,
                "Code": {"S3Bucket": "shop-code", "S3Key": "orders.zip"},
                "Environment": {"Variables": {"BUCKET": {"Ref": f"bucket{n}"}}},
            },
        ),
    )
    source, function = f"${{aws_sqs_queue.queue{n}.arn}}", f"${{aws_lambda_function.function{n}.arn}}"
    yield Member(
        f"mapping{n}",
        ("aws_lambda_event_source_mapping", {"event_source_arn": source, "function_name": function}),
        (
            "AWS::Lambda::EventSourceMapping",
            {"EventSourceArn": {"Fn::GetAtt": [f"queue{n}", "Arn"]}, "FunctionName": {"Ref": f"function{n}"}},
        ),
    )


def _containers(n: int) -> Iterator[Member]:
    yield Member(
        f"logs{n}",
        ("aws_cloudwatch_log_group", {"name": f"/shop/web-{n}", "retention_in_days": 30}),
        ("AWS::Logs::LogGroup", {"LogGroupName": f"/shop/web-{n}", "RetentionInDays": 30}),
    )
    yield Member(
        f"containers{n}",
        ("aws_ecs_cluster", {"name": f"web-{n}"}),
        ("AWS::ECS::Cluster", {"ClusterName": f"web-{n}"}),
    )
    managed = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
    yield _role(f"execution{n}", "ecs-tasks.amazonaws.com", [], (managed,))
    container = {"name": "web", "image": "public.ecr.aws/nginx/nginx:1.27", "essential": True}
    yield Member(
        f"task{n}",
        (
            "aws_ecs_task_definition",
            {
                "family": f"web-{n}",
                "network_mode": "awsvpc",
                "requires_compatibilities": ["FARGATE"],
                "cpu": "256",
                "memory": "512",
                "execution_role_arn": f"${{aws_iam_role.execution{n}.arn}}",
                "container_definitions": f"${{jsonencode([{_hcl(container)}])}}",
            },
        ),
        (
            "AWS::ECS::TaskDefinition",
            {
                "Family": f"web-{n}",
                "NetworkMode": "awsvpc",
                "RequiresCompatibilities": ["FARGATE"],
                "Cpu": "256",
                "Memory": "512",
                "ExecutionRoleArn": {"Fn::GetAtt": [f"execution{n}", "Arn"]},
                "ContainerDefinitions": [{key.capitalize(): value for key, value in container.items()}],
            },
        ),
    )


def _hcl(given: Arguments) -> str:
    return "{" + ", ".join(f'"{key}" = {json.dumps(value)}' for key, value in given.items()) + "}"


def _database(n: int) -> Iterator[Member]:
    subnets = [f"${{aws_subnet.subnet{n}{letter}.id}}" for letter in "ab"]
    yield Member(
        f"subnets{n}",
        ("aws_db_subnet_group", {"name": f"shop-{n}", "subnet_ids": subnets}),
        (
            "AWS::RDS::DBSubnetGroup",
            {"DBSubnetGroupDescription": "shop", "SubnetIds": [{"Ref": f"subnet{n}a"}, {"Ref": f"subnet{n}b"}]},
        ),
    )
    yield Member(
        f"database{n}",
        (
            "aws_db_instance",
            {
                "identifier": f"shop-{n}",
                "engine": "postgres",
                "instance_class": "db.t4g.micro",
                "allocated_storage": 20,
                "username": "shop",
                "manage_master_user_password": True,
                "skip_final_snapshot": True,
                "db_subnet_group_name": f"${{aws_db_subnet_group.subnets{n}.name}}",
                "vpc_security_group_ids": [f"${{aws_security_group.group{n}.id}}"],
            },
        ),
        (
            "AWS::RDS::DBInstance",
            {
                "Engine": "postgres",
                "DBInstanceClass": "db.t4g.micro",
                "AllocatedStorage": "20",
                "MasterUsername": "shop",
                "ManageMasterUserPassword": True,
                "DBSubnetGroupName": {"Ref": f"subnets{n}"},
                "VPCSecurityGroups": [{"Fn::GetAtt": [f"group{n}", "GroupId"]}],
            },
        ),
    )


def _cluster(n: int) -> Iterator[Member]:
    yield _role(f"control{n}", "eks.amazonaws.com", [], ("arn:aws:iam::aws:policy/AmazonEKSClusterPolicy",))
    subnets = [f"${{aws_subnet.subnet{n}{letter}.id}}" for letter in "ab"]
    yield Member(
        f"cluster{n}",
        (
            "aws_eks_cluster",
            {
                "name": f"shop-{n}",
                "role_arn": f"${{aws_iam_role.control{n}.arn}}",
                "vpc_config": {"subnet_ids": subnets},
            },
        ),
        (
            "AWS::EKS::Cluster",
            {
                "Name": f"shop-{n}",
                "RoleArn": {"Fn::GetAtt": [f"control{n}", "Arn"]},
                "ResourcesVpcConfig": {"SubnetIds": [{"Ref": f"subnet{n}a"}, {"Ref": f"subnet{n}b"}]},
            },
        ),
    )
