"""CodeConnections, which moto does not have: a connection waits for a person, so it stays pending."""

from onetake.emulator.moto_extension.generic.hints import Hint

HINTS = {
    "Connection": Hint(
        arn="arn:aws:codeconnections:{region}:{account}:connection/{id}",
        values={"ConnectionStatus": "PENDING", "OwnerAccountId": "{account}"},
    )
}
