"""IAM: roles, users, policies, and what attaches one to the other."""

from onetake.aws.view import Attribute, Blocks, ListOf, View
from onetake.model.language import Language


class InlinePolicy(View):
    """A policy written inside a role, user or group."""

    name = Attribute(str, tf="name", cfn="PolicyName")
    document = Attribute(object, tf="policy", cfn="PolicyDocument")


class Role(View):
    """A role: who may assume it, and the permissions written with it."""

    KINDS = {Language.TERRAFORM: "aws_iam_role", Language.CLOUDFORMATION: "AWS::IAM::Role"}
    IDENTITY = ("name",)

    name = Attribute(str, tf="name", cfn="RoleName")
    name_prefix = Attribute(str, tf="name_prefix", cfn=None)
    path = Attribute(str, tf="path", cfn="Path")
    trust = Attribute(object, tf="assume_role_policy", cfn="AssumeRolePolicyDocument")
    managed_policy_arns = ListOf(str, tf="managed_policy_arns", cfn="ManagedPolicyArns")
    inline_policies = Blocks(InlinePolicy, tf="inline_policy", cfn="Policies")
    permissions_boundary = Attribute(str, tf="permissions_boundary", cfn="PermissionsBoundary")
    max_session_duration = Attribute(int, tf="max_session_duration", cfn="MaxSessionDuration", default=3600)
    force_detach_policies = Attribute(bool, tf="force_detach_policies", cfn=None)
    tags = Attribute(object, tf="tags", cfn="Tags")


class Policy(View):
    """A managed policy of one's own; in templates it may name the roles it is attached to."""

    KINDS = {Language.TERRAFORM: "aws_iam_policy", Language.CLOUDFORMATION: "AWS::IAM::ManagedPolicy"}
    IDENTITY = ()

    name = Attribute(str, tf="name", cfn="ManagedPolicyName")
    path = Attribute(str, tf="path", cfn="Path")
    document = Attribute(object, tf="policy", cfn="PolicyDocument")
    roles = ListOf(str, tf=None, cfn="Roles")
    users = ListOf(str, tf=None, cfn="Users")
    groups = ListOf(str, tf=None, cfn="Groups")


class RolePolicy(View):
    """A policy put into one role by a resource of its own."""

    KINDS = {Language.TERRAFORM: "aws_iam_role_policy", Language.CLOUDFORMATION: "AWS::IAM::RolePolicy"}

    name = Attribute(str, tf="name", cfn="PolicyName")
    role = Attribute(str, tf="role", cfn="RoleName")
    document = Attribute(object, tf="policy", cfn="PolicyDocument")


class SharedPolicy(View):
    """A policy put into several roles, users and groups (``AWS::IAM::Policy``)."""

    KINDS = {Language.CLOUDFORMATION: "AWS::IAM::Policy"}

    name = Attribute(str, tf=None, cfn="PolicyName")
    document = Attribute(object, tf=None, cfn="PolicyDocument")
    roles = ListOf(str, tf=None, cfn="Roles")
    users = ListOf(str, tf=None, cfn="Users")
    groups = ListOf(str, tf=None, cfn="Groups")


class Attachment(View):
    """A managed policy attached to one role."""

    KINDS = {Language.TERRAFORM: "aws_iam_role_policy_attachment"}

    role = Attribute(str, tf="role", cfn=None)
    policy_arn = Attribute(str, tf="policy_arn", cfn=None)


class ExclusiveAttachments(View):
    """All managed policies that a role has; others are taken away."""

    KINDS = {Language.TERRAFORM: "aws_iam_role_policy_attachments_exclusive"}

    role = Attribute(str, tf="role_name", cfn=None)
    policy_arns = ListOf(str, tf="policy_arns", cfn=None)


class SharedAttachment(View):
    """A managed policy attached to several roles, users and groups; others lose it."""

    KINDS = {Language.TERRAFORM: "aws_iam_policy_attachment"}

    name = Attribute(str, tf="name", cfn=None)
    policy_arn = Attribute(str, tf="policy_arn", cfn=None)
    roles = ListOf(str, tf="roles", cfn=None)
    users = ListOf(str, tf="users", cfn=None)
    groups = ListOf(str, tf="groups", cfn=None)


class PolicyLookup(View):
    """The data source that looks a managed policy up by name or ARN."""

    KINDS = {Language.TERRAFORM: "data.aws_iam_policy"}

    name = Attribute(str, tf="name", cfn=None)
    arn = Attribute(str, tf="arn", cfn=None)


class InstanceProfile(View):
    """What hands a role to an instance: exactly one role."""

    KINDS = {Language.TERRAFORM: "aws_iam_instance_profile", Language.CLOUDFORMATION: "AWS::IAM::InstanceProfile"}
    IDENTITY = ("name",)

    name = Attribute(str, tf="name", cfn="InstanceProfileName")
    path = Attribute(str, tf="path", cfn="Path")
    role = Attribute(str, tf="role", cfn=None)
    roles = ListOf(str, tf=None, cfn="Roles")


class User(View):
    """A user."""

    KINDS = {Language.TERRAFORM: "aws_iam_user", Language.CLOUDFORMATION: "AWS::IAM::User"}
    IDENTITY = ("name",)

    name = Attribute(str, tf="name", cfn="UserName")
    path = Attribute(str, tf="path", cfn="Path")
    managed_policy_arns = ListOf(str, tf=None, cfn="ManagedPolicyArns")
    inline_policies = Blocks(InlinePolicy, tf=None, cfn="Policies")
    force_destroy = Attribute(bool, tf="force_destroy", cfn=None)


class ServiceLinkedRole(View):
    """A role that a service owns; an account has each at most once."""

    KINDS = {
        Language.TERRAFORM: "aws_iam_service_linked_role",
        Language.CLOUDFORMATION: "AWS::IAM::ServiceLinkedRole",
    }

    service = Attribute(str, tf="aws_service_name", cfn="AWSServiceName")
    custom_suffix = Attribute(str, tf="custom_suffix", cfn="CustomSuffix")


class OidcProvider(View):
    """An OpenID Connect provider that roles may trust."""

    KINDS = {
        Language.TERRAFORM: "aws_iam_openid_connect_provider",
        Language.CLOUDFORMATION: "AWS::IAM::OIDCProvider",
    }
    IDENTITY = ("url",)

    url = Attribute(str, tf="url", cfn="Url")
    client_ids = ListOf(str, tf="client_id_list", cfn="ClientIdList")
    thumbprints = ListOf(str, tf="thumbprint_list", cfn="ThumbprintList")
