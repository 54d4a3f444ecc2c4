"""Inline security group rule without ports.

In attributes-as-blocks form every field must be given; CDKTF drops keys of an untyped map that it does not know
(``from_port`` instead of ``fromPort``), and the rule arrives with its ports and sources null.
"""

from collections.abc import Iterator

from onetake.aws.ec2 import SecurityGroup
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Absent, Known
from onetake.rules.rule import Answer, Fault, Rule

ANSWERS = {
    Language.TERRAFORM: Answer(
        Stage.VALIDATE, 'Inappropriate value for attribute "{direction}": element 0: attribute "from_port" is required'
    ),
}


def check(group: SecurityGroup) -> Iterator[Fault]:
    """A rule of a protocol with ports, without them."""
    for direction, rules in (("ingress", group.ingress), ("egress", group.egress)):
        for rule in rules:
            match rule.protocol, rule.from_port, rule.to_port:
                case Known(protocol), Absent(), Absent() if protocol not in ("-1", "all"):
                    yield Fault(
                        rule,
                        f"an {direction} rule of {group.address} names no ports",
                        words={"direction": direction},
                    )


RULE = Rule(
    name="ec2-security-group-rule-incomplete",
    view=SecurityGroup,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="Every inline rule needs from_port and to_port; CDKTF drops keys in snake case from untyped maps.",
    fix="Give from_port and to_port; in CDKTF use the typed struct, or camel-case keys (fromPort).",
    evidence=("https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group",),
)
