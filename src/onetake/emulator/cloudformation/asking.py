"""What a template asks of the account: pseudo parameters, dynamic references."""

from __future__ import annotations

import json
from typing import Any

from onetake.emulator import clients
from onetake.emulator.cloudformation.carriers import Place
from onetake.emulator.environment import ACCOUNT


def pseudo(place: Place) -> dict[str, Any]:
    """The pseudo parameters of a stack."""
    return {
        "AWS::AccountId": ACCOUNT,
        "AWS::Region": place.region,
        "AWS::StackName": place.stack,
        "AWS::StackId": f"arn:aws:cloudformation:{place.region}:{ACCOUNT}:stack/{place.stack}/rehearsal",
        "AWS::Partition": "aws",
        "AWS::URLSuffix": "amazonaws.com",
        "AWS::NotificationARNs": [],
    }


def dynamic(service: str, rest: str, url: str, region: str) -> str:
    """The value of a dynamic reference in the emulated account."""
    if service != "secretsmanager":
        name = rest.partition(":")[0]
        answer = clients.client(url, "ssm", region).get_parameter(Name=name, WithDecryption=True)
        return str(answer["Parameter"]["Value"])
    name, _, member = rest.partition(":SecretString")
    text = str(clients.client(url, "secretsmanager", region).get_secret_value(SecretId=name)["SecretString"])
    key = member.strip(":").partition(":")[0]
    return str(json.loads(text)[key]) if key else text
