"""What holds for every argument."""

import ipaddress
import json
import re
from typing import Any
from unicodedata import normalize

import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from onetake.frontends.terraform.functions import FunctionError, TerraformSet, Undetermined, call, names
from onetake.frontends.terraform.functions.patterns import spelled
from onetake.frontends.terraform.functions.patterns_machine import machine
from onetake.frontends.terraform.functions.patterns_syntax import PatternError, parse
from onetake.frontends.terraform.functions.table import TABLE

TEXT = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Z", "Cc"]), max_size=12).filter(
    lambda text: text == normalize("NFC", text)
)
SCALAR = st.none() | st.booleans() | st.integers(-(10**20), 10**20) | TEXT
TREE = st.recursive(
    SCALAR, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4), max_leaves=12
)
PATTERN = st.text("ab|*+?()[^].", max_size=8)
V4 = st.tuples(st.integers(1, 2**32 - 1), st.integers(0, 24)).map(
    lambda pair: str(ipaddress.ip_network(pair, strict=False))
)


def run(name: str, args: list[Any]) -> Any:
    return call(name, args)


@given(TREE)
def test_json_is_read_back_as_it_was_written(tree):
    written = run("jsonencode", [tree])
    assert run("jsondecode", [written]) == tree
    assert json.loads(written) == tree


@given(TREE)
def test_json_has_none_of_the_signs_that_html_minds(tree):
    assert not re.search("[<>&\u2028\u2029]", run("jsonencode", [tree]))


@given(st.recursive(st.none() | st.booleans() | st.integers(-999, 999) | st.text("ab :#\n'\"\\-", max_size=90),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab :"), inner, max_size=3),
                    max_leaves=8))  # fmt: skip
def test_yaml_is_read_back_as_it_was_written(tree):
    written = run("yamlencode", [tree])
    assert yaml.safe_load(written) == tree
    assert run("yamldecode", [written]) == tree


@given(PATTERN, st.text("ab", max_size=8))
@settings(max_examples=300)
def test_both_ways_to_match_agree(pattern, text):
    try:
        node = parse(pattern).node
    except (PatternError, Undetermined):
        assume(False)
    found = re.compile(spelled(node)).search(text)
    spans = machine(node)(text, 0)
    assert (found is None) == (spans is None)
    if found is not None and spans is not None:
        assert spans[0] == found.span()


@given(st.text("ab.*+?()[]{}|\\^$dwA1,-:<>P", max_size=10), st.text("ab1-", max_size=8))
@settings(max_examples=300)
def test_patterns_are_matched_refused_or_left_alone(pattern, text):
    try:
        found = run("regexall", [pattern, text])
    except (FunctionError, Undetermined):
        return
    assert isinstance(found, list)


@given(V4, st.integers(1, 8), st.data())
def test_a_subnet_lies_in_its_network(prefix, bits, data):
    number = data.draw(st.integers(0, 2**bits - 1))
    subnet = ipaddress.ip_network(run("cidrsubnet", [prefix, bits, number]))
    network = ipaddress.ip_network(prefix)
    assert subnet == list(network.subnets(prefixlen_diff=bits))[number]


@given(V4, st.lists(st.integers(1, 8), min_size=1, max_size=6))
def test_subnets_of_several_sizes_do_not_overlap(prefix, bits):
    try:
        nets = [ipaddress.ip_network(net) for net in run("cidrsubnets", [prefix, *bits])]
    except FunctionError:
        return
    assert all(not one.overlaps(other) for one in nets for other in nets if one is not other)
    assert [net.prefixlen - ipaddress.ip_network(prefix).prefixlen for net in nets] == bits


@given(st.lists(st.text("abc", max_size=3)))
def test_sets_sort_and_forget_repetition(texts):
    assert list(run("toset", [texts])) == sorted(set(texts))
    assert run("distinct", [texts]) == list(dict.fromkeys(texts))
    assert run("sort", [texts]) == sorted(texts)


@given(st.lists(SCALAR, max_size=5))
def test_a_list_of_one_type_stays_as_it_is(items):
    try:
        once = run("tolist", [items])
    except FunctionError:
        return
    assert run("tolist", [once]) == once
    assert len({type(item) for item in once if item is not None}) <= 1


@given(st.lists(st.lists(st.integers(0, 9), max_size=4), min_size=1, max_size=4))
def test_sets_follow_the_laws_of_sets(lists):
    sets = [set(items) for items in lists]
    assert set(run("setunion", lists)) == set.union(*sets)
    assert set(run("setintersection", lists)) == set.intersection(*sets)
    assert set(run("setsubtract", [lists[0], lists[-1]])) == sets[0] - sets[-1]


@given(TEXT, st.text(",;ab", min_size=1, max_size=2))
def test_splitting_and_joining_cancel_out(text, separator):
    assert run("join", [separator, run("split", [separator, text])]) == text


@given(TEXT)
def test_encodings_can_be_undone(text):
    assert run("base64decode", [run("base64encode", [text])]) == text
    assert run("urldecode", [run("urlencode", [text])]) == text
    assert run("textdecodebase64", [run("textencodebase64", [text, "UTF-16LE"]), "UTF-16LE"]) == text


@given(
    st.sampled_from(sorted(names() - {"file", "range"})),
    st.lists(TREE | st.builds(TerraformSet, st.lists(TEXT, max_size=3)), max_size=4),
)
@settings(max_examples=400)
def test_no_argument_makes_a_function_crash(name, args):
    try:
        run(name, args)
    except (FunctionError, Undetermined):
        return
    assert TABLE[name][0] != ""
