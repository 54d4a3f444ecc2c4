"""CodeCommit repositories."""

from onetake.aws.view import Attribute, View
from onetake.model.language import Language


class Repository(View):
    """A repository."""

    KINDS = {
        Language.TERRAFORM: "aws_codecommit_repository",
        Language.CLOUDFORMATION: "AWS::CodeCommit::Repository",
    }
    IDENTITY = ("name",)

    name = Attribute(str, tf="repository_name", cfn="RepositoryName")
