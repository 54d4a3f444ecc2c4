"""The functions of templates, worked out while a stack is deployed."""

from typing import Any

import pytest

from onetake.emulator.cloudformation.resolving import Resolver, Untold

SECTIONS = {
    "Mappings": {"Sizes": {"dev": {"Class": "db.t4g.micro"}}},
    "Conditions": {
        "Dev": {"Fn::Equals": [{"Ref": "Environment"}, "dev"]},
        "Both": {"Fn::And": [{"Condition": "Dev"}, {"Fn::Not": [{"Fn::Equals": [{"Ref": "Count"}, 3]}]}]},
    },
}


def unknown(name: str, attribute: str = "Ref") -> Any:
    if name != "Queue":
        raise Untold(f"the template has no {name}")
    return {"Ref": "https://queue", "Arn": "arn:aws:sqs:eu-west-1:123456789012:q"}[attribute]


def resolver() -> Resolver:
    return Resolver(
        {"Environment": "dev", "Count": "3", "AWS::Region": "eu-west-1", "Ports": ["80", "443"]},
        SECTIONS,
        reference=unknown,
        attribute=unknown,
        exported={"network-vpc": "vpc-1"}.__getitem__,
        looked_up=lambda service, rest: f"<{service}:{rest}>",
        zones=lambda region: [f"{region}a", f"{region}b"],
    )


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ({"Ref": "Queue"}, "https://queue"),
        ({"Fn::GetAtt": ["Queue", "Arn"]}, "arn:aws:sqs:eu-west-1:123456789012:q"),
        ({"Fn::GetAtt": "Queue.Arn"}, "arn:aws:sqs:eu-west-1:123456789012:q"),
        ({"Fn::Sub": "${Queue.Arn}/${Environment}/${!literal}"}, "arn:aws:sqs:eu-west-1:123456789012:q/dev/${literal}"),
        ({"Fn::Sub": ["${A}-${Environment}", {"A": {"Ref": "Count"}}]}, "3-dev"),
        ({"Fn::Join": ["-", ["a", {"Ref": "Environment"}, 1, True]]}, "a-dev-1-true"),
        ({"Fn::If": ["Dev", "small", "large"]}, "small"),
        ({"Fn::If": ["Both", "small", "large"]}, "large"),
        ({"Fn::FindInMap": ["Sizes", {"Ref": "Environment"}, "Class"]}, "db.t4g.micro"),
        ({"Fn::FindInMap": ["Sizes", "prod", "Class", {"DefaultValue": "x"}]}, "x"),
        ({"Fn::Select": ["1", {"Ref": "Ports"}]}, "443"),
        ({"Fn::Select": [1, {"Fn::GetAZs": ""}]}, "eu-west-1b"),
        ({"Fn::GetAZs": {"Ref": "AWS::Region"}}, ["eu-west-1a", "eu-west-1b"]),
        ({"Fn::Cidr": ["10.0.0.0/16", 2, 8]}, ["10.0.0.0/24", "10.0.1.0/24"]),
        ({"Fn::Split": [",", "a,b"]}, ["a", "b"]),
        ({"Fn::ImportValue": "network-vpc"}, "vpc-1"),
        ({"Fn::Base64": "hi"}, "aGk="),
        ({"Fn::Length": {"Ref": "Ports"}}, 2),
        ({"Fn::ToJsonString": {"a": [1]}}, '{"a":[1]}'),
        ({"a": {"Ref": "AWS::NoValue"}, "b": [1, {"Ref": "AWS::NoValue"}]}, {"b": [1]}),
        ("{{resolve:ssm:/db/name}}-x", "<ssm:/db/name>-x"),
    ],
)
def test_functions(written: Any, found: Any):
    assert resolver().resolved(written) == found


@pytest.mark.parametrize(
    "written",
    [{"Ref": "Nothing"}, {"Fn::Transform": {"Name": "x"}}, {"Fn::FindInMap": ["Sizes", "prod", "Class"]}],
)
def test_what_is_not_known_is_not_guessed(written: Any):
    with pytest.raises(Untold):
        resolver().resolved(written)
