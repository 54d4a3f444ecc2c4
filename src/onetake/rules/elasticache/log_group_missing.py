"""Redis whose logs go to a log group that nothing creates, or that it does not wait for.

The log group must exist when the replication group is made. A name that is not known, or that may be a group of
another stack (judged as a risk), decides how sure this is.
"""

from collections.abc import Iterator

from onetake.aws.elasticache import ReplicationGroup
from onetake.aws.logs import LogGroup
from onetake.aws.lookup import identifies, target, views
from onetake.mechanisms.ordering import surely_before
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.values import Known, origin
from onetake.rules.rule import Answer, Fault, Rule

ANSWERS = {Language.TERRAFORM: Answer(Stage.CREATE), Language.CLOUDFORMATION: Answer(Stage.CREATE)}


def check(group: ReplicationGroup) -> Iterator[Fault]:
    """Each delivery to CloudWatch Logs whose group is known by name."""
    for delivery in group.logs:
        match delivery.destination_type, delivery.log_group:
            case Known("cloudwatch-logs"), Known(name, where):
                pass
            case _:
                continue
        made = target(delivery.log_group, group.stack, LogGroup)
        if made is None:
            others = views(group.stack, LogGroup)
            if (
                origin(delivery.log_group) is None
                and group.stack.whole
                and all(identifies(one, delivery.log_group) is Truth.NO for one in others)
            ):
                yield Fault(
                    where,
                    f'{group.address} writes its logs to "{name}", which nothing in the stack creates',
                    condition=f'Does the log group "{name}" exist already?',
                )
        elif surely_before(group.stack, made, group) is Truth.NO:
            yield Fault(where, f"{group.address} does not wait for its log group {made.address}", related=(made,))


RULE = Rule(
    name="elasticache-log-group-missing",
    view=ReplicationGroup,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="ElastiCache does not create the log group it is told to write to.",
    fix="Create the log group in the stack and refer to it (or depend on it).",
    evidence=("https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Log_Delivery.html",),
)
