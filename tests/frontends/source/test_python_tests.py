"""Tests of infrastructure that cannot pass, and near misses that can."""

from pathlib import Path

import pytest

import onetake

PINS = "cdktn==0.24.0\ncdktn-provider-aws==25.8.1\nconstructs==10.8.1\n"
STACK = """from cdktn import TerraformOutput, TerraformStack
from cdktn_provider_aws.ecr_repository import EcrRepository, EcrRepositoryImageScanningConfiguration
from constructs import Construct


class Service(Construct):
    def __init__(self, scope, id):
        super().__init__(scope, id)
        scanning = dict(
            image_scanning_configuration=EcrRepositoryImageScanningConfiguration(scan_on_push=True),
        )
        self.repository = EcrRepository(self, "repository", name="service", **scanning)
        TerraformOutput(self, "url", value=self.repository.repository_url)


class Stack(TerraformStack):
    def __init__(self, scope, id):
        super().__init__(scope, id)
        self.service = Service(self, "service")
        TerraformOutput(self, "name", value="service")
"""
HEAD = "import json\n\nfrom cdktn import App, Testing\n\nfrom lib.stack import Stack\n\n\n"


def rules(folder: Path, test: str, stack: str = STACK) -> list[str]:
    (folder / "lib").mkdir()
    (folder / "lib/stack.py").write_text(stack, encoding="utf-8")
    (folder / "requirements.txt").write_text(PINS, encoding="utf-8")
    lines = "".join(f"    {line}\n" for line in test.splitlines())
    (folder / "test_stack.py").write_text(f"{HEAD}def test_it():\n{lines}", encoding="utf-8")
    report = onetake.check(folder, root=folder, config=False)
    assert not report.crashes
    return [located.finding.rule for located in report.findings]


MADE = 'stack = Stack(App(), "s")\n'
SYNTH = MADE + "made = json.loads(Testing.synth(stack))\n"


@pytest.mark.parametrize(
    ("test", "rule"),
    [
        (MADE + 'assert hasattr(stack, "bucket")', "python-test-attribute-missing"),
        (SYNTH + 'assert "url" in made["output"]', "python-test-output-name"),
        (SYNTH + 'outputs = made["output"]\nassert "url" in outputs', "python-test-output-name"),
        (
            SYNTH + '(one,) = made["resource"]["aws_ecr_repository"].values()\n'
            'assert one["image_scanning_configuration"][0]["scan_on_push"]',
            "python-test-block-as-list",
        ),
    ],
)
def test_what_cannot_pass_is_told(tmp_path: Path, test: str, rule: str) -> None:
    assert rules(tmp_path, test) == [rule]


@pytest.mark.parametrize(
    "test",
    [
        MADE + 'assert hasattr(stack, "service")',  # its own
        MADE + 'assert hasattr(stack, "node")',  # of the library
        MADE + 'assert not hasattr(stack, "bucket")',
        MADE + 'stack.bucket = 1\nassert hasattr(stack, "bucket")',
        'stack = make()\nassert hasattr(stack, "bucket")\n\n\ndef make():\n    return 1',
        SYNTH + 'assert "name" in made["output"]',  # an output of the stack itself
        SYNTH + 'assert "url" in made["resource"]',
        SYNTH + 'assert any("url" in name for name in made["output"])',
        SYNTH + '(one,) = made["resource"]["aws_ecr_repository"].values()\n'
        'block = one["image_scanning_configuration"]\n'
        "assert (block[0] if isinstance(block, list) else block)",
    ],
)
def test_what_may_pass_is_not_told(tmp_path: Path, test: str) -> None:
    assert [rule for rule in rules(tmp_path, test) if rule.startswith("python-test-")] == []


@pytest.mark.parametrize(
    ("test", "changed"),
    [
        (SYNTH + 'assert "url" in made["output"]', ('"url", value', '"url", value')),
        (
            MADE + 'assert hasattr(stack, "bucket")',
            ("        self.service =", '        setattr(self, "bucket", 1)\n        self.service ='),
        ),
        (MADE + 'assert hasattr(stack, "bucket")', ("from constructs", "from elsewhere import more\nfrom constructs")),
        (MADE + 'assert hasattr(stack, "bucket")', ("(TerraformStack)", "(TerraformStack, Mixin)")),
    ],
)
def test_what_may_come_from_elsewhere_is_not_told(tmp_path: Path, test: str, changed: tuple[str, str]) -> None:
    stack = STACK.replace(*changed)
    if changed[0] == changed[1]:
        stack += '        self.service.repository.override_logical_id("other")\n'
    assert [rule for rule in rules(tmp_path, test, stack) if rule.startswith("python-test-")] == []
