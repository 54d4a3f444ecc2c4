"""What is read of a plan: values, references, what is deployed now, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onetake import api
from onetake.frontends.files import Options, Unreadable
from onetake.frontends.programs import find
from onetake.model.changes import Step
from onetake.model.values import Absent, Known, Reference, Unknown, plain
from tests.frontends.plan.plans import UNKNOWN, block, change, document, read

VPC = change("aws_vpc.main", "create", after={"cidr_block": "10.0.0.0/16", "id": UNKNOWN, "enable_dns_support": True})
VPC_BLOCK = block("aws_vpc.main", {"cidr_block": ["literal"]})


def test_arguments_are_what_the_configuration_sets(tmp_path: Path):
    stack = read(tmp_path, document([VPC], [VPC_BLOCK]))

    assert list(stack.resources["aws_vpc.main"].arguments) == ["cidr_block"]
    assert plain(stack.resources["aws_vpc.main"].argument("cidr_block")) == "10.0.0.0/16"
    assert isinstance(stack.resources["aws_vpc.main"].argument("enable_dns_support"), Absent)


def test_an_unknown_id_is_the_reference_that_the_expression_names(tmp_path: Path):
    subnet = change("aws_subnet.a", "create", after={"vpc_id": UNKNOWN, "cidr_block": "10.0.0.0/24"})
    blocks = [VPC_BLOCK, block("aws_subnet.a", {"vpc_id": "aws_vpc.main.id aws_vpc.main"})]
    stack = read(tmp_path, document([VPC, subnet], blocks))

    match stack.resources["aws_subnet.a"].argument("vpc_id"):
        case Unknown(_, _, parts):
            assert parts == (Reference("aws_vpc.main", "id"),)
    assert stack.graph.edges["aws_subnet.a"] == {"aws_vpc.main"}


def test_a_text_made_of_another_is_not_taken_for_it(tmp_path: Path):
    changes = [change("aws_lambda_permission.a", "create", after={"source_arn": UNKNOWN}), VPC]
    blocks = [block("aws_lambda_permission.a", {"source_arn": "aws_vpc.main.arn aws_vpc.main"}), VPC_BLOCK]
    value = read(tmp_path, document(changes, blocks)).resources["aws_lambda_permission.a"].argument("source_arn")

    assert isinstance(value, Unknown)
    assert Reference("aws_vpc.main", "arn") not in value.parts
    assert value.origin == Reference("aws_vpc.main", "arn")


def test_references_lead_through_modules(tmp_path: Path):
    address = 'module.net["a"].aws_subnet.s[0]'
    changes = [
        VPC,
        change(address, "create", after={"vpc_id": UNKNOWN}),
        change("aws_instance.i", "create", after={"subnet_id": UNKNOWN}),
    ]
    data = document(
        changes, [VPC_BLOCK, block("aws_instance.i", {"subnet_id": 'module.net["a"].first module.net["a"]'})]
    )
    data["configuration"]["root_module"]["module_calls"] = {
        "net": {
            "expressions": {"vpc": {"references": ["aws_vpc.main.id", "aws_vpc.main"]}},
            "module": {
                "resources": [block("aws_subnet.s", {"vpc_id": "var.vpc"})],
                "outputs": {
                    "first": {"expression": {"references": ["aws_subnet.s[0].id", "aws_subnet.s[0]", "aws_subnet.s"]}}
                },
            },
        }
    }
    stack = read(tmp_path, data)

    assert stack.resources[address].declaration == "module.net.aws_subnet.s"
    assert stack.resources[address].argument("vpc_id").origin == Reference("aws_vpc.main", "id")  # type: ignore[union-attr]
    assert stack.resources["aws_instance.i"].argument("subnet_id").origin == Reference(address, "id")  # type: ignore[union-attr]
    assert stack.graph.ancestors("aws_instance.i") == {"module.net.aws_subnet.s", "aws_vpc.main"}


def test_what_stands_behind_a_local_value_is_not_known(tmp_path: Path):
    subnet = change("aws_subnet.a", "create", after={"vpc_id": UNKNOWN})
    stack = read(tmp_path, document([VPC, subnet], [VPC_BLOCK, block("aws_subnet.a", {"vpc_id": "local.vpc"})]))

    assert stack.resources["aws_subnet.a"].argument("vpc_id").origin is None  # type: ignore[union-attr]
    assert stack.resources["aws_subnet.a"].references() == {"local.vpc"}


def test_ids_that_are_known_point_to_their_resource(tmp_path: Path):
    vpc = change("aws_vpc.main", "no-op", {"id": "vpc-0123456789abcdef0"}, {"id": "vpc-0123456789abcdef0"})
    subnet = change("aws_subnet.a", "create", after={"vpc_id": "vpc-0123456789abcdef0"})
    stack = read(tmp_path, document([vpc, subnet], [VPC_BLOCK, block("aws_subnet.a", {"vpc_id": "local.vpc"})]))

    assert stack.resources["aws_subnet.a"].argument("vpc_id").origin == Reference("aws_vpc.main", "id")  # type: ignore[union-attr]


def test_what_is_deployed_now_stands_before(tmp_path: Path):
    gone = change("aws_sqs_queue.old", "delete", {"name": "old", "fifo_queue": False, "tags": None})
    made = change("aws_sqs_queue.new", "create", after={"name": "new"})
    swapped = change("aws_sqs_queue.q", "create,delete", {"name": "a"}, {"name": "b"}, replace_paths=[["name"]])
    stack = read(tmp_path, document([gone, made, swapped], []))

    assert stack.before is not None
    assert stack.before.after is stack
    assert list(stack.resources) == ["aws_sqs_queue.new", "aws_sqs_queue.q"]
    assert list(stack.before.resources) == ["aws_sqs_queue.old", "aws_sqs_queue.q"]
    old, before = stack.before.resources.values()
    assert old.change is not None
    assert before.change is not None
    assert (old.change.step, old.change.removes) == (Step.DELETE, True)
    assert (before.change.step, before.change.creates_first) == (Step.REPLACE, True)
    assert before.change.forced_by == (("name",),)
    assert plain(old.argument("fifo_queue")) is False
    assert isinstance(old.argument("tags"), Absent)


def test_what_a_target_leaves_alone_is_there_and_the_plan_is_not_whole(tmp_path: Path):
    kept = {"address": "aws_sqs_queue.kept", "mode": "managed", "type": "aws_sqs_queue", "values": {"name": "kept"}}
    state = {"values": {"root_module": {"resources": [kept]}}}
    stack = read(tmp_path, document([VPC], [VPC_BLOCK], prior_state=state, complete=False))

    assert stack.resources["aws_sqs_queue.kept"].change is not None
    assert not stack.whole
    assert "not complete" in stack.notes[0].message


def test_provider_and_engine(tmp_path: Path):
    full = "registry.opentofu.org/hashicorp/aws"
    providers = {
        "aws": {"name": "aws", "full_name": full, "version_constraint": "~> 5.0"},
        "aws.west": {
            "name": "aws",
            "alias": "west",
            "full_name": full,
            "expressions": {"region": {"references": ["var.region"]}},
        },
    }
    data = document(
        [VPC], [{**VPC_BLOCK, "provider_config_key": "aws.west"}], variables={"region": {"value": "us-west-2"}}
    )
    data["configuration"]["provider_config"] = providers
    stack = read(tmp_path, data)

    assert plain(stack.resources["aws_vpc.main"].region) == "us-west-2"
    assert stack.resources["aws_vpc.main"].provider.alias == "west"
    assert (stack.engine.tool, stack.engine.constraint) == ("opentofu", "1.11.4")
    assert stack.engine.providers == {"hashicorp/aws": "~> 5.0"}


def test_sensitive_values_are_not_known(tmp_path: Path):
    secret = change(
        "aws_ssm_parameter.p", "create", after={"value": "hunter2hunter2", "name": "p"}, after_sensitive={"value": True}
    )
    stack = read(tmp_path, document([secret], [block("aws_ssm_parameter.p", {"value": "var.secret", "name": ["x"]})]))

    assert isinstance(stack.resources["aws_ssm_parameter.p"].argument("value"), Unknown)


def test_literal_secrets_are_never_printed(tmp_path: Path):
    name = "sessions-hunter2hunter2.fifo"
    queue = change("aws_sqs_queue.q", "create", after={"name": "sessions", "fifo_queue": True}, after_sensitive={})
    data = document([queue], [block("aws_sqs_queue.q", {"name": ["x"], "fifo_queue": True})])
    (tmp_path / "plan.json").write_text(json.dumps(data))
    assert "sessions" in api.check(tmp_path / "plan.json", root=tmp_path).findings[0].finding.message

    data["resource_changes"][0]["change"]["after_sensitive"] = {"name": True}
    data["configuration"]["root_module"]["resources"][0]["expressions"]["name"] = {"constant_value": "sessions"}
    (tmp_path / "plan.json").write_text(json.dumps(data))
    (found,) = api.check(tmp_path / "plan.json", root=tmp_path).findings

    assert "sessions" not in repr(found)
    assert name not in repr(found)


def test_dynamic_blocks_count_as_set(tmp_path: Path):
    group = change("aws_security_group.g", "create", after={"ingress": [{"from_port": 80, "description": ""}]})
    stack = read(tmp_path, document([group], [block("aws_security_group.g")]))

    assert plain(stack.resources["aws_security_group.g"].argument("ingress")) == [{"from_port": 80}]


def test_blocks_that_the_provider_sorts_keep_their_expressions(tmp_path: Path):
    written = [
        {"key": {"constant_value": "b"}, "vpc_id": {"references": ["aws_vpc.main.id", "aws_vpc.main"]}},
        {"key": {"constant_value": "a"}, "vpc_id": {}},
    ]
    thing = change("aws_thing.t", "create", after={"part": [{"key": "a", "vpc_id": "x"}, {"key": "b"}]})
    thing["change"]["after_unknown"] = {"part": [{}, {"vpc_id": True}]}
    stack = read(
        tmp_path, document([VPC, thing], [VPC_BLOCK, {"address": "aws_thing.t", "expressions": {"part": written}}])
    )

    part = stack.resources["aws_thing.t"].argument("part")
    assert isinstance(part, Known)
    assert part.value[1].value["vpc_id"].origin == Reference("aws_vpc.main", "id")  # type: ignore[index]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"PK\x03\x04 tfplan", "binary form"),
        (b'{"version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "x"}', "state file"),
        (b'{"@level":"info","@message":"Terraform 1.11.4","terraform":"1.11.4"}\n{"a":1}', "log"),
        (b'{"format_version": "1.0", "terraform_version": "1.11.4", "values": {}}', "shows a state"),
        (b'{"format_version": "9.0", "resource_changes": []}', "format '9.0'"),
        (b'{"format_version": "1.2", "resource_changes": [', "not JSON"),
    ],
)
def test_what_is_no_plan_is_told_with_a_way_out(tmp_path: Path, content: bytes, told: str):
    path = tmp_path / "plan.json"
    path.write_bytes(content)
    report = api.check(path, root=tmp_path)
    (program,) = report.programs

    assert report.exit_code(None) == 3
    assert program.problem is not None
    assert told in program.problem.message
    assert program.problem.remedy


def test_a_plan_may_have_any_name(tmp_path: Path):
    (tmp_path / "tfplan").write_text(json.dumps(document([VPC], [VPC_BLOCK])))

    assert [program.kind.value for program in find([tmp_path / "tfplan"], Options(root=tmp_path)).programs] == ["plan"]


def test_plans_are_found_below_a_folder_but_not_beside_their_configuration(tmp_path: Path):
    for folder in ("plans", "live"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "plan.json").write_text(json.dumps(document([VPC], [VPC_BLOCK])))
    (tmp_path / "live" / "main.tf").write_text('resource "aws_vpc" "main" {\n  cidr_block = "10.0.0.0/16"\n}\n')
    (tmp_path / "plans" / "state.json").write_text('{"format_version": "1.0", "terraform_version": "1", "values": {}}')
    found = find([tmp_path], Options(root=tmp_path))

    assert [(program.kind.value, program.name) for program in found.programs] == [
        ("terraform", "live"),
        ("plan", "plans/plan.json"),
    ]
    assert [(note.where.file, "--plan" in note.message) for note in found.notes] == [("live/plan.json", True)]


def test_a_plan_is_not_asked_for_more_than_its_limit(tmp_path: Path):
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(document([VPC], [VPC_BLOCK])))
    with pytest.raises(Unreadable):
        read(tmp_path, '{"a":' * 300 + "1" + "}" * 300)
