"""Target group that a plan replaces while a listener sends requests to it.

Without ``create_before_destroy`` the old group is deleted first, when the listener still uses it: the listener is only
updated when the new group is there. Listeners and rules that the plan deletes or replaces too go first, and are no
obstacle.

Judged on plans, whose prior state tells what uses the group.
"""

from collections.abc import Iterator

from onetake.aws.elb import Listener, ListenerAction, ListenerRule
from onetake.aws.lookup import views
from onetake.aws.view import Attribute, View
from onetake.mechanisms.succession import change, forced, removed
from onetake.model.changes import Step
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule


class TargetGroup(View):
    """A target group, as far as others use it."""

    KINDS = {Language.TERRAFORM: ("aws_lb_target_group", "aws_alb_target_group")}

    arn = Attribute(str, tf="arn", cfn=None)


def check(group: TargetGroup) -> Iterator[Fault]:
    """Deleted before its users let go of it."""
    planned = change(group)
    if planned.step is not Step.REPLACE or planned.creates_first:
        return
    match group.arn:
        case Known(arn):
            users = tuple(user for user in _users(group, arn) if not removed(user))
            if users:
                yield Fault(
                    group,
                    f"{group.address} is deleted before it is made again, while {users[0].address} uses it"
                    f"{forced(group)}",
                    related=users,
                    words={"arn": arn},
                )


def _users(group: TargetGroup, arn: str) -> Iterator[View]:
    for listener in views(group.stack, Listener):
        if any(arn in _groups(action) for action in listener.actions):
            yield listener
    for rule in views(group.stack, ListenerRule):
        if any(arn in _groups(action) for action in rule.actions):
            yield rule


def _groups(action: ListenerAction) -> Iterator[str]:
    for value in (action.target_group, *(target.target_group for target in action.forward)):
        if isinstance(value, Known):
            yield value.value


RULE = Rule(
    name="elb-target-group-replaced-in-use",
    view=TargetGroup,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(
            Stage.DESTROY, "ResourceInUse: Target group '{arn}' is currently in use by a listener or a rule"
        ),
    },
    deployed=True,
    cause="Elastic Load Balancing does not delete a target group that a listener or rule still names.",
    fix="Set create_before_destroy = true in the lifecycle of the group, and name_prefix instead of name.",
    evidence=(
        "https://github.com/hashicorp/terraform-provider-aws/issues/636",
        "https://github.com/hashicorp/terraform-provider-aws/issues/16889",
        "https://github.com/dsaidgovsg/terraform-modules/pull/193",
    ),
)
