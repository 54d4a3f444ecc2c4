"""What is generated is up to date: the catalogue of rules and their pages."""

import sys

import pytest

from tools import catalogue, pages


def test_the_catalogue_lists_exactly_the_rule_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["catalogue", "--check"])

    assert catalogue.main() == 0


def test_every_rule_has_an_up_to_date_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["pages", "--check"])

    assert pages.main() == 0
