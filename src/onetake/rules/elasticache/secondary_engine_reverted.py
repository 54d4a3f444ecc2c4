"""Secondary group of a Valkey datastore that Terraform replaces in every later run.

A group that joins a global datastore has the datastore's engine and may not be given one. Before 6.11 the provider
takes an engine that is not written for ``redis``: the next plan after the creation wants to replace the group by a
Redis one, which AWS then makes Valkey again. Ignoring changes of ``engine`` ends it.
"""

import re
from collections.abc import Iterator, Mapping

from onetake.aws.elasticache import GlobalReplicationGroup, ReplicationGroup
from onetake.aws.lookup import target
from onetake.knowledge.versions import surely_older
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Absent, Known, Unknown
from onetake.rules.rule import Answer, Fault, Rule

PROVIDER = "hashicorp/aws"
MENDED = (6, 11, 0)
_IGNORED = re.compile(r"\b(all|engine)\b")


def check(group: ReplicationGroup) -> Iterator[Fault]:
    """A member of a datastore whose first group runs Valkey, under a provider that does not know better."""
    if not surely_older(group.stack.engine.providers.get(PROVIDER, ""), MENDED):
        return
    datastore = target(group.global_group, group.stack, GlobalReplicationGroup)
    first = target(datastore.primary, group.stack, ReplicationGroup) if datastore else None
    match first and first.engine:
        case Known("valkey") if isinstance(group.resource.argument("engine"), Absent) and not _ignored(group):
            yield Fault(
                group.global_group,
                f"{group.address} has the engine of its datastore, valkey, but the provider takes it for redis and "
                "replaces it in every later run",
                related=(datastore, first) if datastore and first else (),
            )


def _ignored(group: ReplicationGroup) -> bool:
    """Whether changes of the engine may be ignored; a plan does not hold it."""
    match group.resource.settings.get("lifecycle"):
        case Known((Known(Mapping() as lifecycle),)) | Known(Mapping() as lifecycle):
            pass
        case None | Absent():
            return False
        case _:
            return True
    match lifecycle.get("ignore_changes"):
        case None | Absent():
            return False
        case Known(tuple() as names):
            return any(not isinstance(name, Known) or _IGNORED.fullmatch(str(name.value)) for name in names)
        case Unknown(parts=parts):
            # Native syntax names attributes without quotes, which no evaluation gives a value.
            return not parts or any(_IGNORED.search(getattr(part, "expression", "all")) for part in parts)
        case _:
            return True


RULE = Rule(
    name="elasticache-secondary-engine-reverted",
    view=ReplicationGroup,
    check=check,
    severity=Severity.HIGH,
    answers={Language.TERRAFORM: Answer(Stage.UPDATE, 'engine = "valkey" -> "redis" # forces replacement')},
    cause="Before 6.11 the AWS provider takes an engine that is not written for redis, and the engine of a group that "
    "joins a datastore may not be written; the difference from what runs forces a replacement.",
    fix="Set lifecycle { ignore_changes = [engine] } on the group, or ask for version 6.11 of the provider or later.",
    evidence=(
        "https://github.com/hashicorp/terraform-provider-aws/issues/40786",
        "https://github.com/hashicorp/terraform-provider-aws/issues/42592",
        "https://github.com/hashicorp/terraform-provider-aws/pull/42636",
    ),
)
