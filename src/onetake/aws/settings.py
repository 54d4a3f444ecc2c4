"""Terraform's own blocks, seen as views: the backend, the provider, the account it asks for."""

from onetake.aws.view import Attribute, Blocks, View
from onetake.model.language import Language


class S3Backend(View):
    """State kept in a bucket."""

    KINDS = {Language.TERRAFORM: "terraform.backend.s3"}

    bucket = Attribute(str, tf="bucket", cfn=None)
    key = Attribute(str, tf="key", cfn=None)
    region = Attribute(str, tf="region", cfn=None)
    encrypt = Attribute(bool, tf="encrypt", cfn=None)
    use_lockfile = Attribute(bool, tf="use_lockfile", cfn=None)
    dynamodb_table = Attribute(str, tf="dynamodb_table", cfn=None)


class DefaultTags(View):
    """The tags that a provider gives to everything it makes."""

    tags = Attribute(dict, tf="tags", cfn=None)


class AwsProvider(View):
    """A configuration of the AWS provider."""

    KINDS = {Language.TERRAFORM: "provider.aws"}

    access_key = Attribute(str, tf="access_key", cfn=None)
    secret_key = Attribute(str, tf="secret_key", cfn=None)
    default_tags = Blocks(DefaultTags, tf="default_tags", cfn=None)


class CallerIdentity(View):
    """The data source that asks which account is deployed to."""

    KINDS = {Language.TERRAFORM: "data.aws_caller_identity"}
