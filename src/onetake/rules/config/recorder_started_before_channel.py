"""Recorder of AWS Config that is started before it has a delivery channel.

In Terraform a recorder is started by a resource of its own, which names the recorder and not the channel. If nothing
orders the two, AWS may be asked to start a recorder that has nowhere to deliver to.
"""

from collections.abc import Iterator

from onetake.aws.config import DeliveryChannel, RecorderStatus, beside
from onetake.mechanisms.ordering import unordered
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule


def check(status: RecorderStatus) -> Iterator[Fault]:
    """It starts the recorder, and surely waits for none of the channels of the program."""
    if not (isinstance(status.enabled, Known) and status.enabled.value):
        return
    channels = beside(status, DeliveryChannel)
    if channels and len(unordered(status.stack, status, channels)) == len(channels):
        yield Fault(status, f"{status.address} does not wait for {channels[0].address}", related=channels)


RULE = Rule(
    name="config-recorder-started-before-channel",
    view=RecorderStatus,
    check=check,
    severity=Severity.HIGH,
    answers={
        Language.TERRAFORM: Answer(
            Stage.CREATE,
            "NoAvailableDeliveryChannelException: Delivery channel is not available to start configuration recorder.",
        )
    },
    cause="Starting a recorder needs a delivery channel, and nothing makes this wait for it.",
    fix="Give aws_config_configuration_recorder_status depends_on with the delivery channel.",
    evidence=(
        "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/"
        "config_configuration_recorder_status",
        "https://github.com/aws/aws-cdk/issues/3577",
        "https://github.com/aws/aws-cdk/issues/9001",
    ),
)
