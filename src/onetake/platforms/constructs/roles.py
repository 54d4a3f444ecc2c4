"""Roles that one service may assume, for this account only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from constructs import Construct

from onetake.platforms.constructs.declaring import OWN, declare
from onetake.platforms.constructs.policies import Condition, Statement, document, statement
from onetake.platforms.context import Context
from onetake.platforms.refusals import Refused


class Role(Construct):
    """A role.

    Args:
        component: part of its name.
        description: what it is for.
        services: which may assume it, such as ``["config"]``; for this account only, where they say for whom they act.
        trusts: statements of the trust policy, instead of services.
        confused_deputy: whether the services tell for which account they act; EC2 and EKS nodes do not.
        when: more conditions of the trust.
        allows: statements of its own policy, by the policy's name.
        managed: ARNs of managed policies.
        boundary: ARN of the permissions boundary; the copy's if not given.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        context: Context,
        component: str,
        description: str,
        services: Sequence[str] = (),
        trusts: Sequence[Statement] = (),
        confused_deputy: bool = True,
        when: Sequence[Condition] = (),
        allows: Mapping[str, Sequence[Statement]] | None = None,
        managed: Mapping[str, str] | None = None,
        boundary: str | None = None,
        max_session: int | None = None,
    ) -> None:
        super().__init__(scope, name)
        if bool(services) == bool(trusts):
            raise Refused("services", services, "give either services or trusts")
        deputy: list[Condition] = (
            [("StringEquals", "aws:SourceAccount", [context.account])] if services and confused_deputy else []
        )
        own = [
            statement(
                "Trust",
                ["sts:AssumeRole"],
                services=[context.service(service) for service in services],
                when=[*deputy, *when],
            )
        ]
        self.name = context.names.of(component, "role")
        self.role = declare(
            self,
            "aws_iam_role",
            OWN,
            name=self.name,
            description=description,
            assume_role_policy=document(self, "trust", trusts or own),
            permissions_boundary=boundary or context.boundary,
            max_session_duration=max_session,
            force_detach_policies=True,
        )
        self.arn: str = self.role.arn
        self.grants: list[Any] = []
        for key, statements in (allows or {}).items():
            self.allow(key, statements)
        for key, arn in (managed or {}).items():
            self.grants.append(
                declare(self, "aws_iam_role_policy_attachment", key, role=self.role.name, policy_arn=arn)
            )

    def allow(self, name: str, statements: Sequence[Statement]) -> Any:
        """Add a policy to the role.

        Raises:
            Refused: a statement allows every action on everything.
        """
        for one in statements:
            if one["effect"] == "Allow" and "*" in (one.get("actions") or ()) and "*" in (one.get("resources") or ()):
                raise Refused("statements", one["sid"], "no role may do everything to everything")
        made = declare(
            self,
            "aws_iam_role_policy",
            name,
            name=name.replace("_", "-"),
            role=self.role.id,
            policy=document(self, f"{name}_document", statements),
        )
        self.grants.append(made)
        return made
