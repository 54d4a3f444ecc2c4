"""Step Functions state machines."""

from __future__ import annotations

from onetake.aws.view import Attribute, Blocks, View
from onetake.model.language import Language
from onetake.model.values import Absent, Known, Unknown, Value


class LogDestination(View):
    """A log group that executions are written to."""

    group = Attribute(str, tf=None, cfn="CloudWatchLogsLogGroup.LogGroupArn")


class StateMachine(View):
    """A workflow."""

    KINDS = {
        Language.TERRAFORM: "aws_sfn_state_machine",
        Language.CLOUDFORMATION: "AWS::StepFunctions::StateMachine",
    }
    IDENTITY = ("name",)

    name = Attribute(str, tf="name", cfn="StateMachineName")
    role = Attribute(str, tf="role_arn", cfn="RoleArn")
    log_level = Attribute(str, tf="logging_configuration.level", cfn="LoggingConfiguration.Level", default="OFF")
    tf_destination = Attribute(str, tf="logging_configuration.log_destination", cfn=None)
    destinations = Blocks(LogDestination, tf=None, cfn="LoggingConfiguration.Destinations")
    written = Attribute(object, tf="definition", cfn="DefinitionString")
    structured = Attribute(object, tf=None, cfn="Definition")

    @property
    def definition(self) -> Value[object]:
        """The states, as text or as an object, whichever is written."""
        if isinstance(self.structured, Absent):
            match self.written:
                case Unknown(_, _, _, _, document) if document is not None:
                    return document
            return self.written
        return self.structured

    def resources(self) -> tuple[str, ...]:
        """The known resources (``arn:aws:states:::states:startExecution.sync:2``) of all task states."""
        match self.definition:
            case Known(str() as text):
                return tuple(_in_text(text))
            case Unknown(_, _, parts):
                return tuple(_in_text("".join(piece for piece in parts if isinstance(piece, str))))
            case value:
                return tuple(_in_value(value))


def _in_text(text: str) -> list[str]:
    import re

    return re.findall(r'"Resource"\s*:\s*"([^"]*)"', text)


def _in_value(value: Value[object]) -> list[str]:
    from collections.abc import Mapping

    from onetake.model.values import parts, walk

    found: list[str] = []
    for inner in walk(value):
        match inner:
            case Known(Mapping() as fields) if "Resource" in fields:
                found.append("".join(piece for piece in parts(fields["Resource"]) if isinstance(piece, str)))
    return found
