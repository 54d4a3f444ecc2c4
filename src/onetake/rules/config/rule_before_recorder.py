"""Rule or conformance pack of AWS Config that does not wait for the recorder.

AWS refuses rules in an account and region that has no recorder. Judged where the program makes the recorder itself; a
recorder that is there already is another program's matter.
"""

from collections.abc import Iterator

from onetake.aws.config import Recorder, beside
from onetake.aws.view import View
from onetake.mechanisms.ordering import unordered
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.rules.rule import Answer, Fault, Rule


class Judged(View):
    """Whatever needs a recorder."""

    KINDS = {
        Language.TERRAFORM: ("aws_config_config_rule", "aws_config_conformance_pack"),
        Language.CLOUDFORMATION: ("AWS::Config::ConfigRule", "AWS::Config::ConformancePack"),
    }


def check(judged: Judged) -> Iterator[Fault]:
    """The program has recorders, and this surely waits for none of them."""
    recorders = beside(judged, Recorder)
    if recorders and len(unordered(judged.stack, judged, recorders)) == len(recorders):
        yield Fault(judged, f"{judged.address} does not wait for {recorders[0].address}", related=recorders)


RULE = Rule(
    name="config-rule-before-recorder",
    view=Judged,
    check=check,
    severity=Severity.HIGH,
    answers={Language.TERRAFORM: Answer(Stage.CREATE), Language.CLOUDFORMATION: Answer(Stage.CREATE)},
    cause="A rule needs a recorder, and nothing makes it wait for the one of the program.",
    fix="Make the rule depend on the recorder: depends_on, or DependsOn.",
    evidence=(
        "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/config_config_rule",
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-config-configrule.html",
        "https://github.com/aws-quickstart/quickstart-compliance-common/pull/6",
    ),
)
