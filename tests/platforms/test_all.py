"""The checks that every platform passes in every environment; each test is named after its check."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest

import onetake
from onetake.knowledge.terraform import provider_schema
from onetake.knowledge.terraform.schema import BlockSchema
from onetake.platforms import Refused
from onetake.platforms.catalogue import PLATFORMS
from onetake.platforms.names import LIMITS
from onetake.platforms.parameters import ENVIRONMENTS, RETENTIONS
from onetake.platforms.profiles import PROFILES
from tests.platforms.synthesized import LONG, SHORT, Copy, condition_keys, make, services, strings

ACCOUNT = "${data.aws_caller_identity.current.account_id}"
LOGS = re.compile(r"logs\.\$\{data\.aws_region\.\w+\.id\}\.amazonaws\.com")
NAMES = {"name", "bucket", "alarm_name", "dashboard_name", "analyzer_name", "function_name", "identifier", "family"}
META = {"//", "lifecycle", "depends_on", "provider", "for_each", "count", "connection", "provisioner"}

# Names that others give: of a policy within its role or group, of a feature or cause, of a component, of a document.
INNER = {
    "aws_ssm_association",
    "aws_iam_role_policy",
    "aws_iam_group_policy",
    "aws_guardduty_detector_feature",
    "aws_account_alternate_contact",
    "aws_config_configuration_recorder_status",
}
# What is no name of ours: of the user's own domain, and of an engine.
FOREIGN = {
    ("aws_route53_record", "name"),
    ("aws_db_parameter_group", "family"),
    ("aws_elasticache_parameter_group", "family"),
    ("aws_rds_cluster_parameter_group", "family"),
}
KINDS = {
    "aws_lb": "load balancer",
    "aws_lb_target_group": "target group",
    "aws_elasticache_replication_group": "replication group",
    "aws_rds_cluster": "database",
    "aws_iam_role": "role",
    "aws_lambda_function": "function",
    "aws_security_group": "security group",
    "aws_cloudwatch_log_group": "log group",
    "aws_secretsmanager_secret": "secret",
    "aws_s3_bucket": "bucket",
    "aws_kms_alias": "key alias",
    "aws_sns_topic": "topic",
    "aws_sqs_queue": "queue",
    "aws_eks_cluster": "cluster",
    "aws_ecr_repository": "repository",
    "aws_cloudwatch_event_rule": "rule",
}
STATEFUL = {
    "aws_kms_key",
    "aws_s3_bucket",
    "aws_cloudwatch_log_group",
    "aws_rds_cluster",
    "aws_dynamodb_table",
    "aws_efs_file_system",
    "aws_eks_cluster",
    "aws_secretsmanager_secret",
    "aws_ecr_repository",
    "aws_backup_vault",
    "aws_kms_replica_key",
    "aws_rds_global_cluster",
}
REGIONS = {"globalstream": 2}
"""Platforms that stand in more than one region."""


def names(copy: Copy) -> Iterator[tuple[str, str, str]]:
    """Type, name in the program and given name of everything that has one of its own."""
    for kind, name, arguments in copy.resources():
        for key in NAMES & arguments.keys():
            if (kind, key) in FOREIGN:
                continue
            if kind not in INNER and "_attachment" not in kind and not arguments[key].startswith("${"):
                yield kind, name, arguments[key]


def test_all_01_synth_gives_the_same_bytes_twice(copy: Copy, copy_of: Callable[..., Copy]):
    again = copy_of(copy.platform, copy.environment, LONG, "-again")

    assert copy.path.read_bytes() == again.path.read_bytes()
    assert copy_of(copy.platform, copy.environment, SHORT).json["resource"].keys() == copy.json["resource"].keys()
    assert str(copy.path.parents[3]) not in copy.path.read_text()


def test_all_02_the_suffix_is_in_every_name(copy: Copy, copy_of: Callable[..., Copy]):
    other = copy_of(copy.platform, copy.environment, SHORT)
    given = list(names(copy))

    assert len(given) > 20
    assert [one for one in given if LONG not in one[2]] == []
    # A configuration setting is not a name; everything else that has one differs between two copies.
    assert {(kind, name) for kind, _, name in given} & {(kind, name) for kind, _, name in names(other)} == set()


def test_all_03_names_keep_to_the_limits_with_the_longest_suffix(copy: Copy):
    for kind, _, given in names(copy):
        if kind in KINDS:
            limit = LIMITS[KINDS[kind]]
            shown = given.replace(ACCOUNT, "123456789012")
            assert "${" not in shown, shown
            assert len(shown) <= limit.longest, shown
            assert limit.form.fullmatch(shown), shown


def test_all_04_policies_name_no_account_region_or_partition(copy: Copy):
    policies = [*copy.of("data.aws_iam_policy_document").values()]
    policies += [a[k] for _, _, a in copy.resources() for k in a if k.endswith("policy") or k == "event_pattern"]
    texts = [text for policy in policies for text in strings(policy)]

    assert len(texts) > 100
    assert [text for text in texts if re.search(r"\b\d{12}\b", text)] == []
    assert [text for text in texts if re.search(r"\b[a-z]{2}-(north|south|east|west|central)[a-z]*-\d\b", text)] == []
    assert [text for text in texts if re.search(r"arn:aws(-cn|-us-gov)?:", text)] == []


def test_all_04_no_secret_is_written_down(copy: Copy):
    secret = re.compile(r"(?i)(password|secret_string|auth_token|secret_key|private_key)$")
    for kind, name, arguments in copy.resources():
        for key, value in arguments.items():
            assert not (secret.search(key) and isinstance(value, str)), f"{kind}.{name}.{key}"
    everything = copy.path.read_text()
    assert not re.search(r"AKIA[0-9A-Z]{16}|-----BEGIN [A-Z ]*PRIVATE KEY|xox[bp]-", everything)


def test_all_05_log_groups_are_kept_and_encrypted_with_a_key_that_admits_them(copy: Copy):
    groups = copy.of("aws_cloudwatch_log_group")
    assert groups
    for name, group in groups.items():
        assert group["retention_in_days"] in RETENTIONS, name
        assert group["kms_key_id"].endswith(".arn}"), name
        _, key = copy.target(group["kms_key_id"])
        admitting = [one for one in copy.statements(key["policy"]) if any(map(LOGS.fullmatch, services(one)))]
        assert admitting, name
        patterns = [
            pattern.rpartition(":log-group:")[2]
            for one in admitting
            for condition in one["condition"]
            if condition["variable"] == "kms:EncryptionContext:aws:logs:arn"
            for pattern in condition["values"]
        ]
        assert any(fnmatchcase(group["name"], pattern) for pattern in patterns), (name, patterns)
        assert all("kms:CreateGrant" not in one["actions"] for one in admitting)


def test_all_06_buckets_have_their_side_resources(copy: Copy):
    for name, bucket in copy.of("aws_s3_bucket").items():
        side = {
            what: copy.side(name, what)
            for what in (
                "versioning",
                "server_side_encryption_configuration",
                "public_access_block",
                "ownership_controls",
                "policy",
                "lifecycle_configuration",
            )
        }
        assert [what for what, found in side.items() if found is None] == [], name
        policy = side["policy"]
        encryption = side["server_side_encryption_configuration"]
        assert policy is not None
        assert encryption is not None
        denied = [one for one in copy.statements(policy["policy"]) if one["effect"] == "Deny"]
        assert any("aws:SecureTransport" in condition_keys(one) for one in denied), name
        assert any("s3:TlsVersion" in condition_keys(one) for one in denied), name
        default = encryption["rule"][0]["apply_server_side_encryption_by_default"]
        is_log_bucket = "logs" in bucket["bucket"].split("-" + LONG)[0]
        assert default["sse_algorithm"] == ("AES256" if is_log_bucket else "aws:kms"), name


def test_all_07_keys_rotate_and_admit_services_for_this_account_only(copy: Copy):
    for name, key in copy.of("aws_kms_key").items():
        assert key["enable_key_rotation"] is True, name
        statements = copy.statements(key["policy"])
        roots = [one for one in statements if one["actions"] == ["kms:*"]]
        assert [one["principals"][0]["identifiers"][0].endswith(f"::{ACCOUNT}:root") for one in roots] == [True], name
        for one in statements:
            if services(one):
                guards = {"aws:SourceAccount", "aws:SourceArn", "kms:EncryptionContext:aws:logs:arn"}
                assert guards & condition_keys(one), (name, one["sid"])


def test_all_08_security_group_rules_are_resources_that_say_what_they_are_for(copy: Copy):
    for name, group in copy.of("aws_security_group").items():
        assert not {"ingress", "egress"} & group.keys(), name
    for direction in ("ingress", "egress"):
        for name, rule in copy.of(f"aws_vpc_security_group_{direction}_rule").items():
            assert rule["description"], name
            if rule.get("cidr_ipv4") == "0.0.0.0/0":
                assert rule["from_port"] == rule["to_port"], name
                assert rule["from_port"] in ((80, 443) if direction == "ingress" else (443,)), name


def test_all_09_nobody_may_do_everything_and_services_act_for_this_account(copy: Copy):
    # These services do not tell for whom they assume a role.
    silent = {"ec2.amazonaws.com", "eks.amazonaws.com", "edgelambda.amazonaws.com", "ecs.amazonaws.com"}
    for name, policy in copy.of("data.aws_iam_policy_document").items():
        for one in policy["statement"]:
            if one["effect"] == "Allow":
                assert not ("*" in one.get("actions", ()) and "*" in one.get("resources", ())), name
            assert one["effect"] == "Deny" or "not_actions" not in one, name
            if "sts:AssumeRole" in one.get("actions", ()) and services(one) and not set(services(one)) & silent:
                assert condition_keys(one) & {"aws:SourceAccount", "aws:SourceArn"}, name


def test_all_10_dev_can_be_destroyed_and_prod_refuses(copy: Copy):
    production = copy.environment == "prod"
    for kind, name, arguments in copy.resources():
        kept = arguments.get("lifecycle", {}).get("prevent_destroy", False)
        assert kept == (production and kind in STATEFUL), f"{kind}.{name}"
        for flag in ("force_destroy", "force_delete", "skip_final_snapshot"):
            assert arguments.get(flag, not production) is not production, f"{kind}.{name}.{flag}"
        for flag in ("deletion_protection", "enable_deletion_protection"):
            assert arguments.get(flag, production) is production, f"{kind}.{name}.{flag}"
        if kind == "aws_s3_bucket":
            assert arguments["force_destroy"] is not production
        if kind == "aws_secretsmanager_secret":
            assert arguments["recovery_window_in_days"] == PROFILES[copy.environment].secret_recovery_window  # type: ignore[index]
        if kind == "aws_kms_key":
            assert arguments["deletion_window_in_days"] == (30 if production else 7)


def test_all_11_networks_are_as_large_as_the_profile_says(copy: Copy):
    profile = copy.profile
    zones = {json.dumps(one["availability_zone"]) for one in copy.of("aws_subnet").values()}
    regions = REGIONS.get(copy.platform, 1)
    assert len(zones) == regions * profile.availability_zones
    if copy.count("aws_internet_gateway"):
        assert copy.count("aws_nat_gateway") == copy.count("aws_eip") == regions * profile.nat_gateways
    endpoints = copy.of("aws_vpc_endpoint").values()
    assert sorted(
        one["service_name"].rpartition(".")[2] for one in endpoints if one["vpc_endpoint_type"] == "Gateway"
    ) == sorted(["dynamodb", "s3"] * regions)
    for one in endpoints:
        if one["vpc_endpoint_type"] == "Interface":
            assert len(one["subnet_ids"]) == profile.interface_endpoint_zones
    assert copy.count("aws_flow_log") == regions
    for flows in copy.of("aws_flow_log").values():
        assert flows["max_aggregation_interval"] == profile.flow_log_interval
        assert copy.target(flows["log_destination"])[1]["retention_in_days"] == profile.flow_log_retention


@pytest.mark.parametrize("version", ["5.100.0", "6.69.1"])
def test_all_12_every_argument_exists_in_both_versions_of_the_provider(copy: Copy, version: str):
    schema = provider_schema(version)
    for section, known in (("resource", schema.resources), ("data", schema.data_sources)):
        for kind, named in copy.json[section].items():
            for name, arguments in named.items():
                assert kind in known, kind
                assert list(unknown(known[kind].body, arguments, f"{kind}.{name}")) == []
    assert copy.json["terraform"]["required_providers"]["aws"]["version"] == ">= 5.100.0, < 7.0.0"
    assert copy.json["terraform"]["required_version"] == ">=1.11.0"


def unknown(body: BlockSchema, given: dict[str, Any], where: str) -> Iterator[str]:
    """The arguments that a block does not take, or only computes, and those that are deprecated."""
    for key, value in given.items():
        if key in META and "." in where and where.count(".") == 1:
            continue
        if key in body.blocks:
            for inner in value if isinstance(value, list) else [value]:
                if isinstance(inner, dict):
                    yield from unknown(body.blocks[key].body, inner, f"{where}.{key}")
        elif key not in body.attributes:
            yield f"{where}.{key} does not exist"
        elif body.attributes[key].deprecated:
            yield f"{where}.{key} is deprecated"
        elif not body.attributes[key].optional and not body.attributes[key].required:
            yield f"{where}.{key} is only computed"


def test_all_12_references_name_attributes_of_both_versions(copy: Copy):
    for version in ("5.100.0", "6.69.1"):
        schema = provider_schema(version)
        for text in strings(copy.json):
            for address, attribute in re.findall(r"\$\{((?:data\.)?aws_\w+\.\w+)\.(\w+)", text):
                kind, _, _ = address.rpartition(".")
                known = schema.data_sources if kind.startswith("data.") else schema.resources
                body = known[kind.removeprefix("data.")].body
                assert attribute in body.attributes or attribute in body.blocks, f"{address}.{attribute} in {version}"


def test_all_12_the_state_is_locked(tmp_path: Path):
    from onetake.platforms import State

    for platform in PLATFORMS:
        key = "arn:aws:kms:eu-west-1:123456789012:key/1"
        path = make(platform, "dev", "st", tmp_path / platform, state=State("states", key, "eu-west-1"))
        assert json.loads(path.read_text())["terraform"]["backend"]["s3"] == {
            "bucket": "states",
            "encrypt": True,
            "key": f"{platform}/st/terraform.tfstate",
            "kms_key_id": key,
            "region": "eu-west-1",
            "use_lockfile": True,
        }


def test_all_13_the_engine_finds_nothing(copy: Copy):
    report = onetake.check(copy.path, as_of="2026-11-28")

    assert [f"{one.file}:{one.line}: {one.finding.message}" for one in report.findings] == []
    assert list(report.suppressed) == []
    assert report.verdict.headline == "would deploy"


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"environment_suffix": "Prod"}, r"environment_suffix='Prod': it has to be 2 to 12 lower-case letters"),
        ({"environment_suffix": 7}, r"environment_suffix=7: it has to be"),
        ({"environment_suffix": "a" * 13}, r"environment_suffix='a{13}'"),
        ({"environment": "production"}, r"environment='production': it has to be one of 'dev', 'staging', 'prod'"),
        ({"environment": "prod", "alarm_email": None}, r"alarm_email=None: prod needs an address"),
        ({"alarm_email": "nobody"}, r"alarm_email='nobody': it has to be an e-mail address"),
        ({"aws_region": "Frankfurt"}, r"aws_region='Frankfurt': it has to be the name of a region"),
        ({"overrides": {"nat": 1}}, r"overrides='nat': it has to be one of 'availability_zones'"),
        ({"overrides": {"log_retention": 2555}}, r"overrides\['log_retention'\]=2555: it has to be one of 1, 3"),
        ({"overrides": {"protected": "yes"}}, r"overrides\['protected'\]='yes': it has to be True or False"),
        ({"overrides": {"availability_zones": 9}}, r"overrides\['availability_zones'\]=9: .* from 2 to 3"),
        ({"default_tags": {"a": 1}}, r"default_tags\['a'\]=1"),
        ({"default_tags": ["a"]}, r"default_tags=\['a'\]: it has to be a mapping"),
        ({"manage_account_singletons": 1}, r"manage_account_singletons=1: it has to be True or False"),
        ({"state": "bucket"}, r"state='bucket': it has to be a State or None"),
    ],
    ids=lambda value: json.dumps(value) if isinstance(value, dict) else None,
)
def test_all_14_a_wrong_parameter_is_named(platform: str, given: dict[str, Any], told: str, tmp_path: Path):
    with pytest.raises(Refused, match=told):
        make(platform, "dev", "dev", tmp_path, **given)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_all_14_a_parameter_that_does_not_exist_is_an_error(platform: str, tmp_path: Path):
    with pytest.raises(TypeError, match="nat_gateway"):
        make(platform, "dev", "dev", tmp_path, nat_gateway=1)


def test_every_construct_and_platform_takes_its_parameters_by_name():
    sources = Path(onetake.__file__).parent / "platforms"
    for file in sources.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.ClassDef) and any(
                ast.unparse(base) in ("Construct", "Platform") for base in node.bases
            ):
                (made,) = (one for one in node.body if isinstance(one, ast.FunctionDef) and one.name == "__init__")
                assert [one.arg for one in made.args.args][:3] in (["self", "scope", "name"], ["self", "scope"])
                assert len(made.args.args) <= 3, node.name
                assert made.args.kwarg is None, node.name
                assert all(one.annotation is not None for one in made.args.kwonlyargs), node.name


def test_every_environment_has_a_profile():
    assert set(PROFILES) == set(ENVIRONMENTS)
