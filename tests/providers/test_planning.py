"""What a provider plans and does: read from recorded answers, and asked of the real one where it is."""

import random
import urllib.error
import urllib.request
from typing import Any

import pytest

from onetake.knowledge import shelf
from onetake.knowledge.pack import Pack
from onetake.knowledge.packing import packed
from onetake.knowledge.terraform import plan_facts as access
from onetake.knowledge.terraform.constraints import NO_CONSTRAINTS, Reader, written
from onetake.knowledge.terraform.constraints import Constraint as Rule
from onetake.knowledge.terraform.schema import (
    AttributeSchema,
    BlockSchema,
    Kind,
    NestedBlock,
    Nesting,
    ProviderSchema,
    TypeSchema,
)
from onetake.knowledge.terraform.types import Type
from onetake.providers.mining.choosing import chosen
from onetake.providers.mining.planning import Planner
from onetake.providers.mining.plans import draft
from onetake.providers.mining.sink import CODE, SETTINGS, Sink
from onetake.providers.values import complete

VERSION = "5.100.0"
TEXT, NUMBER = Type("string"), Type("number")
RULE = BlockSchema({"days": AttributeSchema("days", NUMBER, optional=True)}, {})
BODY = BlockSchema(
    {
        "name": AttributeSchema("name", TEXT, required=True),
        "size": AttributeSchema("size", NUMBER, optional=True),
        "mode": AttributeSchema("mode", TEXT, optional=True),
        "id": AttributeSchema("id", TEXT, optional=True, computed=True),
    },
    {"rule": NestedBlock("rule", Nesting.LIST, RULE), "group": NestedBlock("group", Nesting.SET, RULE)},
)
SCHEMAS = ProviderSchema(
    "1.0.0", TypeSchema(Kind.PROVIDER, "aws", RULE), {"aws_x": TypeSchema(Kind.RESOURCE, "aws_x", BODY)}, {}, {}
)


def plan(*replaces: str, errors: Any = (), **more: Any) -> dict[str, Any]:
    return {"replaces": list(replaces), "errors": list(errors), "defaults": {}, "computed": [], **more}


def read(tmp_path, **answers: Any) -> access.PlanFacts:
    whole = {"name": "aws_x", "little": plan(), "blocks": plan(), **answers}
    path = tmp_path / "p.pack"
    path.write_bytes(packed(*draft(SCHEMAS, [whole], {})))
    found = access.of_pack(Pack(path), "aws_x")
    assert found is not None
    assert access.of_pack(Pack(path), "aws_y") is None
    return found


def test_what_replaces_in_every_plan_replaces_and_the_rest_is_unclear(tmp_path):
    found = read(
        tmp_path, new=plan("name", "rule.days", "group", "mode", "id"), new_other=plan("name", "rule.days", "group")
    )

    assert found.replaces(("name",)) is True
    assert found.replaces(("rule", "days")) is True
    assert found.replaces(("size",)) is False
    assert found.replaces(("mode",)) is None, "only beside some values of others"
    assert found.replaces(("group", "days")) is None, "inside a set"
    assert found.replaces(("id",)) is False


def test_arguments_that_cannot_be_planned_together_are_asked_alone(tmp_path):
    refused = plan(errors=[["no", ""]])
    found = read(tmp_path, new=refused, new_other=refused, each={"name": ["name"], "size": None, "rule": ["name"]})

    assert found.replaces(("name",)) is True
    assert found.replaces(("size",)) is None
    assert found.replaces(("rule", "days")) is False


def test_newer_kinds_tell_it_when_they_change(tmp_path):
    found = read(tmp_path, new=plan(), new_other=plan(), change=plan("name", "size"), back=plan("name"))
    assert found.replaces(("name",)) is True
    assert found.replaces(("size",)) is None


def test_defaults_and_the_making_of_a_resource_are_kept(tmp_path):
    words = "operation error X: CreateX, https response error StatusCode: 400, api error No: no"
    applied = {"errors": [["creating X (onetake-a)", words]], "parameters": ["Name"]}
    little = plan(defaults={"size": 3, "rule.days": 9}, computed=["id", "mode"], apply=applied)
    found = read(
        tmp_path, little=little, blocks=plan(defaults={"rule.days": 1, "size": 4}), new=plan(), new_other=plan()
    )

    assert found.defaults == {("size",): 3, ("rule", "days"): 1}
    assert found.computed == {"mode"}
    assert found.creation == access.Creation(
        "X", "CreateX", "creating X ({name})", "operation error X: CreateX, {answer}", ("Name",)
    )


def test_reading_first_is_no_making(tmp_path):
    words = "reading X: operation error X: DescribeX, https response error"
    little = plan(apply={"errors": [[words, ""]], "parameters": []})
    assert read(tmp_path, little=little, new=plan(), new_other=plan()).creation is None


def test_the_sink_knows_who_asks_and_refuses_all_else():
    with Sink() as sink:
        asked = urllib.request.urlopen(sink.address, b"Action=GetCallerIdentity&Version=2011-06-15")
        assert b"123456789012" in asked.read()
        request = urllib.request.Request(sink.address + "/a?x=1", b'{"Name":"x"}', {"X-Amz-Target": "T.CreateX"})
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request)
        assert refused.value.code == 400
        assert refused.value.headers["X-Amzn-ErrorType"] == CODE
        assert [(one.target, one.path, one.parameters()) for one in sink.requests] == [
            ("T.CreateX", "/a", {"Name": "x"})
        ]


def test_values_are_chosen_by_the_constraints(tmp_path):
    rules = {
        "name": [written(Rule("pattern", True, "", "", pattern="^[0-9]+$"))],
        "size": [written(Rule("range", True, "", "", minimum=30, maximum=40))],
        "mode": [written(Rule("enum", True, "", "", members=("a", "b")))],
    }
    (tmp_path / "c.pack").write_bytes(packed({}, {"resource/aws_x": {"n": [{"c": rules}]}}))
    found = Reader(Pack(tmp_path / "c.pack")).of(Kind.RESOURCE, "aws_x")

    first, second = chosen(found, BODY, 0), chosen(found, BODY, 1)
    assert (first[("mode",)], second[("mode",)]) == ("a", "b")
    assert (first[("size",)], second[("size",)]) == (30, 31)
    assert first[("name",)].isdecimal()
    assert second[("name",)].isdecimal()
    assert first[("name",)] != second[("name",)]


needs_pack = pytest.mark.skipif(
    shelf.pack(access.PLANS + VERSION) is None, reason=f"there is no pack of plans of {VERSION}"
)


@needs_pack
def test_well_known_facts_are_in_the_pack():
    assert access.replaces("aws_instance", ("ami",), VERSION) is True
    assert access.replaces("aws_sqs_queue", ("name",), VERSION) is True
    assert access.replaces("aws_sqs_queue", ("delay_seconds",), VERSION) is False
    assert access.replaces("aws_db_instance", ("engine",), VERSION) is True
    assert access.replaces("aws_instance", ("user_data",), VERSION) is None
    assert access.replaces("aws_nothing", ("name",), VERSION) is None
    assert access.default("aws_sqs_queue", ("max_message_size",), VERSION) == 262_144
    assert access.default("aws_sqs_queue", ("name",), VERSION) is None
    facts = access.plan_facts("aws_sqs_queue", VERSION)
    assert facts is not None
    assert facts.creation is not None
    assert (facts.creation.service, facts.creation.operation) == ("SQS", "CreateQueue")
    assert facts.creation.summary == "creating SQS Queue ({name}): operation error SQS: CreateQueue, {answer}"
    with pytest.raises(LookupError, match=r"no plans of version 0\.0\.1"):
        access.replaces("aws_sqs_queue", ("name",), "0.0.1")


@needs_pack
def test_the_provider_plans_what_the_pack_says(binary, schemas):
    """100 random types, planned anew with other values than those the pack was made with."""
    pytest.importorskip("grpc")
    from onetake.providers.client import Provider

    names = [name for name in sorted(schemas.resources) if len(schemas.resources[name].body.blocks) < 15]
    sample, wrong = random.Random(7).sample(names, 100), []
    with Sink() as sink, Provider(binary, environment=sink.environment(), seconds=20) as provider:
        provider.configure(complete(SETTINGS, schemas.configuration.body))
        planner = Planner(provider, sink, lambda _: NO_CONSTRAINTS)
        for name in sample:
            facts = access.plan_facts(name, VERSION)
            answers = planner.answers(schemas.resources[name])
            if facts is None or answers["new"]["errors"] or answers["new_other"]["errors"]:
                continue
            told = set(answers["new"]["replaces"]) & set(answers["new_other"]["replaces"])
            for place in told - {"id"}:
                if facts.replaces(tuple(part for part in place.split(".") if part != "*")) is False:
                    argument = schemas.resources[name].body.attributes.get(place)
                    if argument is None or argument.settable:
                        wrong.append((name, place))
    assert len(wrong) <= 3, wrong[:10]
