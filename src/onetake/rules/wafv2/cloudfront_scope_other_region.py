"""Web ACL, rule group or address set for CloudFront that is made outside us-east-1.

WAF keeps everything of scope ``CLOUDFRONT`` in us-east-1 and refuses it anywhere else.

Judged where the region is certain: that of the provider in Terraform, of the stack in CloudFormation when the region is
given.
"""

from collections.abc import Iterator

from onetake.aws.view import Attribute, View
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

HOME = "us-east-1"
REFUSED = "Error reason: The scope is not valid., field: SCOPE_VALUE, parameter: CLOUDFRONT"


class Scoped(View):
    """Whatever of WAF has a scope."""

    KINDS = {
        Language.TERRAFORM: (
            "aws_wafv2_web_acl",
            "aws_wafv2_rule_group",
            "aws_wafv2_ip_set",
            "aws_wafv2_regex_pattern_set",
        ),
        Language.CLOUDFORMATION: (
            "AWS::WAFv2::WebACL",
            "AWS::WAFv2::RuleGroup",
            "AWS::WAFv2::IPSet",
            "AWS::WAFv2::RegexPatternSet",
        ),
    }

    scope = Attribute(str, tf="scope", cfn="Scope")


def check(scoped: Scoped) -> Iterator[Fault]:
    """Compare the region with the only one that is allowed."""
    match scoped.scope, scoped.region:
        case Known("CLOUDFRONT", where), Known(region) if region != HOME:
            yield Fault(where, f"{scoped.address} is of scope CLOUDFRONT, but made in {region} instead of {HOME}")
        case _:
            return


RULE = Rule(
    name="wafv2-cloudfront-scope-other-region",
    view=Scoped,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(Stage.CREATE, f"WAFInvalidParameterException: {REFUSED}"),
        Language.CLOUDFORMATION: Answer(
            Stage.CREATE,
            f'Resource handler returned message: "{REFUSED} (Service: Wafv2, Status Code: 400)" '
            "(HandlerErrorCode: InvalidRequest)",
        ),
    },
    cause="WAF keeps what belongs to CloudFront in us-east-1 only.",
    fix="Make it in us-east-1 (a provider alias in Terraform, a stack there in CloudFormation), or use scope REGIONAL "
    "for load balancers, APIs and other regional resources.",
    evidence=(
        "https://github.com/aws-solutions/aws-waf-security-automations/issues/187",
        "https://github.com/aws-solutions/aws-waf-security-automations/issues/300",
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-wafv2-webacl.html",
    ),
)
