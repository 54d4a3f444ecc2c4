"""Key policy that nobody who deploys could ever change again.

KMS refuses a policy under which the caller may not call ``kms:PutKeyPolicy``, unless the check is turned off.
Judged only when every statement is known.
"""

from collections.abc import Iterator

from onetake.aws.kms import Key
from onetake.mechanisms.policies import locks_out
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.rules.rule import Answer, Fault, Rule

SAYS = "The new key policy will not allow you to update the key policy in the future."
ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE, f"MalformedPolicyDocumentException: {SAYS}"),
    Language.CLOUDFORMATION: Answer(
        Stage.CREATE,
        f'Resource handler returned message: "{SAYS} (Service: Kms, Status Code: 400)" '
        "(MalformedPolicyDocumentException)",
    ),
}


def check(key: Key) -> Iterator[Fault]:
    """No statement lets the account, or anybody who could be deploying, put another policy."""
    if locks_out(key) is Truth.YES and not foreign_account(key):
        yield Fault(key.policy, f"the policy of {key.address} lets nobody in the account change it again")


def foreign_account(key: Key) -> str:
    """The literal id of another account whose root the policy names, where that may be why it locks out."""
    from onetake.rules.kms.key_policy_foreign_account import literal_accounts

    return next(iter(literal_accounts(key)), "")


RULE = Rule(
    name="kms-key-policy-locks-out-account",
    view=Key,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="KMS makes sure that whoever sets a key policy may change it later.",
    fix='Add a statement that allows "kms:*" to the root of the account (arn:aws:iam::ACCOUNT:root).',
    evidence=(
        "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html",
        "https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html",
    ),
)
