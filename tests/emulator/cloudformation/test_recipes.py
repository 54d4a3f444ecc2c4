"""Recipes: every operation, member and type in them exists."""

import re
from collections.abc import Mapping
from typing import Any

import botocore.session
import pytest
from moto.cloudformation.parsing import get_model_map

from onetake.emulator.cloudformation import carriers, recipes

SESSION = botocore.session.Session()


@pytest.mark.parametrize("type_", sorted(recipes.recipes()))
def test_every_recipe_names_what_there_is(type_: str):
    recipe = recipes.recipes()[type_]
    model = SESSION.get_service_model(recipe.service)
    calls: list[tuple[str, Mapping[str, Any]]] = [
        (recipe.create, {**recipe.fixed, **({recipe.inside: ""} if recipe.inside else {})})
    ]
    calls += [(recipe.delete, recipe.gone)] if recipe.delete != recipes.NOWHERE else []
    calls += [(one.operation, one.given) for one in (*recipe.after, *recipe.first)]
    for operation, given in calls:
        if operation:
            shape = model.operation_model(operation).input_shape
            assert set(given) <= set(shape.members), (type_, operation)
            if operation == recipe.delete:
                assert set(shape.required_members) <= set(given), (type_, operation)
    made_by_moto = not recipe.create and not recipe.after
    assert not made_by_moto or type_ in get_model_map()


@pytest.mark.parametrize("type_", sorted(recipes.recipes()))
def test_what_an_answer_is_asked_for_can_be_in_it(type_: str):
    recipe = recipes.recipes()[type_]
    if not recipe.create:
        return
    shape = SESSION.get_service_model(recipe.service).operation_model(recipe.create).output_shape
    texts = [recipe.ref, *recipe.attributes.values(), *(str(one) for one in recipe.gone.values())]
    for path in re.findall(r"\{r\.([\w.]+)\}", " ".join(texts)):
        here = shape
        for name in path.split("."):
            assert name in here.members, (type_, path)
            here = here.members[name]


def test_a_type_that_nobody_makes_has_no_carrier():
    assert carriers.carrier("AWS::QLDB::Ledger") is None
    assert carriers.carrier("AWS::CloudFormation::Stack") is None
