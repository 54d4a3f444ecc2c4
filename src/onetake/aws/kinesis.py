"""Kinesis: data streams."""

from onetake.aws.view import Attribute, View
from onetake.model.language import Language


class Stream(View):
    """A data stream."""

    KINDS = {Language.TERRAFORM: "aws_kinesis_stream", Language.CLOUDFORMATION: "AWS::Kinesis::Stream"}
    IDENTITY = ("name",)

    name = Attribute(str, tf="name", cfn="Name")
