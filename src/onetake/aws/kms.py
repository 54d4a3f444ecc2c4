"""KMS: keys, their policies, aliases and grants."""

from onetake.aws.lookup import settled
from onetake.aws.view import Attribute, ListOf, View
from onetake.model.language import Language
from onetake.model.values import Value


class Alias(View):
    """Another name for a key."""

    KINDS = {Language.TERRAFORM: "aws_kms_alias", Language.CLOUDFORMATION: "AWS::KMS::Alias"}
    IDENTITY = ("name",)

    name = Attribute(str, tf="name", cfn="AliasName")
    target = Attribute(str, tf="target_key_id", cfn="TargetKeyId")


class KeyPolicy(View):
    """A key's policy as a resource of its own."""

    KINDS = {Language.TERRAFORM: "aws_kms_key_policy"}

    key = Attribute(str, tf="key_id", cfn=None)
    document = Attribute(object, tf="policy", cfn=None)
    bypass_lockout_check = Attribute(bool, tf="bypass_policy_lockout_safety_check", cfn=None, default=False)


class Grant(View):
    """A permission on a key beside its policy."""

    KINDS = {Language.TERRAFORM: "aws_kms_grant"}

    key = Attribute(str, tf="key_id", cfn=None)
    grantee = Attribute(str, tf="grantee_principal", cfn=None)
    operations = ListOf(str, tf="operations", cfn=None)


class Key(View):
    """A key, of one region or the primary of several; external material too."""

    KINDS = {
        Language.TERRAFORM: ("aws_kms_key", "aws_kms_external_key"),
        Language.CLOUDFORMATION: "AWS::KMS::Key",
    }

    written_policy = Attribute(object, tf="policy", cfn="KeyPolicy")
    bypass_lockout_check = Attribute(
        bool, tf="bypass_policy_lockout_safety_check", cfn="BypassPolicyLockoutSafetyCheck", default=False
    )
    enabled = Attribute(bool, tf="is_enabled", cfn="Enabled", default=True)
    rotation = Attribute(bool, tf="enable_key_rotation", cfn="EnableKeyRotation", default=False)
    spec = Attribute(str, tf="customer_master_key_spec", cfn="KeySpec", default="SYMMETRIC_DEFAULT")
    usage = Attribute(str, tf="key_usage", cfn="KeyUsage", default="ENCRYPT_DECRYPT")
    multi_region = Attribute(bool, tf="multi_region", cfn="MultiRegion", default=False)
    deletion_window = Attribute(int, tf="deletion_window_in_days", cfn="PendingWindowInDays", default=30)

    @property
    def policy(self) -> Value[object]:
        """The policy, wherever it is written; absent when the key gets the default one."""
        return settled(self.written_policy, self, KeyPolicy, "key", lambda beside: beside.document)


class ReplicaKey(View):
    """A copy of a multi-Region key in another region, with a policy of its own."""

    KINDS = {
        Language.TERRAFORM: ("aws_kms_replica_key", "aws_kms_replica_external_key"),
        Language.CLOUDFORMATION: "AWS::KMS::ReplicaKey",
    }

    primary = Attribute(str, tf="primary_key_arn", cfn="PrimaryKeyArn")
    written_policy = Attribute(object, tf="policy", cfn="KeyPolicy")
    bypass_lockout_check = Attribute(bool, tf="bypass_policy_lockout_safety_check", cfn=None, default=False)
    enabled = Attribute(bool, tf="enabled", cfn="Enabled", default=True)
    deletion_window = Attribute(int, tf="deletion_window_in_days", cfn="PendingWindowInDays", default=30)

    @property
    def policy(self) -> Value[object]:
        """The policy, wherever it is written; absent when the key gets the default one."""
        return settled(self.written_policy, self, KeyPolicy, "key", lambda beside: beside.document)
