"""IAM: policies within a role, a user or a group may be of the older version, or of none, which is the same."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

_INLINE: ContextVar[bool] = ContextVar("inline", default=False)
"""Whether the policy that is being validated is put into an identity."""


def repair() -> None:
    """Moto wants 2012-10-17 of every policy; AWS wants it of managed ones.

    See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html; what is said of
    managed policies was seen in https://github.com/wercker/step-s3sync/pull/25.
    """
    from moto.iam.models import IAMBackend
    from moto.iam.policy_validation import IAMPolicyDocumentValidator

    validated = IAMPolicyDocumentValidator._validate_version  # noqa: SLF001 - a defect is mended where it is

    def version(self: Any) -> None:
        if not _INLINE.get():
            validated(self)

    IAMPolicyDocumentValidator._validate_version = version  # noqa: SLF001
    for name in ("put_role_policy", "put_user_policy", "put_group_policy"):
        setattr(IAMBackend, name, _inline(getattr(IAMBackend, name)))


def _inline(put: Callable[..., None]) -> Callable[..., None]:
    def within(*given: Any) -> None:
        before = _INLINE.set(True)
        try:
            put(*given)
        finally:
            _INLINE.reset(before)

    return within
