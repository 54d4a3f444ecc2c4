"""The dated tables are built from pinned inputs: the same inputs, the same bytes."""

from __future__ import annotations

import pytest

from onetake.knowledge.tables import DATA
from tools.catalogues import backends, go_literals
from tools.catalogues.builders import BUILDERS
from tools.packs import coverage
from tools.packs.inputs import MissingInput


@pytest.mark.parametrize("name", BUILDERS)
def test_a_table_is_what_its_inputs_make_of_it(name: str) -> None:
    try:
        draft = BUILDERS[name]()
    except MissingInput as missing:
        pytest.skip(str(missing))

    assert (DATA / f"{name}.json").read_text(encoding="utf-8") == draft.text()
    assert draft.text() == BUILDERS[name]().text()


@pytest.mark.parametrize("name", BUILDERS)
def test_the_accepted_counts_of_a_table_are_written_down(name: str) -> None:
    assert coverage.expected()[f"table {name}"]


OLD = """
// New makes one. {
func New() backend.Backend {
	s := &schema.Backend{
		Schema: map[string]*schema.Schema{
			pathKey: &schema.Schema{
				Type:        schema.TypeString, // "Type": {
				Description: "a { brace",
			},
			"labels": {Type: schema.TypeMap, Elem: &schema.Schema{Type: schema.TypeString}},
			"exec": {
				Type: schema.TypeList,
				Elem: &schema.Resource{Schema: map[string]*schema.Schema{"args": {Type: schema.TypeList}}},
			},
			"role": roleSchema(),
		},
	}
	return s
}

const pathKey = "path"

func roleSchema() *schema.Schema {
	return &schema.Schema{Elem: &schema.Resource{Schema: map[string]*schema.Schema{"arn": {Type: schema.TypeString}}}}
}
"""
NEW = """
func (b *Backend) ConfigSchema() *configschema.Block {
	return &configschema.Block{
		Attributes: map[string]*configschema.Attribute{
			"tags": {Type: cty.Map(cty.String), Optional: true},
			"role": roleSchema.SchemaAttribute(),
		},
		BlockTypes: map[string]*configschema.NestedBlock{
			"spaces": {Block: configschema.Block{
				Attributes: map[string]*configschema.Attribute{"name": {Type: cty.String}},
			}},
		},
	}
}

var roleSchema = singleNestedAttribute{
	Attributes: map[string]schemaAttribute{
		"arn": stringAttribute{configschema.Attribute{Type: cty.String}, validateString{}},
	},
}
"""


def test_both_ways_in_which_backends_declare_their_arguments() -> None:
    assert backends.schema(go_literals.uncommented(OLD)) == {
        "path": "string",
        "labels": ["map", "string"],
        "exec": {"block": {"args": ["list", "string"]}},
        "role": {"block": {"arn": "string"}},
    }
    assert backends.schema(go_literals.uncommented(NEW)) == {
        "tags": ["map", "string"],
        "role": {"object": {"arn": "string"}},
        "spaces": {"block": {"name": "string"}},
    }


def test_a_bracket_that_is_never_closed_is_told() -> None:
    with pytest.raises(ValueError, match="not closed"):
        go_literals.closing("f(a[1]", 1)


def test_brackets_in_strings_and_comments_count_for_nothing() -> None:
    text = '"a": f("{"), /* } */ "b": g{`}`}'

    assert list(go_literals.entries(text)) == [('"a"', 'f("{")'), ('/* } */ "b"', "g{`}`}")]
