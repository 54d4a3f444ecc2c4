"""The environment in which the engine runs: every call of the provider goes to the emulator, and nowhere else."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

ACCOUNT = "123456789012"
_TAKEN = ("AWS_", "TF_LOG", "TF_CLI_ARGS", "TF_WORKSPACE", "TF_DATA_DIR", "TF_REATTACH", "TF_CLI_CONFIG", "TERRAFORM_")
_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


def environment(url: str, region: str, scratch: Path, mirror: Path) -> dict[str, str]:
    """Everything of the user's environment but what would lead elsewhere, and what leads to the emulator.

    Args:
        url: where the emulator listens, on this machine.
        region: for providers that name none.
        scratch: a folder for the CLI configuration, and for profiles, of which there are none.
        mirror: where the providers are.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(_TAKEN) and name.lower() not in _PROXIES
    }
    return {**kept, **_emulated(url, region, scratch), **_engine(scratch, mirror)}


def _emulated(url: str, region: str, scratch: Path) -> Mapping[str, str]:
    # An empty file of our own: the null device is spelled in another way on each system, and SDKs parse what it says.
    profiles = scratch / "profiles"
    profiles.touch()
    port = url.rpartition(":")[2]
    return {
        "AWS_ACCESS_KEY_ID": "rehearsal",
        "AWS_SECRET_ACCESS_KEY": "rehearsal",
        "AWS_REGION": region,
        "AWS_DEFAULT_REGION": region,
        "AWS_ENDPOINT_URL": url,
        "AWS_CONFIG_FILE": str(profiles),
        "AWS_SHARED_CREDENTIALS_FILE": str(profiles),
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_MAX_ATTEMPTS": "2",
        # S3 Control puts the account before the host, which no resolver here knows: it goes through the emulator as a
        # proxy. Programs do not send what is for this machine through proxies, so nothing else goes that way.
        "AWS_ENDPOINT_URL_S3_CONTROL": f"http://emulator.invalid:{port}",
        "HTTP_PROXY": url,
        "HTTPS_PROXY": url,
        "NO_PROXY": "127.0.0.1,localhost",
    }


def _engine(scratch: Path, mirror: Path) -> Mapping[str, str]:
    configuration = scratch / "terraformrc"
    configuration.write_text(
        f'provider_installation {{\n  filesystem_mirror {{\n    path = "{mirror}"\n  }}\n}}\n', encoding="utf-8"
    )
    return {
        "TF_CLI_CONFIG_FILE": str(configuration),
        "TF_IN_AUTOMATION": "1",
        "TF_INPUT": "0",
        "CHECKPOINT_DISABLE": "1",
    }
