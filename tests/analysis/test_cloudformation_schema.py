"""Schema facts: what counts, where it is shown, and what is left out."""

import datetime

import cloudformation_validate
import pytest

from onetake.analysis.cloudformation_rules import OWN, REGIONAL, facts
from onetake.analysis.cloudformation_schema import judge
from onetake.analysis.runner import judge as judge_all
from onetake.model.findings import Confidence, Position, Severity, Stage
from onetake.model.records import replace
from onetake.model.stacks import Stack
from tests.frontends.cloudformation.templates import span, stack

PARAMETERS = """
Parameters:
  Env: {Type: String, Default: dev}
  Name: {Type: String}
Conditions:
  Prod: !Equals [!Ref Env, prod]
  Named: !Equals [!Ref Name, x]
Resources:
  R:
"""


def told(found: Stack) -> list[tuple[str, str]]:
    return [(finding.rule, finding.message) for finding in judge(found)]


def bucket(properties: str, **settings: str) -> Stack:
    return stack(f"{PARAMETERS}    Type: AWS::S3::Bucket\n    Properties: {properties}\n", **settings)


def test_a_fact_is_a_finding_with_its_place() -> None:
    found = bucket("{BucketName: Logs_Dev}")
    (finding,) = judge(found)

    assert (finding.rule, finding.severity, finding.stage, finding.confidence) == (
        "cfn-property-pattern",
        Severity.CRITICAL,
        Stage.CREATE,
        Confidence.SCHEMA,
    )
    assert (finding.where, finding.resource) == (span("Resources", "R", "Properties", "BucketName"), "R")
    assert found.position(finding.where) == Position(11, 18, 11, 38)
    assert finding.message == "R.BucketName: 'Logs_Dev' does not match pattern '^([a-z0-9][a-z0-9.-]*[a-z0-9])?$'"


@pytest.mark.parametrize(
    ("properties", "names"),
    [
        ("{Foo: 1}", ["cfn-property-unknown"]),
        ("{OwnershipControls: {}}", ["cfn-property-missing"]),
        ("{OwnershipControls: {Rules: [{ObjectOwnership: Bad}]}}", ["cfn-property-value-not-allowed"]),
        ("{BucketName: {a: b}}", ["cfn-property-type"]),
        ("{BucketName: 'Fn::Nothing'}", ["cfn-property-pattern"]),
        ("{BucketName: {'Fn::Subb': a}}", ["cfn-function-unknown"]),
        ("{BucketName: {'Fn::Nothing': a}}", ["cfn-property-type"]),
        ("{Tags: [{Key: a, Value: b}]}", []),
    ],
)
def test_each_kind_of_fault_has_its_name(properties: str, names: list[str]) -> None:
    assert [name for name, _ in told(bucket(properties))] == names


@pytest.mark.parametrize(
    ("properties", "given", "count"),
    [
        ("{BucketName: !Ref Name}", {}, 0),
        ("{BucketName: !Ref Name}", {"Name": "good"}, 0),
        ("{BucketName: !If [Named, Bad_Name, good]}", {}, 0),
        ("{BucketName: !If [Named, Bad_Name, good]}", {"Name": "x"}, 1),
        ("{BucketName: !If [Prod, Bad_Name, good]}", {}, 0),
        ("{BucketName: !If [Prod, Bad_Name, good]}", {"Env": "prod"}, 1),
        ("{BucketName: '{{resolve:ssm:/Bad_Name:1}}'}", {}, 0),
    ],
)
def test_only_what_will_be_deployed_is_judged(properties: str, given: dict[str, str], count: int) -> None:
    assert len(judge(bucket(properties, **given))) == count


def test_a_list_counts_as_repeating_only_when_all_of_it_is_known() -> None:
    def names(variables: str) -> list[str]:
        container = f"{{Name: a, Image: b, Environment: {variables}}}"
        text = f"    Type: AWS::ECS::TaskDefinition\n    Properties: {{ContainerDefinitions: [{container}]}}"
        return [name for name, _ in told(stack(PARAMETERS + text))]

    same = "{Name: a, Value: b}"
    assert names(f"[{same}, {same}]") == ["cfn-property-items-repeated"]
    assert names(f"[!If [Named, {same}, !Ref AWS::NoValue], !If [Prod, {same}, !Ref AWS::NoValue]]") == []


@pytest.mark.parametrize(
    ("policy", "count"),
    [
        ('\'{"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}\'', 0),
        ('!Sub \'{"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}\'', 0),
        ("let all in", 1),
        ("[{Statement: [{Effect: Allow, Action: 's3:*', Resource: '*'}]}]", 1),
    ],
)
def test_a_policy_may_be_written_as_the_text_that_it_is_sent_as(policy: str, count: int) -> None:
    found = stack(
        f"Resources:\n  R:\n    Type: AWS::IAM::ManagedPolicy\n    Properties: {{PolicyDocument: {policy}}}\n"
    )
    assert [name for name, _ in told(found)] == ["cfn-iam-policy-invalid"] * count


@pytest.mark.parametrize(
    ("subnet", "count"),
    [
        ("{Type: 'Custom::IpamSubnet', Properties: {ServiceToken: !Sub 'arn:${AWS::Partition}:sns:x'}}", 0),
        ("{Type: 'AWS::CloudFormation::CustomResource', Properties: {ServiceToken: 'arn:aws:sns:us-east-1:1:x'}}", 0),
        ("{Type: 'Example::Network::Subnet'}", 0),
        ("{Type: 'AWS::SQS::Queue'}", 1),
    ],
)
def test_what_refers_to_a_custom_resource_is_whatever_its_program_returns(subnet: str, count: int) -> None:
    found = stack(f"""
Resources:
  Subnet: {subnet}
  A: {{Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {{SubnetId: !Ref Subnet, RouteTableId: rtb-0123abcd}}}}
""")
    assert [name for name, _ in told(found)] == ["cfn-reference-format"] * count


@pytest.mark.parametrize(("expression", "count"), [("cron(5, 0, 1, *, ?, *)", 0), ("cron(5 0 1 * 5 *)", 1)])
def test_the_fields_of_a_schedule_may_end_with_commas(expression: str, count: int) -> None:
    found = stack(f"Resources: {{R: {{Type: AWS::Events::Rule, Properties: {{ScheduleExpression: '{expression}'}}}}}}")
    assert [name for name, _ in told(found)] == ["cfn-events-schedule-expression"] * count


@pytest.mark.parametrize(
    ("resource", "count"),
    [("arn:*:iam::12345678:role/*", 0), ("arn:aws:iam::ACCOUNT:role/x", 0), ("some-bucket", 1)],
)
def test_a_policy_may_name_an_account_that_is_none(resource: str, count: int) -> None:
    statement = f"{{Effect: Allow, Action: '*', Resource: '{resource}'}}"
    policy = f"{{PolicyDocument: {{Version: '2012-10-17', Statement: [{statement}]}}}}"
    found = stack(f"Resources:\n  R:\n    Type: AWS::IAM::ManagedPolicy\n    Properties: {policy}\n")
    assert [name for name, _ in told(found)] == ["cfn-iam-policy-invalid"] * count


def test_a_template_may_have_hooks_for_its_deployments_to_ecs() -> None:
    hooks = "Hooks: {G: {Type: AWS::CodeDeploy::BlueGreen, Properties: {Applications: []}}}"
    assert not told(stack(f"Transform: AWS::CodeDeployBlueGreen\n{hooks}\nResources: {{Q: {{Type: AWS::SQS::Queue}}}}"))
    assert told(stack("Hookes: {}\nResources: {Q: {Type: AWS::SQS::Queue}}"))


@pytest.mark.parametrize(("dimensions", "count"), [("[]", 0), ("[{Name: a, Value: b}]", 1)])
def test_an_empty_list_excludes_nothing(dimensions: str, count: int) -> None:
    metric = "{Id: a, Expression: '1', ReturnData: true}"
    alarm = "ComparisonOperator: GreaterThanThreshold, EvaluationPeriods: 1, Threshold: 1"
    found = stack(f"""
Resources:
  R: {{Type: AWS::CloudWatch::Alarm, Properties: {{{alarm}, Metrics: [{metric}], Dimensions: {dimensions}}}}}
""")
    assert [name for name, _ in told(found)] == ["cfn-property-conflict"] * count


@pytest.mark.parametrize(
    "rule", ["{IpProtocol: '-1'}", "{IpProtocol: '-1', CidrIp: 10.0.0.0/8, SourceSecurityGroupId: sg-0123abcd}"]
)
def test_a_rule_of_a_security_group_without_one_source_is_left_out_and_stops_nothing(rule: str) -> None:
    group = f"{{GroupDescription: a, SecurityGroupIngress: [{rule}]}}"
    assert not told(stack(f"Resources: {{R: {{Type: AWS::EC2::SecurityGroup, Properties: {group}}}}}"))


def test_ports_of_a_container_are_tcp_whatever_else_is_said() -> None:
    container = "{Name: a, Image: nginx, PortMappings: [{ContainerPort: 80, Protocol: http}]}"
    assert not told(
        stack(
            f"Resources: {{R: {{Type: AWS::ECS::TaskDefinition, Properties: {{ContainerDefinitions: [{container}]}}}}}}"
        )
    )


@pytest.mark.parametrize(("name", "count"), [("'%%BUCKET_NAME%%'", 0), ("'<%BUCKET%>'", 0), ("'%BUCKET_NAME%'", 1)])
def test_what_a_build_fills_in_is_not_known(name: str, count: int) -> None:
    assert [rule for rule, _ in told(bucket(f"{{BucketName: {name}}}"))] == ["cfn-property-pattern"] * count


def test_any_text_is_a_key_to_s3_until_it_is_used() -> None:
    rule = "{ServerSideEncryptionByDefault: {SSEAlgorithm: 'aws:kms', KMSMasterKeyID: aws/s3}}"
    assert not told(bucket(f"{{BucketEncryption: {{ServerSideEncryptionConfiguration: [{rule}]}}}}"))


def test_an_assertion_may_compare_an_attribute_of_a_parameter() -> None:
    asserts = "Rules:\n  Inside:\n    Assertions: [{Assert: !Equals [!ValueOf [Subnet, VpcId], !Ref Vpc]}]\n"
    parameters = "Parameters:\n  Subnet: {Type: 'AWS::EC2::Subnet::Id'}\n  Vpc: {Type: 'AWS::EC2::VPC::Id'}\n"
    written = f"{parameters}{asserts}Resources:\n  R: {{Type: AWS::SNS::Topic}}\n"

    assert told(stack(written)) == []
    assert "cfn-equals-operand" in dict(told(stack(written.replace("!ValueOf [Subnet, VpcId]", "{a: b}"))))


@pytest.mark.parametrize(
    ("compatibilities", "count"),
    [
        ("[EC2]", 1),
        # The validator reads a function in a list as an empty text.
        ("[!If [Prod, EC2, FARGATE]]", 0),
        ("[!If [Named, EC2, FARGATE]]", 0),
        ("[EC2, !If [Prod, FARGATE, !Ref AWS::NoValue]]", 0),
    ],
)
def test_a_function_in_a_list_is_not_what_the_validator_takes_it_for(compatibilities: str, count: int) -> None:
    service = "    Type: AWS::ECS::Service\n    Properties: {LaunchType: FARGATE, TaskDefinition: !Ref T}\n"
    task = (
        "  T:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n"
        f"      RequiresCompatibilities: {compatibilities}\n"
        "      NetworkMode: bridge\n      ContainerDefinitions: [{Name: a, Image: b}]\n"
    )
    found = told(stack(PARAMETERS + service + task))

    assert [rule for rule, _ in found if rule == "cfn-ecs-fargate-task-incompatible"] == [
        "cfn-ecs-fargate-task-incompatible"
    ] * count


def test_a_resource_that_may_not_be_created_is_a_risk_and_one_that_is_not_is_silent() -> None:
    risk = judge(stack(f"{PARAMETERS}    Type: AWS::S3::Bucket\n    Condition: Named\n    Properties: {{Foo: 1}}"))
    none = judge(stack(f"{PARAMETERS}    Type: AWS::S3::Bucket\n    Condition: Prod\n    Properties: {{Foo: 1}}"))

    assert [finding.condition for finding in risk] == ["Is R created? It depends on a condition that is not known."]
    assert none == []


def test_the_nearest_value_is_the_fix_and_long_lists_are_cut() -> None:
    text = f"{PARAMETERS}    Type: AWS::EC2::Instance\n    Properties: {{InstanceType: t3.micr0}}"
    (named,) = judge(bucket("{OwnershipControls: {Rules: [{ObjectOwnership: ObjectWritr}]}}"))
    found = judge(stack(text, region="eu-west-1"))

    assert named.fix == "Write ObjectWriter."
    assert [len(finding.message) < 200 for finding in found] == [True]


def test_a_secret_stays_out_of_the_message() -> None:
    size = "DBInstanceClass: db.t3.micro, Engine: mysql, AllocatedStorage: '20'"
    properties = f"{{{size}, MasterUsername: u, MasterUserPassword: [hunter 2]}}"
    text = f"{PARAMETERS}    Type: AWS::RDS::DBInstance\n    Properties: {properties}"
    found = judge(stack(text))

    assert [finding.rule for finding in found] == ["cfn-property-type"]
    assert found[0].sensitive
    assert "hunter" not in found[0].message


def test_what_differs_between_regions_counts_without_one_only_where_it_holds_everywhere() -> None:
    def names(kind: str, region: str = "") -> list[str]:
        properties = f"{{DBInstanceClass: {kind}, Engine: mysql, AllocatedStorage: '20'}}"
        text = f"{PARAMETERS}    Type: AWS::RDS::DBInstance\n    Properties: {properties}"
        return [name for name, _ in told(stack(text, region=region))]

    assert names("db.nonsense") == ["cfn-rds-instance-class"]
    assert names("db.t3.micro") == []


def test_a_service_is_shut_down_from_its_day() -> None:
    found = stack(f"{PARAMETERS}    Type: AWS::IoTAnalytics::Datastore\n    Properties: {{}}")

    def on(day: str) -> list[str]:
        found.assumptions = replace(found.assumptions, as_of=datetime.date.fromisoformat(day))
        return [name for name, _ in told(found)]

    assert on("2025-12-14") == []
    assert on("2025-12-15") == ["cfn-service-shut-down"]


@pytest.mark.parametrize(
    "text",
    [
        "Transform: My::Macro\nResources: {B: {Type: AWS::S3::Bucket, Properties: {Foo: 1}}}",
        "Resources: {B: {Type: AWS::S3::Bucket, Properties: {'Fn::Transform': {Name: X}, Foo: 1}}}",
        "Resources: {B: {Type: AWS::S3::Bucket, Properties: {Foo: !Rain::Embed x}}}",
        "Resources:\n  B: {Type: AWS::S3::Bucket, Properties: [\n",
    ],
)
def test_what_others_rewrite_and_what_is_broken_is_not_judged(text: str) -> None:
    assert judge(stack(text)) == []


def test_what_the_reader_tells_is_told_once() -> None:
    text = """
Resources:
  A: {Type: AWS::SQS::Queue, DependsOn: Gone, Properties: {QueueName: !Ref Lost}}
  B: {Type: AWS::SQS::Queue, DependsOn: C}
  C: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref B}}
Outputs: {O: {Value: !Ref Missing}}
"""
    found = judge_all(stack(text))

    assert found.crashes == []
    assert sorted((one.rule, one.resource) for one in found.findings) == [
        ("cfn-output-value-type", ""),
        ("cloudformation-circular-dependency", "B"),
        ("cloudformation-unresolved-reference", "A"),
        ("cloudformation-unresolved-reference", "A"),
    ]


def test_every_name_belongs_to_a_rule_of_the_validator() -> None:
    rules = {rule.id for rule in cloudformation_validate.CelEngine().list_rules()}

    assert (facts().keys() | OWN.keys() | REGIONAL) - rules == set()
    assert (OWN.keys() | REGIONAL) - facts().keys() == set()


def test_every_error_of_the_validator_is_named_or_left_out_on_purpose() -> None:
    from onetake.analysis import cloudformation_rules

    rules = cloudformation_validate.CelEngine().list_rules()
    failing = {rule.id for rule in rules if rule.severity.name in ("ERROR", "FATAL")}
    explained = {rule for rule in failing if rule in (cloudformation_rules.__doc__ or "")}

    assert failing - facts().keys() - explained == set()
