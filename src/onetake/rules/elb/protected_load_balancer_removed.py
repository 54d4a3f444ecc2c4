"""Load balancer with deletion protection that a plan deletes or replaces.

Elastic Load Balancing looks at the protection that is deployed now: that the same plan turns it off does not help.

Judged on plans, whose prior state tells what is deployed.
"""

from collections.abc import Iterator

from onetake.aws.view import Attribute, View
from onetake.mechanisms.succession import fate, forced, removed
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule


class LoadBalancer(View):
    """A load balancer, as far as its protection goes."""

    KINDS = {Language.TERRAFORM: ("aws_lb", "aws_alb")}

    arn = Attribute(str, tf="arn", cfn=None)
    protected = Attribute(bool, tf="enable_deletion_protection", cfn=None, default=False)


def check(balancer: LoadBalancer) -> Iterator[Fault]:
    """Protected now, and gone afterwards."""
    match balancer.protected:
        case Known(True, where) if removed(balancer):
            yield Fault(
                where,
                f"{balancer.address} {fate(balancer)}, but is protected from deletion{forced(balancer)}",
                words={"arn": balancer.arn.value} if isinstance(balancer.arn, Known) else {},
            )


RULE = Rule(
    name="elb-protected-load-balancer-removed",
    view=LoadBalancer,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(
            Stage.DESTROY,
            "OperationNotPermitted: Load balancer '{arn}' cannot be deleted because deletion protection is enabled",
        ),
    },
    deployed=True,
    cause="Elastic Load Balancing refuses to delete a load balancer that is protected, and what is deployed now is.",
    fix="Apply enable_deletion_protection = false first, and delete or replace the load balancer with the next plan.",
    evidence=(
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-delete.html",
        "https://github.com/rebuy-de/aws-nuke/issues/1240",
        "https://github.com/aws-cloudformation/rain/issues/187",
    ),
)
