"""Repairs and operations of ours, service by service: what was given comes back, and what is deleted is gone."""

import io
import json
import zipfile

import pytest
from botocore.exceptions import ClientError

from onetake.emulator.inventory import taken

TRUST = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                    "Principal": {"Service": ["codepipeline.amazonaws.com", "codebuild.amazonaws.com"]}}]})  # fmt: skip


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


def test_composite_alarms_beside_plain_ones(client):
    watch = client("cloudwatch")
    watch.put_metric_alarm(AlarmName="plain", ComparisonOperator="GreaterThanThreshold", EvaluationPeriods=1)
    watch.put_composite_alarm(AlarmName="whole", AlarmRule='ALARM("plain")', Tags=[{"Key": "Env", "Value": "dev"}])
    found = watch.describe_alarms(AlarmNames=["whole"], AlarmTypes=["CompositeAlarm"])["CompositeAlarms"][0]
    assert found["AlarmRule"] == 'ALARM("plain")'
    assert watch.list_tags_for_resource(ResourceARN=found["AlarmArn"])["Tags"] == [{"Key": "Env", "Value": "dev"}]
    assert [one["AlarmName"] for one in watch.describe_alarms()["MetricAlarms"]] == ["plain"]
    watch.delete_alarms(AlarmNames=["whole"])
    assert watch.describe_alarms(AlarmTypes=["CompositeAlarm"])["CompositeAlarms"] == []


def test_a_cache_has_its_clusters_and_joins_a_global_one(client):
    near, far = client("elasticache"), client("elasticache", "us-west-2")
    near.create_cache_parameter_group(CacheParameterGroupName="p", CacheParameterGroupFamily="redis7", Description="d")
    near.modify_cache_parameter_group(
        CacheParameterGroupName="p", ParameterNameValues=[{"ParameterName": "timeout", "ParameterValue": "300"}]
    )
    assert near.describe_cache_parameters(CacheParameterGroupName="p")["Parameters"][0]["ParameterValue"] == "300"
    near.create_replication_group(
        ReplicationGroupId="one", ReplicationGroupDescription="d", NumCacheClusters=2, CacheNodeType="cache.r6g.large"
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
    near.delete_replication_group(ReplicationGroupId="one")
    with pytest.raises(ClientError, match="ReplicationGroupNotFoundFault"):
        near.describe_replication_groups(ReplicationGroupId="one")


def test_a_cluster_keeps_its_access_and_entries_have_policies(client):
    eks = client("eks")
    eks.create_cluster(
        name="c",
        roleArn="arn:aws:iam::123456789012:role/r",
        resourcesVpcConfig={"subnetIds": ["subnet-1", "subnet-2"]},
        accessConfig={"authenticationMode": "API"},
    )
    assert eks.describe_cluster(name="c")["cluster"]["accessConfig"]["authenticationMode"] == "API"
    assert eks.describe_cluster(name="c")["cluster"]["upgradePolicy"] == {"supportType": "EXTENDED"}
    principal, policy = "arn:aws:iam::123456789012:role/admin", "arn:aws:eks::aws:cluster-access-policy/P"
    eks.create_access_entry(clusterName="c", principalArn=principal, kubernetesGroups=["ops"])
    entry = eks.describe_access_entry(clusterName="c", principalArn=principal)["accessEntry"]
    assert (entry["type"], entry["kubernetesGroups"]) == ("STANDARD", ["ops"])
    eks.associate_access_policy(
        clusterName="c", principalArn=principal, policyArn=policy, accessScope={"type": "cluster"}
    )
    listed = eks.list_associated_access_policies(clusterName="c", principalArn=principal)["associatedAccessPolicies"]
    assert [one["policyArn"] for one in listed] == [policy]
    eks.disassociate_access_policy(clusterName="c", principalArn=principal, policyArn=policy)
    assert (
        eks.list_associated_access_policies(clusterName="c", principalArn=principal)["associatedAccessPolicies"] == []
    )
    eks.create_addon(clusterName="c", addonName="coredns")
    assert eks.describe_addon(clusterName="c", addonName="coredns")["addon"]["status"] == "ACTIVE"
    assert eks.list_addons(clusterName="c")["addons"] == ["coredns"]


def test_a_pipeline_tells_its_times_and_a_role_may_trust_several(client):
    role = client("iam").create_role(RoleName="r", AssumeRolePolicyDocument=TRUST)["Role"]["Arn"]
    action = {"name": "a", "actionTypeId": {"category": "Source", "owner": "AWS", "provider": "S3", "version": "1"}}
    stages = [{"name": "S", "actions": [action]}, {"name": "B", "actions": [{**action, "name": "b"}]}]
    store = {"type": "S3", "location": "bucket"}
    pipelines = client("codepipeline")
    pipelines.create_pipeline(pipeline={"name": "p", "roleArn": role, "artifactStore": store, "stages": stages})
    assert pipelines.get_pipeline(name="p")["metadata"]["created"].year >= 2026
    project = {"name": "build", "source": {"type": "CODEPIPELINE"}, "artifacts": {"type": "CODEPIPELINE"},
               "environment": {"type": "LINUX_CONTAINER", "image": "i", "computeType": "BUILD_GENERAL1_SMALL"},
               "serviceRole": role}  # fmt: skip
    builds = client("codebuild")
    made = builds.create_project(**project)["project"]
    assert made["name"] == "build"
    builds.delete_project(name=made["arn"])  # as the provider of Terraform does
    assert builds.list_projects()["projects"] == []


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


def test_defaults_of_an_account(client):
    ec2 = client("ec2")
    assert ec2.get_ebs_default_kms_key_id()["KmsKeyId"].endswith("alias/aws/ebs")
    ec2.modify_ebs_default_kms_key_id(KmsKeyId="arn:aws:kms:us-east-1:123456789012:key/k")
    assert ec2.get_ebs_default_kms_key_id()["KmsKeyId"].endswith("key/k")
    ec2.enable_snapshot_block_public_access(State="block-all-sharing")
    assert ec2.get_snapshot_block_public_access_state()["State"] == "block-all-sharing"
    ec2.modify_instance_metadata_defaults(HttpTokens="required", HttpPutResponseHopLimit=2)
    level = ec2.get_instance_metadata_defaults()["AccountLevel"]
    assert (level["HttpTokens"], level["HttpPutResponseHopLimit"]) == ("required", 2)
    ec2.modify_instance_metadata_defaults(HttpTokens="no-preference", HttpPutResponseHopLimit=-1)
    assert "HttpTokens" not in ec2.get_instance_metadata_defaults()["AccountLevel"]


def test_the_dns_firewall(client):
    resolver = client("route53resolver")
    domains = resolver.create_firewall_domain_list(CreatorRequestId="1", Name="d")["FirewallDomainList"]["Id"]
    resolver.update_firewall_domains(FirewallDomainListId=domains, Operation="REPLACE", Domains=["a.test."])
    assert resolver.list_firewall_domains(FirewallDomainListId=domains)["Domains"] == ["a.test."]
    group = resolver.create_firewall_rule_group(CreatorRequestId="1", Name="g")["FirewallRuleGroup"]
    assert group["Status"] == "COMPLETE"
    assert resolver.list_tags_for_resource(ResourceArn=group["Arn"])["Tags"] == []
    made = resolver.associate_firewall_rule_group(
        CreatorRequestId="1", FirewallRuleGroupId=group["Id"], VpcId="vpc-1", Priority=101, Name="n"
    )["FirewallRuleGroupAssociation"]
    found = resolver.get_firewall_rule_group_association(FirewallRuleGroupAssociationId=made["Id"])
    assert found["FirewallRuleGroupAssociation"]["VpcId"] == "vpc-1"


def test_standards_and_aggregators(client):
    hub = client("securityhub")
    standard = "arn:aws:securityhub:us-east-1::standards/pci-dss/v/4.0.1"
    made = hub.batch_enable_standards(StandardsSubscriptionRequests=[{"StandardsArn": standard}])
    arn = made["StandardsSubscriptions"][0]["StandardsSubscriptionArn"]
    found = hub.get_enabled_standards(StandardsSubscriptionArns=[arn])["StandardsSubscriptions"]
    assert (found[0]["StandardsStatus"], found[0]["StandardsArn"]) == ("READY", standard)
    hub.batch_disable_standards(StandardsSubscriptionArns=[arn])
    assert hub.get_enabled_standards(StandardsSubscriptionArns=[arn])["StandardsSubscriptions"] == []
    region = hub.create_finding_aggregator(RegionLinkingMode="ALL_REGIONS")["FindingAggregatorArn"]
    assert hub.get_finding_aggregator(FindingAggregatorArn=region)["RegionLinkingMode"] == "ALL_REGIONS"


def test_associations_and_baselines(client):
    ssm = client("ssm")
    made = ssm.create_association(Name="AWS-RunShellScript", Targets=[{"Key": "tag:Env", "Values": ["dev"]}])
    identity = made["AssociationDescription"]["AssociationId"]
    assert ssm.describe_association(AssociationId=identity)["AssociationDescription"]["Name"] == "AWS-RunShellScript"
    baseline = ssm.create_patch_baseline(Name="base", OperatingSystem="AMAZON_LINUX_2023")["BaselineId"]
    assert ssm.get_patch_baseline(BaselineId=baseline)["OperatingSystem"] == "AMAZON_LINUX_2023"


def test_listeners_that_check_certificates(client):
    balancing = client("elbv2")
    made = balancing.create_trust_store(Name="t", CaCertificatesBundleS3Bucket="b", CaCertificatesBundleS3Key="k")[
        "TrustStores"
    ][0]
    found = balancing.describe_trust_stores(TrustStoreArns=[made["TrustStoreArn"]])["TrustStores"][0]
    assert found["Status"] == "ACTIVE"
    balancing.delete_trust_store(TrustStoreArn=made["TrustStoreArn"])
    with pytest.raises(ClientError, match="TrustStoreNotFound"):
        balancing.describe_trust_stores(TrustStoreArns=[made["TrustStoreArn"]])


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


def test_a_log_group_keeps_its_class(client):
    logs = client("logs")
    logs.create_log_group(logGroupName="rare", logGroupClass="INFREQUENT_ACCESS")
    assert logs.describe_log_groups()["logGroups"][0]["logGroupClass"] == "INFREQUENT_ACCESS"


def test_a_node_group_has_no_key_pair_that_nobody_gave(client):
    eks = client("eks")
    network = {"subnetIds": ["subnet-1", "subnet-2"]}
    role = "arn:aws:iam::123456789012:role/r"
    eks.create_cluster(name="c", roleArn=role, resourcesVpcConfig=network, version="1.33")
    eks.create_nodegroup(
        clusterName="c", nodegroupName="n", subnets=["subnet-1"], nodeRole=role, updateConfig={"maxUnavailable": 1}
    )
    group = eks.describe_nodegroup(clusterName="c", nodegroupName="n")["nodegroup"]
    assert "remoteAccess" not in group
    assert (group["version"], group["updateConfig"]) == ("1.33", {"maxUnavailable": 1})


def test_rules_of_notifications_are_read_whole(client):
    tools = client("codestar-notifications")
    arn = tools.create_notification_rule(
        Name="failed",
        EventTypeIds=["codepipeline-pipeline-pipeline-execution-failed"],
        Resource="arn:aws:codepipeline:us-east-1:123456789012:p",
        Targets=[{"TargetType": "SNS", "TargetAddress": "arn:aws:sns:us-east-1:123456789012:t"}],
        DetailType="BASIC",
    )["Arn"]
    found = tools.describe_notification_rule(Arn=arn)
    assert (found["Name"], found["DetailType"], found["Status"]) == ("failed", "BASIC", "ENABLED")
    assert found["EventTypes"][0]["EventTypeId"].endswith("execution-failed")
    assert found["Targets"][0]["TargetStatus"] == "ACTIVE"


def test_a_private_zone_knows_its_networks(client):
    zones = client("route53")
    vpc = client("ec2").create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    made = zones.create_hosted_zone(Name="in.test", CallerReference="1", VPC={"VPCRegion": "us-east-1", "VPCId": vpc})[
        "HostedZone"
    ]["Id"]
    assert [one["VPCId"] for one in zones.get_hosted_zone(Id=made)["VPCs"]] == [vpc]


def test_lattice_associations_are_told_by_what_they_join(client):
    lattice = client("vpc-lattice")
    network = lattice.create_service_network(name="net", authType="AWS_IAM")
    made = lattice.create_service_network_vpc_association(
        serviceNetworkIdentifier=network["id"], vpcIdentifier="vpc-12345", securityGroupIds=["sg-12345"]
    )
    found = lattice.get_service_network_vpc_association(serviceNetworkVpcAssociationIdentifier=made["id"])
    assert (found["serviceNetworkId"], found["vpcId"], found["status"]) == (network["id"], "vpc-12345", "ACTIVE")
    lattice.delete_service_network_vpc_association(serviceNetworkVpcAssociationIdentifier=made["id"])
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        lattice.get_service_network_vpc_association(serviceNetworkVpcAssociationIdentifier=made["id"])


def test_a_redrive_policy_comes_back_compact(client):
    queues = client("sqs")
    queues.create_queue(QueueName="dead")
    policy = '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:123456789012:dead","maxReceiveCount":3}'
    url = queues.create_queue(QueueName="q", Attributes={"RedrivePolicy": policy})["QueueUrl"]
    found = queues.get_queue_attributes(QueueUrl=url, AttributeNames=["RedrivePolicy"])
    assert found["Attributes"]["RedrivePolicy"] == policy


def test_a_function_is_created_and_not_run(client):
    role = client("iam").create_role(RoleName="r", AssumeRolePolicyDocument=TRUST)["Role"]["Arn"]
    functions = client("lambda")
    functions.create_function(
        FunctionName="f",
        Role=role,
        Runtime="python3.12",
        Handler="f.handler",
        Code={"ZipFile": b"PK\x05\x06" + bytes(18)},
        LoggingConfig={"LogFormat": "JSON", "LogGroup": "/f"},
    )
    assert functions.get_function(FunctionName="f")["Configuration"]["LoggingConfig"]["LogFormat"] == "JSON"
    assert functions.invoke(FunctionName="f")["Payload"].read() == b"{}"


def test_a_cluster_has_a_security_group_and_an_issuer_of_its_own(client):
    network, eks = client("ec2"), client("eks")
    vpc = network.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = network.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24")["Subnet"]["SubnetId"]
    role = "arn:aws:iam::123456789012:role/cluster"
    made = [
        eks.create_cluster(name=name, roleArn=role, resourcesVpcConfig={"subnetIds": [subnet]})["cluster"]
        for name in ("one", "two")
    ]
    assert len({one["identity"]["oidc"]["issuer"] for one in made}) == 2
    group = made[0]["resourcesVpcConfig"]["clusterSecurityGroupId"]
    shown = eks.describe_cluster(name="one")["cluster"]
    assert shown["resourcesVpcConfig"]["clusterSecurityGroupId"] == group
    assert shown["identity"] == made[0]["identity"]
    assert network.describe_security_groups(GroupIds=[group])["SecurityGroups"][0]["VpcId"] == vpc
    eks.delete_cluster(name="one")
    with pytest.raises(ClientError, match="NotFound"):
        network.describe_security_groups(GroupIds=[group])


def test_every_addon_has_a_version(client):
    found = client("eks").describe_addon_versions(addonName="coredns", kubernetesVersion="1.35")["addons"]
    assert [one["addonName"] for one in found] == ["coredns"]
    assert found[0]["addonVersions"][0]["compatibilities"][0]["clusterVersion"] == "1.35"


def test_a_feature_of_a_detector_leaves_the_others(client):
    detection = client("guardduty")
    detector = detection.create_detector(Enable=True)["DetectorId"]
    for name in ("S3_DATA_EVENTS", "EKS_AUDIT_LOGS", "S3_DATA_EVENTS"):
        detection.update_detector(DetectorId=detector, Features=[{"Name": name, "Status": "ENABLED"}])
    found = detection.get_detector(DetectorId=detector)["Features"]
    assert sorted(one["Name"] for one in found) == ["EKS_AUDIT_LOGS", "S3_DATA_EVENTS"]


def test_rules_about_groups_keep_their_description(client):
    network = client("ec2")
    group = network.create_security_group(GroupName="g", Description="g")["GroupId"]
    pair = {"GroupId": group, "Description": "members of this group"}
    rule = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "UserIdGroupPairs": [pair]}
    network.authorize_security_group_ingress(GroupId=group, IpPermissions=[rule])
    rules = network.describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [group]}])
    told = [one.get("Description") for one in rules["SecurityGroupRules"] if not one["IsEgress"]]
    assert told == ["members of this group"]


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


def test_tags_of_budgets_and_monitors_come_back(client):
    costs, budgets = client("ce"), client("budgets")
    tags = [{"Key": "Environment", "Value": "dev"}]
    given = {"MonitorName": "m", "MonitorType": "DIMENSIONAL", "MonitorDimension": "SERVICE"}
    monitor = costs.create_anomaly_monitor(AnomalyMonitor=given, ResourceTags=tags)["MonitorArn"]
    assert costs.list_tags_for_resource(ResourceArn=monitor)["ResourceTags"] == tags
    limit = {"Amount": "5", "Unit": "USD"}
    budget = {"BudgetName": "b", "TimeUnit": "MONTHLY", "BudgetType": "COST", "BudgetLimit": limit}
    budgets.create_budget(AccountId="123456789012", Budget=budget, ResourceTags=tags)
    arn = "arn:aws:budgets::123456789012:budget/b"
    assert budgets.list_tags_for_resource(ResourceARN=arn)["ResourceTags"] == tags


def test_trails_are_asked_for_by_name_or_arn(client):
    client("s3").create_bucket(Bucket="trails")
    trails = client("cloudtrail")
    made = {name: trails.create_trail(Name=name, S3BucketName="trails")["TrailARN"] for name in ("first", "second")}
    for asked in ("second", made["second"]):
        found = trails.describe_trails(trailNameList=[asked])["trailList"]
        assert [one["Name"] for one in found] == ["second"]


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


def test_a_group_of_instances_is_what_it_was_given(client):
    network, scaling = client("ec2"), client("autoscaling")
    image = network.describe_images()["Images"][0]["ImageId"]
    data = {"ImageId": image, "InstanceType": "t3.micro"}
    tags = [{"ResourceType": "launch-template", "Tags": [{"Key": "Environment", "Value": "dev"}]}]
    network.create_launch_template(LaunchTemplateName="app", LaunchTemplateData=data, TagSpecifications=tags)
    (version,) = network.describe_launch_template_versions(LaunchTemplateName="app")["LaunchTemplateVersions"]
    assert not version["LaunchTemplateData"].get("TagSpecifications")
    template = {"LaunchTemplateName": "app", "Version": "$Latest"}
    given = {"DefaultInstanceWarmup": 180, "MaxInstanceLifetime": 2592000}
    scaling.create_auto_scaling_group(
        AutoScalingGroupName="app",
        LaunchTemplate=template,
        MinSize=0,
        MaxSize=1,
        AvailabilityZones=["us-east-1a"],
        **given,
    )
    (group,) = scaling.describe_auto_scaling_groups(AutoScalingGroupNames=["app"])["AutoScalingGroups"]
    assert {name: group[name] for name in given} == given


def test_tags_of_vaults_and_plans_come_back(client):
    backup = client("backup")
    vault = backup.create_backup_vault(BackupVaultName="v", BackupVaultTags={"Environment": "dev"})["BackupVaultArn"]
    rule = {"RuleName": "daily", "TargetBackupVaultName": "v"}
    plan = {"BackupPlanName": "p", "Rules": [rule]}
    made = backup.create_backup_plan(BackupPlan=plan, BackupPlanTags={"Environment": "prod"})["BackupPlanArn"]
    assert [backup.list_tags(ResourceArn=one)["Tags"]["Environment"] for one in (vault, made)] == ["dev", "prod"]


def test_rules_about_prefix_lists_keep_their_description(client):
    network = client("ec2")
    group = network.create_security_group(GroupName="g", Description="g")["GroupId"]
    listed = network.describe_managed_prefix_lists()["PrefixLists"][0]["PrefixListId"]
    peer = {"PrefixListId": listed, "Description": "CloudFront"}
    rule = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "PrefixListIds": [peer]}
    network.authorize_security_group_ingress(GroupId=group, IpPermissions=[rule])
    rules = network.describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [group]}])
    assert [one["Description"] for one in rules["SecurityGroupRules"] if not one["IsEgress"]] == ["CloudFront"]


def test_targets_and_tasks_of_a_maintenance_window(client):
    systems = client("ssm")
    window = systems.create_maintenance_window(
        Name="nightly", Schedule="rate(1 day)", Duration=3, Cutoff=1, AllowUnassociatedTargets=False
    )["WindowId"]
    targets = [{"Key": "tag:Environment", "Values": ["dev"]}]
    target = systems.register_target_with_maintenance_window(WindowId=window, ResourceType="INSTANCE", Targets=targets)[
        "WindowTargetId"
    ]
    by_id = [{"Key": "WindowTargetId", "Values": [target]}]
    (shown,) = systems.describe_maintenance_window_targets(WindowId=window, Filters=by_id)["Targets"]
    assert shown["Targets"] == targets
    task = systems.register_task_with_maintenance_window(
        WindowId=window, TaskType="RUN_COMMAND", TaskArn="AWS-RunPatchBaseline",
        Targets=[{"Key": "WindowTargetIds", "Values": [target]}], MaxErrors="1", MaxConcurrency="1",
    )["WindowTaskId"]  # fmt: skip
    assert systems.get_maintenance_window_task(WindowId=window, WindowTaskId=task)["TaskArn"] == "AWS-RunPatchBaseline"
    systems.deregister_task_from_maintenance_window(WindowId=window, WindowTaskId=task)
    systems.deregister_target_from_maintenance_window(WindowId=window, WindowTargetId=target)
    assert systems.describe_maintenance_window_targets(WindowId=window)["Targets"] == []
    with pytest.raises(ClientError, match="DoesNotExistException"):
        systems.get_maintenance_window_task(WindowId=window, WindowTaskId=task)


def test_a_baseline_of_patches_with_tags(client):
    systems = client("ssm")
    tags = [{"Key": "Environment", "Value": "dev"}]
    made = systems.create_patch_baseline(Name="patches", OperatingSystem="AMAZON_LINUX_2023", Tags=tags)["BaselineId"]
    assert systems.get_patch_baseline(BaselineId=made)["OperatingSystem"] == "AMAZON_LINUX_2023"
    assert systems.list_tags_for_resource(ResourceType="PatchBaseline", ResourceId=made)["TagList"] == tags
    systems.register_patch_baseline_for_patch_group(BaselineId=made, PatchGroup="linux")
    (mapping,) = systems.describe_patch_groups()["Mappings"]
    assert (mapping["PatchGroup"], mapping["BaselineIdentity"]["BaselineId"]) == ("linux", made)
    systems.deregister_patch_baseline_for_patch_group(BaselineId=made, PatchGroup="linux")
    assert systems.describe_patch_groups()["Mappings"] == []
    systems.delete_patch_baseline(BaselineId=made)
    with pytest.raises(ClientError, match="DoesNotExistException"):
        systems.get_patch_baseline(BaselineId=made)


def test_contributor_insights_of_a_table(client):
    tables = client("dynamodb")
    assert tables.describe_contributor_insights(TableName="t")["ContributorInsightsStatus"] == "DISABLED"
    tables.update_contributor_insights(TableName="t", ContributorInsightsAction="ENABLE")
    assert tables.describe_contributor_insights(TableName="t")["ContributorInsightsStatus"] == "ENABLED"


def test_a_record_that_is_there_is_not_created_again(client):
    zones = client("route53")
    zone = zones.create_hosted_zone(Name="example.org", CallerReference="1")["HostedZone"]["Id"]

    def change(action: str, **more: str) -> None:
        alias = {"HostedZoneId": "Z2FDTNDATAQYW2", "DNSName": "d1.cloudfront.net", "EvaluateTargetHealth": False}
        record = {"Name": "www.example.org", "Type": "A", "AliasTarget": alias, **more}
        batch = {"Changes": [{"Action": action, "ResourceRecordSet": record}]}
        zones.change_resource_record_sets(HostedZoneId=zone, ChangeBatch=batch)

    change("CREATE")
    with pytest.raises(ClientError, match=r"Tried to create resource record set .*but it already exists"):
        change("CREATE")
    change("UPSERT")
    change("DELETE")
    change("CREATE", SetIdentifier="near", Failover="PRIMARY")
    change("CREATE", SetIdentifier="far", Failover="SECONDARY")


def test_tags_of_the_mesh_and_lattice_of_a_service(client):
    mesh = client("vpc-lattice")
    network = mesh.create_service_network(name="mesh", tags={"Environment": "dev"})
    service = mesh.create_service(name="pay", authType="AWS_IAM", tags={"Environment": "prod"})
    told = [mesh.list_tags_for_resource(resourceArn=one["arn"])["tags"]["Environment"] for one in (network, service)]
    assert told == ["dev", "prod"]

    tasks = client("ecs")
    tasks.create_cluster(clusterName="c")
    container = {"name": "app", "image": "app", "memory": 128}
    tasks.register_task_definition(family="app", containerDefinitions=[container])
    lattice = [{"roleArn": "arn:aws:iam::123456789012:role/r", "targetGroupArn": "arn:aws:t", "portName": "https"}]
    tasks.create_service(
        cluster="c", serviceName="app", taskDefinition="app", desiredCount=1, vpcLatticeConfigurations=lattice
    )
    (shown,) = tasks.describe_services(cluster="c", services=["app"])["services"]
    assert shown["deployments"][0]["vpcLatticeConfigurations"] == lattice


def test_what_enters_by_private_link_is_judged_as_it_was_set(client):
    network, balancers = client("ec2"), client("elbv2")
    vpc = network.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = network.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24")["Subnet"]["SubnetId"]
    group = network.create_security_group(GroupName="g", Description="g", VpcId=vpc)["GroupId"]
    made = balancers.create_load_balancer(Name="front", Type="network", Subnets=[subnet], SecurityGroups=[group])
    arn = made["LoadBalancers"][0]["LoadBalancerArn"]
    name = "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic"
    balancers.set_security_groups(LoadBalancerArn=arn, SecurityGroups=[group], **{name: "off"})
    assert balancers.describe_load_balancers(LoadBalancerArns=[arn])["LoadBalancers"][0][name] == "off"


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


def test_a_secret_keeps_its_function_and_its_current_version(client):
    role = client("iam").create_role(RoleName="r", AssumeRolePolicyDocument=TRUST)["Role"]["Arn"]
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("rotation.py", "def handler(event, context): pass")
    code = {"Runtime": "python3.13", "Handler": "rotation.handler", "Code": {"ZipFile": archive.getvalue()}}
    function = client("lambda").create_function(FunctionName="f", Role=role, **code)["FunctionArn"]
    manager = client("secretsmanager")
    secret = manager.create_secret(Name="s", SecretString="first")["ARN"]
    rules = {"ScheduleExpression": "rate(30 days)"}
    manager.rotate_secret(SecretId=secret, RotationLambdaARN=function, RotationRules=rules, RotateImmediately=False)
    pending = manager.rotate_secret(SecretId=secret)["VersionId"]
    shown = manager.describe_secret(SecretId=secret)
    assert (shown["RotationLambdaARN"], shown["RotationRules"]) == (function, rules)
    assert shown["VersionIdsToStages"][pending] == ["AWSPENDING"]
    # Nothing runs functions here, so nobody has made the new version yet.
    assert manager.get_secret_value(SecretId=secret)["SecretString"] == "first"

    manager.put_secret_value(
        SecretId=secret, ClientRequestToken=pending, SecretString="second", VersionStages=["AWSPENDING"]
    )
    (first,) = [one for one, stages in shown["VersionIdsToStages"].items() if "AWSCURRENT" in stages]
    manager.update_secret_version_stage(
        SecretId=secret, VersionStage="AWSCURRENT", MoveToVersionId=pending, RemoveFromVersionId=first
    )
    assert manager.get_secret_value(SecretId=secret)["SecretString"] == "second"
