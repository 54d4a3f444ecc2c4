"""Names in Python and Go: the rules, a recorded sample of the libraries' own tables, and the tables themselves."""

import json
from pathlib import Path

import pytest

from onetake.knowledge.api import names
from onetake.knowledge.api.editions import PACKS, editions
from tools.oracle_source.names import compared, wheel

RECORDED = json.loads((Path(__file__).parent / "recorded_names.json").read_text(encoding="utf-8"))
EDITIONS = [edition for root in sorted(PACKS) for edition in editions(root)]
MODULES = {"aws_cdk": ["aws_s3", "aws_lambda", "aws_iam", "aws_cloudfront.experimental", ""]}
"""Modules that the suite compares; ``make oracle-source`` compares all."""


@pytest.mark.parametrize(
    ("name", "python"),
    [
        ("cidrBlock", "cidr_block"),
        ("sizeInMiB", "size_in_mib"),
        ("warmThroughputMiBps", "warm_throughput_mi_bps"),
        ("ephemeralStorageGiB", "ephemeral_storage_gib"),
        ("fromARNAndID", "from_arn_and_id"),
        ("ipv6CidrBlock", "ipv6_cidr_block"),
        ("toJSON", "to_json"),
        ("from", "from_"),
        ("lambda", "lambda_"),
    ],
)
def test_fields_are_spelled_as_python_does(name, python):
    assert names.python_field(name) == python


def test_members_tell_that_they_are_protected_or_constant():
    assert names.python_member("toMetadata", protected=True) == "_to_metadata"
    assert names.python_member("tfResourceType", constant=True) == "TF_RESOURCE_TYPE"


def test_a_parameter_yields_to_a_keyword_of_the_same_name():
    assert names.python_parameter("id", {"id", "bucket"}) == "id_"
    assert names.python_parameter("id", {"bucket"}) == "id"
    assert names.python_parameter("id", {"id", "id_"}) == "id__"


def test_names_in_go():
    assert names.go_package("aws_s3") == "awss3"
    assert names.go_package("s3BucketVersioning") == "s3bucketversioning"
    assert names.go_constructor("Bucket") == "NewBucket"
    assert names.go_static("Code", "fromAsset") == "Code_FromAsset"
    assert names.go_static("CfnBucket", "CFN_RESOURCE_TYPE_NAME") == "CfnBucket_CFN_RESOURCE_TYPE_NAME"
    assert names.go_member_of_enum("RemovalPolicy", "DESTROY") == "RemovalPolicy_DESTROY"
    assert names.go_name("CfnBucket.CorsRuleProperty") == "CfnBucket_CorsRuleProperty"
    assert names.go_setter("bucketName") == "SetBucketName"


def derivable(pair: list[str]) -> bool:
    kind, own, python = pair
    if kind == "field":
        return names.python_field(own) == python
    if kind == "enum":
        return names.python_identifier(own) == python
    return python in {
        names.python_member(own, protected=protected, constant=constant)
        for protected in (False, True)
        for constant in (False, True)
    }


@pytest.mark.parametrize("edition", RECORDED)
def test_recorded_names_are_derived(edition):
    sample = RECORDED[edition]
    assert sample["names"]
    assert [pair for pair in sample["names"] if not derivable(pair)] == []


def test_every_edition_was_compared_without_a_difference():
    assert {edition: sample["differing"] for edition, sample in RECORDED.items()} == {str(one): 0 for one in EDITIONS}
    assert sum(sum(sample["agreed"].values()) for sample in RECORDED.values()) > 150_000


@pytest.mark.parametrize("edition", EDITIONS, ids=str)
def test_the_librarys_own_tables_agree(edition):
    path = wheel(edition)
    if path is None:
        pytest.skip(f"the wheel of {edition} is not on this machine (ONETAKE_PACK_WORK)")
    modules = MODULES.get(edition.root) or edition.modules[:: max(1, len(edition.modules) // 20)]
    agreed, differing = compared(edition, path, modules)
    assert differing == []
    assert agreed.total() > 50
