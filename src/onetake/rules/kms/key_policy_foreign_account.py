"""Key policy that gives the key to an account named by a literal id.

In any other account the root principal is foreign: whoever deploys would lock themselves out, and KMS refuses the
policy. Judged as a risk unless the account is known, and only when nothing else in the policy helps.
"""

from collections.abc import Iterator

from onetake.aws.kms import Key
from onetake.mechanisms.policies import has_default_policy, key_policy
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.values import Known, parts
from onetake.rules.rule import Answer, Fault, Rule

ANSWERS = {
    Language.TERRAFORM: Answer(
        Stage.CREATE,
        "MalformedPolicyDocumentException: The new key policy will not allow you to update the key policy in the "
        "future.",
    ),
    Language.CLOUDFORMATION: Answer(
        Stage.CREATE,
        'Resource handler returned message: "The new key policy will not allow you to update the key policy in the '
        'future. (Service: Kms, Status Code: 400)" (MalformedPolicyDocumentException)',
    ),
}


def check(key: Key) -> Iterator[Fault]:
    """All the roots that may administer the key are literal."""
    assumed = key.stack.assumptions
    for account in literal_accounts(key):
        if assumed.account_given and account == assumed.account:
            continue
        yield Fault(
            key.policy,
            f"{key.address} can be administered from account {account} only, which is written as a literal",
            condition="" if assumed.account_given else f"Is this deployed to another account than {account}?",
        )


def literal_accounts(key: Key) -> tuple[str, ...]:
    """The literal ids of the accounts that alone may administer the key; none when anybody else may."""
    if has_default_policy(key) is not Truth.NO:
        return ()
    document = key_policy(key)
    found: list[str] = []
    for statement in document.statements if document.complete and not document.problem else ():
        match statement.effect:
            case Known("Allow"):
                pass
            case _:
                continue
        for grantee in statement.principals.items:
            text = "".join(piece for piece in parts(grantee.value) if isinstance(piece, str))
            if not isinstance(grantee.value, Known):
                return ()
            pieces = text.split(":")
            if text.endswith(":root") and len(pieces) == 6 and pieces[4].isdigit():
                found.append(pieces[4])
            elif "amazonaws.com" not in text:
                return ()
    return tuple(dict.fromkeys(found)) if len(set(found)) == 1 else ()


RULE = Rule(
    name="kms-key-policy-foreign-account",
    view=Key,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="In another account the literal root principal is foreign, so nobody there may change the policy.",
    fix="Build the principal from the account that is deployed to: aws_caller_identity, or AWS::AccountId.",
    evidence=("https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html",),
)
