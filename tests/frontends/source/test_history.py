"""What other versions of the bindings have is told by version, and what is gone with its successor."""

from pathlib import Path

import pytest

import onetake
from onetake.frontends.source.history import SUCCESSORS
from onetake.knowledge.api.editions import editions

OLD = "cdktf==0.20.12\ncdktf-cdktf-provider-aws==19.65.1\n"
NEW = "cdktf==0.21.0\ncdktf-cdktf-provider-aws==21.22.1\n"
LAST = "cdktn==0.24.0\ncdktn-provider-aws==25.8.1\n"
GO = """package main

import (
	"github.com/cdktf/cdktf-provider-aws-go/aws/v{major}/{package}"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

func main() {{
	cdktf.NewApp(nil)
	{package}.New(nil)
}}
"""


def fixes(folder: Path, text: str, pins: str) -> list[str]:
    (folder / "requirements.txt").write_text(pins, encoding="utf-8")
    (folder / "main.py").write_text(text, encoding="utf-8")
    report = onetake.check(folder / "main.py", root=folder, config=False)
    return [located.finding.fix for located in report.findings]


@pytest.mark.parametrize(
    ("text", "pins", "fix"),
    [
        (
            "from cdktf_cdktf_provider_aws.opsworks_stack import OpsworksStack\n",
            NEW,
            "it was in cdktf-cdktf-provider-aws 19.65.1, and is gone: the service has ended",
        ),
        (
            "from cdktf_cdktf_provider_aws.data_aws_redshift_service_account import DataAwsRedshiftServiceAccount\n",
            NEW,
            "it was in cdktf-cdktf-provider-aws 19.65.1, and is gone: "
            "use data_aws_service_principal: redshift.amazonaws.com writes the logs",
        ),
        (
            "from cdktf_cdktf_provider_aws.elasticache_security_group import ElasticacheSecurityGroup\n",
            OLD,
            "EC2-Classic has ended: use security_group",
        ),
        (
            "from cdktf_cdktf_provider_aws.data_aws_subnet_ids import DataAwsSubnetIds\n",
            OLD,
            "use data_aws_subnets, with a filter on vpc-id",
        ),
        (
            "from cdktf_cdktf_provider_aws.s3_buket import S3Bucket\n",
            OLD,
            "import cdktf_cdktf_provider_aws.s3_bucket",
        ),
    ],
)
def test_a_module_that_is_gone(tmp_path: Path, text: str, pins: str, fix: str) -> None:
    assert fixes(tmp_path, text, pins) == [fix]


def test_a_module_that_is_still_to_come(tmp_path: Path) -> None:
    old, new = editions("cdktf_cdktf_provider_aws")
    (last,) = editions("cdktn_provider_aws")
    later = next(path for path in new.modules if path not in old and "." not in path)
    last_only = next(path for path in last.modules if path not in new and "." not in path)

    assert fixes(tmp_path, f"import cdktf_cdktf_provider_aws.{later}\n", OLD) == [
        "require cdktf-cdktf-provider-aws 21.22.1, which has it"
    ]
    assert fixes(tmp_path, f"import cdktf_cdktf_provider_aws.{last_only}\n", NEW) == [
        "cdktn-provider-aws 25.8.1 has it, as which these bindings go on"
    ]


def test_an_argument_of_another_version(tmp_path: Path) -> None:
    text = (
        "from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket\n\n\n"
        "def make(stack):\n    S3Bucket(stack, 'b', {}='eu-west-1')\n"
    )

    # Every resource takes a region from version 6 of the AWS provider on.
    assert fixes(tmp_path, text.format("region"), OLD) == ["require cdktf-cdktf-provider-aws 21.22.1, which has it"]
    assert fixes(tmp_path, text.format("region"), NEW) == []
    assert fixes(tmp_path, text.format("regin"), OLD) == [""]


@pytest.mark.parametrize(
    ("major", "package", "fix"),
    [
        ("v21.22.1", "opsworksstack", "it was in github.com/cdktf/cdktf-provider-aws-go/aws/v19 v19.65.1, and is gone"),
        ("v19.65.1", "s3tablestable", ""),
    ],
)
def test_a_package_of_another_version(tmp_path: Path, major: str, package: str, fix: str) -> None:
    number = major[1:3]
    module = f"module example.com/x\n\nrequire github.com/cdktf/cdktf-provider-aws-go/aws/v{number} {major}\n"
    (tmp_path / "go.mod").write_text(
        module + "require github.com/hashicorp/terraform-cdk-go/cdktf v0.20.12\n", encoding="utf-8"
    )
    (tmp_path / "main.go").write_text(GO.format(major=number, package=package), encoding="utf-8")
    report = onetake.check(tmp_path / "main.go", root=tmp_path, config=False)

    told = [one.finding.fix for one in report.findings if one.finding.rule == "go-unknown-package"]
    assert told == ([fix] if fix else [])


@pytest.mark.parametrize("path", SUCCESSORS)
def test_successors_are_those_of_the_packs(path: str) -> None:
    (last,) = editions("cdktn_provider_aws")
    named = [word for word in SUCCESSORS[path].replace(",", " ").replace(":", " ").split() if "_" in word]

    assert path not in last
    assert all(name in last for name in named)
