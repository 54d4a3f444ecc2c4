"""The pack of API enumerations, from a small wheel."""

import gzip
import json
import zipfile

import pytest

from onetake.knowledge.packing import packed
from onetake.knowledge.terraform.schema import BlockSchema, Kind, ProviderSchema, TypeSchema
from tools.packs.api import Models, draft

SCHEMAS = ProviderSchema("1.0.0", TypeSchema(Kind.PROVIDER, "aws", BlockSchema({}, {})), {}, {}, {})
SOURCES = [{"name": "botocore", "version": "1.2.3"}]
TEXT, MODE = {"type": "string"}, {"type": "string", "enum": ["slow", "fast"]}
SHAPES = {
    "In": {
        "type": "structure",
        "payload": "Whole",
        "members": {
            "Mode": {"shape": "Mode", "locationName": "mode"},
            "Devices": {"shape": "Devices", "locationName": "Device"},
            "Settings": {"shape": "Settings"},
            "Whole": {"shape": "Whole"},
            "Name": {"shape": "Text", "location": "uri", "locationName": "name"},
            "Kind": {"shape": "Mode", "location": "uri", "locationName": "kind"},
        },
    },
    "Devices": {"type": "list", "member": {"shape": "Device", "locationName": "item"}},
    "Device": {"type": "structure", "members": {"Mode": {"shape": "Mode"}, "Label": {"shape": "Text"}}},
    "Settings": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Modes"}},
    "Modes": {"type": "list", "member": {"shape": "Mode"}},
    "Whole": {"type": "structure", "members": {"Inner": {"shape": "Mode"}}},
    "Text": TEXT,
    "Mode": MODE,
}


@pytest.fixture
def models(tmp_path):
    path = tmp_path / "botocore.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for version, mode in (("2010-01-01", {"type": "string", "enum": ["old"]}), ("2020-01-01", MODE)):
            model = {
                "metadata": {"serviceId": "Thing"},
                "operations": {"Make": {"http": {"requestUri": "/v1/{name}/{kind+}?x"}, "input": {"shape": "In"}}},
                "shapes": SHAPES | {"Mode": mode},
            }
            content = gzip.compress(json.dumps(model).encode())
            wheel.writestr(f"botocore/data/thing/{version}/service-2.json.gz", content)
        wheel.writestr("botocore/data/thing/2020-01-01/paginators-1.json", "{}")
    return Models(path)


@pytest.mark.parametrize(
    ("place", "parameter"),
    [
        ("mode", "mode"),
        ("Device.1.Mode", "Device.Mode"),
        ("Devices.member.2.Mode", "Devices.member.Mode"),
        ("Devices.item.Mode", "Devices.item.Mode"),
        ("Devices.Mode", "Devices.Mode"),
        ("Settings.OtAAAACy.member.1", "Settings.member"),
        ("Inner", "Inner"),
        ("/3", "kind"),
    ],
)
def test_a_parameter_is_found_in_every_protocol(models, place, parameter):
    found = models.text("Thing", "Make", place)

    assert (found.shape, found.parameter, found.members) == ("Mode", parameter, ("fast", "slow"))


@pytest.mark.parametrize("place", ["Nothing", "Device", "Settings.entry.1.value", "/1", "/9", "mode.deeper"])
def test_what_leads_to_no_text_is_not_guessed(models, place):
    assert models.text("Thing", "Make", place) is None


def test_an_unknown_operation_has_no_texts(models):
    assert models.text("Thing", "Break", "mode") is None
    assert models.text("Other", "Make", "mode") is None


def test_only_enumerations_are_kept_and_each_once(models):
    name = {"name": ["Thing.Make", "/2"]}
    modes = {"mode": ["Thing.Make", "mode"], "device.mode": ["Thing.Make", "Device.1.Mode"]}
    answers = [
        {"name": "aws_thing", "open": ["mode", "name", "device.mode", "lost"], "sent": modes | name},
        {"name": "aws_plain", "open": ["name"], "sent": name},
    ]
    meta, frames = draft(models, SCHEMAS, answers, SOURCES)

    assert frames == {
        "enum/Thing/Mode": ["fast", "slow"],
        "aws_thing": {
            "mode": ["Thing", "Make", "mode", "enum/Thing/Mode"],
            "device.mode": ["Thing", "Make", "Device.Mode", "enum/Thing/Mode"],
        },
    }
    assert meta["api"] == "1.2.3"
    assert meta["counts"] == {
        "types_asked": 2,
        "arguments_open": 5,
        "arguments_traced": 4,
        "arguments_resolved": 4,
        "arguments": 2,
        "types": 1,
        "enumerations": 1,
    }
    assert packed(meta, frames) == packed(*draft(models, SCHEMAS, answers, SOURCES))
