"""Options and fixtures of the whole suite."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite golden files from what is found now")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of cases and pairs that lies beside the project where it is developed."""
    if not (SHARED / "cases").is_dir():
        pytest.skip("the cases and pairs are not on this machine")
    return SHARED
