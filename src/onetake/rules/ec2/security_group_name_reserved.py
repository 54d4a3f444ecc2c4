"""Security group whose name begins like an id: ``sg-``."""

from collections.abc import Iterator

from onetake.aws.ec2 import SecurityGroup
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.text import starts_with
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

RESERVED = "sg-"


def check(group: SecurityGroup) -> Iterator[Fault]:
    """The name, or the prefix of the name that Terraform makes up."""
    for argument, written in (("name", group.name), ("name_prefix", group.name_prefix)):
        if starts_with(written, RESERVED) is Truth.YES:
            whole = {"group_name": written.value} if isinstance(written, Known) else {}
            words = {"argument": argument, **whole}
            yield Fault(written, f'the name of {group.address} begins with "{RESERVED}"', words=words)


RULE = Rule(
    name="ec2-security-group-name-reserved",
    view=SecurityGroup,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(Stage.PLAN, "invalid value for {argument} (cannot begin with sg-)"),
        Language.CLOUDFORMATION: Answer(
            Stage.CREATE,
            "Value ({group_name}) for parameter GroupName is invalid. Group names may not be in the format sg-*.",
        ),
    },
    cause="Names that begin with sg- are reserved: they could not be told from ids.",
    fix="Name the group differently, for example with sg at the end.",
    evidence=(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html",
        "https://github.com/pulumi/pulumi-awsx/issues/328",
        "https://github.com/redhat-developer/mapt/issues/659",
    ),
)
