"""What platforms synthesize to, made once for a whole run of the suite, and ways to ask it questions."""

from __future__ import annotations

import datetime
import fcntl
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from onetake.platforms import parameters
from onetake.platforms.catalogue import PLATFORMS
from onetake.platforms.parameters import ENVIRONMENTS
from onetake.platforms.profiles import Profile, profile

SHORT, LONG = "ab", "abcdefghijk1"
"""The shortest and the longest suffix that is taken."""

ARGUMENTS: Mapping[str, Mapping[str, Any]] = {
    "eks-microservices": {
        "admin_principals": ["arn:aws:iam::123456789012:role/admins"],
        "domain_name": "pay.example.com",
        "hosted_zone_id": "Z0123456789ABC",
        "as_of": datetime.date(2026, 11, 28),
    },
    "financial-platform": {"domain_name": "pay.example.com", "hosted_zone_id": "Z0123456789ABC"},
    "zero-trust-payments": {
        "egress_mode": "inspected",
        "client_ca": "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
        "domain_name": "partners.example.com",
        "hosted_zone_id": "Z0123456789ABC",
        "partner_principals": ["arn:aws:iam::210987654321:root"],
        "image_tag": "1.0.0",
    },
    "globalstream": {"domain_name": "stream.example.com", "hosted_zone_id": "Z0123456789ABC"},
}
"""What a platform's constructor needs besides the suffix, the environment and the address of alarms."""

REFERENCE = re.compile(r"\$\{((?:data\.)?\w+\.\w+)\.([\w.\[\]*]+)\}")
VARIANTS = [(platform, environment) for platform in PLATFORMS for environment in ENVIRONMENTS]
EMAIL = "alarms@example.com"


def make(platform: str, environment: str, suffix: str, outdir: Path, /, **more: Any) -> Path:
    """Synthesize one copy of a platform.

    Returns:
        The synthesized JSON.
    """
    from onetake.platforms import App

    entry = PLATFORMS[platform]
    app = App(outdir=str(outdir))
    given: dict[str, Any] = {"environment_suffix": suffix, "environment": environment, "alarm_email": EMAIL}
    entry.load()(app, **(given | dict(ARGUMENTS.get(platform, {})) | more))
    app.synth()
    return outdir / "stacks" / f"{entry.prefix}-{suffix}" / "cdk.tf.json"


def make_all(folder: Path) -> Path:
    """Every platform in every environment, with the shortest suffix and twice with the longest, once for a run."""
    with (folder.parent / f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            for platform, environment in VARIANTS:
                for suffix, again in ((SHORT, ""), (LONG, ""), (LONG, "-again")):
                    make(platform, environment, suffix, folder / f"{platform}-{environment}-{suffix}{again}")
            (folder / "done").touch()
    return folder


@cache
def document(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text())
    return found


class Copy:
    """One synthesized copy of a platform."""

    def __init__(self, platform: str, environment: str, path: Path) -> None:
        self.platform = platform
        self.environment = environment
        self.path = path
        self.json = document(path)

    @property
    def profile(self) -> Profile:
        """What the platform's profile is without overrides."""
        environment = parameters.environment(self.environment, "any")
        return profile(environment, usual=PLATFORMS[self.platform].profile.get(environment))

    def of(self, kind: str) -> dict[str, dict[str, Any]]:
        """The resources of a type, or data sources of a type that begins with ``data.``, by name."""
        section = "data" if kind.startswith("data.") else "resource"
        found: dict[str, dict[str, Any]] = self.json[section].get(kind.removeprefix("data."), {})
        return found

    def resources(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Type, name and arguments of each resource."""
        for kind, named in self.json["resource"].items():
            for name, arguments in named.items():
                yield kind, name, arguments

    def count(self, kind: str) -> int:
        return len(self.of(kind))

    def target(self, text: object) -> tuple[str, dict[str, Any]]:
        """Address and arguments of what a reference points to."""
        found = REFERENCE.fullmatch(str(text))
        assert found, f"{text!r} is not a reference"
        kind, _, name = found[1].rpartition(".")
        return found[1], self.of(kind)[name]

    def side(self, bucket: str, what: str) -> dict[str, Any] | None:
        """The side resource of a bucket."""
        for arguments in self.of(f"aws_s3_bucket_{what}").values():
            if arguments["bucket"] == f"${{aws_s3_bucket.{bucket}.id}}":
                return arguments
        return None

    def statements(self, policy: object) -> list[dict[str, Any]]:
        """The statements of a policy that is a reference to a policy document."""
        found: list[dict[str, Any]] = self.target(policy)[1]["statement"]
        return found


def strings(value: object) -> Iterator[str]:
    """All strings in a value, without cdktn's metadata."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key != "//":
                yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def services(statement: Mapping[str, Any]) -> list[str]:
    """The services that a statement is about."""
    found = (one["identifiers"] for one in statement.get("principals", ()) if one["type"] == "Service")
    return [name for names in found for name in names]


def condition_keys(statement: Mapping[str, Any]) -> set[str]:
    return {one["variable"] for one in statement.get("condition", ())}


def key(stack: Any, context: Any) -> Any:
    from onetake.platforms.constructs import KmsKey
    from onetake.platforms.constructs.keys import logs

    return KmsKey(stack, "key", context=context, domain="data", description="Test", uses=[logs("/tst/dev/*")])


def plain(value: Any) -> Any:
    """Without cdktn's metadata."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items() if key != "//"}
    return [plain(inner) for inner in value] if isinstance(value, list) else value
