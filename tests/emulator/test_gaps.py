"""Messages that the real provider printed against moto: limits of the emulator, and refusals."""

import pytest

from onetake.emulator.gaps import gap

GAPS = {
    "putting CloudWatch Logs Query Definition (q): operation error CloudWatch Logs: PutQueryDefinition, exceeded "
    "maximum number of attempts, 2, https response error StatusCode: 500, RequestID: , deserialization failed, "
    "failed to decode response body, invalid character '<' looking for beginning of value": (
        "the emulator does not implement CloudWatch Logs:PutQueryDefinition"
    ),
    "creating EKS Add-On (c:vpc-cni): operation error EKS: CreateAddon, https response error StatusCode: 400, "
    "RequestID: request-id, api error EmulatorGap: the emulator does not implement eks:CreateAddon": (
        "the emulator does not implement eks:CreateAddon"
    ),
    "waiting for MSK Cluster (arn) create: timeout while waiting for state to become 'ACTIVE' (last state: 'CREATING', "
    "timeout: 1m0s)": "the emulator did not get ready in time: waiting for MSK Cluster (arn) create",
    "Plugin did not respond\nThe plugin encountered an error, and failed to respond": "the provider crashed",
    "reading SSM Association (x): empty result": "the emulator answered amiss: reading SSM Association (x): empty",
    "Provider produced inconsistent result after apply": "the emulator answered amiss",
}
REFUSALS = [
    "creating EC2 Instance: operation error EC2: RunInstances, https response error StatusCode: 400, RequestID: r, api "
    "error MissingParameter: The request must contain the parameter size or snapshotId",
    "creating KMS Alias (alias/k): operation error KMS: CreateAlias, https response error StatusCode: 400, RequestID: "
    "r, AlreadyExistsException: An alias with the name arn already exists",
    "expected retention_in_days to be one of [0 1 3 5 7], got 2\nwith aws_cloudwatch_log_group.g, on main.tf line 1",
    "Instance cannot be destroyed",
    "",
]


@pytest.mark.parametrize(("message", "told"), GAPS.items())
def test_what_the_emulator_lacks_is_a_gap(message: str, told: str):
    assert gap(message).startswith(told)


@pytest.mark.parametrize("message", REFUSALS)
def test_a_refusal_is_none(message: str):
    assert gap(message) == ""
