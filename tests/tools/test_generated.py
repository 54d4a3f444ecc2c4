"""What is generated is up to date: the catalogue of rules, their pages, and the page of accuracy."""

import sys

import pytest

from tools import accuracy, catalogue, pages


def test_the_catalogue_lists_exactly_the_rule_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["catalogue", "--check"])

    assert catalogue.main() == 0


def test_every_rule_has_an_up_to_date_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["pages", "--check"])

    assert pages.main() == 0


def test_the_page_of_accuracy_is_what_was_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["accuracy", "--check"])

    assert accuracy.main() == 0
