"""Every name that a view reads is an argument of the provider or a property in AWS's schemas."""

import json

import pytest

from onetake.aws.forms import TextBlocks
from onetake.aws.view import View
from onetake.model.language import Language
from tools.view_names import NAMES, attributes, paths, types, view_classes

VIEWS = [(module, kind) for module, kinds in sorted(view_classes().items()) for kind in kinds]
IDS = [f"{module}.{kind.__name__}" for module, kind in VIEWS]
UNCONFIRMED = {"onetake.aws.dynamodb": ("key_schema", "local_secondary_index.hash_key")}
"""Names that only provider 6 has, and one that a table and its indexes share although a local index lacks it."""
RESERVED = {"resource", "stack", "body", "where", "language", "address", "region", "exists", "types"}


@pytest.mark.parametrize(("module", "kind"), VIEWS, ids=IDS)
@pytest.mark.parametrize("language", list(Language))
def test_a_view_reads_only_names_that_exist(module: str, kind: type[View], language: Language) -> None:
    names = types(kind, language)
    if not names:
        assert not kind.KINDS.get(language) or str(kind.KINDS[language]).startswith("terraform.")
        return
    confirmed: dict[str, list[str]] = json.loads((NAMES / f"{module}.json").read_text())
    known = {path for name in names for path in confirmed[name]}

    beyond = UNCONFIRMED.get(kind.__module__, ())
    read = {path for path in paths(kind, language) if not any(name in path for name in beyond)}

    assert read - known == set(), "check them, then run python -m tools.view_names"


@pytest.mark.parametrize(("module", "kind"), VIEWS, ids=IDS)
def test_an_attribute_hides_nothing_that_every_view_has(module: str, kind: type[View]) -> None:
    hidden = {name for name in attributes(kind) if name in RESERVED} - _settings_region(kind)

    assert hidden == set()


def _settings_region(kind: type[View]) -> set[str]:
    """A backend is no resource: the region it is configured with is its own."""
    return {"region"} if str(kind.KINDS.get(Language.TERRAFORM)).startswith("terraform.") else set()


@pytest.mark.parametrize(("module", "kind"), VIEWS, ids=IDS)
def test_json_text_uses_the_names_of_the_api(module: str, kind: type[View]) -> None:
    for attribute in attributes(kind).values():
        if isinstance(attribute, TextBlocks):
            for inner in attributes(attribute.kind).values():
                text, listed = (inner.paths[language] for language in Language)
                assert text == tuple(key[0].lower() + key[1:] for key in listed or ())
