"""What stands before moto: calls are understood, gaps are told as such, nothing leads outside."""

import http.client
import urllib.parse

import pytest
from botocore.awsrequest import AWSPreparedRequest
from botocore.exceptions import ClientError

from onetake.emulator.gaps import MARK
from onetake.emulator.moto_extension.calls import AwsError, Call


def test_what_moto_can_do_moto_does(client, emulator):
    s3 = client("s3")
    s3.create_bucket(Bucket="logs")
    s3.put_object(Bucket="logs", Key="a/b", Body=b"text")
    assert s3.get_object(Bucket="logs", Key="a/b")["Body"].read() == b"text"
    assert emulator.layer.seen == {"s3:CreateBucket": 1, "s3:PutObject": 1, "s3:GetObject": 1}


def test_whose_a_host_is_is_looked_up_once(client, monkeypatch):
    sns = client("sns")
    sns.list_topics()
    monkeypatch.setattr("moto.backends.list_of_moto_modules", lambda: pytest.fail("looked up again"))
    assert sns.list_topics()["Topics"] == []
    assert sns.create_topic(Name="events")["TopicArn"].endswith(":events")


def test_the_account_is_empty_again_after_a_rehearsal(client, emulator):
    client("sns").create_topic(Name="events")
    emulator.layer.reset()
    assert client("sns").list_topics()["Topics"] == []


@pytest.mark.parametrize(
    ("service", "operation", "arguments"),
    [
        ("glacier", "list_provisioned_capacity", {}),
        ("ecs", "submit_task_state_change", {}),
        ("rds", "describe_account_attributes", {}),
        ("cloudfront", "list_conflicting_aliases", {"DistributionId": "E1", "Alias": "a"}),
    ],
)
def test_a_call_that_nobody_implements_is_told_in_its_own_protocol(client, emulator, service, operation, arguments):
    with pytest.raises(ClientError) as raised:
        getattr(client(service), operation)(**arguments)
    assert raised.value.response["Error"]["Code"] == MARK
    assert next(iter(emulator.layer.unanswered)).startswith(f"{service}:")


def test_a_request_that_is_sent_again_makes_nothing_twice(client, emulator):
    ec2 = client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]

    def made(**more: str) -> str:
        answer = ec2.create_vpc_endpoint(VpcId=vpc, ServiceName="com.amazonaws.us-east-1.s3", **more)
        return str(answer["VpcEndpoint"]["VpcEndpointId"])

    heard: list[str] = []
    emulator.layer.listeners.append(lambda call, _: heard.append(call.label))
    first = made(ClientToken="one")
    assert made(ClientToken="one") == first
    others = {made(ClientToken="two"), made(), made()}
    assert len({first, *others}) == 4
    assert len(ec2.describe_vpc_endpoints()["VpcEndpoints"]) == 4
    assert heard.count("ec2:CreateVpcEndpoint") == 4


def test_a_request_is_known_by_the_name_that_sdks_give_to_the_call(client, emulator):
    ec2 = client("ec2")

    def name(request: AWSPreparedRequest, **_: object) -> None:
        request.headers["amz-sdk-invocation-id"] = "8e50b184"

    ec2.meta.events.register("before-send.ec2.CreateNetworkAclEntry", name)
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    acl = ec2.create_network_acl(VpcId=vpc)["NetworkAcl"]["NetworkAclId"]

    def rule(number: int) -> None:
        ec2.create_network_acl_entry(
            NetworkAclId=acl, RuleNumber=number, Protocol="-1", RuleAction="allow", Egress=False, CidrBlock="0.0.0.0/0"
        )

    rule(100)
    rule(100)  # sent again
    ec2.meta.events.unregister("before-send.ec2.CreateNetworkAclEntry", name)
    assert emulator.layer.seen["ec2:CreateNetworkAclEntry"] == 2
    with pytest.raises(ClientError, match="NetworkAclEntryAlreadyExists"):
        rule(100)  # asked for again


def test_a_refused_request_may_be_sent_again(client):
    ec2 = client("ec2")
    given = {"ServiceName": "com.amazonaws.us-east-1.s3", "ClientToken": "one"}
    with pytest.raises(ClientError, match="InvalidVpcID"):
        ec2.create_vpc_endpoint(VpcId="vpc-0123456789abcdef0", **given)
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    assert ec2.create_vpc_endpoint(VpcId=vpc, **given)["VpcEndpoint"]["VpcId"] == vpc


def test_a_guard_refuses_in_the_words_of_aws(client, emulator):
    def guard(call: Call) -> AwsError | None:
        if call.label == "logs:CreateLogGroup" and call.get("kmsKeyId"):
            return AwsError("AccessDeniedException", "The specified KMS key does not exist or is not allowed")
        return None

    emulator.layer.guards.append(guard)
    logs = client("logs")
    logs.create_log_group(logGroupName="plain")
    with pytest.raises(ClientError, match=r"AccessDeniedException.*The specified KMS key"):
        logs.create_log_group(logGroupName="secret", kmsKeyId="arn:aws:kms:us-east-1:123456789012:key/x")


def test_nothing_outside_this_machine_is_reached(emulator):
    host = urllib.parse.urlsplit(emulator.url).netloc
    connection = http.client.HTTPConnection(host, timeout=60)
    connection.request("GET", "http://example.com/", headers={"Host": "example.com:80"})
    answer = connection.getresponse()
    assert answer.status == 502
    assert b"reaches nothing outside" in answer.read()


def test_only_one_emulator_runs_in_a_process(emulator):
    from onetake.emulator.server import Emulator

    with pytest.raises(RuntimeError, match="another rehearsal"), Emulator():
        pass


def test_a_fault_of_ours_is_told_as_the_service_would(client, emulator):
    """Whoever reads the answer learns what happened, whatever protocol the service speaks."""

    def fails(_call):
        raise RuntimeError("no luck")

    emulator.layer.guards.append(fails)
    for service, operation in (("route53", "list_hosted_zones"), ("sqs", "list_queues")):
        with pytest.raises(ClientError, match="the emulator failed: RuntimeError: no luck"):
            getattr(client(service), operation)()
