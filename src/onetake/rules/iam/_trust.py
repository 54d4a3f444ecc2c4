"""Services that are handed a role which does not let them assume it."""

from collections.abc import Iterator

from onetake.aws.iam import Role
from onetake.aws.lookup import target
from onetake.aws.view import View
from onetake.mechanisms.policies import trust_policy, trusts
from onetake.model.language import Truth
from onetake.model.values import Known, Value
from onetake.rules.rule import Fault


def refused(user: View, role: Value[str], service: str) -> Iterator[Fault]:
    """``user`` hands ``role`` to ``service``, which the role's trust policy surely does not admit."""
    given = target(role, user.stack, Role)
    if given is None or trust_policy(given) is None or trusts(given, service) is not Truth.NO:
        return
    known = {"role": role.value} if isinstance(role, Known) and role.value.startswith("arn:") else {}
    yield Fault(
        role,
        f"{user.address} gives {given.address} to {service}, which its trust policy does not admit",
        related=(given,),
        words=known,
    )
