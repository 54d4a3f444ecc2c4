"""The account as it stands, judged through botocore: what AWS would refuse at a call is refused there, and only it."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from botocore.exceptions import ClientError
from moto.core.utils import get_service_model

import onetake
from onetake.emulator import Fate, Outcome, rehearse
from onetake.emulator.live.table import HOLE, Act, acts
from onetake.emulator.live.watching import Watch
from onetake.model.assumptions import NEW_ACCOUNT, Assumptions

ROOT = {"AWS": "arn:aws:iam::123456789012:root"}
NETWORK_ROLE = "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"
ZONES = ("us-east-1a", "us-east-1b")


@pytest.fixture
def watch(emulator):
    """What refuses and listens in the emulator."""
    made = Watch(Assumptions())
    emulator.layer.guards.append(made.guard)
    emulator.layer.listeners.append(made.hear)
    return made


def refused(call: Any, **given: Any) -> str:
    """What a call is refused with."""
    with pytest.raises(ClientError) as caught:
        call(**given)
    error = caught.value.response["Error"]
    return f"{error['Code']}: {error['Message']}"


def document(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **one} for one in statements]})


def key_policy(*more: dict[str, Any]) -> str:
    return document({"Principal": ROOT, "Action": "kms:*", "Resource": "*"}, *more)


def trusting(service: str) -> str:
    return document({"Principal": {"Service": service}, "Action": "sts:AssumeRole"})


def network(client: Any, zones: tuple[str, ...] = ZONES) -> tuple[str, list[str]]:
    ec2 = client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{number}.0/24", AvailabilityZone=zone)["Subnet"]["SubnetId"]
        for number, zone in enumerate(zones)
    ]
    return vpc, subnets


def opened(client: Any, vpc: str) -> None:
    ec2 = client("ec2")
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)


def test_a_key_whose_policy_does_not_let_cloudwatch_logs_use_it(client, watch):
    kms, logs = client("kms"), client("logs")
    key = kms.create_key()["KeyMetadata"]
    group: dict[str, Any] = {"logGroupName": "/app/dev", "kmsKeyId": key["Arn"]}
    says = "AccessDeniedException: The specified KMS key does not exist or is not allowed to be used with Arn"
    assert refused(logs.create_log_group, **group).startswith(says)
    logs.create_log_group(logGroupName="/plain")
    assert refused(logs.associate_kms_key, logGroupName="/plain", kmsKeyId=key["Arn"]).startswith(says)
    use = {"Action": ["kms:Encrypt*", "kms:Decrypt*", "kms:GenerateDataKey*"], "Resource": "*"}
    policy = key_policy({"Principal": {"Service": "logs.us-east-1.amazonaws.com"}, **use})
    kms.put_key_policy(KeyId=key["KeyId"], PolicyName="default", Policy=policy)
    logs.create_log_group(**group)
    logs.associate_kms_key(logGroupName="/plain", kmsKeyId=key["Arn"])
    assert {one.rule for one in watch.refused} == {"logs-log-group-key-not-usable"}


def test_a_key_of_another_region_is_let_be_used_by_the_service_there(client, watch):
    key = client("kms", "eu-west-1").create_key(
        Policy=key_policy(
            {"Principal": {"Service": "logs.us-east-1.amazonaws.com"}, "Action": "kms:*", "Resource": "*"}
        )
    )["KeyMetadata"]
    answer = refused(client("logs", "eu-west-1").create_log_group, logGroupName="/app", kmsKeyId=key["Arn"])
    assert "arn:aws:logs:eu-west-1:123456789012:log-group:/app" in answer


def test_what_a_grant_allows_is_not_known(client, watch):
    kms = client("kms")
    key = kms.create_key()["KeyMetadata"]
    kms.create_grant(KeyId=key["KeyId"], GranteePrincipal="logs.us-east-1.amazonaws.com", Operations=["Encrypt"])
    client("logs").create_log_group(logGroupName="/app", kmsKeyId=key["Arn"])


def test_a_key_policy_that_locks_its_account_out(client, watch):
    kms = client("kms")
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    policy = document({"Principal": {"Service": "sns.amazonaws.com"}, "Action": "kms:*", "Resource": "*"})
    given = {"KeyId": key, "PolicyName": "default", "Policy": policy}
    assert refused(kms.put_key_policy, **given).startswith("MalformedPolicyDocumentException")
    kms.put_key_policy(**given, BypassPolicyLockoutSafetyCheck=True)


def test_a_role_that_does_not_trust_the_service_or_lacks_its_permissions(client, watch):
    iam, functions = client("iam"), client("lambda")
    role = iam.create_role(RoleName="syncer", AssumeRolePolicyDocument=trusting("ec2.amazonaws.com"))["Role"]["Arn"]
    _, subnets = network(client)
    given: dict[str, Any] = {"Runtime": "python3.12", "Handler": "a.b", "Code": {"ZipFile": b""}, "Role": role}
    assert refused(functions.create_function, FunctionName="plain", **given) == (
        "InvalidParameterValueException: The role defined for the function cannot be assumed by Lambda."
    )
    iam.update_assume_role_policy(RoleName="syncer", PolicyDocument=trusting("lambda.amazonaws.com"))
    functions.create_function(FunctionName="plain", **given)
    inside = {**given, "VpcConfig": {"SubnetIds": subnets, "SecurityGroupIds": []}}
    lacking = "The provided execution role does not have permissions to call CreateNetworkInterface on EC2"
    assert lacking in refused(functions.create_function, FunctionName="inside", **inside)
    iam.attach_role_policy(RoleName="syncer", PolicyArn=NETWORK_ROLE)
    functions.create_function(FunctionName="inside", **inside)
    iam.detach_role_policy(RoleName="syncer", PolicyArn=NETWORK_ROLE)
    assert lacking in refused(functions.create_function, FunctionName="other", **inside)
    statement = {"Action": "ec2:*", "Resource": "*"}
    iam.put_role_policy(RoleName="syncer", PolicyName="network", PolicyDocument=document(statement))
    functions.create_function(FunctionName="other", **inside)


def test_a_policy_of_ones_own_is_followed(client, watch):
    iam, functions = client("iam"), client("lambda")
    role = iam.create_role(RoleName="own", AssumeRolePolicyDocument=trusting("lambda.amazonaws.com"))["Role"]["Arn"]
    _, subnets = network(client)
    policy = iam.create_policy(PolicyName="own", PolicyDocument=document({"Action": "s3:*", "Resource": "*"}))
    arn = policy["Policy"]["Arn"]
    iam.attach_role_policy(RoleName="own", PolicyArn=arn)
    given: dict[str, Any] = {
        "Runtime": "python3.12",
        "Handler": "a.b",
        "Code": {"ZipFile": b""},
        "Role": role,
        "VpcConfig": {"SubnetIds": subnets, "SecurityGroupIds": []},
    }
    assert "CreateNetworkInterface" in refused(functions.create_function, FunctionName="own", **given)
    second = iam.create_policy_version(PolicyArn=arn, PolicyDocument=document({"Action": "ec2:*", "Resource": "*"}))
    assert "CreateNetworkInterface" in refused(functions.create_function, FunctionName="own", **given)
    iam.set_default_policy_version(PolicyArn=arn, VersionId=second["PolicyVersion"]["VersionId"])
    functions.create_function(FunctionName="own", **given)
    iam.set_default_policy_version(PolicyArn=arn, VersionId="v1")
    iam.delete_policy_version(PolicyArn=arn, VersionId="v2")
    assert "CreateNetworkInterface" in refused(functions.create_function, FunctionName="first", **given)
    allowing = document({"Action": "ec2:*", "Resource": "*"})
    iam.create_policy_version(PolicyArn=arn, PolicyDocument=allowing, SetAsDefault=True)
    functions.create_function(FunctionName="first", **given)


def test_of_a_version_that_nobody_told_of_nothing_is_said(client, watch):
    iam, functions = client("iam"), client("lambda")
    role = iam.create_role(RoleName="own", AssumeRolePolicyDocument=trusting("lambda.amazonaws.com"))["Role"]["Arn"]
    _, subnets = network(client)
    denying = document({"Action": "s3:*", "Resource": "*"})
    arn = iam.create_policy(PolicyName="own", PolicyDocument=denying)["Policy"]["Arn"]
    iam.attach_role_policy(RoleName="own", PolicyArn=arn)
    (standing,) = [one for one in watch.things if one.type == "AWS::IAM::ManagedPolicy"]
    iam.create_policy_version(PolicyArn=arn, PolicyDocument=denying)
    watch.things.put(standing)  # as if the second version were older than the watch
    iam.set_default_policy_version(PolicyArn=arn, VersionId="v2")
    inside: dict[str, Any] = {"VpcConfig": {"SubnetIds": subnets, "SecurityGroupIds": []}}
    functions.create_function(
        FunctionName="own", Runtime="python3.12", Handler="a.b", Code={"ZipFile": b""}, Role=role, **inside
    )


def test_a_copy_of_a_key_has_a_policy_of_its_own(client, watch):
    use = {"Principal": {"Service": "logs.eu-west-1.amazonaws.com"}, "Action": "kms:*", "Resource": "*"}
    here, there = client("kms"), client("kms", "eu-west-1")
    key = here.create_key(MultiRegion=True, Policy=key_policy(use))["KeyMetadata"]["KeyId"]
    copy = here.replicate_key(KeyId=key, ReplicaRegion="eu-west-1")["ReplicaKeyMetadata"]["Arn"]
    group = {"logGroupName": "/app", "kmsKeyId": copy}
    assert refused(client("logs", "eu-west-1").create_log_group, **group).startswith("AccessDeniedException")
    there.put_key_policy(KeyId=key, PolicyName="default", Policy=key_policy(use))
    client("logs", "eu-west-1").create_log_group(**group)
    other = {"KeyId": key, "ReplicaRegion": "eu-west-2", "Policy": document(use)}
    assert refused(here.replicate_key, **other).startswith("MalformedPolicyDocumentException")


def test_lists_on_a_bucket_that_takes_none(client, watch):
    s3 = client("s3")
    s3.create_bucket(Bucket="site")
    given = {"Bucket": "site", "ACL": "log-delivery-write"}
    assert refused(s3.put_bucket_acl, **given) == "AccessControlListNotSupported: The bucket does not allow ACLs"
    preferred = {"Rules": [{"ObjectOwnership": "BucketOwnerPreferred"}]}
    s3.put_bucket_ownership_controls(Bucket="site", OwnershipControls=preferred)
    s3.put_bucket_acl(**given)
    owner = s3.get_bucket_acl(Bucket="site")["Owner"]
    s3.put_bucket_acl(Bucket="site", AccessControlPolicy={"Owner": owner, "Grants": []})
    (standing,) = [one for one in watch.things if one.type == "AWS::S3::Bucket"]
    assert "AccessControl" not in standing.properties


def test_a_bucket_that_does_not_let_cloudtrail_write(client, watch):
    s3, trails = client("s3"), client("cloudtrail")
    s3.create_bucket(Bucket="trail-logs")
    says = "InsufficientS3BucketPolicyException: Incorrect S3 bucket policy is detected for bucket: trail-logs"
    assert refused(trails.create_trail, Name="all", S3BucketName="trail-logs") == says
    who = {"Principal": {"Service": "cloudtrail.amazonaws.com"}}
    read = {**who, "Action": "s3:GetBucketAcl", "Resource": "arn:aws:s3:::trail-logs"}
    write = {**who, "Action": "s3:PutObject", "Resource": "arn:aws:s3:::trail-logs/AWSLogs/123456789012/*"}
    s3.put_bucket_policy(Bucket="trail-logs", Policy=document(read))
    assert refused(trails.create_trail, Name="all", S3BucketName="trail-logs") == says
    s3.put_bucket_policy(Bucket="trail-logs", Policy=document(read, write))
    key = client("kms").create_key()["KeyMetadata"]["Arn"]
    answer = refused(trails.create_trail, Name="all", S3BucketName="trail-logs", KmsKeyId=key)
    assert answer.startswith("InsufficientEncryptionPolicyException")
    assert key in answer
    trails.create_trail(Name="all", S3BucketName="trail-logs")


def test_a_bucket_that_does_not_let_a_load_balancer_write(client, watch):
    vpc, subnets = network(client)
    opened(client, vpc)
    balancers, s3 = client("elbv2"), client("s3")
    arn = balancers.create_load_balancer(Name="web", Subnets=subnets)["LoadBalancers"][0]["LoadBalancerArn"]
    s3.create_bucket(Bucket="web-logs")
    switched = [("access_logs.s3.enabled", "true"), ("access_logs.s3.bucket", "web-logs")]
    given = {"LoadBalancerArn": arn, "Attributes": [{"Key": key, "Value": value} for key, value in switched]}
    assert refused(balancers.modify_load_balancer_attributes, **given) == (
        "InvalidConfigurationRequest: Access Denied for bucket: web-logs. Please check S3bucket permission"
    )
    who = {"Principal": {"Service": "logdelivery.elasticloadbalancing.amazonaws.com"}}
    policy = document({**who, "Action": "s3:PutObject", "Resource": "arn:aws:s3:::web-logs/*"})
    s3.put_bucket_policy(Bucket="web-logs", Policy=policy)
    balancers.modify_load_balancer_attributes(**given)


def test_networks_with_one_zone_or_without_a_gateway(client, watch):
    vpc, subnets = network(client)
    balancers, databases = client("elbv2"), client("rds")
    assert refused(balancers.create_load_balancer, Name="web", Subnets=subnets) == (
        f"InvalidSubnet: VPC {vpc} has no internet gateway"
    )
    balancers.create_load_balancer(Name="inner", Subnets=subnets, Scheme="internal")
    opened(client, vpc)
    balancers.create_load_balancer(Name="web", Subnets=subnets)
    _, single = network(client, ("us-east-1a", "us-east-1a"))
    group = {"DBSubnetGroupName": "data", "DBSubnetGroupDescription": "data"}
    assert "DBSubnetGroupDoesNotCoverEnoughAZs" in refused(databases.create_db_subnet_group, **group, SubnetIds=single)
    databases.create_db_subnet_group(**group, SubnetIds=subnets)


def test_a_public_subnet_of_a_fargate_profile(client, watch):
    vpc, subnets = network(client)
    opened(client, vpc)
    ec2, clusters, iam = client("ec2"), client("eks"), client("iam")
    role = iam.create_role(RoleName="pods", AssumeRolePolicyDocument=trusting("eks-fargate-pods.amazonaws.com"))
    owner = iam.create_role(RoleName="eks", AssumeRolePolicyDocument=trusting("eks.amazonaws.com"))["Role"]["Arn"]
    clusters.create_cluster(name="web", roleArn=owner, resourcesVpcConfig={"subnetIds": subnets})
    table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    gateway = ec2.describe_internet_gateways()["InternetGateways"][0]["InternetGatewayId"]
    ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
    ec2.associate_route_table(RouteTableId=table, SubnetId=subnets[0])
    given: dict[str, Any] = {
        "clusterName": "web",
        "podExecutionRoleArn": role["Role"]["Arn"],
        "selectors": [{"namespace": "apps"}],
    }
    answer = refused(clusters.create_fargate_profile, fargateProfileName="public", subnets=subnets[:1], **given)
    assert answer.startswith("InvalidParameterException")
    clusters.create_fargate_profile(fargateProfileName="private", subnets=subnets[1:], **given)


def public_table(client: Any, vpc: str) -> str:
    """A route table of the network that leads to its internet gateway."""
    ec2 = client("ec2")
    table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway_of(client))
    return str(table)


def gateway_of(client: Any) -> str:
    return str(client("ec2").describe_internet_gateways()["InternetGateways"][0]["InternetGatewayId"])


def main_table(client: Any, vpc: str) -> tuple[str, str]:
    """The main route table of a network, and the association that makes it the main one."""
    filters = [{"Name": "vpc-id", "Values": [vpc]}, {"Name": "association.main", "Values": ["true"]}]
    (found,) = client("ec2").describe_route_tables(Filters=filters)["RouteTables"]
    (association,) = [one for one in found["Associations"] if one["Main"]]
    return found["RouteTableId"], association["RouteTableAssociationId"]


@pytest.fixture
def profile(client):
    """Makes a Fargate profile in subnets, which have to be private."""
    iam = client("iam")
    role = iam.create_role(RoleName="pods", AssumeRolePolicyDocument=trusting("eks-fargate-pods.amazonaws.com"))
    owner = iam.create_role(RoleName="eks", AssumeRolePolicyDocument=trusting("eks.amazonaws.com"))["Role"]["Arn"]
    clusters = client("eks")
    default = [one["SubnetId"] for one in client("ec2").describe_subnets()["Subnets"]]
    clusters.create_cluster(name="web", roleArn=owner, resourcesVpcConfig={"subnetIds": default[:2]})

    def made(name: str, subnets: list[str]) -> None:
        clusters.create_fargate_profile(
            clusterName="web",
            fargateProfileName=name,
            podExecutionRoleArn=role["Role"]["Arn"],
            selectors=[{"namespace": "apps"}],
            subnets=subnets,
        )

    return made


def test_subnets_follow_the_main_table_with_the_routes_that_it_gets(client, watch, profile):
    vpc, subnets = network(client)
    opened(client, vpc)
    profile("private", subnets)
    table, _ = main_table(client, vpc)
    route = {"RouteTableId": table, "DestinationCidrBlock": "0.0.0.0/0"}
    client("ec2").create_route(**route, GatewayId=gateway_of(client))
    assert refused(profile, name="public", subnets=subnets).startswith("InvalidParameterException")
    client("ec2").delete_route(**route)
    profile("again", subnets)


def test_subnets_follow_the_table_that_becomes_the_main_one(client, watch, profile):
    vpc, subnets = network(client)
    opened(client, vpc)
    public, (first, association) = public_table(client, vpc), main_table(client, vpc)
    ec2 = client("ec2")
    profile("private", subnets)
    new = ec2.replace_route_table_association(AssociationId=association, RouteTableId=public)["NewAssociationId"]
    assert refused(profile, name="public", subnets=subnets).startswith("InvalidParameterException")
    own = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    ec2.associate_route_table(RouteTableId=own, SubnetId=subnets[0])
    profile("own", subnets[:1])
    ec2.replace_route_table_association(AssociationId=new, RouteTableId=first)
    profile("back", subnets)


def test_a_subnet_moves_to_another_table(client, watch, profile):
    vpc, subnets = network(client)
    opened(client, vpc)
    ec2, public = client("ec2"), public_table(client, vpc)
    private = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    before = ec2.associate_route_table(RouteTableId=private, SubnetId=subnets[0])["AssociationId"]
    profile("private", subnets[:1])
    after = ec2.replace_route_table_association(AssociationId=before, RouteTableId=public)["NewAssociationId"]
    assert refused(profile, name="public", subnets=subnets[:1]).startswith("InvalidParameterException")
    ec2.disassociate_route_table(AssociationId=after)
    profile("none", subnets[:1])


def test_a_target_group_that_no_listener_forwards_to(client, watch):
    vpc, subnets = network(client)
    opened(client, vpc)
    balancers, services = client("elbv2"), client("ecs")
    services.create_cluster(clusterName="web")
    services.register_task_definition(
        family="web", containerDefinitions=[{"name": "web", "image": "web", "memory": 64}]
    )
    made = balancers.create_target_group(Name="web", Protocol="HTTP", Port=80, VpcId=vpc, TargetType="ip")
    group = made["TargetGroups"][0]["TargetGroupArn"]
    given: dict[str, Any] = {
        "cluster": "web",
        "serviceName": "web",
        "taskDefinition": "web",
        "desiredCount": 1,
        "loadBalancers": [{"targetGroupArn": group, "containerName": "web", "containerPort": 80}],
    }
    answer = refused(services.create_service, **given)
    assert answer.startswith("InvalidParameterException: The target group with targetGroupArn")
    arn = balancers.create_load_balancer(Name="web", Subnets=subnets)["LoadBalancers"][0]["LoadBalancerArn"]
    action = {"Type": "forward", "TargetGroupArn": group}
    balancers.create_listener(LoadBalancerArn=arn, Protocol="HTTP", Port=80, DefaultActions=[action])
    services.create_service(**given)


def test_a_queue_that_does_not_let_a_bucket_send(client, watch):
    s3, queues = client("s3"), client("sqs")
    s3.create_bucket(Bucket="uploads")
    url = queues.create_queue(QueueName="uploads")["QueueUrl"]
    arn = "arn:aws:sqs:us-east-1:123456789012:uploads"
    configuration = {"QueueConfigurations": [{"QueueArn": arn, "Events": ["s3:ObjectCreated:*"]}]}
    given = {"Bucket": "uploads", "NotificationConfiguration": configuration}
    answer = refused(s3.put_bucket_notification_configuration, **given)
    assert "Unable to validate the following destination configurations" in answer
    policy = document({"Principal": {"Service": "s3.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource": arn})
    queues.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
    s3.put_bucket_notification_configuration(**given)


def test_a_public_policy_of_a_new_bucket(client, watch):
    s3 = client("s3")
    s3.create_bucket(Bucket="site")
    given = {"Action": "s3:GetObject", "Resource": "arn:aws:s3:::site/*", "Principal": "*"}
    assert refused(s3.put_bucket_policy, Bucket="site", Policy=document(given)).startswith("AccessDenied")
    off = dict.fromkeys(("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), False)
    s3.put_public_access_block(Bucket="site", PublicAccessBlockConfiguration=off)
    s3.put_bucket_policy(Bucket="site", Policy=document(given))


def test_further_ranges_of_a_network_and_the_same_names_in_other_regions(client, watch):
    ec2 = client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    outside = {"VpcId": vpc, "CidrBlock": "10.1.0.0/24"}
    assert refused(ec2.create_subnet, **outside).startswith("InvalidSubnet.Range")
    ec2.associate_vpc_cidr_block(VpcId=vpc, CidrBlock="10.1.0.0/16")
    ec2.create_subnet(**outside)
    for region in ("us-east-1", "eu-west-1"):
        policy = key_policy({"Principal": {"Service": f"logs.{region}.amazonaws.com"}, "Action": "*", "Resource": "*"})
        key = client("kms", region).create_key(Policy=policy)["KeyMetadata"]["Arn"]
        client("logs", region).create_log_group(logGroupName="/app", kmsKeyId=key)


def test_what_the_emulator_could_not_carry_out_is_not_missing(client, watch, emulator):
    s3, trails = client("s3"), client("cloudtrail")
    s3.create_bucket(Bucket="trail-logs")
    emulator.layer.unanswered["s3:PutBucketPolicy"] = "the emulator does not implement it"
    blind = Watch(Assumptions(), emulator.layer.unanswered)
    blind.things = watch.things
    emulator.layer.guards[:] = [blind.guard]
    trails.create_trail(Name="all", S3BucketName="trail-logs")


def test_what_is_made_at_the_same_time_may_come_first(client, emulator):
    watch = Watch(Assumptions(), grace=1.0)
    emulator.layer.guards.append(watch.guard)
    emulator.layer.listeners.append(watch.hear)
    s3 = client("s3")
    s3.create_bucket(Bucket="site")
    given = {"Action": "s3:GetObject", "Resource": "arn:aws:s3:::site/*", "Principal": "*"}
    off = dict.fromkeys(("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), False)
    with ThreadPoolExecutor(1) as beside:
        put = beside.submit(s3.put_bucket_policy, Bucket="site", Policy=document(given))
        s3.put_public_access_block(Bucket="site", PublicAccessBlockConfiguration=off)
        put.result()
    assert watch.refused == []


def test_nothing_is_said_of_what_the_account_had_before(client, watch):
    """Things that no call told of: a key, a role, subnets."""
    arn = "arn:aws:kms:us-east-1:123456789012:key/0f0f0f0f-0000-0000-0000-000000000000"
    client("logs").create_log_group(logGroupName="/app", kmsKeyId=arn)
    subnets = [one["SubnetId"] for one in client("ec2").describe_subnets()["Subnets"]]
    client("elbv2").create_load_balancer(Name="web", Subnets=subnets[:2])
    assert watch.refused == []


@pytest.mark.parametrize("label", sorted(acts()))
def test_every_operation_of_the_table_is_one_of_the_api(label: str):
    service, _, name = label.partition(":")
    operation = get_service_model(service).operation_model(name)
    for act in acts()[label]:
        assert [bool(act.makes), bool(act.changes), bool(act.ends)].count(True) == 1
        for kind, path in holes(act):
            shape = operation.input_shape if kind == "p" else operation.output_shape
            for key in path:
                match shape.type_name:
                    case "list":
                        shape = shape.member
                    case "map":
                        shape = shape.value
                    case _:
                        shape = shape.members[key]


def holes(act: Act) -> list[tuple[str, list[str]]]:
    """The parameters and members of answers that an act reads."""
    texts = [
        act.name,
        act.region,
        *act.identifiers.values(),
        *act.sets.values(),
        *act.adds.values(),
        *act.takes.values(),
    ]
    texts += [str(value) for value in act.fixed.values()]
    found = [hole.split(".") for text in texts for hole in HOLE.findall(text)]
    plain = [name for name in (act.inside, act.spread) if name]
    paths = [["p", *name.split(".")] for name in (*plain, *act.when)]
    return [(path[0], path[1:]) for path in (*found, *paths) if path[0] in {"p", "r"}]


OUTSIDE = """
provider "aws" {
  region = "eu-west-1"
}
resource "aws_kms_key" "logs" {
  description = "logs"
}
resource "aws_kms_alias" "logs" {
  name          = "alias/logs"
  target_key_id = aws_kms_key.logs.key_id
}
data "aws_kms_alias" "logs" {
  name       = aws_kms_alias.logs.name
  depends_on = [aws_kms_alias.logs]
}
resource "aws_cloudwatch_log_group" "app" {
  name       = "/app/dev"
  kms_key_id = data.aws_kms_alias.logs.target_key_arn
}
"""


def test_what_the_program_only_looks_up_while_it_is_applied(engine_and_provider, tmp_path):
    (tmp_path / "main.tf").write_text(OUTSIDE)
    assert not onetake.check(tmp_path, root=tmp_path, config=False).findings
    found = rehearse(tmp_path, root=tmp_path, second_plan=False, destroy=False, logs=tmp_path / "logs")
    assert found.outcome is Outcome.FAILS, json.dumps(found.data(), indent=1)
    (refused,) = found.of(Fate.REFUSED)
    assert (refused.address, refused.rule) == ("aws_cloudwatch_log_group.app", "logs-log-group-key-not-usable")
    assert (
        "is not allowed to be used with Arn 'arn:aws:logs:eu-west-1:123456789012:log-group:/app/dev'" in refused.message
    )


def test_a_domain_without_its_service_linked_role_in_a_new_account(client, emulator):
    watch = Watch(Assumptions(profile=NEW_ACCOUNT))
    emulator.layer.guards.append(watch.guard)
    emulator.layer.listeners.append(watch.hear)
    _, subnets = network(client)
    given: dict[str, Any] = {"DomainName": "search", "VPCOptions": {"SubnetIds": subnets[:1]}}
    answer = refused(client("opensearch").create_domain, **given)
    assert answer.startswith("ValidationException: Before you can proceed, you must enable a service-linked role")
    client("iam").create_service_linked_role(AWSServiceName="opensearchservice.amazonaws.com")
    client("opensearch").create_domain(**given)
