"""What tests of the emulator need: the emulator itself, a client for it, and the real engine where there is one."""

import shutil

import pytest

from onetake.providers.binaries import find


@pytest.fixture(scope="session")
def engine_and_provider():
    """The tools that carry a rehearsal out."""
    if not shutil.which("terraform"):
        pytest.skip("terraform is not on PATH")
    if find("hashicorp/aws", "5.100.0") is None:
        pytest.skip("the AWS provider 5.100.0 is not on this machine")


@pytest.fixture
def emulator():
    """An empty emulated account."""
    from onetake.emulator.server import Emulator

    with Emulator() as running:
        yield running


@pytest.fixture
def client(emulator, monkeypatch):
    """A maker of botocore clients that talk to the emulator."""
    import botocore.session
    from botocore.config import Config

    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    session = botocore.session.Session()
    session.set_credentials("rehearsal", "rehearsal")

    def made(service: str, region: str = "us-east-1"):
        config = Config(retries={"max_attempts": 0}, read_timeout=300, inject_host_prefix=False)
        return session.create_client(service, region_name=region, endpoint_url=emulator.url, config=config)

    return made
