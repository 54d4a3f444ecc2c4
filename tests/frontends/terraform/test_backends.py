"""Backends are judged as ``terraform init`` judges them, which ``terraform validate`` does not."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from onetake.frontends.terraform.backends import admitted
from onetake.knowledge.tables import table
from onetake.knowledge.terraform import backends
from onetake.knowledge.terraform.backends import minors, schema
from onetake.model.findings import Stage
from tests.frontends.terraform.programs import read, words

S3 = 'terraform {\n%s  backend "s3" {\n    bucket = "b"\n    key    = "k"\n    region = "eu-west-1"\n%s  }\n}\n'
ARGUMENT, BLOCK, TYPE = (
    "Error: Unsupported argument\n\n",
    "Error: Unsupported block type\n\n",
    "Error: Incorrect attribute value type\n\n",
)

# Each as Terraform 1.11.4 printed it.
SIGHTINGS = {
    '    lock_table = "x"\n': ARGUMENT + 'An argument named "lock_table" is not expected here.',
    '    dynamo_table = "x"\n': ARGUMENT
    + 'An argument named "dynamo_table" is not expected here. Did you mean "dynamodb_table"?',
    "    nested { a = 1 }\n": BLOCK + 'Blocks of type "nested" are not expected here.',
    '    assume_role {\n      role_arn = "x"\n    }\n': BLOCK + 'Blocks of type "assume_role" are not expected here. '
    'Did you mean to define argument "assume_role"? If so, use the equals sign to assign it a value.',
    '    encrypt = "maybe"\n': TYPE + 'Inappropriate value for attribute "encrypt": a bool is required.',
    '    kms_key_id = ["k"]\n': TYPE + 'Inappropriate value for attribute "kms_key_id": string required.',
    '    allowed_account_ids = "1"\n': TYPE
    + 'Inappropriate value for attribute "allowed_account_ids": set of string required.',
    '    assume_role = { tags = ["a"] }\n': TYPE
    + 'Inappropriate value for attribute "assume_role": attribute "tags": map of string required.',
}


@pytest.mark.parametrize(("line", "said"), SIGHTINGS.items())
def test_what_terraform_said(line: str, said: str, tmp_path: Path) -> None:
    stack = read(tmp_path, S3 % ("", line))

    assert words(stack) == [said]
    assert [(one.stage, one.condition, one.where.file) for one in stack.findings] == [(Stage.INIT, "", "main.tf")]


@pytest.mark.parametrize(
    "rest",
    [
        "    use_lockfile = true\n    encrypt = true\n",
        '    assume_role = { role_arn = "arn:aws:iam::123456789012:role/x", tags = { a = 1 } }\n',
        '    max_retries = "3"\n    endpoints = { s3 = "https://s3.example.com" }\n',
        "    profile = null\n",
    ],
)
def test_what_terraform_takes(rest: str, tmp_path: Path) -> None:
    assert words(read(tmp_path, S3 % ("", rest))) == []


def test_what_is_missing_may_come_from_the_command_line(tmp_path: Path) -> None:
    assert words(read(tmp_path, 'terraform {\n  backend "s3" {}\n}\n')) == []


def test_a_backend_that_does_not_exist(tmp_path: Path) -> None:
    (finding,) = read(tmp_path, 'terraform {\n  backend "s4" {\n    bucket = "b"\n  }\n}\n').findings

    assert finding.rule == "terraform-unknown-backend"
    assert finding.verbatim == 'Error: Unsupported backend type\n\nThere is no backend type named "s4".'
    assert (finding.fix, finding.condition, finding.stage) == ("Write s3.", "", Stage.INIT)


def test_a_backend_that_was_dropped_is_a_question_of_the_version(tmp_path: Path) -> None:
    program = 'terraform {\n%s  backend "etcdv3" {\n    endpoints = ["e"]\n  }\n}\n'
    (open_,) = read(tmp_path / "a", program % "").findings
    (sure,) = read(tmp_path / "b", program % '  required_version = ">= 1.5"\n').findings
    older = read(tmp_path / "c", program % '  required_version = "~> 1.1.0"\n').findings

    said = 'Error: Unsupported backend type\n\nThe "etcdv3" backend is not supported in Terraform v1.3 or later.'
    assert (open_.verbatim, sure.verbatim, older) == (said, said, [])
    assert open_.condition.startswith("Is it Terraform 1.2 or later that deploys this?")
    assert sure.condition == ""


def test_an_argument_that_was_dropped_is_a_question_of_the_version(tmp_path: Path) -> None:
    role = '    role_arn = "arn:aws:iam::123456789012:role/x"\n'
    (finding,) = read(tmp_path / "a", S3 % ("", role)).findings
    (sure,) = read(tmp_path / "b", S3 % ('  required_version = ">= 1.10"\n', role)).findings

    assert finding.condition.startswith("Is it Terraform 1.10 or later that deploys this?")
    assert sure.condition == "Is it Terraform, not OpenTofu, that deploys this?"  # which still takes it
    assert read(tmp_path / "c", S3 % ('  required_version = "< 1.10"\n', role)).findings == []


def test_an_argument_of_opentofu_alone_is_a_question_of_the_engine(tmp_path: Path) -> None:
    tags = '    lock_tags = { team = "a" }\n'
    (finding,) = read(tmp_path / "a", S3 % ("", tags)).findings

    assert finding.condition == "Is it Terraform, not OpenTofu, that deploys this?"
    assert read(tmp_path / "b", {"main.tofu": S3 % ('  required_version = "~> 1.11"\n', tags)}).findings == []


def test_a_cloud_block(tmp_path: Path) -> None:
    program = 'terraform {\n  cloud {\n    organisation = "o"\n    workspaces {\n      tag = ["a"]\n    }\n  }\n}\n'

    assert words(read(tmp_path, program)) == [
        ARGUMENT + 'An argument named "organisation" is not expected here. Did you mean "organization"?',
        ARGUMENT + 'An argument named "tag" is not expected here. Did you mean "tags"?',
    ]


def test_json_has_words_of_its_own(tmp_path: Path) -> None:
    program = {"terraform": {"backend": {"s3": {"bucket": "b", "key": "k", "regoin": "eu-west-1"}}}}

    assert words(read(tmp_path, {"main.tf.json": json.dumps(program)})) == [
        'Error: Extraneous JSON object property\n\nNo argument or block type is named "regoin". Did you mean "region"?'
    ]


def test_versions_that_a_constraint_admits() -> None:
    known = minors("terraform")

    assert admitted("terraform", "") == list(known)
    assert admitted("terraform", "~> 1.5.0") == [(1, 5)]
    assert admitted("terraform", ">= 1.13, != 1.14.3") == [one for one in known if one >= (1, 13)]
    assert admitted("terraform", ">= 1.99") == [known[0]]
    assert admitted("terraform", "< 0.13") == []
    assert admitted("terraform", "latest") == ()


MISSPELT = ("bukket", "lock_table", "state_key", "assume_roles")


@pytest.mark.parametrize("kind", sorted(table("terraform_backends").values.keys() - {backends.CLOUD}))
def test_every_argument_that_terraform_takes_and_no_other(kind: str, tmp_path: Path) -> None:
    if _version() != (1, 11):
        pytest.skip("there is no terraform 1.11 on this machine to ask")
    everything = {name for one in table("terraform_backends").values.values() for name in one["arguments"]}
    names = sorted({*everything, *MISSPELT})
    lines = "".join(f"  {name} = [{{}}]\n" for name in names)
    (tmp_path / "main.tf").write_text(f'terraform {{\n  backend "{kind}" {{\n{lines}  }}\n}}\n')
    found = subprocess.run(
        ["terraform", "init", "-no-color", "-input=false"],
        cwd=tmp_path,
        env={"PATH": str(Path(shutil.which("terraform") or "").parent), "TF_CLI_CONFIG_FILE": "/dev/null"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    said = re.sub(r"\s+", " ", found.stderr)

    body = schema(kind, "terraform", (1, 11))
    if body is None:
        assert f'Unsupported backend type on main.tf line 2, in terraform: 2: backend "{kind}"' in said
        assert backends.gone(kind) in said
    else:
        refused = set(re.findall(r'An argument named "(\w+)" is not expected here', said))
        assert set(names) - refused == set(body.attributes)


def _version() -> tuple[int, int] | None:
    if shutil.which("terraform") is None:
        return None
    said = subprocess.run(["terraform", "version", "-json"], capture_output=True, text=True, check=False).stdout
    found = re.search(r'"terraform_version": "(\d+)\.(\d+)', said)
    return (int(found[1]), int(found[2])) if found else None
