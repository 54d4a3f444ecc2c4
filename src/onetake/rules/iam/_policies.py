"""Every place where a policy is written for, or given to, a role, user or group."""

from collections.abc import Iterator
from typing import cast

from onetake.aws.iam import InlinePolicy
from onetake.aws.view import Attribute, Blocks, ListOf, View
from onetake.model.language import Language
from onetake.model.values import Absent, Known, Unknown, Value


class ManagedPolicyUse(View):
    """A role, user, group or attachment that names managed policies."""

    KINDS = {
        Language.TERRAFORM: (
            "aws_iam_role",
            "aws_iam_role_policy_attachment",
            "aws_iam_user_policy_attachment",
            "aws_iam_group_policy_attachment",
            "aws_iam_policy_attachment",
            "aws_iam_role_policy_attachments_exclusive",
        ),
        Language.CLOUDFORMATION: ("AWS::IAM::Role", "AWS::IAM::User", "AWS::IAM::Group"),
    }

    one = Attribute(str, tf="policy_arn", cfn=None)
    several = ListOf(str, tf="managed_policy_arns", cfn="ManagedPolicyArns")
    exclusive = ListOf(str, tf="policy_arns", cfn=None)

    @property
    def policies(self) -> Iterator[Value[str]]:
        """The ARNs that are named, as far as they can be told."""
        if not isinstance(self.one, Absent):
            yield self.one
        for listed in (self.several, self.exclusive):
            if isinstance(listed, Known):
                yield from listed.value
            elif isinstance(listed, Unknown):
                yield from cast("tuple[Value[str], ...]", listed.members)


class WrittenPolicy(View):
    """Whatever holds permission policies: a policy, or a role, user or group with policies inside."""

    KINDS = {
        Language.TERRAFORM: (
            "aws_iam_policy",
            "aws_iam_role_policy",
            "aws_iam_user_policy",
            "aws_iam_group_policy",
            "aws_iam_role",
        ),
        Language.CLOUDFORMATION: (
            "AWS::IAM::ManagedPolicy",
            "AWS::IAM::Policy",
            "AWS::IAM::RolePolicy",
            "AWS::IAM::UserPolicy",
            "AWS::IAM::GroupPolicy",
            "AWS::IAM::Role",
            "AWS::IAM::User",
            "AWS::IAM::Group",
        ),
    }

    document = Attribute(object, tf="policy", cfn="PolicyDocument")
    inline = Blocks(InlinePolicy, tf="inline_policy", cfn="Policies")

    @property
    def documents(self) -> Iterator[Value[object]]:
        """The policies that are written here."""
        yield self.document
        for policy in self.inline:
            yield policy.document
