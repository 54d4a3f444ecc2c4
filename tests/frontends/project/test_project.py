"""What surrounds a program is judged when it is asked for: each remark with its near miss."""

from pathlib import Path

import pytest

import onetake

STACK = """from cdktn import TerraformStack
from cdktn_provider_aws.sqs_queue import SqsQueue


class Stack(TerraformStack):
    def __init__(self, scope, id, environment_suffix):
        super().__init__(scope, id)
        SqsQueue(self, "jobs", name=f"jobs-{environment_suffix}")
"""
TEST = """import json

from cdktn import App, Testing

from lib.stack import Stack


def test_name():
    stack = Stack(App(), "s", "dev")
    made = json.loads(Testing.synth(stack))
    assert made["resource"]["aws_sqs_queue"]
"""
GOOD = {"README.md": "# Jobs\n", "lib/stack.py": STACK, "tests/test_stack.py": TEST}


def naming(text: str, *, region: bool = False) -> str:
    """A stack with a text in it; it takes a region where that is said."""
    taking = STACK.replace("id, environment_suffix", "id, environment_suffix, aws_region=None") if region else STACK
    return f'{taking}        self.made = "{text}"\n'


GO = """package main

import "github.com/hashicorp/terraform-cdk-go/cdktf"

func Make(stack cdktf.TerraformStack, awsRegion string) string {{
\treturn {}
}}
"""


def told(folder: Path, changes: dict[str, str | None]) -> set[str]:
    for name, text in {**GOOD, **changes}.items():
        if text is not None:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
    report = onetake.check(folder, root=folder, config=False, project=True)
    assert not report.crashes
    findings = [located.finding for located in report.findings]
    assert all(one.message and one.fix and one.where.file for one in findings)
    assert all(located.place.line for located in report.findings)
    return {one.rule.removeprefix("project-") for one in findings if one.rule.startswith("project-")}


def of_test(*lines: str) -> dict[str, str | None]:
    return {"tests/test_stack.py": TEST + "\n\ndef test_more():\n" + "".join(f"    {line}\n" for line in lines)}


SCRIPT = "{start}\npytest{end}\ncdktn deploy --auto-approve\n"
PIPFILE = '[packages]\ncdktn = "*"\n\n[scripts]\nlint = "pylint lib"\n'


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"README.md": None}, "without-documents"),
        ({"tests/test_stack.py": None}, "without-tests"),
        ({"lib/other.py": STACK}, "module-untested"),
        ({"lib/stack.py": STACK + "\n\n"}, "trailing-blank-lines"),
        ({"lib/stack.py": "import os\n" + STACK}, "unused-import"),
        ({"lib/stack.py": 'print("x")\n' + STACK}, "import-after-code"),
        ({"lib/stack.py": STACK.replace('f"jobs-{environment_suffix}"', '"jobs"')}, "name-without-suffix"),
        (of_test("pass"), "test-asserts-nothing"),
        (of_test('stack = Stack(App(), "s", "dev")', "assert stack is not None"), "test-asserts-nothing"),
        (of_test('stack = Stack(App(), "s", "dev")', "assert isinstance(stack, Stack)"), "test-asserts-nothing"),
        (of_test("assert True"), "test-asserts-nothing"),
        ({"deploy.sh": SCRIPT.format(start="set -e", end=" || true")}, "deploys-after-failed-check"),
        ({"deploy.sh": SCRIPT.format(start="", end="")}, "deploys-after-failed-check"),
        ({"Pipfile": PIPFILE}, "tool-not-declared"),
        ({"lib/stack.py": naming("arn:aws:iam::210987123456:role/deploy")}, "account-written-out"),
        ({"lib/stack.py": naming("arn:aws:kms:eu-west-1:210987123456:key/1")}, "account-written-out"),
        ({"lib/stack.py": naming("com.amazonaws.eu-west-1.s3", region=True)}, "region-written-out"),
        ({"lib/stack.py": naming("eu-west-1a", region=True)}, "region-written-out"),
        ({"main.go": GO.format('"arn:aws:iam::210987123456:role/deploy"')}, "account-written-out"),
        ({"main.go": GO.replace("\treturn", "    return").format('""')}, "go-not-formatted"),
        ({"main.go": GO.format('"com.amazonaws.us-gov-west-1.s3"')}, "region-written-out"),
    ],
)
def test_what_is_remarked(tmp_path: Path, changes: dict[str, str | None], rule: str) -> None:
    assert told(tmp_path, changes) == {rule}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"README.md": None, "docs/design.rst": "Jobs\n"},
        {"tests/test_stack.py": None, "spec/stack.test.ts": "import stack\n"},
        {
            "lib/other.py": STACK,
            "lib/stack.py": STACK.replace("from cdktn import", "import lib.other as other\nfrom cdktn import")
            + "\n\nOTHER = other\n",
        },
        {"lib/stack.py": STACK.rstrip("\n")},
        {"lib/stack.py": "import os  # noqa: F401\n" + STACK},
        {"lib/stack.py": "from __future__ import annotations\n" + STACK},
        {"lib/stack.py": '"""Stack."""\n\n__all__ = ["Stack", "os"]\nimport os\n' + STACK},
        {"lib/stack.py": STACK.replace('f"jobs-{environment_suffix}"', '"jobs"').replace("environment_suffix", "size")},
        of_test('stack = Stack(App(), "s", "dev")', "assert stack is not None", "App().synth()"),
        of_test('stack = Stack(App(), "s", "dev")', "assert stack is not None", "assert stack.node.id == 's'"),
        of_test("found = json.loads('1')", "assert found is not None"),
        {"deploy.sh": SCRIPT.format(start="set -euo pipefail", end="")},
        {"deploy.sh": SCRIPT.format(start="", end=" || exit 1")},
        {"deploy.sh": "cdktn deploy\npytest || true\n"},
        {"Pipfile": PIPFILE + '[dev-packages]\npylint = "*"\n'},
        {"Pipfile": PIPFILE, "requirements-dev.txt": "pylint==3.0\n"},
        {"lib/stack.py": naming("arn:aws:iam::123456789012:role/deploy")},  # of documents
        {"lib/stack.py": naming("arn:aws:iam::210987123456:root")},  # a vendor's, perhaps
        {"lib/stack.py": naming("arn:aws:lambda:eu-west-1:210987123456:layer:tool:3")},
        {"lib/stack.py": naming("com.amazonaws.eu-west-1.s3")},  # the class is not told its region
        {"lib/stack.py": naming("eu-west-1", region=True)},  # a default
        {"lib/stack.py": naming("arn:aws:acm:us-east-1:123456789012:certificate/1", region=True)},
        {"tests/names.py": naming("arn:aws:iam::210987123456:role/deploy")},
        {"main.go": GO.format("`a\n   b` // c\n\t/*\n   d */")},
        {"main.go": GO.replace("awsRegion string", "name string").format('"eu-west-1a"')},
    ],
)
def test_near_misses(tmp_path: Path, changes: dict[str, str | None]) -> None:
    assert told(tmp_path, changes) == set()


def test_modules_without_tests_are_told_together(tmp_path: Path) -> None:
    for name, text in GOOD.items() | {(f"lib/part{at}.py", STACK) for at in range(7)}:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    report = onetake.check(tmp_path, root=tmp_path, config=False, project=True)

    assert [one.finding.message for one in report.findings] == [
        "no test reaches the modules part0, part1, part2, part3, part4 and 2 more"
    ]


@pytest.mark.parametrize("tested", [False, True])
def test_a_collection_of_programs_is_judged_one_by_one(tmp_path: Path, tested: bool) -> None:
    one = {f"one/{name}": text for name, text in GOOD.items()} | {"one/cdktf.json": "{}", "one/lib/more.py": STACK}
    two = {"two/cdk.json": "{}", "two/other.py": STACK, "two/README.md": "# Other\n"}
    tests = {"two/tests/test_it.py": "import json\n\n\ndef test_it():\n    assert json.loads('1') == 1\n"}
    for name, text in {**one, **two, **(tests if tested else {})}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    report = onetake.check(tmp_path, root=tmp_path, config=False, project=True)

    found = [(one.file, one.finding.message) for one in report.findings]
    assert found[:1] == [("one/lib/more.py", "no test reaches the module more")]
    assert found[1:] == ([("two/other.py", "no test reaches the module other")] if tested else [])


def test_it_is_off_unless_it_is_asked_for(tmp_path: Path) -> None:
    told(tmp_path, {"README.md": None, "lib/stack.py": "import os\n" + STACK})
    plain = onetake.check(tmp_path, root=tmp_path, config=False)
    named = onetake.check(tmp_path, root=tmp_path, config=False, only=["project-unused-import"])
    (tmp_path / "onetake.toml").write_text("project = true\n", encoding="utf-8")
    configured = onetake.check(tmp_path, root=tmp_path)

    assert [one.finding.rule for one in plain.findings] == []
    assert [one.finding.rule for one in named.findings] == ["project-unused-import"]
    assert len(configured.findings) == 2


def test_what_is_excluded_is_not_looked_at(tmp_path: Path) -> None:
    told(tmp_path, {"old/stack.py": "import os\n" + STACK})
    report = onetake.check(tmp_path, root=tmp_path, config=False, project=True, exclude=["old"])

    assert [one.finding.rule for one in report.findings] == []
