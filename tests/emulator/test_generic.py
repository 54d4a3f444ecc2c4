"""The generic engine: names of operations, state, and answers that have the shape that the models ask for."""

from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError
from botocore.validate import ParamValidator
from moto.core.utils import get_service_model

from onetake.emulator.moto_extension.generic import engine
from onetake.emulator.moto_extension.generic.hints import Hint, filled
from onetake.emulator.moto_extension.generic.nouns import Verb, parsed
from onetake.emulator.moto_extension.generic.store import Store, tags_of

NAMES = {
    "CreateAnalyzer": (Verb.MAKE, "Analyzer"),
    "ListAnalyzers": (Verb.READ, "Analyzer"),
    "DescribePolicies": (Verb.READ, "Policy"),
    "PutAddresses": (Verb.SET, "Address"),
    "BatchGetImages": (Verb.READ, "Image"),
    "DeregisterTarget": (Verb.REMOVE, "Target"),
    "UntagResource": (Verb.UNTAG, ""),
    "ListTagsForResource": (Verb.TAGS, ""),
    "AddTagsToResource": (Verb.TAG, ""),
    "GetFirewallStatus": (Verb.READ, "FirewallStatus"),
}


@pytest.mark.parametrize(("operation", "found"), NAMES.items())
def test_names_of_operations(operation: str, found: tuple[Verb, str]):
    assert parsed(operation) == found


def test_a_name_that_tells_nothing():
    assert parsed("InvokeModel") is None
    assert parsed("Settle") is None


def test_templates():
    assert filled("arn:{region}:{Name}/{hex8}", {"region": "eu-west-1", "Name": "x"}).startswith("arn:eu-west-1:x/")
    assert len(filled("{hex17}", {})) == 17
    assert filled("a{nothing}b", {}) == "ab"


def test_tags_in_every_form():
    pair = {"Key": "a", "Value": "b"}
    for form in ({"a": "b"}, [pair], [{"TagKey": "a", "TagValue": "b"}], {"Items": [pair]}):
        assert tags_of(form) == {"a": "b"}


SERVICES = (
    "accessanalyzer appconfig athena backup ce cloudfront codebuild codeconnections codepipeline "
    "codestar-notifications config datasync detective dynamodb ecr ecs efs eks elasticache elbv2 events "
    "fis fms globalaccelerator glue grafana guardduty imagebuilder inspector2 iot kafka kinesis kms "
    "lambda logs macie2 memorydb mq network-firewall oam opensearch organizations pipes ram rds redshift "
    "resiliencehub resource-groups route53 route53resolver rum s3control scheduler secretsmanager "
    "securityhub securitylake servicediscovery sesv2 shield signer sns ssm ssm-incidents stepfunctions "
    "synthetics transfer verifiedpermissions vpc-lattice wafv2 workspaces xray "
)
WRONG = ("Missing required", "Invalid type", "Unknown parameter")
"""What clients stumble over; they do not mind lengths."""


def smallest(shape: Any, depth: int = 0) -> Any:
    """The smallest value that a shape admits."""
    least = shape.metadata.get("min", 0)
    match shape.type_name:
        case "structure":
            members = shape.required_members if depth < 7 else ()
            return {name: smallest(shape.members[name], depth + 1) for name in members}
        case "list":
            return [smallest(shape.member, depth + 1) for _ in range(least)]
        case "string":
            return shape.enum[0] if shape.enum else "a" * max(1, least)
    simple = {"map": {}, "boolean": False, "blob": b"", "timestamp": 0, "float": float(least), "double": float(least)}
    return simple.get(shape.type_name, least)


@pytest.mark.parametrize("service", SERVICES.split())
def test_every_answer_has_the_shape_that_the_model_asks_for(service: str):
    model = get_service_model(service)
    store, answered = Store(), 0
    for name in model.operation_names:
        operation = model.operation_model(name)
        found = parsed(name)
        if found is None or found[0] not in {Verb.MAKE, Verb.SET, Verb.CHANGE} or operation.output_shape is None:
            continue
        given = smallest(operation.input_shape) if operation.input_shape else {}
        call: Any = SimpleNamespace(
            service=service,
            name=name,
            operation=operation,
            parameters=given,
            region="us-east-1",
            account="123456789012",
        )
        result = engine.answer(call, store, {})
        if result is None:
            continue
        answered += 1
        report = ParamValidator().validate(result, operation.output_shape).generate_report().splitlines()
        wrong = [line for line in report if line.startswith(WRONG)]
        assert not wrong, f"{service}:{name}: {wrong}"
    assert answered


def test_what_was_made_is_found_changed_tagged_and_gone(client, emulator):
    analyzer = client("accessanalyzer")
    arn = analyzer.create_analyzer(analyzerName="a", type="ACCOUNT", tags={"Env": "dev"})["arn"]
    assert arn == "arn:aws:access-analyzer:us-east-1:123456789012:analyzer/a"
    found = analyzer.get_analyzer(analyzerName="a")["analyzer"]
    assert (found["name"], found["type"], found["status"], found["tags"]) == ("a", "ACCOUNT", "ACTIVE", {"Env": "dev"})
    assert [one["name"] for one in analyzer.list_analyzers()["analyzers"]] == ["a"]
    analyzer.tag_resource(resourceArn=arn, tags={"Team": "x"})
    assert analyzer.list_tags_for_resource(resourceArn=arn)["tags"] == {"Env": "dev", "Team": "x"}
    analyzer.untag_resource(resourceArn=arn, tagKeys=["Env"])
    assert analyzer.list_tags_for_resource(resourceArn=arn)["tags"] == {"Team": "x"}
    analyzer.delete_analyzer(analyzerName="a")
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        analyzer.get_analyzer(analyzerName="a")
    assert emulator.layer.answered["accessanalyzer:CreateAnalyzer"] == "generic"


def test_regions_do_not_share(client):
    client("accessanalyzer").create_analyzer(analyzerName="a", type="ACCOUNT")
    assert client("accessanalyzer", "eu-west-1").list_analyzers()["analyzers"] == []


def test_one_structure_that_holds_it_all_in_xml(client):
    cloudfront = client("cloudfront")
    made = cloudfront.create_cache_policy(CachePolicyConfig={"Name": "p", "MinTTL": 1, "DefaultTTL": 60})
    found = cloudfront.get_cache_policy(Id=made["CachePolicy"]["Id"])
    assert found["CachePolicy"]["CachePolicyConfig"] == {"Name": "p", "MinTTL": 1, "DefaultTTL": 60}
    assert found["ETag"]


def test_kinds_that_were_never_made_are_not_denied():
    """They may live in moto: an empty answer would say that there are none."""
    model = get_service_model("rds")
    call: Any = SimpleNamespace(
        service="rds",
        name="DescribeDBClusterEndpoints",
        operation=model.operation_model("DescribeDBClusterEndpoints"),
        parameters={},
        region="us-east-1",
        account="1",
    )
    assert engine.answer(call, Store(), {}) is None
    assert engine.answer(call, Store(), {"DBClusterEndpoint": Hint()}) == {"DBClusterEndpoints": []}
