"""Comparing whole reports with files, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"


def assert_golden(text: str, name: str, config: pytest.Config) -> None:
    """``text`` is what ``golden/name`` holds; ``--update-golden`` writes it."""
    file = GOLDEN / name
    if config.getoption("--update-golden"):
        file.write_bytes(text.encode())
    assert text == file.read_bytes().decode()
