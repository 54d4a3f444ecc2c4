"""How functions are found, loaded, bounded and refused."""

import subprocess
import sys

import pytest

from onetake.frontends.terraform.functions import (
    LIMIT,
    FunctionError,
    TerraformSet,
    Undetermined,
    call,
    is_pure,
    names,
    number_text,
)
from onetake.frontends.terraform.functions.calling import load


def refusal(name: str, *args: object) -> tuple[str, str]:
    with pytest.raises(FunctionError) as refused:
        call(name, list(args))
    return refused.value.summary, refused.value.message


@pytest.mark.parametrize("name", sorted(names()))
def test_every_function_of_the_table_can_be_loaded(name):
    assert callable(load(name)[1])


def test_importing_the_package_loads_no_function_and_nothing_heavy():
    program = (
        "import sys, onetake.frontends.terraform.functions as f;"
        "print(sorted(n.rpartition('.')[2] for n in sys.modules if n.startswith(f.__name__ + '.')),"
        "'yaml' in sys.modules)"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert shown.strip() == "['calling', 'table', 'types', 'unifying', 'values'] False"


def test_an_unknown_function_is_told_with_the_name_that_was_meant():
    assert refusal("jsonencod") == (
        "Call to unknown function",
        'There is no function named "jsonencod". Did you mean "jsonencode"?',
    )


def test_an_unknown_function_that_resembles_none_is_told_plainly():
    assert refusal("frobnicate") == ("Call to unknown function", 'There is no function named "frobnicate".')


def test_functions_have_a_core_namespace():
    assert call("core::upper", ["a"]) == "A"


def test_functions_of_other_providers_are_undetermined():
    with pytest.raises(Undetermined):
        call("provider::time::rfc3339_parse", ["2024-01-01T00:00:00Z"])


@pytest.mark.parametrize(
    "name", ["timestamp", "plantimestamp", "uuid", "bcrypt", "rsadecrypt", "abspath", "pathexpand"]
)
def test_what_depends_on_the_run_is_impure(name):
    assert not is_pure(name)


def test_calling_an_impure_function_is_undetermined():
    with pytest.raises(Undetermined):
        call("uuid", [])


def test_most_functions_are_pure():
    assert sum(map(is_pure, names())) == len(names()) - 7


def test_files_are_needed_where_they_are_read():
    with pytest.raises(Undetermined):
        call("file", ["a"])


def test_templates_are_rendered_by_whoever_can():
    def render(source, variables, name):
        return f"{source}|{variables}|{name}"

    assert call("templatestring", ["a", {"b": 1}], template=render) == "a|{'b': 1}|<templatestring argument>"


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("format", [f"%{LIMIT + 1}d", 1]),
        ("format", ["%.99999999f", 1.5]),
        ("indent", [LIMIT, "a\n" * 10]),
        ("join", ["x" * 5000, ["a"] * 5000]),
        ("replace", ["a" * 5000, "a", "b" * 5000]),
        ("replace", ["a" * 5000, "/a/", "b" * 5000]),
        ("setproduct", [list(range(5000)), list(range(5000))]),
        ("range", [10**9]),
    ],
)
def test_what_would_grow_beyond_the_limit_is_refused(name, args):
    with pytest.raises(FunctionError):
        call(name, args)


def test_aliases_in_yaml_do_not_explode():
    levels = "\n".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 12))
    with pytest.raises(FunctionError):
        call("yamldecode", [f"a0: &a0 [x, x]\n{levels}"])


@pytest.mark.parametrize("name", ["jsondecode", "yamldecode"])
def test_deep_nesting_is_no_crash(name):
    with pytest.raises((FunctionError, Undetermined)):
        call(name, ["[" * 100_000])


def test_compressed_bombs_are_refused():
    import base64
    import gzip

    bomb = base64.b64encode(gzip.compress(b"\0" * (LIMIT + 10))).decode()
    with pytest.raises(FunctionError):
        call("base64gunzip", [bomb])


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*b", "(a|aa)+$", "a*a*a*a*a*b", "(.*)(.*)(.*)x"])
def test_patterns_that_run_away_elsewhere_end_here(pattern):
    assert call("regexall", [pattern, "a" * 40 + "!"]) == []


def test_opentofu_has_functions_of_its_own():
    assert call("urldecode", ["a%20b+c%C3%A9"]) == "a b c\u00e9"
    assert call("cidrcontains", ["10.0.0.0/8", "10.1.0.0/16"]) is True
    assert call("cidrcontains", ["10.0.0.0/8", "11.0.0.1"]) is False
    assert call("cidrcontains", ["fd00::/16", "fd00:1::/32"]) is True
    assert call("base64gunzip", ["H4sIAAAAAAAA/8pIzcnJBwAAAP//AQAA//+GphA2BQAAAA=="]) == "hello"


def test_arns_are_taken_apart_and_put_together():
    arn = "arn:aws:iam::444455556666:role/with/path/example"
    parts = call("provider::aws::arn_parse", [arn])
    assert parts == {
        "partition": "aws",
        "service": "iam",
        "region": "",
        "account_id": "444455556666",
        "resource": "role/with/path/example",
    }
    assert call("provider::aws::arn_build", list(parts.values())) == arn
    assert call("provider::aws::trim_iam_role_path", [arn]) == "arn:aws:iam::444455556666:role/example"


@pytest.mark.parametrize("arn", ["", "x", "arn:aws", "arn:aws:iam::1"])
def test_what_is_no_arn_is_refused(arn):
    with pytest.raises(FunctionError) as refused:
        call("provider::aws::arn_parse", [arn])
    assert not refused.value.exact


def test_sets_hold_each_value_once_in_order():
    assert list(TerraformSet(["b", "a", None, "b"])) == ["a", "b", None]
    assert list(TerraformSet([10, 9, 1.5])) == [1.5, 9, 10]
    assert TerraformSet([1, True]) != TerraformSet([1])
    assert True not in TerraformSet([1])


@pytest.mark.parametrize(
    ("number", "text"), [(1, "1"), (1.0, "1"), (1.5, "1.5"), (1e-7, "0.0000001"), (10**30, "1" + "0" * 30)]
)
def test_numbers_are_written_without_exponents(number, text):
    assert number_text(number) == text
