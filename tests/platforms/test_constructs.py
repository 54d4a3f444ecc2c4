"""Building blocks, each on its own: what they make, and what they refuse."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from onetake.platforms.names import LIMITS, Names
from onetake.platforms.profiles import PROFILES, profile
from onetake.platforms.refusals import Refused
from tests.platforms.synthesized import key, plain


def test_blocks_are_written_as_terraform_spells_them(synth: Callable[..., dict[str, Any]]):
    from onetake.platforms.constructs import declare

    rule = {
        "id": "x",
        "status": "Enabled",
        "filter": [{"and": [{"prefix": "a/", "object_size_greater_than": 1}]}],
        "abort_incomplete_multipart_upload": [{"days_after_initiation": 7}],
        "noncurrent_version_transition": [{"noncurrent_days": 3, "storage_class": "STANDARD_IA"}],
    }

    found = synth(
        lambda stack, _: declare(stack, "aws_s3_bucket_lifecycle_configuration", "x", bucket="b", rule=[rule])
    )

    assert plain(found["resource"]["aws_s3_bucket_lifecycle_configuration"]["x"]) == {
        "bucket": "b",
        "rule": [rule],
    }


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"rule": [{"id": "x", "status": "Enabled", "filters": []}]}, "Rule has no argument 'filters'"),
        ({"rules": []}, "has no argument 'rules'"),
        ({"rule": [{"id": 1, "status": "Enabled"}]}, "type of argument id must be"),
    ],
)
def test_an_argument_that_does_not_exist_is_an_error(
    arguments: dict[str, Any], told: str, synth: Callable[..., dict[str, Any]]
):
    from onetake.platforms.constructs import declare

    kind = "aws_s3_bucket_lifecycle_configuration"
    with pytest.raises(TypeError, match=told):
        synth(lambda stack, _: declare(stack, kind, "x", bucket="b", **arguments))


def test_an_address_is_used_once(synth: Callable[..., dict[str, Any]]):
    from constructs import Construct

    from onetake.platforms.constructs import declare

    def build(stack: Any, _: Any) -> None:
        declare(Construct(stack, "a"), "aws_s3_bucket", "b_c", bucket="one")
        declare(Construct(stack, "a-b"), "aws_s3_bucket", "c", bucket="two")

    with pytest.raises(ValueError, match=r"aws_s3_bucket\.a_b_c exists already"):
        synth(build)
    with pytest.raises(ValueError, match="the bindings have no type aws_no_such_thing"):
        synth(lambda stack, _: declare(stack, "aws_no_such_thing", "x"))


def test_a_key_admits_the_logs_of_its_region_as_cloudwatch_documents(synth: Callable[..., dict[str, Any]]):
    found = synth(key)
    document = plain(found["data"]["aws_iam_policy_document"]["key_policy"])

    assert document["statement"][1] == {
        "sid": "CloudWatchLogs",
        "effect": "Allow",
        "actions": ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
        "resources": ["*"],
        "principals": [{"type": "Service", "identifiers": ["logs.${data.aws_region.current.id}.amazonaws.com"]}],
        "condition": [
            {
                "test": "ArnLike",
                "variable": "kms:EncryptionContext:aws:logs:arn",
                "values": [
                    "arn:${data.aws_partition.current.partition}:logs:${data.aws_region.current.id}:"
                    "${data.aws_caller_identity.current.account_id}:log-group:/tst/dev/*"
                ],
            }
        ],
    }


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"kind": "backup"}, "kind='backup': it has to be one of 'data', 'logs', 'artifact', 'audit'"),
        ({"kind": "data"}, "key=None: a bucket of the kind 'data' needs a KmsKey"),
        ({"kind": "data", "key": True}, "logs=None: a bucket of the kind 'data' needs one of the kind 'logs'"),
        ({"kind": "logs", "key": True}, "logs cannot be delivered to a bucket that encrypts with a key of ours"),
        ({"kind": "audit", "key": True, "logs": True}, "lock=None: a bucket of the kind 'audit' has a Lock"),
        ({"kind": "logs", "lock": True}, "has a Lock, and no other"),
        ({"kind": "logs", "expire_after": 0}, "expire_after=0: it has to be a whole number from 1 to 3653"),
    ],
)
def test_a_bucket_refuses_what_does_not_fit_its_kind(
    given: dict[str, Any], told: str, synth: Callable[..., dict[str, Any]]
):
    from onetake.platforms.constructs import Bucket, Lock

    def build(stack: Any, context: Any) -> None:
        arguments: dict[str, Any] = dict(given)
        if arguments.get("key"):
            arguments["key"] = key(stack, context)
        if arguments.get("logs"):
            arguments["logs"] = Bucket(stack, "logs", context=context, component="logs", kind="logs")
        if arguments.get("lock"):
            arguments["lock"] = Lock("GOVERNANCE", 1)
        Bucket(stack, "bucket", context=context, component="data", **arguments)

    with pytest.raises(Refused, match=told):
        synth(build)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"port": 22, "cidr": "0.0.0.0/0"}, "port 22 is not open to the world"),
        ({"port": 443}, "give exactly one of peer, cidr and prefix_list"),
        ({"port": 443, "cidr": "10.0.0.0/8", "prefix_list": "pl-1"}, "give exactly one of peer"),
        ({"port": 0, "cidr": "10.0.0.0/8"}, "port=0: it has to be a whole number from 1 to 65535"),
    ],
)
def test_a_security_group_refuses_rules_that_are_too_wide(
    given: dict[str, Any], told: str, synth: Callable[..., dict[str, Any]]
):
    from onetake.platforms.constructs import SecurityGroup

    def build(stack: Any, context: Any) -> None:
        group = SecurityGroup(stack, "g", context=context, component="g", description="Test", vpc_id="vpc-1")
        group.admit("x", description="Test", **given)

    with pytest.raises(Refused, match=told):
        synth(build)


def test_no_role_may_do_everything(synth: Callable[..., dict[str, Any]]):
    from onetake.platforms.constructs import Role, statement

    def build(stack: Any, context: Any) -> None:
        everything = {"all": [statement("All", ["*"], ["*"])]}
        Role(stack, "r", context=context, component="r", description="Test", services=["ec2"], allows=everything)

    with pytest.raises(Refused, match="statements='All': no role may do everything to everything"):
        synth(build)


def test_a_network_spreads_its_tiers_over_the_zones(synth: Callable[..., dict[str, Any]]):
    from onetake.platforms.constructs import Network

    def build(stack: Any, context: Any) -> None:
        made = key(stack, context)
        Network(stack, "network", context=context, cidr="10.9.0.0/16", key=made, endpoints=["ecr.api"])

    found = synth(build, "prod")["resource"]
    subnets = {name: one["cidr_block"] for name, one in found["aws_subnet"].items()}

    assert subnets == {
        "network_public_0": "10.9.0.0/24",
        "network_public_1": "10.9.1.0/24",
        "network_public_2": "10.9.2.0/24",
        "network_data_0": "10.9.16.0/24",
        "network_data_1": "10.9.17.0/24",
        "network_data_2": "10.9.18.0/24",
        "network_app_0": "10.9.32.0/22",
        "network_app_1": "10.9.36.0/22",
        "network_app_2": "10.9.40.0/22",
    }
    # Each zone leaves through its own gateway; the data tier does not leave at all.
    assert {name: one.get("nat_gateway_id") for name, one in found["aws_route"].items()} == {
        "network_public_internet": None,
        "network_app_0_nat": "${aws_nat_gateway.network_nat_0.id}",
        "network_app_1_nat": "${aws_nat_gateway.network_nat_1.id}",
        "network_app_2_nat": "${aws_nat_gateway.network_nat_2.id}",
    }
    assert "ingress" not in found["aws_default_security_group"]["network_default_group"]


@pytest.mark.parametrize("cidr", ["10.0.0.0/8", "8.8.0.0/16", "10.0.1.0/16", "vpc"])
def test_a_network_is_a_private_block_of_the_right_size(cidr: str, synth: Callable[..., dict[str, Any]]):
    from onetake.platforms.constructs import Network

    with pytest.raises(Refused, match="cidr="):
        synth(lambda stack, context: Network(stack, "n", context=context, cidr=cidr, key=key(stack, context)))


@pytest.mark.parametrize(
    ("component", "kind", "told"),
    [
        ("a-much-too-long-component-name", "load balancer", "it has 38 characters, at most 32 fit"),
        ("master--key", "database", "no double hyphen"),
        ("web.site", "bucket", "lower case, no dots"),
    ],
)
def test_a_name_that_aws_refuses_is_refused_at_once(component: str, kind: str, told: str):
    with pytest.raises(Refused, match=told):
        Names("fin", "dev").of(component, kind)


def test_names_that_aws_keeps_for_itself():
    names = Names("fin", "dev")

    for name, kind in (("sg-web", "security group"), ("logs", "firewall log group"), ("fin/db-master", "secret")):
        with pytest.raises(Refused):
            names.checked(name, kind)
    assert names.bucket("data", "${account}", "eu-west-1") == "fin-data-dev-${account}-eu-west-1"
    assert set(LIMITS) >= {"role", "bucket", "secret"}


def test_overrides_change_one_copy():
    assert profile("dev", {"availability_zones": 3}).availability_zones == 3
    assert profile("prod", {"availability_zones": 2}).nat_gateways == 2
    assert profile("prod") == PROFILES["prod"]
    with pytest.raises(Refused, match=r"overrides\['nat_gateways'\]=2: it has to be 0, 1 or 3"):
        profile("prod", {"nat_gateways": 2})


def test_an_alarm_on_a_share_divides_two_counts(synth: Callable[..., dict[str, Any]]):
    from onetake.platforms.constructs import AlarmSet, Topic

    def build(stack: Any, context: Any) -> None:
        topic = Topic(
            stack,
            "topic",
            context=context,
            component="alarms",
            key=key(stack, context),
            publishers=["cloudwatch"],
            email=None,
        )
        AlarmSet(stack, "alarms", context=context, topic=topic).ratio(
            "errors",
            description="Test",
            namespace="AWS/ApplicationELB",
            part="HTTPCode_Target_5XX_Count",
            whole_of="RequestCount",
            percent=5,
            dimensions={"LoadBalancer": "app/x/1"},
        )

    alarm = plain(synth(build)["resource"]["aws_cloudwatch_metric_alarm"]["alarms_errors"])
    share, part, everything = alarm["metric_query"]
    assert share == {"id": "share", "expression": "100 * part / all", "label": "percent", "return_data": True}
    assert [one["metric"]["metric_name"] for one in (part, everything)] == ["HTTPCode_Target_5XX_Count", "RequestCount"]
    assert "return_data" not in part
    assert alarm["alarm_actions"] == ["${aws_sns_topic.topic.arn}"]


def test_behind_a_proxy_the_firewall_counts_whom_the_proxy_serves(synth: Callable[..., dict[str, Any]]):
    from onetake.platforms.constructs import WebAcl

    def build(stack: Any, context: Any) -> None:
        WebAcl(stack, "web", context=context, component="web", key=key(stack, context), behind_proxy=True)

    limit = synth(build)["resource"]["aws_wafv2_web_acl"]["web"]["rule"][0]["statement"]["rate_based_statement"]
    assert limit == {
        "limit": 2000,
        "aggregate_key_type": "FORWARDED_IP",
        "forwarded_ip_config": {"header_name": "X-Forwarded-For", "fallback_behavior": "MATCH"},
    }


def database(stack: Any, context: Any, **given: Any) -> Any:
    """Credentials, and a cluster that has them."""
    from onetake.platforms.constructs import DatabaseCredentials, declare

    made = DatabaseCredentials(
        stack, "credentials", context=context, component="ledger", key=key(stack, context), **given
    )
    declare(stack, "aws_rds_cluster", "ledger", engine="aurora-postgresql", **made.cluster_arguments)
    return made


def test_rds_keeps_the_password_of_a_cluster_of_its_own(synth: Callable[..., dict[str, Any]]):
    found = synth(database)

    assert plain(found["resource"]["aws_rds_cluster"]["ledger"]) == {
        "engine": "aurora-postgresql",
        "manage_master_user_password": True,
        "master_user_secret_kms_key_id": "${aws_kms_key.key.arn}",
        "master_username": "platform",
    }
    assert "aws_secretsmanager_secret" not in found["resource"]


def test_the_password_of_a_global_database_is_in_no_state(synth: Callable[..., dict[str, Any]]):
    replica = "arn:aws:kms:us-west-2:123456789012:key/1"
    found = synth(
        lambda stack, context: database(
            stack, context, in_global_database=True, replicas={"us-west-2": replica}, version=3
        ),
        "prod",
    )
    password = "${ephemeral.aws_secretsmanager_random_password.credentials_password.random_password}"
    cluster = plain(found["resource"]["aws_rds_cluster"]["ledger"])
    (value,) = found["resource"]["aws_secretsmanager_secret_version"].values()
    (secret,) = found["resource"]["aws_secretsmanager_secret"].values()

    assert cluster["master_password_wo"] == password
    assert cluster["master_password_wo_version"] == value["secret_string_wo_version"] == 3
    assert "manage_master_user_password" not in cluster
    assert json.loads(value["secret_string_wo"]) == {"username": "platform", "password": password}
    assert secret["replica"] == [{"kms_key_id": replica, "region": "us-west-2"}]
    assert secret["recovery_window_in_days"] == 30
    # It is written to write-only arguments and to nothing else, so Terraform keeps it nowhere.
    assert json.dumps(plain(found)).count("random_password.credentials_password") == 2


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"username": "postgres"}, "username='postgres': databases keep admin"),
        ({"username": "Ledger"}, "username='Ledger': 1 to 16 lower-case letters"),
        ({"replicas": {"us-west-2": "k"}}, "RDS keeps the secret of a cluster of its own in the cluster's region"),
        ({"version": 0}, "version=0: it has to be a whole number from 1"),
        ({"in_global_database": "yes"}, "in_global_database='yes': it has to be True or False"),
    ],
)
def test_credentials_refuse_what_does_not_fit(given: dict[str, Any], told: str, synth: Callable[..., dict[str, Any]]):
    with pytest.raises(Refused, match=told):
        synth(lambda stack, context: database(stack, context, **given))
