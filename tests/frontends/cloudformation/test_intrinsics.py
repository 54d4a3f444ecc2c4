"""What each intrinsic function comes to, when what it is given is known and when it is not."""

import pytest

from onetake.model.values import Gap, Known, Reference, Unknown
from tests.frontends.cloudformation.templates import shown, span, stack

TEMPLATE = """
Parameters:
  Env: {Type: String, Default: dev}
  Name: {Type: String}
  Count: {Type: Number, Default: 2}
  Subnets: {Type: CommaDelimitedList, Default: "a, b"}
  Zones: {Type: "List<AWS::EC2::AvailabilityZone::Name>"}
  Secret: {Type: "AWS::SSM::Parameter::Value<String>", Default: /x}
Mappings:
  Sizes: {dev: {small: 1, big: [x, y]}}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  Named: !Equals [!Ref Name, x]
Resources:
  Logs: {Type: AWS::S3::Bucket, Properties: {BucketName: !Sub "logs-${Env}"}}
  Other: {Type: AWS::S3::Bucket}
  Key: {Type: AWS::KMS::Key}
  Thing:
    Type: AWS::SQS::Queue
    Properties:
      Value: %s
"""


def value(written: str, **settings: str) -> object:
    """What ``Value`` comes to when it is written like that."""
    return shown(stack(TEMPLATE % written, **settings).resources["Thing"].argument("Value"))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("plain", "plain"),
        ("'{{resolve:ssm:/db/name:1}}-a'", (Gap("{{resolve:ssm:/db/name:1}}"), "-a")),
        ("!Ref Env", "dev"),
        ("!Ref Count", "2"),
        ("!Ref Subnets", ["a", "b"]),
        ("!Ref Name", (Gap("parameter Name"),)),
        ("!Ref Secret", (Gap("parameter Secret"),)),
        ("!Ref AWS::NoValue", None),
        ("!Ref AWS::Region", (Gap("AWS::Region"),)),
        ("!Ref AWS::AccountId", (Gap("AWS::AccountId"),)),
        ("!Ref Logs", ("logs-dev", "Logs.Ref")),
        ("!Ref Other", ("Other.Ref",)),
        ("!Ref Nothing", (Gap("Nothing"),)),
        ("!GetAtt Key.Arn", ("Key.Arn",)),
        ("!GetAtt [Key, Arn]", ("Key.Arn",)),
        ("!GetAtt Logs.BucketName", ("logs-dev", "Logs.BucketName")),
        ("!Sub '${Env}-x'", "dev-x"),
        ("!Sub 'arn:aws:s3:::${Logs}/*'", "arn:aws:s3:::logs-dev/*"),
        ("!Sub '${Logs.Arn}/*'", ("Logs.Arn", "/*")),
        ("!Sub 'a-${Name}-b'", ("a-", Gap("parameter Name"), "-b")),
        ("!Sub ['${a}-${!literal}', {a: !Ref Env}]", "dev-${literal}"),
        ("!Sub '${Key.Arn}'", ("Key.Arn",)),
        ("!Join ['-', [a, !Ref Env, 3]]", "a-dev-3"),
        ("!Join ['-', !Ref Subnets]", "a-b"),
        ("!Join [':', [a, !Ref Name]]", ("a:", Gap("parameter Name"))),
        ("!Join [',', [a, !If [IsProd, b, !Ref AWS::NoValue]]]", "a"),
        ("!Select [1, [a, b]]", "b"),
        ("!Select ['0', !Ref Subnets]", "a"),
        ("!Select [2, [a, b]]", (Gap('Select([2, ["a", "b"]])'),)),
        ("!Select [1, !GetAZs '']", (Gap("zone 1 of this region"),)),
        ("!Select [0, !GetAZs {Ref: 'AWS::Region'}]", (Gap("zone 0 of this region"),)),
        ("!Select [0, !GetAZs eu-west-1]", (Gap("zone 0 of eu-west-1"),)),
        ("!Select [0, !Ref Zones]", (Gap("0 of Zones"),)),
        ("!Split [',', 'a,b']", ["a", "b"]),
        ("!Select [1, !Split ['/', 'a/b']]", "b"),
        ("!FindInMap [Sizes, !Ref Env, small]", 1),
        ("!FindInMap [Sizes, dev, big]", ["x", "y"]),
        ("!FindInMap [Sizes, dev, none, {DefaultValue: 7}]", 7),
        ("!FindInMap [Sizes, !Ref Name, small]", (Gap('FindInMap(["Sizes", {"Ref": "Name"}, "small"])'),)),
        ("!If [IsProd, yes, no]", False),
        ("!If [Named, same, same]", "same"),
        ("!If [Named, 1, 2]", (Gap('If(["Named", 1, 2])'),)),
        ("!If [IsProd, 1, !Ref AWS::NoValue]", None),
        (
            "[!If [Named, x, !Ref AWS::NoValue], y]",
            (Gap('[{"Fn::If": ["Named", "x", {"Ref": "AWS::NoValue"}]}, "y"]'), ["y"]),
        ),
        ("[!If [Named, x, z], y]", [(Gap('If(["Named", "x", "z"])'),), "y"]),
        ("{a: !Ref AWS::NoValue, b: 1}", {"b": 1}),
        ("!Base64 hi", "aGk="),
        ("!Base64 {Ref: Name}", (Gap("Base64(Name)"),)),
        ("!Cidr [10.0.0.0/16, 3, 8]", ["10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24"]),
        ("!Cidr [10.0.0.0/16, 3, 99]", (Gap('Cidr(["10.0.0.0/16", 3, 99])'),)),
        ("!ImportValue {'Fn::Sub': '${Env}-vpc'}", (Gap("import dev-vpc"),)),
        ("{'Fn::ToJsonString': {a: [1, true]}}", '{"a":[1,true]}'),
        ("{'Fn::Length': !Ref Subnets}", 2),
        ("!Transform {Name: Macro}", (Gap('Transform({"Name": "Macro"})'),)),
        ("{Condition: {StringEquals: x}}", {"Condition": {"StringEquals": "x"}}),
    ],
)
def test_an_expression_comes_to(written: str, expected: object) -> None:
    assert value(written) == expected


def test_pseudo_parameters_follow_the_region_that_is_given() -> None:
    written = "!Sub '${AWS::Region} ${AWS::Partition} ${AWS::URLSuffix}'"

    assert value(written, region="eu-central-1") == "eu-central-1 aws amazonaws.com"
    assert value(written, region="cn-north-1") == "cn-north-1 aws-cn amazonaws.com.cn"
    assert value(written, region="us-gov-west-1") == "us-gov-west-1 aws-us-gov amazonaws.com"


def test_a_given_parameter_counts_more_than_its_default() -> None:
    assert value("!Sub '${Env}${Name}'", Env="prod", Name="x") == "prodx"
    assert value("!If [Named, 1, 2]", Name="x") == 1
    assert value("!If [IsProd, 1, 2]", Env="prod") == 1


def test_a_value_knows_its_place_and_where_it_came_from() -> None:
    found = stack(TEMPLATE % "[!Ref Logs, !GetAtt Key.Arn]").resources["Thing"].argument("Value")

    place = span("Resources", "Thing", "Properties", "Value")
    arn = Unknown("Key.Arn is known after the deployment", place / 1, (Reference("Key", "Arn"),))
    assert found == Known((Known("logs-dev", place / 0, Reference("Logs", "Ref")), arn), place)


def test_a_secret_that_the_user_gives_is_not_told() -> None:
    text = (
        "Parameters: {P: {Type: String, NoEcho: true, Default: old}}\n"
        "Resources: {Q: {Type: AWS::SQS::Queue, Properties: {A: !Ref P}}}"
    )

    assert shown(stack(text).resources["Q"].argument("A")) == "old"
    assert shown(stack(text, P="new").resources["Q"].argument("A")) == (Gap("parameter P"),)


def test_names_in_a_circle_are_not_known_and_do_not_hang() -> None:
    text = """
    Conditions: {A: {Condition: B}, B: {Condition: A}}
    Resources:
      A: {Type: AWS::S3::Bucket, Properties: {BucketName: !Ref B}}
      B: {Type: AWS::S3::Bucket, Condition: A, Properties: {BucketName: !Ref A}}
    """
    resources = stack(text).resources

    assert shown(resources["A"].argument("BucketName")) == ("B.Ref",)
    assert resources["B"].exists.value == "unknown"


def test_a_reference_chain_longer_than_the_limit_stays_a_reference() -> None:
    chain = "\n".join(
        f"  R{n}: {{Type: AWS::S3::Bucket, Properties: {{BucketName: !Ref R{n + 1}}}}}" for n in range(2000)
    )
    text = f"Resources:\n{chain}\n  R2000: {{Type: AWS::S3::Bucket, Properties: {{BucketName: last}}}}"

    assert shown(stack(text).resources["R0"].argument("BucketName")) == ("R1.Ref",)
    assert shown(stack(text).resources["R1990"].argument("BucketName")) == ("last", "R1991.Ref")
