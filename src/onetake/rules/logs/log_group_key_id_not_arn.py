"""Log group that is given a key's id instead of its ARN.

In spite of its name, ``kms_key_id`` (``KmsKeyId``) takes an ARN.
"""

import re
from collections.abc import Iterator

from onetake.aws.kms import Key
from onetake.aws.logs import LogGroup
from onetake.aws.lookup import target
from onetake.model.findings import Action, Edit, Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known, origin
from onetake.rules.rule import Answer, Fault, Rule

ID = re.compile(r"(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})")
ANSWERS = {
    Language.TERRAFORM: Answer(Stage.PLAN),
    Language.CLOUDFORMATION: Answer(Stage.CREATE),
}


def check(group: LogGroup) -> Iterator[Fault]:
    """A reference to the id of a key, or a literal id."""
    source = origin(group.key)
    key = target(group.key, group.stack, Key)
    if key is not None and source is not None and source.attribute in ("id", "key_id", "KeyId", "Ref"):
        arn = (
            f"${{{source.target}.arn}}"
            if group.language is Language.TERRAFORM
            else {"Fn::GetAtt": [source.target, "Arn"]}
        )
        where = group.key.where
        yield Fault(
            where,
            f"{group.address} is given the id of {key.address}, where CloudWatch Logs wants its ARN",
            related=(key,),
            edits=(Edit(where, Action.SET, arn),),
            # The provider looks at what it knows while it plans; the id of a key that is yet to be made, it hands on.
            stage=Stage.CREATE,
        )
        return
    match group.key:
        case Known(text, where) if ID.fullmatch(text):
            yield Fault(where, f'{group.address} is given the key id "{text}", where CloudWatch Logs wants an ARN')


RULE = Rule(
    name="logs-log-group-key-id-not-arn",
    view=LogGroup,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="CloudWatch Logs takes the ARN of a key, although the argument is called key id.",
    fix="Give the key's ARN, and let the Logs service of the region use the key in its policy.",
    evidence=(
        "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html",
        "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudwatch_log_group",
    ),
)
