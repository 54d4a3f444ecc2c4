"""Services that are handed a role which does not let them assume it."""

from collections.abc import Iterator, Mapping

from onetake.aws.iam import Role
from onetake.aws.lookup import target
from onetake.aws.view import View
from onetake.mechanisms.policies import Document, trust_policy, trusts
from onetake.model.language import Truth
from onetake.model.text import prefix
from onetake.model.values import Known, Value
from onetake.rules.rule import Fault


def refused(user: View, role: Value[str], service: str, words: Mapping[str, str] | None = None) -> Iterator[Fault]:
    """``user`` hands ``role`` to ``service``, which the role's trust policy surely does not admit.

    ``words`` are more for the answer's text; ``{role}`` in them is the role's ARN.
    """
    given = target(role, user.stack, Role)
    trust = trust_policy(given) if given is not None else None
    if given is None or trust is None or _another_spelling(trust, service) or trusts(given, service) is not Truth.NO:
        return
    known = {"role": role.value} if isinstance(role, Known) and role.value.startswith("arn:") else {}
    called = known.get("role", "<role>")
    yield Fault(
        role,
        f"{user.address} gives {given.address} to {service}, which its trust policy does not admit",
        related=(given,),
        words=known | {word: text.replace("{role}", called) for word, text in (words or {}).items()},
    )


def _another_spelling(trust: Document, service: str) -> bool:
    """Whether the policy names the service of some region: which of them are admitted is left to AWS."""
    name = service.partition(".")[0] + "."
    return any(
        grantee.kind == "Service" and prefix(grantee.value).startswith(name) and prefix(grantee.value) != service
        for statement in trust.statements
        for grantee in statement.principals.items
    )
