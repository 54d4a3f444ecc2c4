"""Every case and pair is read whole: no findings of the language, all resources, every value at a place."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from onetake.frontends import cdktf, terraform
from onetake.frontends.files import Options
from onetake.model.resources import Mode
from onetake.model.stacks import Stack
from onetake.model.values import walk

SHARED = Path(__file__).resolve().parents[4] / "shared"
ARTEFACTS = sorted(SHARED.glob("cases/*/*/cdk.tf.json"))
PAIRS = sorted(path for path in SHARED.glob("pairs/*/terraform/*") if path.name != "case.json")
_RESOURCE = re.compile(r'^(resource|data) "([\w-]+)" "([\w-]+)"', re.MULTILINE)

pytestmark = pytest.mark.skipif(not ARTEFACTS, reason="the cases and pairs are not on this machine")


def name(path: Path) -> str:
    return str(path.relative_to(SHARED))


def declared_in_json(path: Path) -> set[str]:
    data = json.loads(path.read_text())
    found = set()
    for kind, prefix in (("resource", ""), ("data", "data.")):
        for resource_type, names in data.get(kind, {}).items():
            found |= {f"{prefix}{resource_type}.{label}" for label in names if resource_type != "//"}
    return found


def declared(path: Path) -> set[str]:
    files = [path] if path.is_file() else [*path.glob("*.tf"), *path.glob("*.tf.json")]
    found = set()
    for file in files:
        if file.name.endswith(".json"):
            found |= declared_in_json(file)
        else:
            blocks = _RESOURCE.findall(file.read_text())
            found |= {("data." if kind == "data" else "") + f"{type_name}.{label}" for kind, type_name, label in blocks}
    return found


def check(stack: Stack) -> set[str]:
    assert list(stack.findings) == []
    for resource in stack.resources.values():
        for argument in resource.arguments.values():
            assert all(stack.position(value.where) for value in walk(argument))
    assert stack.graph.cycles() == []
    return {one.declaration for one in stack.resources.values() if one.mode is not Mode.SETTING}


@pytest.mark.parametrize("path", ARTEFACTS, ids=name)
def test_cases(path: Path) -> None:
    (stack,) = cdktf.read(path, Options(root=path.parent))

    assert check(stack) == declared_in_json(path)
    assert stack.construct_tool in ("cdktf", "cdktn")
    assert all(one.construct for one in stack.resources.values() if one.mode is Mode.MANAGED)


@pytest.mark.parametrize("path", PAIRS, ids=name)
def test_pairs(path: Path) -> None:
    (stack,) = terraform.read(path, Options(root=path if path.is_dir() else path.parent))

    assert check(stack) == declared(path)
