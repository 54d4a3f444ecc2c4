"""What the API enumerates where the provider takes any text."""

import pytest

from onetake.knowledge import shelf
from onetake.knowledge.terraform import resource_schema
from onetake.knowledge.terraform.api_enums import NAME, enumerated, meant
from onetake.knowledge.terraform.constraints import ELEMENT
from onetake.knowledge.terraform.constraints import constraints as demanded
from onetake.knowledge.terraform.schema import BlockSchema

PACK = shelf.pack(NAME)
TYPES = [key for key in PACK or () if not key.startswith("enum/")]
VERSION = "5.100.0"
CATEGORIES = ("Approval", "Build", "Deploy")


@pytest.mark.parametrize(
    ("text", "members", "expected"),
    [
        ("build", CATEGORIES, "Build"),
        ("Biuld", CATEGORIES, ""),
        ("Aproval", CATEGORIES, "Approval"),
        ("Approvall", CATEGORIES, "Approval"),
        ("Approvla", CATEGORIES, "Approval"),
        ("Approve", CATEGORIES, ""),
        ("on-demand", ("ON_DEMAND", "SPOT"), "ON_DEMAND"),
        ("OnDemand", ("ON_DEMAND", "SPOT"), "ON_DEMAND"),
        ("gp4", ("gp2", "gp3"), ""),
        ("GP3", ("gp2", "gp3"), "gp3"),
        ("st2", ("st1", "sc1"), ""),
        ("m9g.large", ("m8g.large", "m7g.large"), ""),
        ("m8g.lrage", ("m8g.large", "m7g.large"), "m8g.large"),
        ("t3.mircoo", ("t3.micro",), ""),
        ("c7in.large", ("c7i.large", "c7n.large"), ""),
        ("Deploy", CATEGORIES, ""),
        ("Tests", CATEGORIES, ""),
        ("", CATEGORIES, ""),
    ],
)
def test_slips_are_told_from_names_that_are_new(text, members, expected):
    assert meant(text, members) == expected


def test_an_argument_leads_to_the_parameter_that_it_becomes():
    found = enumerated("aws_instance")["instance_initiated_shutdown_behavior",]

    assert (found.service, found.operation, found.parameter) == (
        "EC2",
        "RunInstances",
        "InstanceInitiatedShutdownBehavior",
    )
    assert found.members == ("stop", "terminate")
    assert found.source.startswith("botocore ")
    assert found.meant("Terminate") == "terminate"
    assert enumerated("aws_nothing") == {}


@pytest.mark.parametrize("type_", TYPES)
def test_only_arguments_that_there_are_and_that_the_provider_leaves_open_are_enumerated(type_):
    schema = resource_schema(type_, VERSION)
    assert schema is not None
    for names, found in enumerated(type_).items():
        body: BlockSchema = schema.body
        for name in names[:-1]:
            body = body.blocks[name].body
        assert body.attributes[names[-1]].settable
        rules = (*demanded(type_, VERSION).at(names), *demanded(type_, VERSION).at((*names, ELEMENT)))
        assert not [rule for rule in rules if rule.kind in ("enum", "pattern")]
        assert len(set(found.members)) == len(found.members) > 0
        assert all(not found.meant(member) for member in found.members)
