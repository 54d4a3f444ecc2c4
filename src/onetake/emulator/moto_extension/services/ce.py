"""Cost Explorer: monitors and subscriptions of anomalies."""

from onetake.emulator.moto_extension.generic.hints import Hint
from onetake.emulator.moto_extension.services import TAGGING

HINTS = {
    "AnomalyMonitor": Hint(arn="arn:aws:ce::{account}:anomalymonitor/{id}"),
    "AnomalySubscription": Hint(
        arn="arn:aws:ce::{account}:anomalysubscription/{id}", values={"AccountId": "{account}"}
    ),
}
# moto lists the tags of cost categories only.
OPERATIONS = TAGGING
