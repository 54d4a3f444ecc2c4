"""The measure of the emulator: its program has every type, its page says what was measured."""

import json

from tools.oracle_emulator import page
from tools.oracle_emulator.run import maker, program

CALLS = dict.fromkeys(
    [
        "eks:CreateAddon",
        "eks:CreateCluster",
        "eks:DescribeAddon",
        "s3:CreateBucket",
        "s3:PutBucketLogging",
        "ec2:CreateVpc",
    ],
    "moto",
)


def test_every_type_of_the_record_stands_in_the_program():
    resources = json.loads(program())["resource"]
    assert sorted(json.loads(page.RECORD.read_bytes())["types"]) == sorted(resources)
    assert len(resources) == 190


def test_the_call_that_makes_a_type_is_found_by_its_words():
    assert maker("aws_eks_addon", CALLS) == "eks:CreateAddon"
    assert maker("aws_eks_cluster", CALLS) == "eks:CreateCluster"
    assert maker("aws_s3_bucket_logging", CALLS) == "s3:PutBucketLogging"
    assert maker("aws_wafv2_ip_set", CALLS) == ""


def test_the_page_is_what_the_record_makes_of_it():
    assert not page.stale(), "run python -m tools.oracle_emulator.page"


def test_words_of_the_page():
    one = {"applies": True, "answered_by": "generic"}
    assert page.fidelity(one) == "accepts everything"
    assert page.fidelity({**one, "answered_by": "moto"}) == "judges"
    assert page.fidelity({**one, "applies": False}) == "cannot run"
