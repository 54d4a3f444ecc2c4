"""Databases, secrets with rotation, backups, queues, functions."""

from tools.oracle_emulator.building import Build, Ref, key, network, policy, role, statement


def build(b: Build) -> None:
    """Every type of it."""
    vpc, subnets = network(b)
    group = b("aws_security_group", name="data-dev", vpc_id=vpc.id, description="data")
    cluster = _cluster(b, subnets, group)
    function = _function(b)
    _secret(b, function)
    _proxy(b, cluster, subnets)
    _backup(b, cluster)
    _table(b)
    _logs(b)


def _cluster(b: Build, subnets: list[Ref], group: Ref) -> Ref:
    place = b("aws_db_subnet_group", name="data-dev", subnet_ids=[one.id for one in subnets])
    tls = [{"name": "rds.force_ssl", "value": "1"}]
    of_cluster = b("aws_rds_cluster_parameter_group", name="data-dev", family="aurora-postgresql16", parameter=tls)
    of_instance = b("aws_db_parameter_group", name="data-dev", family="aurora-postgresql16",
                    parameter=[{"name": "log_min_duration_statement", "value": "1000"}])  # fmt: skip
    k = key(b, "rds")
    cluster = b("aws_rds_cluster", cluster_identifier="data-dev", engine="aurora-postgresql", engine_version="16.4",
                master_username="app", manage_master_user_password=True, storage_encrypted=True, kms_key_id=k.arn,
                db_subnet_group_name=place.name, db_cluster_parameter_group_name=of_cluster.name,
                vpc_security_group_ids=[group.id], skip_final_snapshot=True, backup_retention_period=7,
                serverlessv2_scaling_configuration={"min_capacity": 0.5, "max_capacity": 2})  # fmt: skip
    b("aws_rds_cluster_instance", identifier="data-dev-1", cluster_identifier=cluster.id, engine="aurora-postgresql",
      instance_class="db.serverless", db_parameter_group_name=of_instance.name,
      performance_insights_enabled=True)  # fmt: skip
    topic = b("aws_sns_topic", name="data-dev")
    b("aws_db_event_subscription", name="data-dev", sns_topic=topic.arn, source_type="db-cluster",
      event_categories=["failover"], source_ids=[cluster.id])  # fmt: skip
    return cluster


def _function(b: Build) -> Ref:
    r = role(b, "lambda", "data-lambda-dev")
    logs = b("aws_cloudwatch_log_group", name="/aws/lambda/rotate-dev", retention_in_days=30)
    code = b("aws_s3_bucket", bucket="data-code-dev", force_destroy=True)
    tls = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": [code.arn, f"{code.arn}/*"],
           "Condition": {"Bool": {"aws:SecureTransport": "false"}}}  # fmt: skip
    closed = b("aws_s3_bucket_policy", bucket=code.id, policy=policy(tls))
    archive = b("aws_s3_object", bucket=code.id, key="rotate.zip", content_base64=EMPTY_ARCHIVE, after=[closed])
    dead = b("aws_sqs_queue", name="data-dead-dev", sqs_managed_sse_enabled=True)
    b("aws_sqs_queue", name="data-dev", visibility_timeout_seconds=60,
      redrive_policy=f'{{"deadLetterTargetArn":"{dead.arn}","maxReceiveCount":3}}')  # fmt: skip
    function = b("aws_lambda_function", function_name="rotate-dev", role=r.arn, runtime="python3.12",
                 handler="rotate.handler", s3_bucket=code.id, s3_key=archive.key, timeout=30, publish=True,
                 dead_letter_config={"target_arn": dead.arn}, environment={"variables": {"A": "b"}},
                 logging_config={"log_format": "JSON", "log_group": logs.name})  # fmt: skip
    b("aws_lambda_permission", function_name=function.function_name, action="lambda:InvokeFunction",
      statement_id="s", principal="secretsmanager.amazonaws.com")  # fmt: skip
    return function


EMPTY_ARCHIVE = "UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA=="


def _secret(b: Build, function: Ref) -> None:
    secret = b("aws_secretsmanager_secret", name="data-dev", recovery_window_in_days=0)
    value = b("aws_secretsmanager_secret_version", secret_id=secret.id, secret_string="{}")
    b("aws_secretsmanager_secret_policy", secret_arn=secret.arn,
      policy=statement(Principal={"Service": "rds.amazonaws.com"}, Action="secretsmanager:GetSecretValue",
                       Resource="*"))  # fmt: skip
    b("aws_secretsmanager_secret_rotation", secret_id=secret.id, rotation_lambda_arn=function.arn,
      rotate_immediately=False, rotation_rules={"automatically_after_days": 30}, after=[value])  # fmt: skip
    other = b("aws_secretsmanager_secret", name="data-other-dev", recovery_window_in_days=0)
    value = b("aws_secretsmanager_secret_version", secret_id=other.id, secret_string="{}")
    b("aws_secretsmanager_secret_rotation", secret_id=other.id, rotation_lambda_arn=function.arn, after=[value],
      rotate_immediately=False, rotation_rules={"schedule_expression": "rate(10 days)"})  # fmt: skip


def _proxy(b: Build, cluster: Ref, subnets: list[Ref]) -> None:
    r = role(b, "rds", "data-proxy-dev")
    secret = b("aws_secretsmanager_secret", name="data-proxy-dev", recovery_window_in_days=0)
    proxy = b("aws_db_proxy", name="data-dev", engine_family="POSTGRESQL", role_arn=r.arn, require_tls=True,
              vpc_subnet_ids=[one.id for one in subnets],
              auth=[{"auth_scheme": "SECRETS", "iam_auth": "DISABLED", "secret_arn": secret.arn}])  # fmt: skip
    b("aws_db_proxy_default_target_group", db_proxy_name=proxy.name,
      connection_pool_config={"max_connections_percent": 80})  # fmt: skip
    b("aws_db_proxy_target", db_proxy_name=proxy.name, target_group_name="default", db_cluster_identifier=cluster.id)


def _backup(b: Build, cluster: Ref) -> None:
    r = role(b, "backup", "data-backup-dev")
    vault = b("aws_backup_vault", name="data-dev")
    topic = b("aws_sns_topic", name="data-backup-dev")
    b("aws_backup_vault_policy", backup_vault_name=vault.name,
      policy=statement(Principal="*", Action="backup:StartCopyJob", Resource="*"))  # fmt: skip
    b("aws_backup_vault_notifications", backup_vault_name=vault.name, sns_topic_arn=topic.arn,
      backup_vault_events=["BACKUP_JOB_FAILED"])  # fmt: skip
    b("aws_backup_vault_lock_configuration", backup_vault_name=vault.name, min_retention_days=1, max_retention_days=60)
    plan = b("aws_backup_plan", name="data-dev",
             rule=[{"rule_name": "hourly", "target_vault_name": vault.name, "schedule": "cron(0 * * * ? *)",
                    "start_window": 60, "completion_window": 180, "lifecycle": {"delete_after": 7}}])  # fmt: skip
    b("aws_backup_selection", name="data-dev", plan_id=plan.id, iam_role_arn=r.arn, resources=[cluster.arn])
    reports = b("aws_s3_bucket", bucket="data-reports-dev", force_destroy=True)
    b("aws_backup_report_plan", name="data_dev", report_delivery_channel={"s3_bucket_name": reports.bucket},
      report_setting={"report_template": "BACKUP_JOB_REPORT"})  # fmt: skip
    b("aws_backup_restore_testing_plan", name="data_dev", schedule_expression="cron(0 3 ? * SUN *)",
      recovery_point_selection={"algorithm": "LATEST_WITHIN_WINDOW", "include_vaults": ["*"],
                                "recovery_point_types": ["SNAPSHOT"]})  # fmt: skip


def _table(b: Build) -> None:
    b("aws_dynamodb_table", name="data-dev", billing_mode="PAY_PER_REQUEST", hash_key="id",
      attribute=[{"name": "id", "type": "S"}], point_in_time_recovery={"enabled": True},
      server_side_encryption={"enabled": True}, ttl={"enabled": True, "attribute_name": "until"})  # fmt: skip


def _logs(b: Build) -> None:
    logs = b("aws_cloudwatch_log_group", name="/data/dev", retention_in_days=30)
    identifiers = ["arn:aws:dataprotection::aws:data-identifier/CreditCardNumber"]
    audit = {"Sid": "audit", "DataIdentifier": identifiers, "Operation": {"Audit": {"FindingsDestination": {}}}}
    mask = {"Sid": "mask", "DataIdentifier": identifiers, "Operation": {"Deidentify": {"MaskConfig": {}}}}
    b("aws_cloudwatch_log_data_protection_policy", log_group_name=logs.name,
      policy_document=f"${{jsonencode({_hcl({'Name': 'p', 'Version': '2021-06-01', 'Statement': [audit, mask]})})}}")  # fmt: skip


def _hcl(value: object) -> str:
    import json

    return json.dumps(value)
