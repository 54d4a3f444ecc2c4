"""Schemas of the AWS provider: in packs as the provider gave them, decoded when they are looked at."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onetake.knowledge import terraform
from onetake.knowledge.pack import Pack
from onetake.knowledge.packing import write
from onetake.knowledge.terraform.schema import (
    AttributeSchema,
    BlockSchema,
    Kind,
    NestedBlock,
    Nesting,
    ProviderSchema,
    TypeSchema,
)
from onetake.knowledge.terraform.schema_pack import Decoder, Encoder, every
from onetake.knowledge.terraform.types import Type, parse, written
from onetake.providers.mining import schemas
from tests.knowledge.comparing import plain

PROVIDER = "5.100.0"
NAMES = st.text("abcdefgh_", min_size=1, max_size=6)
TYPES = st.recursive(
    st.sampled_from(["string", "number", "bool", "dynamic"]).map(Type),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["list", "set", "map"]), inner).map(lambda pair: Type(pair[0], pair[1])),
        st.lists(inner, max_size=3).map(lambda some: Type("tuple", elements=tuple(some))),
        st.dictionaries(NAMES, inner, max_size=3).map(
            lambda fields: Type("object", fields=fields, optional=frozenset(list(fields)[:1]))
        ),
    ),
    max_leaves=4,
)
ATTRIBUTES = st.builds(AttributeSchema, NAMES, TYPES, *[st.booleans()] * 6)


def block(attributes: list[AttributeSchema], blocks: list[NestedBlock], deprecated: bool) -> BlockSchema:
    named = {f"block_{one.name}": one for one in blocks}
    nested = {name: NestedBlock(name, one.nesting, one.body, one.minimum, one.maximum) for name, one in named.items()}
    return BlockSchema({one.name: one for one in attributes}, nested, deprecated)


BODIES = st.recursive(
    st.builds(block, st.lists(ATTRIBUTES, max_size=4), st.just([]), st.booleans()),
    lambda inner: st.builds(
        block,
        st.lists(ATTRIBUTES, max_size=3),
        st.lists(
            st.builds(
                NestedBlock, NAMES, st.sampled_from(Nesting), inner, st.integers(0, 3), st.integers(0, 9) | st.none()
            ),
            max_size=3,
        ),
        st.booleans(),
    ),
    max_leaves=8,
)


def packed(folder: Path, provider: ProviderSchema, **meta: object) -> ProviderSchema:
    path = folder / "schema.pack"
    about, frames = schemas.draft(provider, {})
    write(path, about | meta, frames)
    return Decoder(Pack(path)).provider()


def provider_of(resources: dict[str, BlockSchema], configuration: BlockSchema | None = None) -> ProviderSchema:
    named = {name: TypeSchema(Kind.RESOURCE, name, body, 3) for name, body in resources.items()}
    provider = TypeSchema(Kind.PROVIDER, "aws", configuration or BlockSchema({}, {}))
    return ProviderSchema("1.2.3", provider, dict(sorted(named.items())), {}, {})


@given(st.dictionaries(NAMES, BODIES, max_size=5), BODIES)
def test_what_a_provider_says_is_read_back(tmp_path_factory, resources, configuration):
    provider = provider_of(resources, configuration)

    read = packed(tmp_path_factory.mktemp("packs"), provider)

    assert read.version == "1.2.3"
    assert [plain(schema) for schema in every(read)] == [plain(schema) for schema in every(provider)]


@given(TYPES)
def test_a_type_is_read_as_it_is_written(type_):
    assert parse(written(type_)) == type_


def test_types_are_spelled_as_terraform_spells_them():
    assert str(parse(["map", ["object", {"b": ["list", "number"], "a": "string"}]])) == (
        "map(object({a = string, b = list(number)}))"
    )
    assert str(parse(["tuple", ["bool", "dynamic"]])) == "tuple([bool, dynamic])"
    with pytest.raises(ValueError, match="not a type"):
        parse(["list"])


def test_a_large_body_that_recurs_is_stored_once_and_has_an_identity(tmp_path):
    large = block([AttributeSchema(f"attribute_number_{number}", Type("string")) for number in range(60)], [], False)
    small = block([AttributeSchema("one", Type("string"))], [], False)
    outer = block([], [NestedBlock("x", Nesting.LIST, large), NestedBlock("y", Nesting.SET, small)], False)
    provider = provider_of({"first": outer, "second": outer})

    frames = Encoder(provider).frames()
    read = packed(tmp_path, provider)

    assert len([key for key in frames if key.startswith("body/")]) == 1
    inner = [read.resources[name].body.blocks["block_x"].body for name in ("first", "second")]
    assert inner[0].identity == inner[1].identity != ""
    assert read.resources["first"].body.blocks["block_y"].body.identity == ""


def test_what_a_source_cannot_tell_is_not_known(tmp_path):
    attributes = [
        AttributeSchema("set", Type("string"), optional=True),
        AttributeSchema("read", Type("string"), computed=True),
    ]

    read = packed(tmp_path, provider_of({"a": block(attributes, [], False)}), unknown=["computed"])

    found = read.resources["a"].body.attributes
    assert (found["set"].computed, found["read"].computed) == (None, True)
    assert (found["set"].sensitive, found["set"].settable, found["read"].settable) == (False, True, False)


def test_the_shipped_provider_has_as_many_types_as_the_real_one():
    provider = terraform.provider_schema(PROVIDER)

    assert PROVIDER in terraform.schema_versions()
    assert (len(provider.resources), len(provider.data_sources), len(provider.ephemeral)) == (1526, 608, 7)
    assert provider.of(Kind.PROVIDER)["aws"].body.blocks["default_tags"].nesting is Nesting.LIST


def test_types_are_described_as_the_provider_describes_them():
    table = terraform.resource_schema("aws_dynamodb_table", PROVIDER)
    assert table is not None
    name, index = table.body.attributes["name"], table.body.blocks["global_secondary_index"]
    assert (name.required, name.computed, str(name.type)) == (True, False, "string")
    assert (index.nesting, index.minimum, index.maximum) == (Nesting.SET, 0, 0)
    assert index.body.attributes["projection_type"].required

    instance = terraform.resource_schema("aws_db_instance", PROVIDER)
    assert instance is not None
    assert instance.body.attributes["password_wo"].write_only
    assert instance.body.attributes["password"].sensitive
    assert instance.version == 2

    image = terraform.data_source_schema("aws_ami", PROVIDER)
    assert image is not None
    assert str(image.body.attributes["owners"].type) == "list(string)"


def test_nested_blocks_are_reached_however_deep_they_lie():
    rules = terraform.resource_schema("aws_wafv2_web_acl", PROVIDER)
    assert rules is not None
    statement = rules.body.blocks["rule"].body.blocks["statement"].body
    assert statement.blocks["and_statement"].body.blocks["statement"].minimum == 1
    assert "byte_match_statement" in statement.names


def test_what_is_not_there_is_none_or_a_clear_error():
    assert terraform.resource_schema("aws_s3_bukcet", PROVIDER) is None
    assert terraform.data_source_schema("aws_s3_bukcet", PROVIDER) is None
    with pytest.raises(LookupError, match=r"no schemas of version 1\.0\.0"):
        terraform.provider_schema("1.0.0")


def test_counts_tell_what_a_pack_holds():
    found = schemas.counts(provider_of({"a": BlockSchema({"x": AttributeSchema("x", Type("bool"))}, {})}))

    assert (found["resources"], found["resource_attributes"]) == (1, 1)
