"""What a security baseline is made of."""

from tools.oracle_emulator.building import ACCOUNT, REGION, Build, Ref, key, network, policy, role, statement

TEMPLATE = (
    "Resources:\n  Rule:\n    Type: AWS::Config::ConfigRule\n    Properties:\n      ConfigRuleName: packed\n"
    "      Source:\n        Owner: AWS\n        SourceIdentifier: S3_BUCKET_VERSIONING_ENABLED\n"
)
METADATA = {"http_tokens": "required", "http_put_response_hop_limit": 2, "instance_metadata_tags": "enabled"}


def build(b: Build) -> None:
    """Every type of it."""
    bucket = _bucket(b)
    topic = _topic(b)
    _account(b, topic)
    _config(b, bucket, topic)
    _watching(b, topic)
    _logs(b)


def _bucket(b: Build) -> Ref:
    bucket = b("aws_s3_bucket", bucket="audit-dev", force_destroy=True, object_lock_enabled=True)
    logs = b("aws_s3_bucket", bucket="audit-logs-dev", force_destroy=True)
    b("aws_s3_bucket_ownership_controls", bucket=logs.id, rule={"object_ownership": "BucketOwnerEnforced"})
    own = b("aws_s3_bucket_policy", bucket=logs.id,
            policy=statement(Principal={"Service": "logging.s3.amazonaws.com"}, Action="s3:PutObject",
                             Resource=f"{logs.arn}/*"))  # fmt: skip
    b("aws_s3_bucket_public_access_block", bucket=bucket.id, block_public_acls=True, block_public_policy=True,
      ignore_public_acls=True, restrict_public_buckets=True)  # fmt: skip
    b("aws_s3_bucket_logging", bucket=bucket.id, target_bucket=logs.id, target_prefix="s3/", after=[own])
    version = b("aws_s3_bucket_versioning", bucket=bucket.id, versioning_configuration={"status": "Enabled"})
    default = {"sse_algorithm": "AES256"}
    b("aws_s3_bucket_server_side_encryption_configuration", bucket=bucket.id,
      rule={"apply_server_side_encryption_by_default": default})  # fmt: skip
    b("aws_s3_bucket_object_lock_configuration", bucket=bucket.id, after=[version],
      rule={"default_retention": {"mode": "GOVERNANCE", "days": 1}})  # fmt: skip
    b("aws_s3_bucket_lifecycle_configuration", bucket=bucket.id, after=[version],
      rule=[{"id": "old", "status": "Enabled", "filter": {}, "expiration": {"days": 365},
             "noncurrent_version_expiration": {"noncurrent_days": 30}}])  # fmt: skip
    tls = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": [bucket.arn, f"{bucket.arn}/*"],
           "Condition": {"Bool": {"aws:SecureTransport": "false"}}}  # fmt: skip
    services = {"Service": ["cloudtrail.amazonaws.com", "config.amazonaws.com"]}
    write = {"Effect": "Allow", "Principal": services, "Action": ["s3:PutObject", "s3:GetBucketAcl"],
             "Resource": [bucket.arn, f"{bucket.arn}/*"]}  # fmt: skip
    b("aws_s3_bucket_policy", bucket=bucket.id, policy=policy(tls, write))
    b("aws_s3_account_public_access_block", block_public_acls=True, block_public_policy=True)
    return bucket


def _topic(b: Build) -> Ref:
    k = key(b, "sns", "cloudwatch", rotation_period_in_days=180)
    b("aws_kms_alias", name="alias/audit-dev", target_key_id=k.key_id)
    topic = b("aws_sns_topic", name="audit-dev", kms_master_key_id=k.id)
    b("aws_sns_topic_policy", arn=topic.arn,
      policy=statement(Principal={"Service": "cloudwatch.amazonaws.com"}, Action="sns:Publish", Resource=topic.arn))  # fmt: skip
    b("aws_sns_topic_subscription", topic_arn=topic.arn, protocol="email", endpoint="a@example.com")
    return topic


def _account(b: Build, topic: Ref) -> None:
    k = key(b)
    b("aws_ebs_encryption_by_default", enabled=True)
    b("aws_ebs_default_kms_key", key_arn=k.arn)
    b("aws_ebs_snapshot_block_public_access", state="block-all-sharing")
    b("aws_ec2_instance_metadata_defaults", **METADATA)
    b("aws_account_alternate_contact", alternate_contact_type="SECURITY", name="S", title="T",
      email_address="s@example.com", phone_number="+1555")  # fmt: skip
    b("aws_iam_account_password_policy", minimum_password_length=14, require_symbols=True)
    group = b("aws_iam_group", name="auditors-dev")
    b("aws_iam_group_policy", name="p", group=group.name, policy=statement(Action="s3:Get*", Resource="*"))
    b("aws_iam_group_policy_attachment", group=group.name, policy_arn="arn:aws:iam::aws:policy/SecurityAudit")
    r = role(b, "ec2", "audit-ec2-dev")
    b("aws_iam_instance_profile", name="audit-dev", role=r.name)
    own = b("aws_iam_policy", name="audit-dev", policy=statement(Action="s3:Get*", Resource="*"))
    b("aws_iam_role_policy_attachment", role=r.name, policy_arn=own.arn)
    b("aws_iam_role_policy", name="in", role=r.id, policy=statement(Action="s3:Get*", Resource="*"))
    b("aws_budgets_budget", name="month-dev", budget_type="COST", limit_amount="100", limit_unit="USD",
      time_unit="MONTHLY", notification=[{"comparison_operator": "GREATER_THAN", "threshold": 80,
      "threshold_type": "PERCENTAGE", "notification_type": "ACTUAL",
      "subscriber_email_addresses": ["a@example.com"], "subscriber_sns_topic_arns": [topic.arn]}])  # fmt: skip
    monitor = b("aws_ce_anomaly_monitor", name="m-dev", monitor_type="DIMENSIONAL", monitor_dimension="SERVICE")
    b("aws_ce_anomaly_subscription", name="s-dev", frequency="DAILY", monitor_arn_list=[monitor.arn],
      subscriber={"type": "EMAIL", "address": "a@example.com"},
      threshold_expression={"dimension": {"key": "ANOMALY_TOTAL_IMPACT_ABSOLUTE", "match_options":
      ["GREATER_THAN_OR_EQUAL"], "values": ["100"]}})  # fmt: skip
    query = '{"ResourceTypeFilters":["AWS::AllSupported"],"TagFilters":[{"Key":"Env","Values":["dev"]}]}'
    b("aws_resourcegroups_group", name="g-dev", resource_query={"query": query})
    b("aws_ssm_parameter", name="/audit/dev", type="String", value="x")


def _config(b: Build, bucket: Ref, topic: Ref) -> None:
    r = role(b, "config", "config-dev")
    recorder = b("aws_config_configuration_recorder", name="c-dev", role_arn=r.arn,
                 recording_group={"all_supported": True, "include_global_resource_types": True})  # fmt: skip
    channel = b("aws_config_delivery_channel", name="c-dev", s3_bucket_name=bucket.bucket, sns_topic_arn=topic.arn,
                after=[recorder])  # fmt: skip
    status = b("aws_config_configuration_recorder_status", name=recorder.name, is_enabled=True, after=[channel])
    b("aws_config_config_rule", name="v-dev", after=[status],
      source={"owner": "AWS", "source_identifier": "S3_BUCKET_VERSIONING_ENABLED"})  # fmt: skip
    b("aws_config_conformance_pack", name="pack-dev", template_body=TEMPLATE, after=[status])
    b("aws_cloudtrail", name="t-dev", s3_bucket_name=bucket.bucket, is_multi_region_trail=True,
      enable_log_file_validation=True)  # fmt: skip


def _watching(b: Build, topic: Ref) -> None:
    detector = b("aws_guardduty_detector", enable=True)
    b("aws_guardduty_detector_feature", detector_id=detector.id, name="S3_DATA_EVENTS", status="ENABLED")
    b("aws_macie2_account")
    b("aws_inspector2_enabler", account_ids=[ACCOUNT], resource_types=["ECR", "EC2"])
    hub = b("aws_securityhub_account", enable_default_standards=False, auto_enable_controls=True)
    b("aws_securityhub_standards_subscription", after=[hub],
      standards_arn=f"arn:aws:securityhub:{REGION}::standards/aws-foundational-security-best-practices/v/1.0.0")  # fmt: skip
    b("aws_securityhub_standards_subscription", after=[hub],
      standards_arn=f"arn:aws:securityhub:{REGION}::standards/pci-dss/v/4.0.1")  # fmt: skip
    b("aws_securityhub_finding_aggregator", linking_mode="ALL_REGIONS", after=[hub])
    b("aws_accessanalyzer_analyzer", analyzer_name="a-dev", type="ACCOUNT", tags={"Env": "dev"})
    rule = b("aws_cloudwatch_event_rule", name="e-dev", event_pattern='{"source":["aws.guardduty"]}')
    b("aws_cloudwatch_event_target", rule=rule.name, arn=topic.arn, target_id="t")


def _logs(b: Build) -> None:
    vpc, _ = network(b)
    b("aws_default_security_group", vpc_id=vpc.id)
    group = b("aws_security_group", name="g-dev", vpc_id=vpc.id, description="g")
    b("aws_vpc_security_group_ingress_rule", security_group_id=group.id, cidr_ipv4="10.0.0.0/16", from_port=443,
      to_port=443, ip_protocol="tcp", description="i")  # fmt: skip
    b("aws_vpc_security_group_egress_rule", security_group_id=group.id, cidr_ipv4="0.0.0.0/0", ip_protocol="-1")
    k = key(b, f"logs.{REGION}")
    logs = b("aws_cloudwatch_log_group", name="/audit/dev", retention_in_days=30, kms_key_id=k.arn,
             log_group_class="STANDARD")  # fmt: skip
    flow = role(b, "vpc-flow-logs", "flow-dev")
    b("aws_flow_log", vpc_id=vpc.id, traffic_type="ALL", iam_role_arn=flow.arn, log_destination=logs.arn)
    b("aws_cloudwatch_log_metric_filter", name="f-dev", log_group_name=logs.name, pattern="ERROR",
      metric_transformation={"name": "Errors", "namespace": "Audit", "value": "1"})  # fmt: skip
    b("aws_cloudwatch_query_definition", name="q-dev", log_group_names=[logs.name], query_string="fields @message")
    alarm = b("aws_cloudwatch_metric_alarm", alarm_name="a-dev", comparison_operator="GreaterThanThreshold",
              evaluation_periods=1, metric_name="Errors", namespace="Audit", period=60, statistic="Sum", threshold=1)  # fmt: skip
    b("aws_cloudwatch_composite_alarm", alarm_name="c-dev", alarm_rule=f'ALARM("{alarm.alarm_name}")',
      tags={"Env": "dev"})  # fmt: skip
    body = '{"widgets":[{"type":"text","width":6,"height":6,"properties":{"markdown":"x"}}]}'
    b("aws_cloudwatch_dashboard", dashboard_name="d-dev", dashboard_body=body)
