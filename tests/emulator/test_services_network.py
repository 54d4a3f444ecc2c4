"""Repairs and operations of ours in networks and before services: what was given comes back."""

import pytest
from botocore.exceptions import ClientError


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


def test_rules_about_groups_keep_their_description(client):
    network = client("ec2")
    group = network.create_security_group(GroupName="g", Description="g")["GroupId"]
    pair = {"GroupId": group, "Description": "members of this group"}
    rule = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "UserIdGroupPairs": [pair]}
    network.authorize_security_group_ingress(GroupId=group, IpPermissions=[rule])
    rules = network.describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [group]}])
    told = [one.get("Description") for one in rules["SecurityGroupRules"] if not one["IsEgress"]]
    assert told == ["members of this group"]


def test_rules_about_prefix_lists_keep_their_description(client):
    network = client("ec2")
    group = network.create_security_group(GroupName="g", Description="g")["GroupId"]
    listed = network.describe_managed_prefix_lists()["PrefixLists"][0]["PrefixListId"]
    peer = {"PrefixListId": listed, "Description": "CloudFront"}
    rule = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "PrefixListIds": [peer]}
    network.authorize_security_group_ingress(GroupId=group, IpPermissions=[rule])
    rules = network.describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [group]}])
    assert [one["Description"] for one in rules["SecurityGroupRules"] if not one["IsEgress"]] == ["CloudFront"]


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
