"""Platforms that were deployed to the emulator: each at most once in a run, whoever asks first; the rest read of it."""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from onetake.emulator import Account, rehearse
from onetake.platforms import synthesis
from onetake.platforms.catalogue import PLATFORMS
from onetake.platforms.parameters import ENVIRONMENTS

SECOND: Mapping[str, Mapping[str, Any]] = {
    "globalstream": {"domain_name": "two.example.com"},
    "financial-platform": {"domain_name": "two.pay.example.com"},
    "security-baseline": {"manage_account_singletons": False, "create_config_role": False},
}
"""What the second copy in an account is given: it leaves alone what an account or a name has once."""
VARIANTS = [f"{platform}-{environment}" for platform in PLATFORMS for environment in ENVIRONMENTS]

Look = Callable[[Account], object]


class Rehearsed:
    """What became of a platform."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        self.told = told

    @property
    def declared(self) -> set[str]:
        """The addresses of the resources that the platform has."""
        return self.declared_by(self.told["program"])

    @staticmethod
    def declared_by(stack: str) -> set[str]:
        """The addresses of the resources of a synthesized stack."""
        document = json.loads((Path(stack) / "cdk.tf.json").read_text())
        return {f"{kind}.{name}" for kind, named in document["resource"].items() for name in named}

    def fates(self, told: Mapping[str, Any] | None = None) -> dict[str, str]:
        """What became of each declared resource: the worst of its instances."""
        found: dict[str, str] = {}
        for one in (told or self.told)["resources"]:
            address = one["address"].partition("[")[0]
            if address.startswith("data."):
                continue
            if found.get(address, "created") == "created":
                found[address] = one["fate"]
        return found

    def step(self, name: str) -> Mapping[str, Any]:
        """How a step went."""
        found: Mapping[str, Any] = next(one for one in self.told["steps"] if one["step"] == name)
        return found

    def probe(self, name: str) -> str:
        """What a probe found that is not as it should be."""
        found = next((one for one in self.told["probes"] if one["name"] == name), None)
        return "it was not asked" if found is None else str(found.get("message", ""))


def rehearsed(variant: str, folder: Path, probes: Mapping[str, Look]) -> Rehearsed:
    """Deploy a variant of a platform, and a second copy of it beside it where that is small, with all of its probes.

    Args:
        variant: ``eks-microservices-dev``.
        folder: what all workers of this run share.
        probes: what looks at it while it stands.
    """
    platform, _, environment = variant.rpartition("-")
    home = folder / variant
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "told.json").exists():
            stack = synthesized(platform, environment, "one", home)
            beside = []
            if environment == "dev":
                beside.append(synthesized(platform, environment, "two", home, **SECOND.get(platform, {})))
            found = rehearse(
                stack, root=home, logs=home / "logs", probes=probes, beside=beside, apply_budget=1800, patience=8
            )
            (home / "told.json").write_text(json.dumps(found.data()))
    return Rehearsed(json.loads((home / "told.json").read_text()))


def synthesized(platform: str, environment: str, suffix: str, home: Path, **more: Any) -> Path:
    """A copy with the settings that a new project begins with."""
    entry = PLATFORMS[platform]
    given = synthesis.example(entry, next(one for one in ENVIRONMENTS if one == environment))
    return synthesis.synthesize(
        entry, home / suffix, {**given, "environment": environment, **more, "environment_suffix": suffix}
    )


def lacking() -> str:
    """What a rehearsal needs and is not on this machine; empty when all of it is."""
    from onetake.providers.binaries import find

    if shutil.which("terraform") is None and shutil.which("tofu") is None:
        return "neither terraform nor tofu is on PATH"
    if find("hashicorp/aws") is None:
        return "the AWS provider is not on this machine (TF_CLI_CONFIG_FILE names a mirror)"
    return ""
