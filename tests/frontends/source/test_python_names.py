"""Imports and names in Python sources against the libraries' classes, by the versions that a program pins."""

from pathlib import Path

import pytest

import onetake
from onetake.frontends.files import Options
from onetake.frontends.source.pins import terraform_spelling
from onetake.model.findings import Finding, Stage


def found(path: Path, root: Path) -> list[Finding]:
    return [located.finding for located in onetake.check(path, root=root).findings]


def said(folder: Path, text: str, requirements: str = "") -> list[tuple[str, str]]:
    (folder / "main.py").write_text(text, encoding="utf-8")
    if requirements:
        (folder / "requirements.txt").write_text(requirements, encoding="utf-8")
    return [(one.rule, one.message) for one in found(folder / "main.py", root=folder)]


def names(folder: Path, text: str, requirements: str = "") -> list[str]:
    return [message.partition(" in ")[0] for _, message in said(folder, text, requirements)]


VERSIONING = "from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioning\n"


def test_a_missing_class_is_told_with_the_nearest_and_the_words_of_python(tmp_path):
    (tmp_path / "main.py").write_text("import os\n" + VERSIONING)

    (finding,) = found(tmp_path, root=tmp_path)

    assert finding.rule == "python-unknown-name"
    assert finding.fix == "use S3BucketVersioningA"
    assert finding.verbatim == (
        "ImportError: cannot import name 'S3BucketVersioning' from 'cdktf_cdktf_provider_aws.s3_bucket_versioning'"
    )
    assert (finding.stage, finding.condition) == (Stage.SYNTH, "")


def test_where_blocks_nest_too_deep_for_a_class_a_dict_is_the_way(tmp_path):
    text = "from cdktf_cdktf_provider_aws.wafv2_web_acl import Wafv2WebAclRuleStatementRateBasedStatement\n"
    (tmp_path / "main.py").write_text(text)

    (finding,) = found(tmp_path, root=tmp_path)

    assert finding.fix.startswith("give statement of Wafv2WebAclRule a dict with Terraform's own names")


@pytest.mark.parametrize(
    "text",
    [
        "from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioningA\n",
        "from cdktf_cdktf_provider_aws import s3_bucket\ns3_bucket.S3Bucket\n",
        "from cdktf_cdktf_provider_aws.s3_bucket_versioning import *\n",
        "import aws_cdk as cdk\nfrom aws_cdk import aws_s3 as s3, aws_lambda_python_alpha, lambda_layer_kubectl_v31\n"
        "s3.Bucket, cdk.Stack, s3.CfnBucket.CorsRuleProperty, cdk.aws_iam.Role\n",
        "try:\n    " + VERSIONING + "except ImportError:\n    pass\n",
        "import typing\nif typing.TYPE_CHECKING:\n    " + VERSIONING,
        "def build():\n    " + VERSIONING,
        "from aws_cdk import aws_s3 as s3\ns3 = object()\ns3.Buckett\n",
        "from aws_cdk import aws_s3 as s3\ndef f(s3):\n    return s3.Buckett\n",
        "from aws_cdk import aws_s3 as s3\ntry:\n    s3.Buckett\nexcept AttributeError:\n    pass\n",
        "from aws_cdk.aws_ec2_alpha import VpcV3\n",
        "from .cdktf import Nothing\n",
    ],
)
def test_what_is_right_or_not_surely_wrong_is_not_told(tmp_path, text):
    (tmp_path / "main.py").write_text(text)
    (tmp_path / "stack.tf").write_text("")
    assert found(tmp_path, root=tmp_path) == []


def test_modules_and_attributes_that_do_not_exist(tmp_path):
    text = (
        "import cdktn_provider_aws.s3_buckett\nfrom aws_cdk import aws_s4, aws_ecs as ecs\n"
        "import cdktf\necs.FargateServise\ncdktf.TerraformStak\n"
    )
    assert sorted(names(tmp_path, text)) == [
        "aws_cdk has no module aws_s4",
        "aws_cdk.aws_ecs has no FargateServise",
        "cdktf has no TerraformStak",
        "there is no module cdktn_provider_aws.s3_buckett",
    ]


def test_the_pinned_version_decides(tmp_path):
    text = "from cdktf_cdktf_provider_aws.opsworks_instance import OpsworksInstance\n"
    old, new = "cdktf-cdktf-provider-aws~=19.0\n", "cdktf_cdktf_provider_aws==21.22.1 # newest\n"
    module = "there is no module cdktf_cdktf_provider_aws.opsworks_instance"
    assert names(tmp_path, text, new) == [module]
    for unknown in (old, "cdktf-cdktf-provider-aws==18.1.0\n", "cdktf-cdktf-provider-aws\n"):
        (tmp_path / "stack.tf").write_text("")
        (tmp_path / "requirements.txt").write_text(unknown)
        assert found(tmp_path, root=tmp_path) == []
    (tmp_path / "requirements.txt").unlink()
    (tmp_path / "pyproject.toml").write_text('[project]\ndependencies = ["cdktf-cdktf-provider-aws>=21,<22"]\n')
    assert names(tmp_path, text) == [module]
    (tmp_path / "pyproject.toml").unlink()
    (tmp_path / "Pipfile").write_text('[packages]\ncdktf-cdktf-provider-aws = "~=21.0"\n')
    assert names(tmp_path, text) == [module]


def test_a_later_release_than_ours_is_a_question(tmp_path):
    text = "from aws_cdk.aws_s3 import Buckett\n"
    (tmp_path / "main.py").write_text(text)
    (finding,) = found(tmp_path, root=tmp_path)
    assert finding.condition == "is a release of aws-cdk-lib later than 2.275.0 installed that has it?"
    (tmp_path / "requirements.txt").write_text("aws-cdk-lib==2.275.0\n")
    (finding,) = found(tmp_path, root=tmp_path)
    assert finding.condition == ""


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("setup.py", 'install_requires=["aws-cdk.core==1.204.0"]'),
        ("requirements.txt", "aws-cdk.aws-s3==1.204.0\n"),
        ("uv.lock", 'name = "aws-cdk-lib"'),
        ("other.py", "from aws_cdk import core\n"),
    ],
)
def test_versions_that_are_not_read_and_the_first_cdk_are_not_judged(tmp_path, file, content):
    text = "from aws_cdk.aws_s3 import Buckett\n"
    (tmp_path / "stack.tf").write_text("")
    (tmp_path / "main.py").write_text(content + text if file == "other.py" else text)
    (tmp_path / file).write_text(content)
    assert found(tmp_path, root=tmp_path) == []


def test_a_module_of_the_programs_own_is_not_the_library(tmp_path):
    (tmp_path / "cdktf").mkdir()
    (tmp_path / "stack.tf").write_text("")
    (tmp_path / "main.py").write_text("from cdktf import Nonsense\n")
    assert found(tmp_path, root=tmp_path) == []


@pytest.mark.parametrize(
    ("python", "terraform"),
    [
        ("==19.65.1", "= 19.65.1"),
        ("19.65.1", "= 19.65.1"),
        ("==19.*", "~> 19.0"),
        ("~=0.20.0", "~>0.20.0"),
        ("^19.1", ">= 19.1, < 20.0"),
        ("^0.20.1", "~> 0.20.0"),
        (">=19,<21", ">=19, <21"),
        ("*", ""),
    ],
)
def test_constraints_of_python_in_terraforms_spelling(python, terraform):
    assert terraform_spelling(python) == terraform


def test_the_founding_cases(shared: Path):
    wrong = {
        "eks-01-security-group-ingress-standalone/fail",
        "eks-04-placeholder-tests/fail",
        "eks-05-output-names/fail",
        "eks-07-block-list-or-object/fail",
        "eks-11-add-dependency-api/fail",
        "eks-12-node-add-dependency-no-effect/fail",
        "financial-02-hardcoded-master-password/fail",
        "financial-03-random-password-at-synth/fail",
        "financial-06-waf-rate-statement-import/fail",
        "financial-07-waf-statement-camel-case/fail",
        "financial-08-tests-cannot-import/fail",
        "security-07-ingress-untyped-map/fail",
        "zerotrust-01-constructor-suffix/fail",
        "zerotrust-02-default-tags-dict/fail",
        "zerotrust-03-default-tags-flat-list/fail",
        "zerotrust-04-s3-versioning-class/fail",
        "zerotrust-05-s3-encryption-class/fail",
        "zerotrust-06-s3-object-lock-class/fail",
        "zerotrust-07-az-token-interpolation/fail",
        "zerotrust-12-tests-constructor-call/fail",
    }
    told = set()
    for folder in sorted((shared / "cases").glob("*/*")):
        if any(folder.rglob("*.py")):
            findings = found(folder, folder)
            if any(one.rule.startswith("python-") for one in findings):
                told.add(f"{folder.parent.name}/{folder.name}")
    assert told == wrong


def test_a_right_program_is_judged_from_its_source(tmp_path: Path):
    (tmp_path / "main.py").write_text("from cdktn import App\n\nApp().synth()\n", encoding="utf-8")
    for path in (tmp_path, tmp_path / "main.py"):
        report = onetake.check(path, root=tmp_path, config=False)
        assert report.exit_code(None) == 0
        assert [
            note.message for program in report.programs for note in program.notes if "judged by text" in note.message
        ]
        assert str(report.verdict) == "would deploy, as far as it was read"


def test_no_file_is_judged_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from onetake.frontends import source

    judged: list[Path] = []
    judge = source._judged

    def recorded(path: Path, options: Options) -> object:
        judged.append(path)
        return judge(path, options)

    monkeypatch.setattr(source, "_judged", recorded)
    (tmp_path / "main.py").write_text("from cdktn import Ap\n", encoding="utf-8")
    report = onetake.check(tmp_path, root=tmp_path, config=False)

    assert [one.finding.rule for one in report.findings] == ["python-unknown-name"]
    assert len(judged) == 1


@pytest.mark.parametrize(
    ("line", "fix"),
    [
        ("from cdktn import Stack", "Stack is of the AWS CDK; use TerraformStack"),
        ("from cdktf import CfnOutput", "CfnOutput is of the AWS CDK; use TerraformOutput"),
        ("from aws_cdk import TerraformOutput", "TerraformOutput is of cdktf and cdktn; use CfnOutput"),
        ("from cdktn import Construct", "import Construct from constructs"),
    ],
)
def test_names_of_another_framework_are_told(tmp_path: Path, line: str, fix: str):
    (tmp_path / "main.py").write_text(f"{line}\n", encoding="utf-8")

    assert [one.fix for one in found(tmp_path, tmp_path)] == [fix]
