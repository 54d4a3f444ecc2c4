"""Repairs and operations of ours in services that keep data: what was given comes back, what is deleted is gone."""

import json

import pytest
from botocore.exceptions import ClientError

from onetake.emulator.inventory import taken


def test_a_bucket_that_is_closed_to_plain_http_can_be_read(client):
    s3 = client("s3")
    s3.create_bucket(Bucket="closed")
    s3.put_object(Bucket="closed", Key="k", Body=b"x")
    deny = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::closed/*",
            "Condition": {"Bool": {"aws:SecureTransport": "false"}}}  # fmt: skip
    s3.put_bucket_policy(Bucket="closed", Policy=json.dumps({"Version": "2012-10-17", "Statement": [deny]}))
    assert s3.get_object(Bucket="closed", Key="k")["Body"].read() == b"x"
    shut = {name: value for name, value in deny.items() if name != "Condition"}
    s3.put_bucket_policy(Bucket="closed", Policy=json.dumps({"Version": "2012-10-17", "Statement": [shut]}))
    with pytest.raises(ClientError, match=r"Forbidden|AccessDenied"):
        s3.get_object(Bucket="closed", Key="k")


def test_replication_is_what_was_configured(client):
    s3 = client("s3")
    for name in ("near", "far"):
        s3.create_bucket(Bucket=name)
        s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    rule = {"ID": "all", "Priority": 1, "Status": "Enabled", "Filter": {"Prefix": ""},
            "DeleteMarkerReplication": {"Status": "Enabled"},
            "Destination": {"Bucket": "arn:aws:s3:::far", "Metrics": {"Status": "Enabled"}}}  # fmt: skip
    given = {"Role": "arn:aws:iam::123456789012:role/r", "Rules": [rule]}
    s3.put_bucket_replication(Bucket="near", ReplicationConfiguration=given)
    assert s3.get_bucket_replication(Bucket="near")["ReplicationConfiguration"] == given


def test_a_key_keeps_its_period_and_a_primary_stays_one(client):
    near, far = client("kms"), client("kms", "us-west-2")
    key = near.create_key(MultiRegion=True)["KeyMetadata"]
    near.enable_key_rotation(KeyId=key["KeyId"], RotationPeriodInDays=180)
    assert near.get_key_rotation_status(KeyId=key["KeyId"])["RotationPeriodInDays"] == 180
    tags = [{"TagKey": "Environment", "TagValue": "dev"}]
    policy = json.dumps({"Version": "2012-10-17", "Statement": []})
    given = {"Tags": tags, "Policy": policy, "Description": "there"}
    near.replicate_key(KeyId=key["KeyId"], ReplicaRegion="us-west-2", **given)
    assert far.list_resource_tags(KeyId=key["KeyId"])["Tags"] == tags
    assert far.get_key_policy(KeyId=key["KeyId"], PolicyName="default")["Policy"] == policy
    assert far.describe_key(KeyId=key["KeyId"])["KeyMetadata"]["Description"] == "there"
    assert near.describe_key(KeyId=key["KeyId"])["KeyMetadata"]["Description"] == ""
    near.create_alias(AliasName="alias/a", TargetKeyId=key["KeyId"])
    far.create_alias(AliasName="alias/a", TargetKeyId=key["KeyId"])
    kinds = [
        one.describe_key(KeyId=key["KeyId"])["KeyMetadata"]["MultiRegionConfiguration"]["MultiRegionKeyType"]
        for one in (near, far)
    ]
    assert kinds == ["PRIMARY", "REPLICA"]


def test_a_copy_of_a_key_gets_the_default_policy_where_none_is_given(client):
    near, far = client("kms"), client("kms", "us-west-2")
    closed = json.dumps({"Version": "2012-10-17", "Statement": []})
    plain = near.create_key()["KeyMetadata"]["KeyId"]
    key = near.create_key(MultiRegion=True, Policy=closed)["KeyMetadata"]["KeyId"]
    near.replicate_key(KeyId=key, ReplicaRegion="us-west-2")
    default = near.get_key_policy(KeyId=plain, PolicyName="default")["Policy"]
    assert far.get_key_policy(KeyId=key, PolicyName="default")["Policy"] == default


@pytest.mark.parametrize("version", [{}, {"Version": "2008-10-17"}, {"Version": "2012-10-17"}])
def test_policies_within_an_identity_may_be_of_the_older_version(client, version: dict[str, str]):
    iam = client("iam")
    document = json.dumps({**version, "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]})
    iam.create_role(RoleName="one", AssumeRolePolicyDocument="{}")
    iam.create_user(UserName="one")
    iam.create_group(GroupName="one")
    iam.put_role_policy(RoleName="one", PolicyName="p", PolicyDocument=document)
    iam.put_user_policy(UserName="one", PolicyName="p", PolicyDocument=document)
    iam.put_group_policy(GroupName="one", PolicyName="p", PolicyDocument=document)
    if version != {"Version": "2012-10-17"}:
        with pytest.raises(ClientError, match="Policy document must be version 2012-10-17 or greater"):
            iam.create_policy(PolicyName="p", PolicyDocument=document)
    with pytest.raises(ClientError, match="Syntax errors in policy"):
        iam.put_role_policy(RoleName="one", PolicyName="q", PolicyDocument='{"Version": "2000-01-01"}')


def test_a_cache_has_its_clusters_and_joins_a_global_one(client):
    near, far = client("elasticache"), client("elasticache", "us-west-2")
    near.create_cache_parameter_group(CacheParameterGroupName="p", CacheParameterGroupFamily="redis7", Description="d")
    near.modify_cache_parameter_group(
        CacheParameterGroupName="p", ParameterNameValues=[{"ParameterName": "timeout", "ParameterValue": "300"}]
    )
    assert near.describe_cache_parameters(CacheParameterGroupName="p")["Parameters"][0]["ParameterValue"] == "300"
    near.create_replication_group(
        ReplicationGroupId="one",
        ReplicationGroupDescription="d",
        NumCacheClusters=2,
        CacheNodeType="cache.r6g.large",
        AutomaticFailoverEnabled=True,
    )
    members = near.describe_replication_groups(ReplicationGroupId="one")["ReplicationGroups"][0]["MemberClusters"]
    assert members == ["one-001", "one-002"]
    assert near.describe_cache_clusters(CacheClusterId="one-002")["CacheClusters"][0]["EngineVersion"] == "7.1"
    whole = near.create_global_replication_group(GlobalReplicationGroupIdSuffix="g", PrimaryReplicationGroupId="one")
    name = whole["GlobalReplicationGroup"]["GlobalReplicationGroupId"]
    far.create_replication_group(
        ReplicationGroupId="two", ReplicationGroupDescription="d", GlobalReplicationGroupId=name
    )
    found = far.describe_global_replication_groups(GlobalReplicationGroupId=name, ShowMemberInfo=True)
    assert [one["Role"] for one in found["GlobalReplicationGroups"][0]["Members"]] == ["PRIMARY", "SECONDARY"]
    # Who joins is asked neither for its engine nor whether it fails over: both are the first one's.
    near_, far_ = (where.describe_replication_groups()["ReplicationGroups"][0] for where in (near, far))
    assert (far_["AutomaticFailover"], far_["Engine"]) == ("enabled", near_["Engine"])
    near.delete_replication_group(ReplicationGroupId="one")
    with pytest.raises(ClientError, match="ReplicationGroupNotFoundFault"):
        near.describe_replication_groups(ReplicationGroupId="one")


def test_a_file_system_is_replicated_to_one_that_there_is(client):
    near, far = client("efs"), client("efs", "us-west-2")
    source = near.create_file_system(CreationToken="t")["FileSystemId"]
    near.put_backup_policy(FileSystemId=source, BackupPolicy={"Status": "ENABLED"})
    assert near.describe_backup_policy(FileSystemId=source)["BackupPolicy"] == {"Status": "ENABLED"}
    near.create_replication_configuration(SourceFileSystemId=source, Destinations=[{"Region": "us-west-2"}])
    copy = near.describe_replication_configurations(FileSystemId=source)["Replications"][0]["Destinations"][0]
    assert (copy["Status"], copy["Region"]) == ("ENABLED", "us-west-2")
    assert far.describe_file_systems(FileSystemId=copy["FileSystemId"])["FileSystems"]
    near.delete_replication_configuration(SourceFileSystemId=source)
    far.delete_file_system(FileSystemId=copy["FileSystemId"])
    with pytest.raises(ClientError, match="ReplicationNotFound"):
        near.describe_replication_configurations(FileSystemId=source)


def test_a_file_system_is_protected_from_what_replicates_into_it(client, emulator):
    near, far = client("efs"), client("efs", "us-west-2")
    source = near.create_file_system(CreationToken="t")["FileSystemId"]
    copy = far.create_file_system(CreationToken="t")["FileSystemId"]

    def shown() -> dict[str, str]:
        return dict(far.describe_file_systems(FileSystemId=copy)["FileSystems"][0]["FileSystemProtection"])

    states = [shown()]
    far.update_file_system_protection(FileSystemId=copy, ReplicationOverwriteProtection="DISABLED")
    states.append(shown())
    there = {"Region": "us-west-2", "FileSystemId": copy}
    near.create_replication_configuration(SourceFileSystemId=source, Destinations=[there])
    states.append(shown())
    near.delete_replication_configuration(SourceFileSystemId=source)
    states.append(shown())
    told = [one["ReplicationOverwriteProtection"] for one in states]
    assert told == ["ENABLED", "DISABLED", "REPLICATING", "ENABLED"]

    far.delete_file_system(FileSystemId=copy)
    assert [one for one in taken(emulator.layer.store) if one.region == "us-west-2"] == []


def test_replicas_of_a_table(client):
    near, far = client("dynamodb"), client("dynamodb", "us-west-2")
    near.create_table(
        TableName="t",
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
    )
    near.update_table(TableName="t", ReplicaUpdates=[{"Create": {"RegionName": "us-west-2"}}])
    replica = near.describe_table(TableName="t")["Table"]["Replicas"][0]
    assert (replica["RegionName"], replica["ReplicaStatus"]) == ("us-west-2", "ACTIVE")
    assert far.describe_table(TableName="t")["Table"]["TableName"] == "t"


@pytest.mark.parametrize(("allowed", "taken"), [("arn:aws:s3:::logs/*", True), ("arn:aws:s3:::logs/other/*", False)])
def test_logs_are_delivered_where_the_policy_lets_them(client, allowed: str, taken: bool):
    s3 = client("s3")
    for name in ("logs", "data"):
        s3.create_bucket(Bucket=name)
    everybody = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::logs/*",
                 "Condition": {"Bool": {"aws:SecureTransport": "false"}}}  # fmt: skip
    delivery = {"Effect": "Allow", "Principal": {"Service": ["logging.s3.amazonaws.com"]}, "Action": ["s3:PutObject"],
                "Resource": allowed}  # fmt: skip
    policy = {"Version": "2012-10-17", "Statement": [everybody, delivery]}
    s3.put_bucket_policy(Bucket="logs", Policy=json.dumps(policy))
    status = {"LoggingEnabled": {"TargetBucket": "logs", "TargetPrefix": "data/"}}
    if taken:
        s3.put_bucket_logging(Bucket="data", BucketLoggingStatus=status)
        assert s3.get_bucket_logging(Bucket="data")["LoggingEnabled"]["TargetPrefix"] == "data/"
    else:
        with pytest.raises(ClientError, match="InvalidTargetBucketForLogging"):
            s3.put_bucket_logging(Bucket="data", BucketLoggingStatus=status)


def test_a_lock_is_changed_while_objects_are_there_and_told_of_them(client):
    s3 = client("s3")
    s3.create_bucket(Bucket="locked", ObjectLockEnabledForBucket=True)
    rule = {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 1}}
    lock = {"ObjectLockEnabled": "Enabled", "Rule": rule}
    s3.put_object_lock_configuration(Bucket="locked", ObjectLockConfiguration=lock)
    version = s3.put_object(Bucket="locked", Key="k", Body=b"x")["VersionId"]
    held = s3.get_object_retention(Bucket="locked", Key="k", VersionId=version)["Retention"]
    assert held["Mode"] == "GOVERNANCE"
    s3.put_object_lock_configuration(Bucket="locked", ObjectLockConfiguration={"ObjectLockEnabled": "Enabled"})
    free = s3.put_object(Bucket="locked", Key="k", Body=b"y")["VersionId"]
    with pytest.raises(ClientError, match="NoSuchObjectLockConfiguration"):
        s3.get_object_retention(Bucket="locked", Key="k", VersionId=free)
    with pytest.raises(ClientError, match="AccessDenied"):
        s3.delete_object(Bucket="locked", Key="k", VersionId=version)
    s3.delete_object(Bucket="locked", Key="k", VersionId=version, BypassGovernanceRetention=True)


def test_tags_of_vaults_and_plans_come_back(client):
    backup = client("backup")
    vault = backup.create_backup_vault(BackupVaultName="v", BackupVaultTags={"Environment": "dev"})["BackupVaultArn"]
    rule = {"RuleName": "daily", "TargetBackupVaultName": "v"}
    plan = {"BackupPlanName": "p", "Rules": [rule]}
    made = backup.create_backup_plan(BackupPlan=plan, BackupPlanTags={"Environment": "prod"})["BackupPlanArn"]
    assert [backup.list_tags(ResourceArn=one)["Tags"]["Environment"] for one in (vault, made)] == ["dev", "prod"]
    report = backup.create_report_plan(
        ReportPlanName="r",
        ReportDeliveryChannel={"S3BucketName": "b"},
        ReportSetting={"ReportTemplate": "BACKUP_JOB_REPORT"},
        ReportPlanTags={"Environment": "dev"},
    )["ReportPlanArn"]
    selection = {"Algorithm": "LATEST_WITHIN_WINDOW", "IncludeVaults": ["*"], "RecoveryPointTypes": ["SNAPSHOT"]}
    tested = backup.create_restore_testing_plan(
        RestoreTestingPlan={
            "RestoreTestingPlanName": "t",
            "ScheduleExpression": "cron(0 5 ? * * *)",
            "RecoveryPointSelection": selection,
        },
        Tags={"Environment": "prod"},
    )["RestoreTestingPlanArn"]
    selected = {
        "RestoreTestingSelectionName": "s",
        "ProtectedResourceType": "EFS",
        "IamRoleArn": "arn:aws:iam::123456789012:role/r",
        "ProtectedResourceArns": ["*"],
    }
    backup.create_restore_testing_selection(RestoreTestingPlanName="t", RestoreTestingSelection=selected)
    chosen = backup.get_restore_testing_selection(RestoreTestingPlanName="t", RestoreTestingSelectionName="s")
    assert chosen["RestoreTestingSelection"]["RestoreTestingPlanName"] == "t"
    described = backup.describe_report_plan(ReportPlanName="r")["ReportPlan"]["ReportPlanArn"]
    got = backup.get_restore_testing_plan(RestoreTestingPlanName="t")["RestoreTestingPlan"]["RestoreTestingPlanArn"]
    assert (described, got) == (report, tested)
    assert [backup.list_tags(ResourceArn=one)["Tags"]["Environment"] for one in (report, tested)] == ["dev", "prod"]


def test_contributor_insights_of_a_table(client):
    tables = client("dynamodb")
    assert tables.describe_contributor_insights(TableName="t")["ContributorInsightsStatus"] == "DISABLED"
    tables.update_contributor_insights(TableName="t", ContributorInsightsAction="ENABLE")
    assert tables.describe_contributor_insights(TableName="t")["ContributorInsightsStatus"] == "ENABLED"


def test_users_of_a_cache_and_their_group(client):
    cache = client("elasticache")
    cache.create_user(
        UserId="app", UserName="default", Engine="valkey", AccessString="on ~* +@all", NoPasswordRequired=True
    )
    tags = [{"Key": "Environment", "Value": "dev"}]
    arn = cache.create_user_group(UserGroupId="users", Engine="valkey", UserIds=["app"], Tags=tags)["ARN"]
    (group,) = cache.describe_user_groups(UserGroupId="users")["UserGroups"]
    assert (group["Status"], group["UserIds"], group["Engine"]) == ("active", ["app"], "valkey")
    assert cache.list_tags_for_resource(ResourceName=arn)["TagList"] == tags
    cache.delete_user_group(UserGroupId="users")
    assert cache.describe_user_groups()["UserGroups"] == []


def test_a_global_database_keeps_its_name(client):
    database = client("rds")
    given = {"GlobalClusterIdentifier": "g", "Engine": "aurora-postgresql", "DatabaseName": "stream"}
    assert database.create_global_cluster(**given)["GlobalCluster"]["DatabaseName"] == "stream"
    (shown,) = database.describe_global_clusters(GlobalClusterIdentifier="g")["GlobalClusters"]
    assert shown["DatabaseName"] == "stream"

    database.create_global_cluster(GlobalClusterIdentifier="other", Engine="aurora-postgresql")
    (shown,) = database.describe_global_clusters(GlobalClusterIdentifier="g")["GlobalClusters"]
    assert shown["GlobalClusterIdentifier"] == "g"
    assert len(database.describe_global_clusters()["GlobalClusters"]) == 2
    with pytest.raises(ClientError, match="GlobalClusterNotFoundFault"):
        database.describe_global_clusters(GlobalClusterIdentifier="nobody")


def test_clusters_of_two_regions_leave_a_global_database(client):
    near, far = client("rds"), client("rds", "us-west-2")
    near.create_global_cluster(GlobalClusterIdentifier="g", Engine="aurora-postgresql")
    engine = {"Engine": "aurora-postgresql", "GlobalClusterIdentifier": "g"}
    login = {"MasterUsername": "writer", "MasterUserPassword": "not-a-secret"}
    first = near.create_db_cluster(DBClusterIdentifier="first", **login, **engine)["DBCluster"]
    second = far.create_db_cluster(DBClusterIdentifier="second", **engine)["DBCluster"]

    for rds, cluster in ((far, second), (near, first)):
        rds.remove_from_global_cluster(GlobalClusterIdentifier="g", DbClusterIdentifier=cluster["DBClusterArn"])
        rds.delete_db_cluster(DBClusterIdentifier=cluster["DBClusterIdentifier"], SkipFinalSnapshot=True)
    near.delete_global_cluster(GlobalClusterIdentifier="g")

    assert near.describe_global_clusters()["GlobalClusters"] == []
