"""Secrets Manager: secrets, their values, rotation and policies."""

from onetake.aws.lookup import settled
from onetake.aws.view import Attribute, View
from onetake.model.language import Language
from onetake.model.values import Value


class Policy(View):
    """Who else may use a secret."""

    KINDS = {
        Language.TERRAFORM: "aws_secretsmanager_secret_policy",
        Language.CLOUDFORMATION: "AWS::SecretsManager::ResourcePolicy",
    }

    secret = Attribute(str, tf="secret_arn", cfn="SecretId")
    document = Attribute(object, tf="policy", cfn="ResourcePolicy")
    block_public = Attribute(bool, tf="block_public_policy", cfn="BlockPublicPolicy")


class Secret(View):
    """A secret."""

    KINDS = {Language.TERRAFORM: "aws_secretsmanager_secret", Language.CLOUDFORMATION: "AWS::SecretsManager::Secret"}
    IDENTITY = ("name",)

    name = Attribute(str, tf="name", cfn="Name")
    name_prefix = Attribute(str, tf="name_prefix", cfn=None)
    key = Attribute(str, tf="kms_key_id", cfn="KmsKeyId")
    recovery_days = Attribute(int, tf="recovery_window_in_days", cfn=None)
    written_policy = Attribute(object, tf="policy", cfn=None)
    secret_string = Attribute(str, tf=None, cfn="SecretString")
    generated = Attribute(dict, tf=None, cfn="GenerateSecretString")

    @property
    def policy(self) -> Value[object]:
        """The policy, wherever it is written."""
        return settled(self.written_policy, self, Policy, "secret", lambda beside: beside.document)


class Rotation(View):
    """How a secret is renewed."""

    KINDS = {
        Language.TERRAFORM: "aws_secretsmanager_secret_rotation",
        Language.CLOUDFORMATION: "AWS::SecretsManager::RotationSchedule",
    }

    secret = Attribute(str, tf="secret_id", cfn="SecretId")
    function = Attribute(str, tf="rotation_lambda_arn", cfn="RotationLambdaARN")
    hosted = Attribute(dict, tf=None, cfn="HostedRotationLambda")
    """Present when the template has the function made for it."""
    days = Attribute(int, tf="rotation_rules.automatically_after_days", cfn="RotationRules.AutomaticallyAfterDays")
    schedule = Attribute(str, tf="rotation_rules.schedule_expression", cfn="RotationRules.ScheduleExpression")


class Version(View):
    """A value put into a secret."""

    KINDS = {Language.TERRAFORM: "aws_secretsmanager_secret_version"}

    secret = Attribute(str, tf="secret_id", cfn=None)
    text = Attribute(str, tf="secret_string", cfn=None)
    binary = Attribute(str, tf="secret_binary", cfn=None)


class TargetAttachment(View):
    """What writes a database's connection into its secret."""

    KINDS = {Language.CLOUDFORMATION: "AWS::SecretsManager::SecretTargetAttachment"}

    secret = Attribute(str, tf=None, cfn="SecretId")
    target = Attribute(str, tf=None, cfn="TargetId")
    target_type = Attribute(str, tf=None, cfn="TargetType")
