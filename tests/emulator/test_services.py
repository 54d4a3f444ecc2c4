"""Repairs and operations of ours, service by service: what was given comes back, and what is deleted is gone."""

import io
import json
import zipfile

import pytest
from botocore.exceptions import ClientError

TRUST = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                    "Principal": {"Service": ["codepipeline.amazonaws.com", "codebuild.amazonaws.com"]}}]})  # fmt: skip


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
