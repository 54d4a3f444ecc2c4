"""Faults of Go sources that ``--fix`` mends: nothing but what is wrong changes, and gofmt would write it so."""

import shutil
import subprocess
from pathlib import Path
from random import Random

import pytest

from onetake.analysis.fixes import Fixes, plan
from onetake.api import Arguments
from tools.oracle_source.go_breaks import BREAKS

PROGRAMS = Path(__file__).parent / "programs"
RIGHT = sorted(PROGRAMS.glob("*/passes/main.go"))
AWS = "github.com/cdktf/cdktf-provider-aws-go/aws/v19"
HEAD = f"""package main

import (
	"fmt"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"{AWS}/s3bucket"
	"{AWS}/securitygroup"
	"{AWS}/sqsqueue"
)

func Queue(scope constructs.Construct, name string) sqsqueue.SqsQueue {{
	fmt.Println("naïve: é before the place")
	_ = s3bucket.NewS3Bucket(scope, jsii.String("b"), nil)
	_ = securitygroup.NewSecurityGroup(scope, jsii.String("g"), nil)
"""


def fixes(folder: Path, text: str) -> Fixes:
    shutil.copy(PROGRAMS / "go.mod", folder / "go.mod")
    (folder / "main.go").write_text(text, encoding="utf-8", newline="")
    return plan(Arguments((folder / "main.go",), root=folder, config=False).request())


def mended(folder: Path, text: str) -> str:
    after = fixes(folder, text).after.get(folder.resolve() / "main.go", text.encode())
    return after.decode("utf-8")


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ('sqsqueue.NewSqsQueue(scope, "é", nil)', 'sqsqueue.NewSqsQueue(scope, jsii.String("é"), nil)'),
        ("sqsqueue.NewSqsQueue(scope, name, nil)", "sqsqueue.NewSqsQueue(scope, jsii.String(name), nil)"),
        ("sqsqueue.NewSqsQueue(scope, &name)", "sqsqueue.NewSqsQueue(scope, &name, nil)"),
        (
            "sqsqueue.NewSqsQueue(\n\t\tscope,\n\t\t&name,\n\t)",
            "sqsqueue.NewSqsQueue(\n\t\tscope,\n\t\t&name,\n\t\tnil,\n\t)",
        ),
        ('Queue(scope, jsii.String("a"))', 'Queue(scope, "a")'),
        (
            'sqsqueue.NewSqsQueue(scope, &name, &sqsqueue.SqsQueueConfig{Policy: jsii.String("é ${aws:x} $${HOME}")})',
            'sqsqueue.NewSqsQueue(scope, &name, &sqsqueue.SqsQueueConfig{Policy: jsii.String("é $${aws:x} $${HOME}")})',
        ),
        ("Queue(scope, Queue(scope, name).Arn())", "Queue(scope, *Queue(scope, name).Arn())"),
        ("jsii.String(Queue(scope, name).Arn())", "Queue(scope, name).Arn()"),
        (
            "sqsqueue.NewSqsQueue(scope, &name, &sqsqueue.SqsQueueConfig{\n"
            '\t\tname:         jsii.String("a"), // short\n'
            "\t\tDelay_Seconds: jsii.Number(1),   // long\n\t})",
            "sqsqueue.NewSqsQueue(scope, &name, &sqsqueue.SqsQueueConfig{\n"
            '\t\tName:         jsii.String("a"), // short\n'
            "\t\tDelaySeconds: jsii.Number(1),   // long\n\t})",
        ),
        (
            "sqsqueue.NewSqsQueue(scope, &name, &sqsqueue.SqsQueueConfig{\n"
            "\t\tName:         name, // short\n"
            "\t\tDelaySeconds: jsii.Number(30), // long\n\t})",
            "sqsqueue.NewSqsQueue(scope, &name, &sqsqueue.SqsQueueConfig{\n"
            "\t\tName:         jsii.String(name), // short\n"
            "\t\tDelaySeconds: jsii.Number(30), // long\n\t})",  # was not lined up before
        ),
        (
            "sqsqueue.NewSqsQueue(scope, &name, &sqsqueue.SqsQueueConfig{\n"
            "\t\tName:         name,            // short\n"
            "\t\tDelaySeconds: jsii.Number(30), // long\n\t})",
            "sqsqueue.NewSqsQueue(scope, &name, &sqsqueue.SqsQueueConfig{\n"
            "\t\tName:         jsii.String(name), // short\n"
            "\t\tDelaySeconds: jsii.Number(30),   // long\n\t})",
        ),
        (
            "securitygroup.NewSecurityGroup(scope, &name, &securitygroup.SecurityGroupConfig{\n"
            "\t\tIngress: &securitygroup.SecurityGroupIngress{FromPort: jsii.Number(1), ToPort: jsii.Number(2)},\n\t})",
            "securitygroup.NewSecurityGroup(scope, &name, &securitygroup.SecurityGroupConfig{\n"
            "\t\tIngress: &[]*securitygroup.SecurityGroupIngress{"
            "{FromPort: jsii.Number(1), ToPort: jsii.Number(2)}},\n\t})",
        ),
        (
            "securitygroup.NewSecurityGroup(scope, &name, &securitygroup.SecurityGroupConfig{\n"
            '\t\tVpcId: "v",\n\t\tRevokeRulesOnDelete: jsii.Bool(true),\n\t})',
            "securitygroup.NewSecurityGroup(scope, &name, &securitygroup.SecurityGroupConfig{\n"
            '\t\tVpcId: jsii.String("v"),\n\t\tRevokeRulesOnDelete: jsii.Bool(true),\n\t})',
        ),
        ('_ = []*string{"a"}', '_ = []*string{jsii.String("a")}'),
        ("unread := s3bucket.NewS3Bucket(scope, &name, nil)", "s3bucket.NewS3Bucket(scope, &name, nil)"),
        ("unread := fmt.Sprint(name)", "_ = fmt.Sprint(name)"),
        ("for i, v := range []string{name} {\n\t\tfmt.Println(i)\n\t}", None),
    ],
)
def test_only_what_is_wrong_changes(tmp_path: Path, wrong: str, right: str | None) -> None:
    after = mended(tmp_path, f"{HEAD}\t{wrong}\n\treturn nil\n}}\n")

    right = right or wrong.replace("i, v :=", "i :=")
    assert after == f"{HEAD}\t{right}\n\treturn nil\n}}\n"


def test_an_alias_is_kept(tmp_path: Path) -> None:
    text = HEAD.replace('"github.com/aws/jsii-runtime-go"', 'j "github.com/aws/jsii-runtime-go"').replace("jsii.", "j.")
    after = mended(tmp_path, f"{text}\treturn sqsqueue.NewSqsQueue(scope, name, nil)\n}}\n")

    assert after == f"{text}\treturn sqsqueue.NewSqsQueue(scope, j.String(name), nil)\n}}\n"


def test_ends_of_lines_are_kept(tmp_path: Path) -> None:
    text = f"{HEAD}\treturn sqsqueue.NewSqsQueue(scope, name, nil)\n}}\n".replace("\n", "\r\n")
    after = mended(tmp_path, text.replace('\t"github.com/aws/jsii-runtime-go"\r\n', ""))

    assert after == text.replace("scope, name,", "scope, jsii.String(name),")


@pytest.mark.parametrize(
    "line",
    [
        "sqsqueue.NewSqsQueue(scope, &name, &sqsqueue.SqsQueueConfig{Colour: jsii.Bool(true)})",  # nothing is near
        'a, b := "x", "y"\n\tfmt.Println(b)',  # the other may not be new
        "sqsqueue.NewSqsQueue(scope, 3, &sqsqueue.SqsQueueConfig{Name: scope})",
    ],
)
def test_what_is_not_sure_is_left_alone(tmp_path: Path, line: str) -> None:
    text = f"{HEAD}\t{line}\n\treturn nil\n}}\n"
    after = mended(tmp_path, text)

    assert after == text.replace("scope, 3,", 'scope, jsii.String("3"),')


def test_another_version_is_not_mended(tmp_path: Path) -> None:
    text = f"{HEAD}\tsqsqueue.NewSqsQueue(scope, &name, &sqsqueue.SqsQueueConfig{{Name: name}})\n\treturn nil\n}}\n"
    shutil.copy(PROGRAMS / "go.mod", tmp_path / "go.mod")
    told = (tmp_path / "go.mod").read_text(encoding="utf-8").replace("v19.65.1", "v19.70.0")
    (tmp_path / "go.mod").write_text(told, encoding="utf-8")
    (tmp_path / "main.go").write_text(text, encoding="utf-8")
    made = plan(Arguments((tmp_path,), root=tmp_path, config=False).request())

    assert [one.why for one in made.refused] == ["it is a risk: decide the question first"]
    assert made.after == {}


@pytest.mark.parametrize("mistake", BREAKS)
def test_mistakes_in_right_programs_are_mended(mistake: str, tmp_path: Path) -> None:
    """Of each program as it was; the larger sample of public programs is recorded in ``fixes.json``."""
    shutil.copy(PROGRAMS / "go.mod", tmp_path / "go.mod")
    again: list[bool] = []
    for path in RIGHT:
        right = path.read_bytes()
        broken = BREAKS[mistake](right, Random(f"{mistake}{path.parent}"))
        if shutil.which("gofmt") and mistake != "comma missing":
            broken = subprocess.run(["gofmt"], input=broken, capture_output=True, check=True).stdout
        if broken != right and not (mistake == "truth value" and _is_taken(broken, right)):
            again.append(mended(tmp_path, broken.decode()).encode() == right)

    # Which of two names that are near is meant, a person knows.
    assert sum(again) >= max(1, 0.8 * len(again))


def _is_taken(broken: bytes, right: bytes) -> bool:
    """Whether the line that was changed sets a property that Go and jsii take as it is, since it is ``interface{}``."""
    lines = zip(broken.splitlines(), right.splitlines(), strict=True)
    return any(one != other and b"ForceDestroy" in other for one, other in lines)
