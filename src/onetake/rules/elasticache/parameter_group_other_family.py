"""Cache with a parameter group that was made for another engine or version.

The family of a group (``redis6.x``, ``redis7``, ``valkey8``) has to be that of the engine's version. AWS's own groups
tell theirs by their names (``default.redis7``). Where no version is written, only the engine is compared.
"""

from collections.abc import Iterator

from onetake.aws.elasticache import ParameterGroup
from onetake.aws.lookup import target
from onetake.aws.view import Attribute, View
from onetake.mechanisms.engines import cache_family
from onetake.mechanisms.succession import made
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Absent, Known, Value
from onetake.rules.rule import Answer, Fault, Rule

DEFAULT = "default."
CLUSTERED = ".cluster.on"
ENGINES = ("memcached", "redis", "valkey")


class Cache(View):
    """A replication group or a cluster."""

    KINDS = {
        Language.TERRAFORM: ("aws_elasticache_replication_group", "aws_elasticache_cluster"),
        Language.CLOUDFORMATION: ("AWS::ElastiCache::ReplicationGroup", "AWS::ElastiCache::CacheCluster"),
    }

    engine = Attribute(str, tf="engine", cfn="Engine")
    version = Attribute(str, tf="engine_version", cfn="EngineVersion")
    group = Attribute(str, tf="parameter_group_name", cfn="CacheParameterGroupName")
    follows = Attribute(str, tf="global_replication_group_id", cfn="GlobalReplicationGroupId")
    member_of = Attribute(str, tf="replication_group_id", cfn=None)


def check(cache: Cache) -> Iterator[Fault]:
    """The family of the group against that of the engine."""
    group = target(cache.group, cache.stack, ParameterGroup)
    written = cache.group
    if group is not None:
        family = group.family
    elif isinstance(written, Known) and written.value.startswith(DEFAULT):
        family = Known(written.value.removeprefix(DEFAULT).removesuffix(CLUSTERED), written.where)
    else:
        return
    follows = cache.follows if "replication" in cache.resource.type.lower() else cache.member_of
    if not isinstance(follows, Absent) or not made(cache):
        return
    match cache.engine, family:
        case (Known(engine), Known(found)):
            wanted = _wanted(engine.lower(), cache.version, found.lower())
            if wanted:
                called = group.address if group is not None else str(getattr(written, "value", "its group"))
                yield Fault(
                    written,
                    f"{cache.address} needs a parameter group of the family {wanted}, but {called} is of {found}",
                    related=(group,) if group is not None else (),
                    words={"family": found} | ({} if wanted.endswith("...") else {"wanted": wanted}),
                )


def _wanted(engine: str, version: Value[str], family: str) -> str:
    """The family that it would have to be, when it surely is another."""
    known = cache_family(engine, version.value) if isinstance(version, Known) else None
    if known is not None:
        return known if family != known else ""
    own = next((one for one in ENGINES if family.startswith(one)), "")
    return f"{engine}..." if engine in ENGINES and own and own != engine else ""


RULE = Rule(
    name="elasticache-parameter-group-other-family",
    view=Cache,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(
            Stage.CREATE,
            "InvalidParameterCombination: Expected a parameter group of family {wanted} but found one of family "
            "{family}",
        ),
        Language.CLOUDFORMATION: Answer(
            Stage.CREATE, "Expected a parameter group of family {wanted} but found one of family {family}"
        ),
    },
    cause="Parameters belong to an engine and its version; a group can only be used with these.",
    fix="Give the parameter group the family of the engine's version: redis6.x, redis7, valkey8, memcached1.6.",
    evidence=(
        "https://github.com/hashicorp/terraform-provider-aws/issues/27748",
        "https://github.com/hashicorp/terraform-provider-aws/issues/27709",
        "https://github.com/hashicorp/terraform/pull/11269",
        "https://github.com/byu-oit/handel/pull/546",
    ),
)
