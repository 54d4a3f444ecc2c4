"""Web ACL or rule group of which two rules have the same priority.

Rules are evaluated by priority, lowest first, and AWS takes no two of the same.
"""

from collections.abc import Iterator

from onetake.aws.view import Blocks, View
from onetake.aws.wafv2 import AclRule
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known, Value
from onetake.rules.rule import Answer, Fault, Rule


class Ruled(View):
    """Whatever has rules."""

    KINDS = {
        Language.TERRAFORM: ("aws_wafv2_web_acl", "aws_wafv2_rule_group"),
        Language.CLOUDFORMATION: ("AWS::WAFv2::WebACL", "AWS::WAFv2::RuleGroup"),
    }

    rules = Blocks(AclRule, tf="rule", cfn="Rules")


def check(ruled: Ruled) -> Iterator[Fault]:
    """Two rules that have the same known priority, and are not the same rule."""
    seen: dict[int, Value[str]] = {}
    for rule in ruled.rules:
        if not isinstance(rule.priority, Known) or not isinstance(rule.name, Known):
            continue
        first = seen.setdefault(rule.priority.value, rule.name)
        if isinstance(first, Known) and first.value != rule.name.value:
            said = f'the rules "{first.value}" and "{rule.name.value}" of {ruled.address} have priority'
            yield Fault(rule.priority, f"{said} {rule.priority.value}")


RULE = Rule(
    name="wafv2-rule-priorities-repeat",
    view=Ruled,
    check=check,
    severity=Severity.CRITICAL,
    answers={Language.TERRAFORM: Answer(Stage.CREATE), Language.CLOUDFORMATION: Answer(Stage.CREATE)},
    cause="AWS WAF orders rules by priority and requires that all of a web ACL or rule group differ.",
    fix="Give each rule a priority of its own.",
    evidence=(
        "https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-processing-order.html",
        "https://github.com/binbashar/le-tf-infra-aws/pull/418",
    ),
)
