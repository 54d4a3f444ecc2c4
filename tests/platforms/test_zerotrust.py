"""The checks of the zero-trust platform; each test is named after its check."""

from __future__ import annotations

import ipaddress
import json
import re
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest

from onetake.platforms import Refused
from onetake.platforms.parameters import ENVIRONMENTS
from tests.platforms.synthesized import LONG, Copy, make

ZTP = "zero-trust-payments"
SERVICES = ("authorize", "tokenize", "settle")
ANYWHERE = "0.0.0.0/0"
WAYS_OUT = ("gateway_id", "nat_gateway_id", "vpc_endpoint_id")
Policies = dict[str, list[dict[str, Any]]]


@pytest.fixture(params=ENVIRONMENTS)
def ztp(request: pytest.FixtureRequest, copy_of: Callable[..., Copy]) -> Copy:
    return copy_of(ZTP, request.param)


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A copy without egress, as prod may choose."""
    folder = tmp_path_factory.mktemp("closed")
    return Copy(ZTP, "prod", make(ZTP, "prod", LONG, folder, egress_mode="none"))


def only(found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    (one,) = found.values()
    return one


def synthesized(tmp_path: Path, environment: str = "dev", suffix: str = "dev", **more: Any) -> Copy:
    return Copy(ZTP, environment, make(ZTP, environment, suffix, tmp_path, **more))


def tables(copy: Copy) -> dict[str, str]:
    """The route table of each subnet, both by name."""
    return {
        one["subnet_id"].split(".")[1]: one["route_table_id"].split(".")[1]
        for one in copy.of("aws_route_table_association").values()
    }


def routes(copy: Copy) -> dict[str, dict[str, str]]:
    """Where each route table sends what, by its name and the destination."""
    found: dict[str, dict[str, str]] = {name: {} for name in copy.of("aws_route_table")}
    for one in copy.of("aws_route").values():
        (target,) = [one[key] for key in WAYS_OUT if key in one]
        found[one["route_table_id"].split(".")[1]][one["destination_cidr_block"]] = target
    return found


def firewall_subnet(target: str) -> str:
    """The subnet of the firewall's endpoint that a route goes to."""
    assert "firewall_status[0].sync_states" in target, target
    (subnet,) = re.findall(r"== aws_subnet\.(\w+)\.id", target)
    return str(subnet)


def test_ztp_01_services_and_data_have_no_route_to_an_internet_gateway(ztp: Copy):
    table_of, route = tables(ztp), routes(ztp)
    inside = [one for one in table_of if re.match(r"network_(app|data|endpoints)_\d", one)]
    assert len(inside) == 3 * ztp.profile.availability_zones
    for subnet in inside:
        targets = route[table_of[subnet]].values()
        assert all("aws_internet_gateway" not in one and "aws_nat_gateway" not in one for one in targets), subnet
        if "app" not in subnet:
            assert not targets, subnet
    assert all(one["map_public_ip_on_launch"] is False for one in ztp.of("aws_subnet").values())
    for one in ztp.of("aws_ecs_service").values():
        assert one["network_configuration"]["assign_public_ip"] is False


def test_ztp_01_without_egress_there_is_no_gateway_at_all(closed: Copy):
    gateways = ("aws_internet_gateway", "aws_nat_gateway", "aws_eip", "aws_networkfirewall_firewall", "aws_route")
    assert [kind for kind in gateways if closed.count(kind)] == []
    assert len(tables(closed)) == 9
    assert [
        one for one in closed.of("aws_vpc_security_group_egress_rule").values() if one.get("cidr_ipv4") == ANYWHERE
    ] == []
    blocked = closed.of("aws_route53_resolver_firewall_domain_list")["dns_allowed"]["domains"]
    assert all(one.endswith((".amazonaws.com", ".aws")) for one in blocked)


def test_ztp_02_each_zone_leaves_and_comes_back_through_one_firewall_endpoint(ztp: Copy):
    table_of, route = tables(ztp), routes(ztp)
    zones = ztp.profile.availability_zones
    mapped = only(ztp.of("aws_networkfirewall_firewall"))["subnet_mapping"]
    ends = [one["subnet_id"].split(".")[1] for one in mapped]
    assert len(ends) == {"dev": 1, "staging": 2, "prod": 3}[ztp.environment]
    for zone in range(zones):
        out = firewall_subnet(route[table_of[f"network_app_{zone}"]][ANYWHERE])
        assert out in ends
        if zone < len(ends):
            assert out == f"network_firewall_{zone}"
        # From the firewall to a NAT gateway, from there to the internet.
        gateway, _ = ztp.target(route[table_of[out]][ANYWHERE])
        assert gateway.startswith("aws_nat_gateway.")
        home = ztp.of("aws_nat_gateway")[gateway.split(".")[1]]["subnet_id"].split(".")[1]
        assert route[table_of[home]][ANYWHERE] == "${aws_internet_gateway.network_internet.id}"
        # And back by the same endpoint, which is the only one that knows the connection.
        back = route[table_of[home]][f"${{aws_subnet.network_app_{zone}.cidr_block}}"]
        assert firewall_subnet(back) == out
    # No two subnets share a table, so that no zone is sent through another's.
    assert len(set(table_of.values())) == len(table_of)


def passes(copy: Copy, tier: str, way: str, block: str, port: int) -> bool:
    """Whether a tier's list lets a port pass to or from all of a block."""
    rules = [
        one
        for name, one in copy.of("aws_network_acl_rule").items()
        if name.startswith(f"network_{tier}_{way}_") and one["rule_action"] == "allow"
    ]
    return any(
        ipaddress.IPv4Network(block).subnet_of(ipaddress.IPv4Network(one["cidr_block"]))
        and one["from_port"] <= port <= one["to_port"]
        for one in rules
    )


def test_ztp_01_lists_of_subnets_let_pass_what_belongs_there_in_both_directions(ztp: Copy):
    network, lattice, answer = "10.60.0.0/16", "169.254.171.0/24", 49_152
    needed = {
        "app": [
            # Health of the load balancer, TLS of partners, tasks, and what they answer.
            *(("in", network, port) for port in (80, 443, 8443, answer)),
            *(("out", network, port) for port in (80, 8443, answer)),
            # Calls by Lattice, whose addresses are none of the network's.
            *(("in", lattice, port) for port in (8443, answer)),
            *(("out", lattice, port) for port in (443, answer)),
            # S3 and DynamoDB, by their public addresses.
            ("out", ANYWHERE, 443),
            ("in", ANYWHERE, answer),
        ],
        "data": [("out", network, 443), ("in", network, answer)],
        "endpoints": [("in", network, 443), ("out", network, answer)],
    }
    for tier, ways in needed.items():
        for way, block, port in ways:
            assert passes(ztp, tier, way, block, port), (tier, way, block, port)
    refused = [("app", "in", ANYWHERE, 443), ("app", "out", ANYWHERE, 80), ("data", "in", network, 443)]
    refused += [("endpoints", "in", ANYWHERE, 443), ("endpoints", "out", network, 443), ("app", "in", network, 22)]
    assert [one for one in refused if passes(ztp, *one)] == []


def test_ztp_02_the_firewall_drops_what_is_on_no_list(ztp: Copy):
    policy = only(ztp.of("aws_networkfirewall_firewall_policy"))["firewall_policy"]
    assert policy["stateless_default_actions"] == ["aws:forward_to_sfe"]
    assert policy["stateless_fragment_default_actions"] == ["aws:forward_to_sfe"]
    assert policy["stateful_default_actions"] == ["aws:drop_established", "aws:alert_established"]
    assert policy["stateful_engine_options"]["rule_order"] == "STRICT_ORDER"
    group = only(ztp.of("aws_networkfirewall_rule_group"))["rule_group"]
    assert group["stateful_rule_options"] == {"rule_order": "STRICT_ORDER"}
    source = group["rules_source"]["rules_source_list"]
    assert (source["generated_rules_type"], source["target_types"]) == ("ALLOWLIST", ["TLS_SNI"])
    assert source["targets"] == [".amazonaws.com"]
    logged = only(ztp.of("aws_networkfirewall_logging_configuration"))["logging_configuration"]
    assert [one["log_type"] for one in logged["log_destination_config"]] == ["ALERT", "FLOW"]


def test_ztp_02_names_are_resolved_by_list_and_answers_validated(ztp: Copy):
    rules = sorted(ztp.of("aws_route53_resolver_firewall_rule").values(), key=lambda one: one["priority"])
    assert [one["action"] for one in rules] == ["ALLOW", "BLOCK"]
    lists = [ztp.target(one["firewall_domain_list_id"])[1]["domains"] for one in rules]
    assert "*.amazonaws.com" in lists[0]
    assert lists[1] == ["*"]
    assert only(ztp.of("aws_route53_resolver_firewall_config"))["firewall_fail_open"] == "DISABLED"
    for kind in ("dnssec_config", "query_log_config_association"):
        assert only(ztp.of(f"aws_route53_resolver_{kind}"))["resource_id"] == "${aws_vpc.network.id}"


ENDPOINT_OF = {"cloudwatch": "monitoring", "vpc-lattice-svcs": "vpc-lattice", "ecr": "ecr.api"}
"""The endpoint that an action goes through, where it is not called like the action's prefix."""


def people(copy: Copy, role: dict[str, Any]) -> bool:
    """Whether a role is assumed by people, who come from outside the network."""
    return any(
        principal["type"] == "AWS"
        for one in copy.statements(role["assume_role_policy"])
        for principal in one["principals"]
    )


def policies(copy: Copy) -> Policies:
    """The statements of each role's own policies."""
    found: Policies = {name: [] for name in copy.of("aws_iam_role")}
    for one in copy.of("aws_iam_role_policy").values():
        found[one["role"].split(".")[1]] += copy.statements(one["policy"])
    return found


@pytest.mark.parametrize("egress", ["inspected", "none"])
def test_ztp_03_every_service_that_a_role_uses_has_an_endpoint_with_a_policy(
    egress: str, copy_of: Callable[..., Copy], closed: Copy
):
    copy = closed if egress == "none" else copy_of(ZTP, "dev")
    roles = copy.of("aws_iam_role")
    used = {
        action.partition(":")[0]
        for name, statements in policies(copy).items()
        if not people(copy, roles[name])
        for one in statements
        for action in one["actions"]
    }
    assert used >= {"ecr", "logs", "secretsmanager", "kms", "sqs", "dynamodb", "s3", "vpc-lattice-svcs"}
    ends = {
        one["service_name"].removeprefix("com.amazonaws.${data.aws_region.current.id}."): one
        for one in copy.of("aws_vpc_endpoint").values()
    }
    assert {ENDPOINT_OF.get(one, one) for one in used} <= ends.keys()
    for service, one in ends.items():
        ours, *others = copy.statements(one["policy"])
        guarded = {condition["variable"] for condition in ours["condition"]}
        assert guarded == {"aws:PrincipalAccount", "aws:ResourceAccount"}, service
        for other in others:  # images and patches, which AWS keeps in buckets of its own
            assert service == "s3"
            assert other["actions"] == ["s3:GetObject"]
            assert "*" not in other["resources"]
        if one["vpc_endpoint_type"] == "Interface":
            assert one["private_dns_enabled"] is True


USE = ("kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:GenerateDataKey", "kms:CreateGrant")
ADMINISTER = ("kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:DisableKey", "kms:DisableKeyRotation")


def may(statements: list[dict[str, Any]], action: str) -> set[str]:
    """What statements say of an action: ``Allow``, ``Deny``, both or nothing."""
    return {
        one["effect"] for one in statements if any(fnmatchcase(action, pattern) for pattern in one.get("actions", ()))
    }


def test_ztp_04_there_is_one_key_for_each_domain(ztp: Copy):
    domains = {name.removeprefix("keys_") for name in ztp.of("aws_kms_key")}
    assert domains == {"cardholder", "tokens", "logs", "audit", "messaging", "artifacts"}
    vault = only(ztp.of("aws_dynamodb_table"))
    assert vault["server_side_encryption"]["kms_key_arn"] == "${aws_kms_key.keys_tokens.arn}"
    assert {one["kms_key_id"] for one in ztp.of("aws_secretsmanager_secret").values()} == {
        "${aws_kms_key.keys_cardholder.arn}"
    }
    assert {one["kms_master_key_id"] for one in ztp.of("aws_sqs_queue").values()} == {
        "${aws_kms_key.keys_messaging.arn}"
    }
    assert only(ztp.of("aws_cloudtrail"))["kms_key_id"] == "${aws_kms_key.keys_audit.arn}"
    assert {one["kms_key_id"] for one in ztp.of("aws_cloudwatch_log_group").values()} == {
        "${aws_kms_key.keys_logs.arn}"
    }


def about(copy: Copy, statement: dict[str, Any], role: str) -> bool:
    """Whether a statement of a key's policy is about a role: by its ARN, or by a condition on its name."""
    named = [name for one in statement.get("principals", ()) for name in one["identifiers"]]
    if f"${{aws_iam_role.{role}.arn}}" in named:
        return True
    name = copy.of("aws_iam_role")[role]["name"]
    told = [one for one in statement.get("condition", ()) if one["variable"] == "aws:PrincipalArn"]
    return any(value.endswith(f":role/{name}") for one in told for value in one["values"])


def test_ztp_04_no_role_both_administers_and_uses_a_key(ztp: Copy):
    own = policies(ztp)
    users, administrators = set(), set()
    for key in ztp.of("aws_kms_key").values():
        rules = ztp.statements(key["policy"])
        for role in ztp.of("aws_iam_role"):
            told = [one for one in rules if about(ztp, one, role)] + own[role]
            uses = {action for action in USE if may(told, action) == {"Allow"}}
            administers = {action for action in ADMINISTER if may(told, action) == {"Allow"}}
            assert not (uses and administers), role
            users |= {role} if uses else set()
            administrators |= {role} if administers else set()
        # Whatever else allows them to: the administrator uses nothing, tasks administer nothing.
        denied = {one["sid"]: one for one in rules if one["effect"] == "Deny"}
        assert all(may([denied["AdministratorsUseNothing"]], action) for action in USE)
        assert all(may([denied["UsersAdministerNothing"]], action) for action in ADMINISTER)
        assert about(ztp, denied["AdministratorsUseNothing"], "identity_key_administrator")
        for service in SERVICES:
            assert about(ztp, denied["UsersAdministerNothing"], f"services_{service}_role")
    assert administrators == {"identity_key_administrator"}
    assert users >= {f"services_{service}_role" for service in SERVICES}


def test_ztp_05_clients_show_a_certificate(ztp: Copy):
    listener = ztp.of("aws_lb_listener")["ingress_balancer_https"]
    assert listener["mutual_authentication"]["mode"] == "verify"
    address, store = ztp.target(listener["mutual_authentication"]["trust_store_arn"])
    assert address.startswith("aws_lb_trust_store.")
    _, written = ztp.target(store["ca_certificates_bundle_s3_key"])
    assert written["content"].startswith("-----BEGIN CERTIFICATE-----")
    assert store["ca_certificates_bundle_s3_object_version"].endswith(".version_id}")
    balancer = ztp.of("aws_lb")["ingress_balancer"]
    assert balancer["internal"] is True
    assert balancer["connection_logs"]["enabled"] is True
    assert ztp.of("aws_lb_listener")["ingress_balancer_redirect"]["default_action"][0]["type"] == "redirect"
    assert listener["default_action"][0]["fixed_response"]["status_code"] == "403"
    assert only(ztp.of("aws_wafv2_web_acl_association"))["resource_arn"] == "${aws_lb.ingress_balancer.arn}"
    assert ztp.count("aws_wafv2_web_acl_logging_configuration") == 1


def test_ztp_05_partners_come_by_private_link_and_are_accepted(ztp: Copy):
    service = only(ztp.of("aws_vpc_endpoint_service"))
    assert service["acceptance_required"] is True
    assert service["allowed_principals"] == ["arn:aws:iam::210987654321:root"]
    # TLS is not ended before the load balancer that verifies certificates.
    assert ztp.of("aws_lb_listener")["ingress_front"]["protocol"] == "TCP"
    assert only(ztp.of("aws_lb_target_group_attachment"))["target_id"] == "${aws_lb.ingress_balancer.arn}"
    admitted = [
        one
        for name, one in ztp.of("aws_vpc_security_group_ingress_rule").items()
        if name.startswith("ingress_balancer")
    ]
    assert {one["referenced_security_group_id"] for one in admitted} == {"${aws_security_group.ingress_front_group.id}"}


def test_ztp_05_services_call_each_other_by_name(ztp: Copy):
    assert only(ztp.of("aws_vpclattice_service_network"))["auth_type"] == "AWS_IAM"
    services = ztp.of("aws_vpclattice_service")
    assert {one["auth_type"] for one in services.values()} == {"AWS_IAM"}
    called = {"tokenize": {"authorize", "settle"}, "settle": {"authorize"}}
    assert {name.removeprefix("lattice_") for name in services} == called.keys()
    for service, callers in called.items():
        policy = ztp.of("aws_vpclattice_auth_policy")[f"lattice_{service}"]
        (admitted,) = ztp.statements(policy["policy"])
        assert admitted["principals"] == [
            {"type": "AWS", "identifiers": [f"${{aws_iam_role.services_{one}_role.arn}}" for one in sorted(callers)]}
        ]
        assert ztp.of("aws_vpclattice_listener")[f"lattice_{service}"]["protocol"] == "HTTPS"
        assert ztp.of("aws_vpclattice_target_group")[f"lattice_{service}"]["config"]["protocol"] == "HTTPS"
        for one in SERVICES:
            own = policies(ztp)[f"services_{one}_role"]
            invoked = [name for each in own if each["sid"] == "Call" for name in each["resources"]]
            assert (f"${{aws_vpclattice_service.lattice_{service}.arn}}/*" in invoked) == (one in callers)
    # Nobody without a signature gets even as far as a service's policy.
    rules = ztp.statements(ztp.of("aws_vpclattice_auth_policy")["lattice_mesh"]["policy"])
    assert [one["effect"] for one in rules] == ["Allow", "Deny"]


def test_ztp_06_the_audit_trail_is_locked(ztp: Copy):
    lock = only(ztp.of("aws_s3_bucket_object_lock_configuration"))["rule"]["default_retention"]
    production = ztp.environment == "prod"
    assert lock == ({"mode": "COMPLIANCE", "days": 2557} if production else {"mode": "GOVERNANCE", "days": 1})
    trail = only(ztp.of("aws_cloudtrail"))
    assert trail["s3_bucket_name"] == "${aws_s3_bucket.data_audit.id}"
    assert trail["enable_log_file_validation"] is True
    assert [one["name"] for one in trail["advanced_event_selector"]] == ["Management", "Vault", "Audit bucket"]
    assert only(ztp.of("aws_s3_bucket_object_lock_configuration"))["bucket"] == "${aws_s3_bucket.data_audit.id}"


def test_ztp_07_every_role_has_the_boundary_and_there_are_no_users(ztp: Copy):
    for name, role in ztp.of("aws_iam_role").items():
        assert role["permissions_boundary"] == "${aws_iam_policy.identity_boundary.arn}", name
    for kind in ("aws_iam_user", "aws_iam_access_key", "aws_iam_group", "aws_key_pair"):
        assert ztp.count(kind) == 0


def test_ztp_07_the_boundary_leaves_roles_what_they_need(ztp: Copy):
    boundary = ztp.statements(only(ztp.of("aws_iam_policy"))["policy"])
    # The administrator of keys is allowed by the policies of keys.
    for role, statements in policies(ztp).items():
        for one in statements:
            for action in one["actions"]:
                assert may(boundary, action) == {"Allow"}, (role, action)


def test_ztp_07_card_numbers_are_masked_in_logs_of_services(ztp: Copy):
    masked = {
        one["log_group_name"].split(".")[1]: one for one in ztp.of("aws_cloudwatch_log_data_protection_policy").values()
    }
    used = {
        container["logConfiguration"]["options"]["awslogs-group"].split(".")[1]
        for one in ztp.of("aws_ecs_task_definition").values()
        for container in json.loads(one["container_definitions"])
    }
    assert used == masked.keys() == {f"services_{service}_log" for service in SERVICES}
    days = {"dev": 30, "staging": 90, "prod": 2557}[ztp.environment]
    for name, one in masked.items():
        statements = json.loads(one["policy_document"])["Statement"]
        assert [list(each["Operation"]) for each in statements] == [["Audit"], ["Deidentify"]]
        assert all(any("CreditCardNumber" in one for one in each["DataIdentifier"]) for each in statements)
        assert ztp.of("aws_cloudwatch_log_group")[name]["retention_in_days"] == days


def containers(copy: Copy) -> Iterator[dict[str, Any]]:
    for one in copy.of("aws_ecs_task_definition").values():
        yield from json.loads(one["container_definitions"])


def test_tasks_are_hardened_and_as_many_as_the_environment_says(ztp: Copy):
    found = list(containers(ztp))
    assert len(found) == 3
    for one in found:
        assert one["readonlyRootFilesystem"] is True
        assert one["linuxParameters"]["capabilities"] == {"drop": ["ALL"]}
        assert not one["user"].startswith("0")
        assert one["image"].endswith(".repository_url}:1.0.0")
    for service in ztp.of("aws_ecs_service").values():
        assert service["desired_count"] == {"dev": 1, "staging": 2, "prod": 3}[ztp.environment]
        assert service["enable_execute_command"] is False
    targets = ztp.of("aws_appautoscaling_target").values()
    assert {one["max_capacity"] for one in targets} == {{"dev": 1, "staging": 2, "prod": 20}[ztp.environment]}


def test_no_task_is_started_before_there_are_images(tmp_path: Path):
    made = synthesized(tmp_path, image_tag=None)
    assert {one["desired_count"] for one in made.of("aws_ecs_service").values()} == {0}
    assert made.count("aws_appautoscaling_target") == 0


def test_an_authority_of_its_own_signs_certificates_of_partners(tmp_path: Path):
    made = synthesized(tmp_path, "prod", "prod", private_ca=True, client_ca=None)
    assert only(made.of("aws_acmpca_certificate_authority"))["type"] == "ROOT"
    assert only(made.of("aws_s3_object"))["content"] == "${aws_acmpca_certificate.ingress_authority.certificate}"


def test_an_account_without_baseline_is_judged_by_the_platform(tmp_path: Path, copy_of: Callable[..., Copy]):
    once = (
        "aws_securityhub_account",
        "aws_guardduty_detector",
        "aws_config_configuration_recorder",
        "aws_macie2_account",
    )
    assert all(copy_of(ZTP, "prod").count(kind) == 0 for kind in once)
    made = synthesized(tmp_path, "prod", "prod", manage_account_singletons=True)
    assert all(made.count(kind) == 1 for kind in once)
    assert "judges_detection_pci" in made.of("aws_securityhub_standards_subscription")
    assert made.of("aws_config_conformance_pack").keys() == {"judges_configuration_pack", "judges_pci"}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"egress_mode": None}, "egress_mode=None: prod has to choose 'inspected' or 'none'"),
        ({"egress_mode": "open"}, "egress_mode='open': it has to be one of 'inspected', 'none'"),
        ({"allowed_domains": []}, "allowed_domains=[]: where nothing may be reached, egress_mode is 'none'"),
        ({"allowed_domains": ["https://x.example"]}, "allowed_domains='https://x.example': it has to be a domain name"),
        ({"allowed_domains": "example.com"}, "allowed_domains='example.com': it has to be a list"),
        ({"firewall_zones": 4}, "firewall_zones=4: it has to be a whole number from 1 to 3"),
        ({"client_ca": None}, "client_ca=None: mutual TLS needs the PEM of the authorities of partners"),
        ({"client_ca": "secret"}, "client_ca='secret': it has to be certificates in PEM"),
        ({"private_ca": True}, "with private_ca=True, the platform's own authority is the only one"),
        ({"partner_principals": ["*"]}, "partner_principals='*': it has to be the ARN of"),
        ({"domain_name": None, "hosted_zone_id": None}, "certificate_arn=None: prod needs it, or domain_name and"),
        ({"image_tag": "latest"}, "image_tag='latest': tags cannot be written twice here"),
        ({"image_tag": "a b"}, "image_tag='a b': it has to be a tag such as '1.4.2'"),
        ({"vpc_cidr": "10.0.0.0/8"}, "cidr='10.0.0.0/8': it has to be a private /16"),
    ],
)
def test_all_14_what_the_platform_needs_is_named(given: dict[str, Any], told: str, tmp_path: Path):
    with pytest.raises(Refused, match=re.escape(told)):
        synthesized(tmp_path, "prod", "prod", **given)
