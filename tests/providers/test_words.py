"""Regular expressions that providers tell in words."""

import re

import pytest

from onetake.providers.mining.words import expressions


@pytest.mark.parametrize(
    ("words", "expression"),
    [
        ("invalid value for name (must contain only lowercase alphanumeric characters and hyphens)\n", "^[0-9a-z-]+$"),
        ("must only include alphanumeric, underscore, period, or hyphen characters)\n", "^[0-9A-Za-z_.-]+$"),
        ("Attribute name must contain only lowercase letters, numbers, or underscores, got: x", "^[a-z0-9_]+$"),
        ("must conform to: ^dzd[-_][a-zA-Z0-9_-]{1,36}$, got: x", "^dzd[-_][a-zA-Z0-9_-]{1,36}$"),
        ("(must begin with fs-)\n", "^fs-"),
        ("(uppercase characters cannot be used)\n", "^[^A-Z]*$"),
        ("must start with a letter or number, got: x", "^[0-9A-Za-z]"),
    ],
)  # fmt: skip
def test_words_become_expressions(words: str, expression: str) -> None:
    found = list(expressions(words))

    assert expression in found
    for one in found:
        re.compile(one)


@pytest.mark.parametrize("words", ["must be a KMS Key ID", "must contain only letters and emoji)\n", ""])
def test_words_that_are_not_known_mean_nothing(words: str) -> None:
    assert list(expressions(words)) == []
