"""GuardDuty: a feature that is set leaves the others what they are."""

from typing import Any


def repair() -> None:
    """Moto replaces all features of a detector by those that a call names."""
    from moto.guardduty.models import Detector

    replace = Detector.update

    def update(self: Any, enable: bool, frequency: str, sources: Any, features: Any) -> None:
        if features is not None:
            held = {one["name"]: one for one in self.features}
            features = [*(held | {one["name"]: one for one in features}).values()]
        replace(self, enable, frequency, sources, features)

    Detector.update = update
