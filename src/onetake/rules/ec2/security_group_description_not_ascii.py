"""Security group whose description has characters outside ASCII: a dash, an arrow, an umlaut."""

from collections.abc import Iterator

from onetake.aws.ec2 import SecurityGroup
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known, parts
from onetake.rules.rule import Answer, Fault, Rule

SAYS = "Value ({description}) for parameter GroupDescription is invalid. Character sets beyond ASCII are not supported."
ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE, f"InvalidParameterValue: {SAYS}"),
    Language.CLOUDFORMATION: Answer(Stage.CREATE, SAYS),
}


def check(group: SecurityGroup) -> Iterator[Fault]:
    """Every piece of the text that is known."""
    known = "".join(piece for piece in parts(group.description) if isinstance(piece, str))
    strange = next((sign for sign in known if not sign.isascii()), "")
    if strange:
        # CloudFormation hands such characters on as question marks in what it prints.
        whole = isinstance(group.description, Known) and group.language is Language.TERRAFORM
        yield Fault(
            group.description,
            f'the description of {group.address} contains "{strange}" (U+{ord(strange):04X})',
            words={"description": known} if whole else {},
        )


RULE = Rule(
    name="ec2-security-group-description-not-ascii",
    view=SecurityGroup,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="EC2 takes only ASCII characters in the description of a security group.",
    fix="Write the description in ASCII: - for a dash, -> for an arrow.",
    evidence=(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html",
        "https://github.com/psd401/aistudio/pull/1049",
        "https://github.com/hashicorp/terraform-provider-aws/pull/43854",
    ),
    covers=("cfn-property-pattern",),
)
