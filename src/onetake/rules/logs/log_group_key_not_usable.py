"""Log group encrypted with a key that CloudWatch Logs may not use.

The key's policy must name the Logs service of the region. The default policy does not. Judged for keys of the stack
whose policy is known.
"""

from collections.abc import Iterator

from onetake.aws.kms import Key
from onetake.aws.logs import LogGroup
from onetake.aws.lookup import target
from onetake.mechanisms.policies import key_allows, service_in
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.values import Known, origin
from onetake.rules.rule import Answer, Fault, Rule

SAYS = "The specified KMS key does not exist or is not allowed to be used with Arn '{log_group_arn}'"
ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE, f"AccessDeniedException: {SAYS}"),
    Language.CLOUDFORMATION: Answer(
        Stage.CREATE, f'Resource handler returned message: "{SAYS} (Service: CloudWatchLogs, Status Code: 400)"'
    ),
}
NEEDED = ("kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey")


def check(group: LogGroup) -> Iterator[Fault]:
    """The service of the group's region may surely not use the key."""
    key = target(group.key, group.stack, Key)
    if key is None or names_id(group):
        return
    if key_allows(key, service_in("logs", group), NEEDED) is Truth.NO:
        name = group.name.value if isinstance(group.name, Known) else group.address
        yield Fault(
            group.key,
            f"{group.address} uses {key.address}, whose policy does not let CloudWatch Logs use it",
            related=(key,),
            words={"log_group_arn": f"arn:aws:logs:<region>:<account>:log-group:{name}"},
        )


def names_id(group: LogGroup) -> bool:
    """Whether the group is given the key's id, which is a fault of its own."""
    source = origin(group.key)
    return source is not None and source.attribute in ("id", "key_id", "KeyId", "Ref")


RULE = Rule(
    name="logs-log-group-key-not-usable",
    view=LogGroup,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="CloudWatch Logs uses the key as logs.REGION.amazonaws.com, which the key policy must allow.",
    fix="Allow logs.REGION.amazonaws.com kms:Encrypt*, Decrypt*, ReEncrypt*, GenerateDataKey*, Describe* in the key's "
    "policy, on the condition that kms:EncryptionContext:aws:logs:arn is a log group of the account.",
    evidence=("https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html",),
)
