"""What there is in the account beyond what every account has: nothing at first, and nothing after it was deleted."""

import pytest

from onetake.emulator import inventory


@pytest.fixture
def held(emulator):
    """What there is, as text."""
    return lambda: [str(one) for one in inventory.taken(emulator.layer.store)]


def test_an_account_that_was_only_looked_at_is_empty(client, held):
    client("ec2").describe_vpcs()
    client("iam").list_policies()
    client("events").list_event_buses()
    client("s3").list_buckets()
    assert held() == []


def test_networks_go_whole(client, held):
    network = client("ec2")
    vpc = network.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = network.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24", AvailabilityZone="us-east-1a")["Subnet"][
        "SubnetId"
    ]
    address = network.allocate_address(Domain="vpc")["AllocationId"]
    gateway = network.create_nat_gateway(SubnetId=subnet, AllocationId=address)["NatGateway"]["NatGatewayId"]
    standing = held()
    assert f"ec2 vpcs {vpc} in us-east-1" in standing
    assert [one for one in standing if one.startswith("ec2 subnets")] == [
        f"ec2 subnets us-east-1a/{subnet} in us-east-1"
    ]
    network.delete_nat_gateway(NatGatewayId=gateway)
    network.release_address(AllocationId=address)
    network.delete_subnet(SubnetId=subnet)
    network.delete_vpc(VpcId=vpc)
    assert held() == []


def test_databases_with_all_that_belongs_to_them(client, held):
    network, database = client("ec2"), client("rds")
    vpc = network.describe_vpcs()["Vpcs"][0]["VpcId"]
    found = network.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["Subnets"]
    subnets = [one["SubnetId"] for one in found][:2]
    database.create_db_subnet_group(DBSubnetGroupName="s", DBSubnetGroupDescription="d", SubnetIds=subnets)
    family = {"DBParameterGroupFamily": "aurora-postgresql16", "Description": "d"}
    database.create_db_parameter_group(DBParameterGroupName="i", **family)
    database.create_db_cluster_parameter_group(DBClusterParameterGroupName="p", **family)
    engine = {"Engine": "aurora-postgresql", "DBClusterIdentifier": "c"}
    login = {"MasterUsername": "writer", "ManageMasterUserPassword": True}
    database.create_db_cluster(
        DBSubnetGroupName="s", DBClusterParameterGroupName="p", BackupRetentionPeriod=7, **login, **engine
    )
    database.create_db_instance(DBInstanceIdentifier="c-0", DBInstanceClass="db.r6g.large", **engine)
    standing = held()
    assert {"rds clusters c in us-east-1", "rds databases c-0 in us-east-1"} <= {*standing}, standing

    database.delete_db_instance(DBInstanceIdentifier="c-0", SkipFinalSnapshot=True)
    database.delete_db_cluster(DBClusterIdentifier="c", SkipFinalSnapshot=True)
    database.delete_db_cluster_parameter_group(DBClusterParameterGroupName="p")
    database.delete_db_parameter_group(DBParameterGroupName="i")
    database.delete_db_subnet_group(DBSubnetGroupName="s")
    assert held() == []


def test_rules_on_the_bus_that_every_account_has(client, held):
    events = client("events")
    events.put_rule(Name="nightly", ScheduleExpression="rate(1 day)")
    assert held() == ["events event_buses.default.rules nightly in us-east-1"]
    events.delete_rule(Name="nightly")
    assert held() == []


def test_a_key_that_waits_for_its_deletion_is_gone(client, held):
    keys = client("kms")
    key = keys.create_key()["KeyMetadata"]["KeyId"]
    assert held() == [f"kms keys {key} in us-east-1"]
    keys.schedule_key_deletion(KeyId=key)
    assert held() == []


def test_what_is_ours_counts(client, held):
    """One thing of the generic engine, and one of an operation of ours."""
    analyzers, watch = client("accessanalyzer"), client("cloudwatch")
    analyzers.create_analyzer(analyzerName="a", type="ACCOUNT")
    watch.put_composite_alarm(AlarmName="whole", AlarmRule="FALSE")
    assert [one.split()[0] for one in held()] == ["accessanalyzer", "cloudwatch"]
    analyzers.delete_analyzer(analyzerName="a")
    watch.delete_alarms(AlarmNames=["whole"])
    assert held() == []


def test_a_trail_is_deleted_by_its_arn(client, held):
    client("s3").create_bucket(Bucket="trails")
    trails = client("cloudtrail")
    arn = trails.create_trail(Name="trail", S3BucketName="trails")["TrailARN"]
    trails.delete_trail(Name=arn)
    client("s3").delete_bucket(Bucket="trails")
    assert held() == []


def test_instances_that_ended_are_gone_with_their_interfaces(client, held):
    network = client("ec2")
    image = network.describe_images()["Images"][0]["ImageId"]
    made = network.run_instances(ImageId=image, MinCount=1, MaxCount=1, InstanceType="t3.micro")["Instances"][0]
    assert {one.split()[1] for one in held()} >= {"reservations", "enis"}
    network.terminate_instances(InstanceIds=[made["InstanceId"]])
    assert held() == []


def test_an_association_of_ours_is_gone_with_its_record(client, held):
    resolver = client("route53resolver")
    group = resolver.create_firewall_rule_group(CreatorRequestId="1", Name="g")["FirewallRuleGroup"]["Id"]
    made = resolver.associate_firewall_rule_group(
        CreatorRequestId="2", FirewallRuleGroupId=group, VpcId="vpc-1", Priority=101, Name="a"
    )["FirewallRuleGroupAssociation"]["Id"]
    assert len(held()) == 3
    resolver.disassociate_firewall_rule_group(FirewallRuleGroupAssociationId=made)
    resolver.delete_firewall_rule_group(FirewallRuleGroupId=group)
    assert held() == []


def test_services_that_ended_are_gone(client, held):
    tasks = client("ecs")
    tasks.create_cluster(clusterName="c")
    container = {"name": "app", "image": "app", "memory": 128}
    definition = tasks.register_task_definition(family="app", containerDefinitions=[container])
    tasks.create_service(cluster="c", serviceName="app", taskDefinition="app", desiredCount=0)
    assert {one.split()[1] for one in held()} >= {"clusters", "services", "task_definitions"}
    tasks.delete_service(cluster="c", service="app")
    tasks.deregister_task_definition(taskDefinition=definition["taskDefinition"]["taskDefinitionArn"])
    tasks.delete_cluster(cluster="c")
    assert held() == []
