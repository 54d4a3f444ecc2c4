"""Two regions: replicas of keys, buckets, caches, databases and tables."""

from tools.oracle_emulator.building import Build, Ref, key, network, policy, role

WEST = "aws.west"


def build(b: Build) -> None:
    """Every type of it."""
    _keys(b)
    _buckets(b)
    _databases(b)
    _records(b)
    b("aws_dynamodb_table", name="global-dev", billing_mode="PAY_PER_REQUEST", hash_key="id", stream_enabled=True,
      stream_view_type="NEW_AND_OLD_IMAGES", attribute=[{"name": "id", "type": "S"}],
      replica=[{"region_name": "us-west-2"}])  # fmt: skip


def _keys(b: Build) -> None:
    primary = key(b, multi_region=True)
    replica = b("aws_kms_replica_key", primary_key_arn=primary.arn, provider=WEST)
    b("aws_kms_alias", name="alias/global-dev", target_key_id=primary.key_id)
    b("aws_kms_alias", name="alias/global-dev", target_key_id=replica.key_id, provider=WEST)
    secret = b("aws_secretsmanager_secret", name="global-dev", recovery_window_in_days=0,
               replica=[{"region": "us-west-2"}])  # fmt: skip
    b("aws_secretsmanager_secret_version", secret_id=secret.id, secret_string="{}")


def _buckets(b: Build) -> None:
    near, far = (
        b("aws_s3_bucket", bucket="near-dev", force_destroy=True),
        b("aws_s3_bucket", bucket="far-dev", force_destroy=True, provider=WEST),
    )
    status = {"status": "Enabled"}
    kept = b("aws_s3_bucket_versioning", bucket=near.id, versioning_configuration=status)
    away = b("aws_s3_bucket_versioning", bucket=far.id, versioning_configuration=status, provider=WEST)
    r = role(b, "s3", "copy-dev")
    limits = {"replication_time": {"status": "Enabled", "time": {"minutes": 15}},
              "metrics": {"status": "Enabled", "event_threshold": {"minutes": 15}}}  # fmt: skip
    b("aws_s3_bucket_replication_configuration", bucket=near.id, role=r.arn, after=[kept, away],
      rule=[{"id": "all", "status": "Enabled", "filter": {}, "delete_marker_replication": status,
             "destination": {"bucket": far.arn, "storage_class": "STANDARD", **limits}}])  # fmt: skip
    topic = b("aws_sns_topic", name="near-dev")
    b("aws_sns_topic_policy", arn=topic.arn, policy=policy(
        {"Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"}, "Action": "sns:Publish",
         "Resource": topic.arn}))  # fmt: skip


def _databases(b: Build) -> None:
    _, subnets = network(b)
    whole = b("aws_rds_global_cluster", global_cluster_identifier="global-dev", engine="aurora-postgresql",
              engine_version="16.4", storage_encrypted=True)  # fmt: skip
    place = b("aws_db_subnet_group", name="global-dev", subnet_ids=[one.id for one in subnets])
    common = {"engine": "aurora-postgresql", "engine_version": "16.4", "skip_final_snapshot": True}
    cluster = b("aws_rds_cluster", cluster_identifier="global-1-dev", global_cluster_identifier=whole.id,
                storage_encrypted=True, master_username="app", master_password="not-a-secret-1",
                db_subnet_group_name=place.name, **common)  # fmt: skip
    b("aws_rds_cluster_instance", identifier="global-1-dev-1", cluster_identifier=cluster.id,
      instance_class="db.r6g.large", engine="aurora-postgresql")  # fmt: skip
    _caches(b, subnets)


def _caches(b: Build, subnets: list[Ref]) -> None:
    place = b("aws_elasticache_subnet_group", name="global-dev", subnet_ids=[one.id for one in subnets])
    first = b("aws_elasticache_replication_group", replication_group_id="global-1-dev", description="first",
              engine="redis", engine_version="7.1", node_type="cache.r6g.large", num_cache_clusters=1,
              subnet_group_name=place.name)  # fmt: skip
    whole = b("aws_elasticache_global_replication_group", global_replication_group_id_suffix="dev",
              primary_replication_group_id=first.id)  # fmt: skip
    b("aws_elasticache_replication_group", replication_group_id="global-2-dev", description="second",
      num_cache_clusters=1, global_replication_group_id=whole.global_replication_group_id, provider=WEST)  # fmt: skip


def _records(b: Build) -> None:
    zone = b("aws_route53_zone", name="global.test")
    checks = []
    for place, name in enumerate(("one.global.test", "two.global.test")):
        check = b("aws_route53_health_check", fqdn=name, type="HTTPS", port=443, failure_threshold=3,
                  request_interval=10, resource_path="/")  # fmt: skip
        checks.append(check)
        b("aws_route53_record", zone_id=zone.zone_id, name="app.global.test", type="CNAME", ttl=60, records=[name],
          set_identifier=str(place), health_check_id=check.id,
          failover_routing_policy={"type": "SECONDARY" if place else "PRIMARY"})  # fmt: skip
    alarm = b("aws_cloudwatch_metric_alarm", alarm_name="lag-dev", comparison_operator="GreaterThanThreshold",
              evaluation_periods=1, metric_name="Lag", namespace="G", period=60, statistic="Maximum", threshold=900)  # fmt: skip
    b("aws_route53_health_check", type="CLOUDWATCH_METRIC", cloudwatch_alarm_name=alarm.alarm_name,
      cloudwatch_alarm_region="us-east-1", insufficient_data_health_status="Healthy")  # fmt: skip
