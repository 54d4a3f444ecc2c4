"""Target group that a plan replaces while a listener sends requests to it.

Without ``create_before_destroy`` the old group is deleted first, when the listener still uses it: the listener is only
updated when the new group is there. Listeners and rules that the plan deletes or replaces too go first, and are no
obstacle.

Judged on plans, whose prior state tells what uses the group.
"""

from collections.abc import Iterator

from onetake.aws.elb import Listener, ListenerRule
from onetake.aws.lookup import views
from onetake.aws.view import Attribute, View
from onetake.mechanisms.succession import change, forced, removed, successor
from onetake.model.changes import Step
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Absent, Known, Value, known
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
            users = tuple(user for user in _users(group, arn) if not removed(user) and not _lets_go(user, arn))
            if users:
                yield Fault(
                    group,
                    f"{group.address} is deleted before it is made again, while {users[0].address} uses it"
                    f"{forced(group)}",
                    related=users,
                    words={"arn": arn},
                )


def _users(group: TargetGroup, arn: str) -> Iterator[Listener | ListenerRule]:
    users: tuple[Listener | ListenerRule, ...] = (*views(group.stack, Listener), *views(group.stack, ListenerRule))
    for user in users:
        if any(known(value) == arn for value in _groups(user)):
            yield user


def _lets_go(user: Listener | ListenerRule, arn: str) -> bool:
    """Whether the plan points it to other groups that are there already: that comes before the deletion."""
    later = successor(user)
    named = [known(value) for value in _groups(later)] if isinstance(later, (Listener, ListenerRule)) else []
    return bool(named) and None not in named and arn not in named


def _groups(user: Listener | ListenerRule) -> Iterator[Value[str]]:
    for action in user.actions:
        for value in (action.target_group, *(target.target_group for target in action.forward)):
            if not isinstance(value, Absent):
                yield value


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
