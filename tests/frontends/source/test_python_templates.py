"""Texts in Python that Terraform takes for its own templates, and expressions that are only texts."""

import itertools
import json
from pathlib import Path

import pytest

import onetake
from onetake.frontends.source.interpolation import expression, misread
from onetake.model.findings import Finding, Stage

HEAD = """import json
from cdktn import App, Fn, TerraformStack
from cdktn_provider_aws.iam_policy import IamPolicy
from cdktn_provider_aws.instance import Instance
from cdktn_provider_aws.subnet import Subnet

app = App()
stack = TerraformStack(app, "s")
"""
INSTANCE = 'Instance(stack, "i", ami="ami-0123456789abcdef0", instance_type="t3.micro", {})\n'


def found(folder: Path, line: str) -> list[Finding]:
    (folder / "main.py").write_text(HEAD + line, encoding="utf-8")
    report = onetake.check(folder / "main.py", root=folder, config=False)
    return [one.finding for one in report.findings]


@pytest.mark.parametrize(
    ("given", "piece", "summary"),
    [
        (r'user_data="#!/bin/bash\necho ${HOME}\n"', "${HOME}", "Invalid reference"),
        (
            'user_data="""\necho ${HOME:-/root}\n"""',
            "${HOME:-/root}",
            "Extra characters after interpolation expression",
        ),
        ('user_data=f"{app} ${{HOME}}"', "${HOME}", "Invalid reference"),
        ('tags={"Format": "%{X-Forwarded-For}"}', "%{X-Forwarded-For}", "Invalid template control keyword"),
        ('tags={"Range": "${cidr_subnet(1)}"}', "${cidr_subnet(1)}", "Call to unknown function"),
        ('security_groups=["${each}"]', "${each}", "Invalid reference"),
        ('user_data="${for i in $(ls); do echo; done"', "${for i in $(ls); do echo; done", "Extra characters"),
    ],
)
def test_a_text_that_is_no_template_is_told_in_terraforms_words(tmp_path: Path, given, piece, summary):
    (one,) = found(tmp_path, INSTANCE.format(given))
    assert (one.rule, one.stage) == ("python-invalid-template", Stage.VALIDATE)
    assert one.message.startswith(f"Terraform reads {piece} as a template of its own: ")
    assert one.verbatim.startswith(f"Error: {summary}")
    assert f"{piece[0]}{piece}" in one.fix


def test_a_policy_and_what_stands_behind_a_name_are_looked_at(tmp_path: Path):
    policy = '{"Resource": "arn:aws:s3:::b/${aws:username}/*"}'
    (one,) = found(tmp_path, f'IamPolicy(stack, "p", policy=json.dumps({policy}))\n')
    assert "${aws:username}" in one.message
    (one,) = found(tmp_path, 'SCRIPT = "echo ${HOME}"\n' + INSTANCE.format("user_data=SCRIPT"))
    assert one.where.path[1] == HEAD.count("\n") + 1


@pytest.mark.parametrize(
    "given",
    [
        'user_data="echo $${HOME} $HOME $(pwd) 100%"',
        'user_data="${aws_vpc.main.id} ${data.aws_region.here.name} ${upper(var.x)} ${local.a[0]}"',
        'user_data="%{ if true }yes%{ endif } %%{host}"',
        'user_data=f"${{{app}}} ${{lookup({app}, 1)}}"',  # what is filled in may be anything
        'user_data=Fn.base64encode("${HOME}")',  # the library's own business
        'user_data="${try(no_function(), 1)}"',
        'lifecycle={"ignore_changes": ["${HOME}"]}',
        'user_data="${self.id} ${each.key} ${count.index} ${path.module}"',
    ],
)
def test_what_may_be_a_template_is_left_alone(tmp_path: Path, given: str):
    assert [one for one in found(tmp_path, INSTANCE.format(given)) if one.rule == "python-invalid-template"] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("aws_vpc.main.id", "reference"),
        ("data.aws_vpc.main.id", "reference"),
        ("aws_subnet.web.availability_zone", "reference"),
        ("aws_instance.web.security_groups[0]", "reference"),
        ('cidrsubnet("10.0.0.0/16", 8, 1)', "call"),
        ("jsonencode({a = 1})", "call"),
        ('filebase64("x.zip")', "call"),
        ("aws_vpc.main.no_such_attribute", ""),
        ("aws_nothing.main.id", ""),
        ("aws_vpc.main", ""),
        ("see aws_vpc.main.id", ""),
        ("concat(a, b)", ""),  # SQL has it, too
        ("SUM(METRICS())", ""),
        ("file()", ""),
        ("file(", ""),
    ],
)
def test_a_text_is_an_expression_only_where_nothing_else_is_likely(text: str, kind: str):
    assert expression(text) == kind


def test_an_expression_that_is_only_a_text_is_told(tmp_path: Path):
    line = 'Subnet(stack, "s", vpc_id="aws_vpc.main.id", cidr_block="cidrsubnet(\\"10.0.0.0/16\\", 8, 1)")\n'
    reference, call = found(tmp_path, line)
    assert {one.rule for one in (reference, call)} == {"python-expression-as-text"}
    assert reference.fix == "give the construct's own attribute, or write ${...} around it"
    assert call.fix == "call Fn.cidrsubnet, or write ${...} around it"
    assert found(tmp_path, INSTANCE.format('tags={"Name": "web"}')) == []


def test_each_function_that_is_told_is_one_of_the_library():
    fn = pytest.importorskip("cdktn").Fn
    functions = ("base64decode", "base64encode", "base64gzip", "base64sha256", "cidrhost", "cidrsubnet", "cidrsubnets",
                 "coalescelist", "file", "filebase64", "filebase64sha256", "filemd5", "filesha256", "jsondecode",
                 "jsonencode", "templatefile", "tolist", "tomap", "toset", "yamldecode", "yamlencode")  # fmt: skip
    for function in functions:
        assert expression(f'{function}("x")') == "call"
        assert hasattr(fn, function)


INNER = (
    "HOME", "HOME:-x", "HOME%.*}", "aws:username", "#list", "!name", "1 + 1", "1 +", "", " ", "null", "true", "var",
    "var.", "data.x", "each", 'upper("x")', 'uper("x")', "upper(", '"x"', '"x', "[for a in [1] : a]", "[1", "a b",
    "if true}x%{endif", "if true}x", "for a in [1]}x%{endfor", "endif", "host", "list(1)", "x ? 1 : 2",
)  # fmt: skip


NOT_OF_THE_TEXT = {
    "terraform-invalid-function-call",
    "terraform-invalid-template-value",
    "terraform-invalid-type",
    "terraform-undeclared-reference",
}
"""What depends on what else is declared, or on what an expression is worth."""


def test_the_artefact_that_the_library_writes_is_refused_in_the_same_words(tmp_path: Path):
    """Every combination, as cdktn synthesizes it and the engine for Terraform reads it."""
    cdktn = pytest.importorskip("cdktn")
    subnet = pytest.importorskip("cdktn_provider_aws.subnet").Subnet
    texts = [f"{before}{mark}{{{inner}}}{after}" for before, mark, inner, after in
             itertools.product(("", "x "), ("$", "%", "$$", "%%"), INNER, ("", "}"))]  # fmt: skip
    app = cdktn.App(outdir=str(tmp_path), skip_validation=True)
    stack = cdktn.TerraformStack(app, "s")
    for number, text in enumerate(texts):
        subnet(stack, f"t{number}", vpc_id="vpc-0123456789abcdef0", tags={"t": text})
    app.synth()
    artefact = tmp_path / "stacks" / "s" / "cdk.tf.json"
    written = json.loads(artefact.read_text(encoding="utf-8"))["resource"]["aws_subnet"]
    assert [written[f"t{number}"]["tags"]["t"] for number in range(len(texts))] == texts
    report = onetake.check(artefact, root=tmp_path, config=False)
    refused: dict[str, list[Finding]] = {}
    for located in report.findings:
        refused.setdefault(str(located.finding.where.path[2]), []).append(located.finding)
    seen = 0
    for number, text in enumerate(texts):
        told, said = misread(text), refused.get(f"t{number}", [])
        if told is not None:
            assert told.verbatim in [one.verbatim for one in said], text
            seen += 1
        else:
            assert {one.rule for one in said} <= NOT_OF_THE_TEXT, (text, said)
    assert seen > len(texts) / 4
