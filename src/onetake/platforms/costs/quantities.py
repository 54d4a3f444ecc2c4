"""How many of what a resource makes somebody pay for, by its type."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from onetake.model.records import record
from onetake.platforms.costs.schedules import share_of_week
from onetake.platforms.synthesized import REFERENCE, Resource, Synthesized, blocks


@record
class Quantity:
    """So many of one thing.

    Attributes:
        what: it is.
        price: its name in the table of prices.
        count: how many, all the time.
    """

    what: str
    price: str
    count: float = 1.0


def _one(what: str, price: str) -> Count:
    return lambda _resource, _stack: iter((Quantity(what, price),))


def _endpoint(resource: Resource, _stack: Synthesized) -> Iterator[Quantity]:
    if resource.arguments.get("vpc_endpoint_type") in ("Interface", "GatewayLoadBalancer"):
        yield Quantity("interface in a zone", "interface_endpoint", len(resource.arguments.get("subnet_ids", ())))


def _load_balancer(resource: Resource, _stack: Synthesized) -> Iterator[Quantity]:
    yield Quantity("load balancer", "load_balancer")
    if not resource.arguments.get("internal"):
        zones = resource.arguments.get("subnets") or resource.arguments.get("subnet_mapping") or ()
        yield Quantity("public address", "public_address", len(zones))


def _firewall(resource: Resource, _stack: Synthesized) -> Iterator[Quantity]:
    yield Quantity("endpoint in a zone", "firewall_endpoint", len(blocks(resource.arguments["subnet_mapping"])))


def _secret(resource: Resource, _stack: Synthesized) -> Iterator[Quantity]:
    yield Quantity("secret", "secret", 1 + len(blocks(resource.arguments.get("replica"))))


def _alarm(resource: Resource, _stack: Synthesized) -> Iterator[Quantity]:
    metrics = [one for one in blocks(resource.arguments.get("metric_query")) if one.get("metric")]
    yield Quantity("metric", "metric_alarm", max(1, len(metrics)))


def _web_acl(resource: Resource, _stack: Synthesized) -> Iterator[Quantity]:
    yield Quantity("web ACL", "web_acl")
    yield Quantity("rule", "web_acl_rule", len(blocks(resource.arguments.get("rule"))))


def _health_check(resource: Resource, _stack: Synthesized) -> Iterator[Quantity]:
    given = resource.arguments
    yield Quantity("health check", "health_check")
    features = (
        str(given.get("type", "")).startswith("HTTPS"),
        bool(given.get("search_string")),
        given.get("request_interval") == 10,
        bool(given.get("measure_latency")),
    )
    yield Quantity("optional feature", "health_check_feature", sum(features))


def _service(resource: Resource, stack: Synthesized) -> Iterator[Quantity]:
    """A service on Fargate: what its tasks ask for; on-demand prices also where Spot is taken."""
    task = _target(stack, resource.arguments.get("task_definition"))
    running = resource.arguments.get("desired_count", 0)
    if task is None or not running:
        return
    count = running * share_of_week(stack, resource)
    platforms = blocks(task.arguments.get("runtime_platform"))
    kind = "fargate_arm" if platforms and platforms[0].get("cpu_architecture") == "ARM64" else "fargate"
    yield Quantity("vCPU", f"{kind}_vcpu", count * int(task.arguments["cpu"]) / 1024)
    yield Quantity("GB of memory", f"{kind}_gigabyte", count * int(task.arguments["memory"]) / 1024)


def _database(resource: Resource, stack: Synthesized) -> Iterator[Quantity]:
    cls = resource.arguments["instance_class"]
    cluster = _target(stack, resource.arguments["cluster_identifier"])
    if cls != "db.serverless":
        engine = (cluster or resource).arguments["engine"]
        yield Quantity(cls, f"{engine} {cls}")
        return
    scaling = blocks(cluster.arguments.get("serverlessv2_scaling_configuration")) if cluster else []
    yield Quantity("capacity unit", "aurora_capacity_unit", scaling[0]["min_capacity"] if scaling else 0)


def _cache(resource: Resource, stack: Synthesized) -> Iterator[Quantity]:
    given = resource.arguments
    nodes = given.get("num_cache_clusters")
    if nodes is None:
        nodes = given.get("num_node_groups", 1) * (1 + given.get("replicas_per_node_group", 0))
    # A member of a global datastore has the nodes of its primary.
    datastore = _target(stack, given.get("global_replication_group_id"))
    primary = _target(stack, datastore.arguments["primary_replication_group_id"]) if datastore else None
    of = primary.arguments if primary else given
    if of.get("node_type"):
        kind = of["node_type"]
        yield Quantity(kind, f"valkey {kind}" if of.get("engine") == "valkey" else kind, nodes)


def _group(resource: Resource, stack: Synthesized) -> Iterator[Quantity]:
    templates = blocks(resource.arguments.get("launch_template"))
    template = _target(stack, templates[0].get("id")) if templates else None
    if template is None:
        return
    count = resource.arguments["min_size"] * share_of_week(stack, resource)
    yield Quantity(template.arguments["instance_type"], template.arguments["instance_type"], count)
    volumes = [blocks(one.get("ebs")) for one in blocks(template.arguments.get("block_device_mappings"))]
    size = sum(int(one[0].get("volume_size", 0)) for one in volumes if one)
    yield Quantity("GB of volumes", "volume_gigabyte", count * size)


def _nodes(resource: Resource, _stack: Synthesized) -> Iterator[Quantity]:
    scaling = blocks(resource.arguments["scaling_config"])[0]
    types = resource.arguments.get("instance_types") or ["t3.medium"]
    yield Quantity(types[0], types[0], scaling["min_size"])


def _target(stack: Synthesized, text: object) -> Resource | None:
    found = REFERENCE.match(str(text))
    return stack.by_address.get(found[1]) if found else None


Count = Callable[[Resource, Synthesized], Iterator[Quantity]]

QUANTITIES: Final[Mapping[str, Count]] = {
    "aws_acmpca_certificate_authority": _one("authority", "private_ca"),
    "aws_autoscaling_group": _group,
    "aws_cloudwatch_composite_alarm": _one("composite alarm", "composite_alarm"),
    "aws_cloudwatch_dashboard": _one("dashboard", "dashboard"),
    "aws_cloudwatch_metric_alarm": _alarm,
    "aws_db_proxy": _one("proxy", "database_proxy"),
    "aws_ecs_service": _service,
    "aws_eip": _one("public address", "public_address"),
    "aws_eks_cluster": _one("cluster", "eks_cluster"),
    "aws_eks_node_group": _nodes,
    "aws_elasticache_replication_group": _cache,
    "aws_kms_key": _one("key", "key"),
    "aws_kms_replica_key": _one("key", "key"),
    "aws_lb": _load_balancer,
    "aws_nat_gateway": _one("gateway", "nat_gateway"),
    "aws_networkfirewall_firewall": _firewall,
    "aws_rds_cluster_instance": _database,
    "aws_route53_health_check": _health_check,
    "aws_route53_zone": _one("zone", "hosted_zone"),
    "aws_secretsmanager_secret": _secret,
    "aws_vpc_endpoint": _endpoint,
    "aws_vpclattice_service": _one("service", "lattice_service"),
    "aws_wafv2_web_acl": _web_acl,
}
