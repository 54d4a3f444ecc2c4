"""Delivery channel of AWS Config that does not wait for the recorder.

A channel names its bucket only. AWS refuses a channel where there is no recorder yet. CloudFormation makes the two
together; there they must not wait for each other.
"""

from collections.abc import Iterator

from onetake.aws.config import DeliveryChannel, Recorder, beside
from onetake.mechanisms.ordering import unordered
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.rules.rule import Answer, Fault, Rule


def check(channel: DeliveryChannel) -> Iterator[Fault]:
    """The program has recorders, and the channel surely waits for none of them."""
    recorders = beside(channel, Recorder)
    if recorders and len(unordered(channel.stack, channel, recorders)) == len(recorders):
        yield Fault(channel, f"{channel.address} does not wait for {recorders[0].address}", related=recorders)


RULE = Rule(
    name="config-channel-before-recorder",
    view=DeliveryChannel,
    check=check,
    severity=Severity.HIGH,
    answers={
        Language.TERRAFORM: Answer(
            Stage.CREATE,
            "NoAvailableConfigurationRecorderException: Configuration recorder is not available to put delivery "
            "channel.",
        )
    },
    cause="A channel needs a recorder, and nothing makes it wait for the one of the program.",
    fix="Give aws_config_delivery_channel depends_on with the recorder.",
    evidence=(
        "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/config_delivery_channel",
        "https://github.com/aws/aws-cdk/issues/3577",
    ),
)
