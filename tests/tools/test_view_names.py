"""The tool that compares views with the published schemas."""

import json
from pathlib import Path

import pytest

from onetake.aws.view import Attribute, Blocks, View
from onetake.model.language import Language
from tools.view_names import CloudFormationSchemas, Schemas, TerraformSchemas, confirmed


class Mount(View):
    path = Attribute(str, tf="path", cfn="Path")
    colour = Attribute(str, tf="colour", cfn="Colour")


class Shelf(View):
    KINDS = {Language.TERRAFORM: "aws_shelf", Language.CLOUDFORMATION: "AWS::Furniture::Shelf"}

    name = Attribute(str, tf="name", cfn="Name")
    label = Attribute(str, tf="labels.any", cfn="Labels.any")
    mounts = Blocks(Mount, tf="mount", cfn="Mounts")


@pytest.fixture
def schemas(tmp_path: Path) -> Schemas:
    block = {
        "attributes": {"name": {"type": "string"}, "labels": {"type": ["map", "string"]}},
        "block_types": {"mount": {"block": {"attributes": {"path": {"type": "string"}}}}},
    }
    provider = {
        "resource_schemas": {"aws_shelf": {"block": block}},
        "data_source_schemas": {},
        "provider": {"block": {}},
    }
    (tmp_path / "schema.json").write_text(json.dumps({"provider_schemas": {"example/aws": provider}}))
    shelf = {
        "typeName": "AWS::Furniture::Shelf",
        "properties": {
            "Name": {"type": "string"},
            "Labels": {"type": "object"},
            "Mounts": {"type": "array", "items": {"$ref": "#/definitions/Mount"}},
        },
        "definitions": {"Mount": {"type": "object", "properties": {"Path": {"type": "string"}}}},
    }
    folder = tmp_path / "schemas"
    folder.mkdir()
    (folder / "shelf.json").write_text(json.dumps(shelf))
    return {
        Language.TERRAFORM: TerraformSchemas(tmp_path / "schema.json"),
        Language.CLOUDFORMATION: CloudFormationSchemas(folder),
    }


def test_names_are_followed_through_blocks_and_what_is_unknown_is_told(schemas: Schemas) -> None:
    assert confirmed([Shelf], schemas) == (
        {
            "AWS::Furniture::Shelf": ["Labels.any", "Mounts", "Mounts.Path", "Name"],
            "aws_shelf": ["labels.any", "mount", "mount.path", "name"],
        },
        [
            f"{__name__}.Shelf: aws_shelf has no mount.colour",
            f"{__name__}.Shelf: AWS::Furniture::Shelf has no Mounts.Colour",
        ],
    )
