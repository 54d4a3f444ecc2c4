"""The rotation of a secret as it is deployed."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onetake.platforms.refusals import Refused
from tests.platforms.synthesized import key, plain

Synth = Callable[..., dict[str, Any]]


def rotation(stack: Any, context: Any, *, tiers: tuple[str, ...] = ("public", "app", "data"), **given: Any) -> Any:
    from onetake.platforms.constructs import Network, RotationLambda, SecurityGroup

    own = key(stack, context)
    network = Network(stack, "network", context=context, cidr="10.9.0.0/16", key=own, tiers=tiers)  # type: ignore[arg-type]
    group = SecurityGroup(stack, "db", context=context, component="db", description="Test", vpc_id=network.id)
    arguments = {
        "host": "${aws_rds_cluster.ledger.endpoint}",
        "database": "ledger",
        "master_secret_arn": "${aws_rds_cluster.ledger.master_user_secret[0].secret_arn}",
        "application_role": "ledger_app",
    } | given
    return RotationLambda(
        stack,
        "rotation",
        context=context,
        component="rotation",
        network=network,
        database_group=group,
        secret_key=own,
        queue_key=own,
        log_key=own,
        **arguments,
    )


def test_the_function_is_what_the_bundle_holds(synth: Synth, tmp_path: Path):
    found = synth(rotation)["resource"]
    function = plain(found["aws_lambda_function"]["rotation"])
    packed = (tmp_path / "stacks" / "tst-dev" / function["filename"]).read_bytes()

    assert function["source_code_hash"] == base64.b64encode(hashlib.sha256(packed).digest()).decode()
    assert function["handler"] == "postgres_rotation.handler"
    assert function["dead_letter_config"] == {"target_arn": "${aws_sqs_queue.rotation_dead_letters.arn}"}
    assert function["tracing_config"] == {"mode": "Active"}
    assert function["environment"]["variables"] == {
        "HOST": "${aws_rds_cluster.ledger.endpoint}",
        "PORT": "5432",
        "DATABASE": "ledger",
        "MASTER_SECRET_ARN": "${aws_rds_cluster.ledger.master_user_secret[0].secret_arn}",
        "APPLICATION_ROLE": "ledger_app",
        "CA_BUNDLE": "https://truststore.pki.rds.amazonaws.com/eu-west-1/eu-west-1-bundle.pem",
    }


def test_the_secret_begins_with_a_password_that_is_in_no_state(synth: Synth):
    found = synth(rotation)
    (value,) = found["resource"]["aws_secretsmanager_secret_version"].values()
    first = json.loads(value["secret_string_wo"])

    password = "${ephemeral.aws_secretsmanager_random_password.rotation_secret_first.random_password}"
    assert first["password"] == password
    assert first["username"] == "ledger_app_b"
    assert json.dumps(plain(found)).count("rotation_secret_first.random_password") == 1
    (schedule,) = found["resource"]["aws_secretsmanager_secret_rotation"].values()
    assert schedule["rotation_rules"] == {"automatically_after_days": 30}
    assert schedule["rotation_lambda_arn"] == "${aws_lambda_function.rotation.arn}"
    assert {
        "aws_lambda_permission.rotation_secrets_manager",
        "aws_secretsmanager_secret_version.rotation_secret_first",
        "aws_iam_role_policy.rotation_role_rotate",
        "aws_route.network_app_0_nat",
    } <= set(schedule["depends_on"])
    (permission,) = found["resource"]["aws_lambda_permission"].values()
    assert permission["principal"] == "secretsmanager.amazonaws.com"
    assert permission["source_account"] == "${data.aws_caller_identity.current.account_id}"


def test_the_database_admits_the_function_and_nobody_else(synth: Synth):
    found = synth(rotation)["resource"]
    (rule,) = found["aws_vpc_security_group_ingress_rule"].values()

    assert rule["security_group_id"] == "${aws_security_group.db.id}"
    assert rule["referenced_security_group_id"] == "${aws_security_group.rotation_group.id}"
    assert rule["from_port"] == rule["to_port"] == 5432


def test_a_network_without_a_way_out_brings_the_authorities(synth: Synth, tmp_path: Path):
    copy = tmp_path / "bundle.pem"
    copy.write_text("-----BEGIN CERTIFICATE-----\n")
    found = synth(lambda stack, context: rotation(stack, context, tiers=("app", "data"), ca_bundle=copy))["resource"]

    assert found["aws_lambda_function"]["rotation"]["environment"]["variables"]["CA_BUNDLE"] == "authorities.pem"
    assert all("cidr_ipv4" not in rule for rule in found["aws_vpc_security_group_egress_rule"].values())
    with pytest.raises(Refused, match="ca_bundle=None: a network without NAT gateway needs a copy"):
        synth(lambda stack, context: rotation(stack, context, tiers=("app", "data")))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"application_role": "Ledger-App"}, "application_role='Ledger-App': 1 to 60 lower-case letters"),
        ({"database": "a; drop"}, "database='a; drop'"),
        ({"days": 0}, "days=0: it has to be a whole number from 1 to 1000"),
        ({"port": 80}, "port=80"),
        ({"ca_bundle": "/nowhere/bundle.pem"}, "ca_bundle='/nowhere/bundle.pem': it cannot be read: No such file"),
        ({"ca_bundle": json.__file__}, "it has to be a PEM file of certificates"),
    ],
)
def test_it_refuses_what_would_not_work(given: dict[str, Any], told: str, synth: Synth):
    with pytest.raises(Refused, match=re.escape(told)):
        synth(lambda stack, context: rotation(stack, context, **given))
