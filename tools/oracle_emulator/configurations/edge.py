"""The web tier: load balancer, distribution, firewall, instances that scale."""

from tools.oracle_emulator.building import REGION, Build, Ref, network, role, statement

MANAGED = "658327ea-f89d-4fab-a63d-7e88639e58f6"
VISIBLE = {"cloudwatch_metrics_enabled": True, "metric_name": "m", "sampled_requests_enabled": True}


def build(b: Build) -> None:
    """Every type of it."""
    vpc, subnets = network(b)
    groups = _routes(b, vpc, subnets)
    certificate = _certificate(b)
    target = _balancer(b, vpc, subnets, groups, certificate)
    _instances(b, subnets, groups, target)
    _distribution(b)


def _routes(b: Build, vpc: Ref, subnets: list[Ref]) -> Ref:
    gateway = b("aws_internet_gateway", vpc_id=vpc.id)
    address = b("aws_eip", domain="vpc")
    nat = b("aws_nat_gateway", allocation_id=address.id, subnet_id=subnets[0].id, after=[gateway])
    table = b("aws_route_table", vpc_id=vpc.id)
    b("aws_route", route_table_id=table.id, destination_cidr_block="0.0.0.0/0", gateway_id=gateway.id)
    inner = b("aws_route_table", vpc_id=vpc.id,
              route=[{"cidr_block": "0.0.0.0/0", "nat_gateway_id": nat.id, "carrier_gateway_id": None,
                      "core_network_arn": None, "destination_prefix_list_id": None, "egress_only_gateway_id": None,
                      "gateway_id": None, "ipv6_cidr_block": None, "local_gateway_id": None,
                      "network_interface_id": None, "transit_gateway_id": None, "vpc_endpoint_id": None,
                      "vpc_peering_connection_id": None}])  # fmt: skip
    b("aws_route_table_association", subnet_id=subnets[0].id, route_table_id=table.id)
    b("aws_route_table_association", subnet_id=subnets[1].id, route_table_id=inner.id)
    acl = b("aws_network_acl", vpc_id=vpc.id, subnet_ids=[subnets[1].id])
    b("aws_network_acl_rule", network_acl_id=acl.id, rule_number=100, protocol="tcp", rule_action="allow",
      cidr_block="10.0.0.0/16", from_port=443, to_port=443)  # fmt: skip
    b("aws_vpc_endpoint", vpc_id=vpc.id, service_name=f"com.amazonaws.{REGION}.s3", route_table_ids=[inner.id])
    return b("aws_security_group", name="edge-dev", vpc_id=vpc.id, description="edge")


def _certificate(b: Build) -> Ref:
    zone = b("aws_route53_zone", name="example.test")
    certificate = b("aws_acm_certificate", domain_name="app.example.test", validation_method="DNS",
                    lifecycle={"create_before_destroy": True})  # fmt: skip
    option = "tolist({}.domain_validation_options)[0].{}"
    record = b("aws_route53_record", zone_id=zone.zone_id, ttl=60, allow_overwrite=True,
               name=f"${{{option.format(certificate.address, 'resource_record_name')}}}",
               type=f"${{{option.format(certificate.address, 'resource_record_type')}}}",
               records=[f"${{{option.format(certificate.address, 'resource_record_value')}}}"])  # fmt: skip
    valid = b("aws_acm_certificate_validation", certificate_arn=certificate.arn, validation_record_fqdns=[record.fqdn])
    b("aws_route53_health_check", fqdn="app.example.test", type="HTTPS", port=443, resource_path="/",
      failure_threshold=3, request_interval=30)  # fmt: skip
    return valid


def _balancer(b: Build, vpc: Ref, subnets: list[Ref], group: Ref, certificate: Ref) -> Ref:
    balancer = b("aws_lb", name="edge-dev", subnets=[one.id for one in subnets], security_groups=[group.id],
                 internal=True, drop_invalid_header_fields=True)  # fmt: skip
    target = b("aws_lb_target_group", name="edge-dev", port=443, protocol="HTTPS", vpc_id=vpc.id,
               health_check={"path": "/health", "protocol": "HTTPS"})  # fmt: skip
    listener = b("aws_lb_listener", load_balancer_arn=balancer.arn, port=443, protocol="HTTPS",
                 ssl_policy="ELBSecurityPolicy-TLS13-1-2-2021-06", certificate_arn=certificate.certificate_arn,
                 default_action={"type": "fixed-response",
                                 "fixed_response": {"content_type": "text/plain", "status_code": "403"}})  # fmt: skip
    b("aws_lb_listener_rule", listener_arn=listener.arn, priority=10,
      action={"type": "forward", "target_group_arn": target.arn},
      condition=[{"http_header": {"http_header_name": "X-Origin", "values": ["x"]}}])  # fmt: skip
    addresses = b("aws_wafv2_ip_set", name="edge-dev", scope="REGIONAL", ip_address_version="IPV4",
                  addresses=["192.0.2.0/24"])  # fmt: skip
    rate = {"rate_based_statement": {"limit": 2000, "aggregate_key_type": "IP"}}
    listed = {"ip_set_reference_statement": {"arn": addresses.arn}}
    acl = b("aws_wafv2_web_acl", name="edge-dev", scope="REGIONAL", default_action={"allow": {}},
            visibility_config=VISIBLE,
            rule=[{"name": "rate", "priority": 1, "action": {"block": {}}, "statement": rate,
                   "visibility_config": VISIBLE},
                  {"name": "listed", "priority": 2, "action": {"block": {}}, "statement": listed,
                   "visibility_config": VISIBLE}])  # fmt: skip
    b("aws_wafv2_web_acl_association", resource_arn=balancer.arn, web_acl_arn=acl.arn)
    logs = b("aws_cloudwatch_log_group", name="aws-waf-logs-edge-dev", retention_in_days=30)
    b("aws_wafv2_web_acl_logging_configuration", resource_arn=acl.arn, log_destination_configs=[logs.arn])
    return target


def _instances(b: Build, subnets: list[Ref], group: Ref, target: Ref) -> None:
    r = role(b, "ec2", "edge-dev")
    profile = b("aws_iam_instance_profile", name="edge-dev", role=r.name)
    template = b("aws_launch_template", name="edge-dev", image_id="ami-12c6146b", instance_type="t3.micro",
                 vpc_security_group_ids=[group.id], iam_instance_profile={"arn": profile.arn},
                 metadata_options={"http_tokens": "required", "http_endpoint": "enabled"},
                 block_device_mappings=[{"device_name": "/dev/xvda", "ebs": {"encrypted": "true", "volume_size": 20,
                                                                             "volume_type": "gp3"}}])  # fmt: skip
    scaling = b("aws_autoscaling_group", name="edge-dev", min_size=0, max_size=2, desired_capacity=0,
                vpc_zone_identifier=[one.id for one in subnets], target_group_arns=[target.arn],
                health_check_type="ELB", launch_template={"id": template.id, "version": template.latest_version},
                tag=[{"key": "Env", "value": "dev", "propagate_at_launch": True}])  # fmt: skip
    measure = {"predefined_metric_specification": {"predefined_metric_type": "ASGAverageCPUUtilization"},
               "target_value": 60}  # fmt: skip
    b("aws_autoscaling_policy", name="cpu", autoscaling_group_name=scaling.name, policy_type="TargetTrackingScaling",
      target_tracking_configuration=measure)  # fmt: skip
    b("aws_autoscaling_schedule", scheduled_action_name="night", autoscaling_group_name=scaling.name, min_size=0,
      max_size=0, desired_capacity=0, recurrence="0 20 * * *")  # fmt: skip
    b("aws_autoscaling_lifecycle_hook", name="drain", autoscaling_group_name=scaling.name, heartbeat_timeout=300,
      default_result="CONTINUE", lifecycle_transition="autoscaling:EC2_INSTANCE_TERMINATING")  # fmt: skip
    topic = b("aws_sns_topic", name="edge-dev")
    b("aws_autoscaling_notification", group_names=[scaling.name], topic_arn=topic.arn,
      notifications=["autoscaling:EC2_INSTANCE_LAUNCH_ERROR", "autoscaling:EC2_INSTANCE_TERMINATE"])  # fmt: skip


def _distribution(b: Build) -> None:
    bucket = b("aws_s3_bucket", bucket="edge-assets-dev", force_destroy=True)
    control = b("aws_cloudfront_origin_access_control", name="edge-dev", origin_access_control_origin_type="s3",
                signing_behavior="always", signing_protocol="sigv4")  # fmt: skip
    keys = {"cookies_config": {"cookie_behavior": "none"}, "headers_config": {"header_behavior": "none"},
            "query_strings_config": {"query_string_behavior": "all"}}  # fmt: skip
    cache = b("aws_cloudfront_cache_policy", name="edge-dev", min_ttl=1, default_ttl=60, max_ttl=300,
              parameters_in_cache_key_and_forwarded_to_origin=keys)  # fmt: skip
    request = b("aws_cloudfront_origin_request_policy", name="edge-dev", cookies_config={"cookie_behavior": "all"},
                headers_config={"header_behavior": "allViewer"}, query_strings_config=keys["query_strings_config"])  # fmt: skip
    safe = {"strict_transport_security": {"access_control_max_age_sec": 63072000, "override": True},
            "content_type_options": {"override": True}}  # fmt: skip
    headers = b("aws_cloudfront_response_headers_policy", name="edge-dev", security_headers_config=safe)
    behavior = {"allowed_methods": ["GET", "HEAD"], "cached_methods": ["GET", "HEAD"], "target_origin_id": "s3",
                "viewer_protocol_policy": "redirect-to-https", "cache_policy_id": cache.id,
                "origin_request_policy_id": request.id, "response_headers_policy_id": headers.id}  # fmt: skip
    custom = {"http_port": 80, "https_port": 443, "origin_protocol_policy": "https-only",
              "origin_ssl_protocols": ["TLSv1.2"]}  # fmt: skip
    site = b("aws_cloudfront_distribution", enabled=True, default_cache_behavior=behavior,
             ordered_cache_behavior=[{**behavior, "path_pattern": "/api/*", "target_origin_id": "app"}],
             origin=[{"domain_name": bucket.bucket_regional_domain_name, "origin_id": "s3",
                      "origin_access_control_id": control.id},
                     {"domain_name": "app.example.test", "origin_id": "app", "custom_origin_config": custom}],
             restrictions={"geo_restriction": {"restriction_type": "none"}},
             viewer_certificate={"cloudfront_default_certificate": True})  # fmt: skip
    b("aws_cloudfront_monitoring_subscription", distribution_id=site.id,
      monitoring_subscription={"realtime_metrics_subscription_config": {
          "realtime_metrics_subscription_status": "Enabled"}})  # fmt: skip
    b("aws_s3_bucket_policy", bucket=bucket.id,
      policy=statement(Principal={"Service": "cloudfront.amazonaws.com"}, Action="s3:GetObject",
                       Resource=f"{bucket.arn}/*", Condition={"StringEquals": {"AWS:SourceArn": site.arn}}))  # fmt: skip
