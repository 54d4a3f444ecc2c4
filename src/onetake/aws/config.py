"""AWS Config: recorders and channels."""

from __future__ import annotations

from onetake.aws.lookup import views
from onetake.aws.view import Attribute, View
from onetake.model.language import Language


class Recorder(View):
    """What of an account and region is recorded; there is one."""

    KINDS = {
        Language.TERRAFORM: "aws_config_configuration_recorder",
        Language.CLOUDFORMATION: "AWS::Config::ConfigurationRecorder",
    }


class DeliveryChannel(View):
    """Where records go; there is one for an account and region."""

    KINDS = {Language.TERRAFORM: "aws_config_delivery_channel", Language.CLOUDFORMATION: "AWS::Config::DeliveryChannel"}


class RecorderStatus(View):
    """Whether a recorder runs; CloudFormation starts recorders by itself."""

    KINDS = {Language.TERRAFORM: "aws_config_configuration_recorder_status"}

    enabled = Attribute(bool, tf="is_enabled", cfn=None)


def beside(view: View, kind: type[Recorder] | type[DeliveryChannel]) -> tuple[View, ...]:
    """What of a kind is made by the same provider: in the same account and region."""
    return tuple(one for one in views(view.stack, kind) if one.resource.provider == view.resource.provider)
