"""Zero trust: firewalls, resolver rules, mutual TLS, lattice, a private authority."""

from tools.oracle_emulator.building import REGION, Build, Ref, network, statement


def build(b: Build) -> None:
    """Every type of it."""
    vpc, subnets = network(b)
    _firewall(b, vpc, subnets)
    _resolver(b, vpc)
    _lattice(b, vpc)
    _mutual(b, vpc, subnets)


def _firewall(b: Build, vpc: Ref, subnets: list[Ref]) -> None:
    rules = {"generated_rules_type": "ALLOWLIST", "target_types": ["TLS_SNI"], "targets": [".amazonaws.com"]}
    group = b("aws_networkfirewall_rule_group", name="allow-dev", type="STATEFUL", capacity=100,
              rule_group={"rules_source": {"rules_source_list": rules},
                          "stateful_rule_options": {"rule_order": "STRICT_ORDER"}})  # fmt: skip
    policy = b("aws_networkfirewall_firewall_policy", name="policy-dev",
               firewall_policy={"stateless_default_actions": ["aws:forward_to_sfe"],
                                "stateless_fragment_default_actions": ["aws:forward_to_sfe"],
                                "stateful_engine_options": {"rule_order": "STRICT_ORDER"},
                                "stateful_default_actions": ["aws:drop_established"],
                                "stateful_rule_group_reference": [{"resource_arn": group.arn,
                                                                   "priority": 1}]})  # fmt: skip
    wall = b("aws_networkfirewall_firewall", name="wall-dev", firewall_policy_arn=policy.arn, vpc_id=vpc.id,
             subnet_mapping=[{"subnet_id": subnets[0].id}, {"subnet_id": subnets[1].id}])  # fmt: skip
    logs = b("aws_cloudwatch_log_group", name="/wall/dev", retention_in_days=30)
    b("aws_networkfirewall_logging_configuration", firewall_arn=wall.arn,
      logging_configuration={"log_destination_config": [{"log_destination": {"logGroup": logs.name},
      "log_destination_type": "CloudWatchLogs", "log_type": "ALERT"}]})  # fmt: skip
    table = b("aws_route_table", vpc_id=vpc.id)
    states = f"tolist({wall.address}.firewall_status[0].sync_states)[0]"
    b("aws_route", route_table_id=table.id, destination_cidr_block="0.0.0.0/0",
      vpc_endpoint_id=f"${{{states}.attachment[0].endpoint_id}}")  # fmt: skip
    store = b("aws_s3_bucket", bucket="flow-dev", force_destroy=True)
    b("aws_flow_log", vpc_id=vpc.id, traffic_type="ALL", log_destination_type="s3", log_destination=store.arn,
      destination_options={"file_format": "parquet", "per_hour_partition": True})  # fmt: skip


def _resolver(b: Build, vpc: Ref) -> None:
    domains = b("aws_route53_resolver_firewall_domain_list", name="allow-dev", domains=["amazonaws.com."])
    group = b("aws_route53_resolver_firewall_rule_group", name="dns-dev")
    b("aws_route53_resolver_firewall_rule", name="allow", action="ALLOW", priority=100,
      firewall_domain_list_id=domains.id, firewall_rule_group_id=group.id)  # fmt: skip
    b("aws_route53_resolver_firewall_rule_group_association", name="dns-dev", priority=101, vpc_id=vpc.id,
      firewall_rule_group_id=group.id, mutation_protection="DISABLED")  # fmt: skip
    logs = b("aws_cloudwatch_log_group", name="/dns/dev", retention_in_days=30)
    queries = b("aws_route53_resolver_query_log_config", name="dns-dev", destination_arn=logs.arn)
    b("aws_route53_resolver_query_log_config_association", resolver_query_log_config_id=queries.id, resource_id=vpc.id)
    b("aws_route53_zone", name="internal.test", vpc=[{"vpc_id": vpc.id}])


def _lattice(b: Build, vpc: Ref) -> None:
    group = b("aws_security_group", name="lattice-dev", vpc_id=vpc.id, description="lattice")
    net = b("aws_vpclattice_service_network", name="net-dev", auth_type="AWS_IAM")
    b("aws_vpclattice_service_network_vpc_association", vpc_identifier=vpc.id, service_network_identifier=net.id,
      security_group_ids=[group.id])  # fmt: skip
    service = b("aws_vpclattice_service", name="pay-dev", auth_type="AWS_IAM")
    b("aws_vpclattice_service_network_service_association", service_identifier=service.id,
      service_network_identifier=net.id)  # fmt: skip
    target = b("aws_vpclattice_target_group", name="pay-dev", type="IP",
               config={"port": 443, "protocol": "HTTPS", "vpc_identifier": vpc.id})  # fmt: skip
    b("aws_vpclattice_listener", name="https", protocol="HTTPS", port=443, service_identifier=service.id,
      default_action={"forward": [{"target_groups": [{"target_group_identifier": target.id, "weight": 100}]}]})  # fmt: skip
    b("aws_vpclattice_auth_policy", resource_identifier=service.arn,
      policy=statement(Principal={"AWS": "arn:aws:iam::123456789012:root"}, Action="vpc-lattice-svcs:Invoke",
                       Resource="*"))  # fmt: skip
    logs = b("aws_cloudwatch_log_group", name="/lattice/dev", retention_in_days=30)
    b("aws_vpclattice_access_log_subscription", resource_identifier=net.id, destination_arn=f"{logs.arn}:*")


def _mutual(b: Build, vpc: Ref, subnets: list[Ref]) -> None:
    authority = b("aws_acmpca_certificate_authority", type="ROOT", permanent_deletion_time_in_days=7,
                  certificate_authority_configuration={"key_algorithm": "RSA_2048", "signing_algorithm":
                  "SHA256WITHRSA", "subject": {"common_name": "pay.test"}})  # fmt: skip
    root = b("aws_acmpca_certificate", certificate_authority_arn=authority.arn,
             certificate_signing_request=authority.certificate_signing_request, signing_algorithm="SHA256WITHRSA",
             template_arn="arn:aws:acm-pca:::template/RootCACertificate/V1",
             validity={"type": "YEARS", "value": 10})  # fmt: skip
    b("aws_acmpca_certificate_authority_certificate", certificate_authority_arn=authority.arn,
      certificate=root.certificate, certificate_chain=root.certificate_chain)  # fmt: skip
    store = b("aws_s3_bucket", bucket="trust-dev", force_destroy=True)
    bundle = b("aws_s3_object", bucket=store.id, key="bundle.pem", content=root.certificate)
    trusted = b("aws_lb_trust_store", name="trust-dev", ca_certificates_bundle_s3_bucket=store.id,
                ca_certificates_bundle_s3_key=bundle.key)  # fmt: skip
    group = b("aws_security_group", name="mutual-dev", vpc_id=vpc.id, description="mutual")
    balancer = b("aws_lb", name="mutual-dev", subnets=[one.id for one in subnets], security_groups=[group.id],
                 internal=True)  # fmt: skip
    target = b("aws_lb_target_group", name="mutual-dev", port=443, protocol="HTTPS", vpc_id=vpc.id, target_type="ip")
    certificate = b("aws_acm_certificate", domain_name="pay.example.test", validation_method="DNS")
    b("aws_lb_listener", load_balancer_arn=balancer.arn, port=443, protocol="HTTPS", certificate_arn=certificate.arn,
      ssl_policy="ELBSecurityPolicy-TLS13-1-2-2021-06",
      mutual_authentication={"mode": "verify", "trust_store_arn": trusted.arn},
      default_action={"type": "forward", "target_group_arn": target.arn})  # fmt: skip
    b("aws_vpc_endpoint", vpc_id=vpc.id, service_name=f"com.amazonaws.{REGION}.kms", vpc_endpoint_type="Interface",
      subnet_ids=[subnets[0].id], security_group_ids=[group.id], private_dns_enabled=True)  # fmt: skip
