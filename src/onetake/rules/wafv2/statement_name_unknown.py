"""Name in a WAF rule that Terraform does not know.

The statements of a WAF rule are handed through the CDK for Terraform as they are written, so the names that its
bindings use inside (``rateBasedStatement``) end up in the configuration, where Terraform knows only its own
(``rate_based_statement``). Terraform's names never have capitals: a name that has some is wrong wherever it stands in a
rule. Names inside a wrong one are not listed again, and names without capitals are not judged.
"""

import re
from collections.abc import Iterator, Mapping

from onetake.aws.view import Attribute, View
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known, Span, Unknown, Value
from onetake.rules.rule import Answer, Fault, Rule

CAPITAL = re.compile(r"[A-Z]")
REFUSED = 'Extraneous JSON object property: No argument or block type is named "{}".'
"""For JSON; the words for Terraform's native syntax have not been seen."""


class Rules(View):
    """What holds rules with statements."""

    KINDS = {Language.TERRAFORM: ("aws_wafv2_web_acl", "aws_wafv2_rule_group")}

    rules = Attribute(object, tf="rule", cfn=None)


def check(holder: Rules) -> Iterator[Fault]:
    """Every name with capitals in the rules, outermost first."""
    for name, where in _capitals(holder.rules):
        known = re.sub(r"(?<!^)([A-Z]+)", r"_\1", name).lower()
        yield Fault(
            where,
            f"{holder.address} names {name}; Terraform's name is {known}",
            fix=f"Write {known} instead of {name}, and so on inside it.",
            words={"refusal": REFUSED.format(name) if where.file.endswith(".json") else ""},
        )


def _capitals(value: Value[object]) -> Iterator[tuple[str, Span]]:
    match value:
        case Known(Mapping() as fields, where):
            for name, inner in fields.items():
                if CAPITAL.search(name):
                    yield name, where / name
                else:
                    yield from _capitals(inner)
        case Known(tuple() as items) | Unknown(members=items):
            for item in items:
                yield from _capitals(item)
        case _:
            return


RULE = Rule(
    name="wafv2-statement-name-unknown",
    view=Rules,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(Stage.VALIDATE, "{refusal}"),
    },
    cause="What is written into a statement as a dictionary is not translated: Terraform gets the names as they are.",
    fix="Use Terraform's names inside statements: rate_based_statement, aggregate_key_type.",
    evidence=("https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/wafv2_web_acl",),
)
