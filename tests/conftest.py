"""Options and fixtures of the whole suite."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# No test asserts a time: machines are shared. In CI the examples are always the same ones, so that a change is judged
# by what it changed; what chance finds is found where people work.
settings.register_profile("onetake", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("onetake")

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite golden files from what is found now")
    parser.addoption(
        "--rehearse",
        default="eks-microservices-dev",
        metavar="NAMES",
        help="platforms to deploy to the emulator, such as security-baseline-dev,eks-microservices-prod; all or none",
    )


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of cases and pairs that lies beside the project where it is developed."""
    if not (SHARED / "cases").is_dir():
        pytest.skip("the cases and pairs are not on this machine")
    return SHARED
