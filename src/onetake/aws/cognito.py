"""Cognito user pools, their clients and identity providers."""

from onetake.aws.view import Attribute, ListOf, View
from onetake.model.language import Language


class UserPool(View):
    """A directory of users."""

    KINDS = {Language.TERRAFORM: "aws_cognito_user_pool", Language.CLOUDFORMATION: "AWS::Cognito::UserPool"}

    name = Attribute(str, tf="name", cfn="UserPoolName")


class IdentityProvider(View):
    """A provider that users of a pool may sign in with."""

    KINDS = {
        Language.TERRAFORM: "aws_cognito_identity_provider",
        Language.CLOUDFORMATION: "AWS::Cognito::UserPoolIdentityProvider",
    }
    IDENTITY = ("name",)

    pool = Attribute(str, tf="user_pool_id", cfn="UserPoolId")
    name = Attribute(str, tf="provider_name", cfn="ProviderName")
    kind = Attribute(str, tf="provider_type", cfn="ProviderType")


class Client(View):
    """An application of a pool."""

    KINDS = {
        Language.TERRAFORM: "aws_cognito_user_pool_client",
        Language.CLOUDFORMATION: "AWS::Cognito::UserPoolClient",
    }

    pool = Attribute(str, tf="user_pool_id", cfn="UserPoolId")
    providers = ListOf(str, tf="supported_identity_providers", cfn="SupportedIdentityProviders")
