"""Expressions have the values that Terraform 1.11.4 gave them when it was asked."""

from pathlib import Path

import pytest

from onetake.model.values import Unknown, plain
from tests.frontends.terraform.programs import output, outputs, read

AROUND = """
variable "names" {
  type    = set(string)
  default = ["b", "a", "b"]
}
variable "obj" {
  type    = object({ name = string, size = optional(number, 3), tags = optional(map(string), {}) })
  default = { name = "x", extra = true }
}
variable "num" {
  type    = number
  default = "12"
}
variable "enabled" {
  type    = bool
  default = "true"
}
variable "lst" { default = ["x", "y", "z"] }
locals {
  nested = [{ id = 1, t = ["p", "q"] }, { id = 2, t = ["r"] }]
}
"""

VALUES = {
    '{ for i, n in var.lst : n => cidrsubnet("10.0.0.0/16", 8, i) }': {
        "x": "10.0.0.0/24",
        "y": "10.0.1.0/24",
        "z": "10.0.2.0/24",
    },
    "local.nested[*].t": [["p", "q"], ["r"]],
    "flatten(local.nested[*].t)": ["p", "q", "r"],
    "[for x in local.nested : x.id if x.id > 1]": [2],
    "{ for x in local.nested : x.id => x.t... }": {"1": [["p", "q"]], "2": [["r"]]},
    '"${var.num}"': 12,
    '"n=${var.num}"': "n=12",
    '"${1.0}"': 1,
    "var.obj": {"name": "x", "size": 3, "tags": {}},
    "var.names": ["a", "b"],
    "[for n in var.names : upper(n)]": ["A", "B"],
    'var.enabled ? "yes" : "no"': "yes",
    "!var.enabled || var.num >= 12 && true": True,
    "-var.num + 3 * 2 - 1": -7,
    "7 % 3 + 10 / 4": 3.5,
    "-7 % 3": -1,
    "1 == 1.0": True,
    '"1" == 1': False,
    'merge({ a = 1 }, { b = "x" })': {"a": 1, "b": "x"},
    'lookup({ a = 1 }, "z", 5)': 5,
    'try(local.nested[7].id, "none")': "none",
    "can(local.nested[7].id)": False,
    'jsonencode({ b = [1, 2.5, null], a = "<x>&", c = { d = true } })': (
        '{"a":"\\u003cx\\u003e\\u0026","b":[1,2.5,null],"c":{"d":true}}'
    ),
    'format("%s-%03d", "a", 7)': "a-007",
    "element(var.lst, 4)": "y",
    '"%{if var.enabled}on%{else}off%{endif}"': "on",
    '"a%{ for n in var.lst }-${n}%{ endfor }"': "a-x-y-z",
    "tolist(var.names)[0]": "a",
    "values({ b = 1, a = 2 })": [2, 1],
    '{ "a b" = 1, (var.obj.name) = 2 }': {"a b": 1, "x": 2},
    "max([1, 5, 3]...)": 5,
    'length(var.names) + length("abc") + length({ a = 1 })': 6,
    "slice(var.lst, 1, 3)": ["y", "z"],
    'setproduct(["a"], ["b", "c"])': [["a", "b"], ["a", "c"]],
    r'"\u00e9 \"q\" \\ \t $${x} %%{y}"': 'é "q" \\ \t ${x} %{y}',
    'toset(["b", "a", "b"])': ["a", "b"],
    '[for k, v in { b = 1, a = 2 } : "${k}=${v}"]': ["a=2", "b=1"],
    "null == null": True,
    'var.lst == ["x", "y", "z"]': True,
    "(true ? [1] : [])[0]": 1,
    "1.5e3": 1500,
    "{ for k, v in { x = 1, y = 2 } : k => v * 2 if v > 1 }": {"y": 4},
    "local.nested.*.id": [1, 2],
    "local.nested.0.id": 1,
    "local.nested.*.id[1]": 2,
    "local.nested[*].t[0]": ["p", "r"],
    "var.lst[length(var.lst) - 1]": "z",
    '2 > 1 ? "a" : 2 > 3 ? "b" : "c"': "a",
    '[for s in ["a", "b"] : { name = s }][*].name': ["a", "b"],
    "merge([{ a = 1 }, { b = 2 }]...)": {"a": 1, "b": 2},
    '{ a = { b = { c = [10, 20] } } }.a.b["c"][1]': 20,
    '"x ~ ${"y"} ${~ "z" ~} w"': "x ~ yzw",
    "one([])": None,
}


def test_expressions_have_the_values_that_terraform_gave_them(tmp_path: Path) -> None:
    blocks = "".join(f'output "o{place}" {{\n  value = {text}\n}}\n' for place, text in enumerate(VALUES))

    found = read(tmp_path, AROUND + blocks)

    assert found.findings == []
    assert dict(zip(VALUES, outputs(found).values(), strict=True)) == VALUES


HEREDOCS = {
    '<<-EOT\n    ${"x"}\n      b\n    EOT': "x\n  b\n",
    "<<-EOT\n    %{ if true }\n    a\n    %{ endif }\n    z\n    EOT": "\na\n\nz\n",
    "<<-EOT\n    q\n    %{ if true ~}\n    a\n    %{ endif ~}\n    z\n    EOT": "q\n    a\n    z\n",
    "<<-EOT\n    q\n\n      b\n    EOT": "q\n\n  b\n",
    '<<-EOT\n    q\n    ${~ "x" ~}\n    b\n  EOT': "    q\nx    b\n",
    '<<-EOT\n    q\n      ${"x"}\n    b ${"y"}\n        ${"z"} c\n  EOT': "q\n  x\nb y\n    z c\n",
    "<<-EOT\n\tq\n\t  b\n    c\n    EOT": "q\n  b\n   c\n",
    '<<-EOT\n      q\n  ${"x"}\n      z\n    EOT': "    q\nx\n    z\n",
    '<<-EOT\n${"x"}\n    b\n    EOT': "x\n    b\n",
    "<<-EOT\n    a\n  \n    b\n    EOT": "a\n  \nb\n",
    "<<EOT\n%{ if true ~}\n    a\n    %{ endif ~}\n    z\nEOT": "    a\n        z\n",
    '<<EOT\n   q   ${~ "x" ~}   \n\n   b\nEOT': "   qx\n   b\n",
    '"a  ${~ "x" ~}  \\n  b"': "axb",
    "<<-EOT\n    $${a}\n      %%{b}\n    EOT": "${a}\n  %{b}\n",
    "<<-EOT\n    EOT": "",
    "<<-EOT\n\n    b\n\n    EOT": "\nb\n\n",
}


@pytest.mark.parametrize(("written", "text"), HEREDOCS.items())
def test_heredocs_lose_the_space_that_terraform_takes_away(tmp_path: Path, written: str, text: str) -> None:
    assert plain(output(tmp_path, written)) == text


def test_texts_in_json_are_templates_without_quotes(tmp_path: Path) -> None:
    stack = read(
        tmp_path,
        {
            "a.tf.json": """{"output": {
                "a": {"value": "a  ${~ \\"x\\" ~}  \\n  b"},
                "b": {"value": "%{ if true ~}\\n   a\\n  %{ endif ~}\\n  z"},
                "c": {"value": "$${literal}"},
                "d": {"value": ["${1 + 1}", {"${\\"k\\"}": "v"}]}
            }}"""
        },
    )

    assert outputs(stack) == {"a": "ax  b", "b": "   a\n    z", "c": "${literal}", "d": [2, {"k": "v"}]}


def test_a_list_beside_a_set_becomes_a_set_so_that_for_each_may_take_it(tmp_path: Path) -> None:
    stack = read(
        tmp_path,
        """
        variable "on" { default = true }
        resource "aws_sqs_queue" "a" {
          for_each = var.on ? ["x", "y"] : toset([])
        }
        """,
    )

    assert list(stack.resources) == ['aws_sqs_queue.a["x"]', 'aws_sqs_queue.a["y"]']


def test_templates_outside_the_root_are_not_read_and_not_missing(tmp_path: Path) -> None:
    (tmp_path / "policy.tpl").write_text("x")
    (tmp_path / "module").mkdir()

    stack = read(tmp_path / "module", {"main.tf": 'output "o" { value = templatefile("../policy.tpl", {}) }'})

    assert stack.findings == []
    value = stack.outputs["o"]
    assert isinstance(value, Unknown)
    assert value.why == "../policy.tpl lies outside the folder that is checked"


def test_templatefile_fills_in_what_is_known_and_keeps_the_rest_open(tmp_path: Path) -> None:
    stack = read(
        tmp_path,
        {
            "policy.tpl": '{"Resource": "${arn}/*", "Sid": "${sid}"}',
            "main.tf": """
            resource "aws_s3_bucket" "b" {}
            output "o" {
              value = templatefile("${path.module}/policy.tpl", { arn = aws_s3_bucket.b.arn, sid = "read" })
            }
            """,
        },
    )

    value = stack.outputs["o"]
    assert [str(part) for part in value.parts] == [  # type: ignore[union-attr]
        '{"Resource": "',
        "aws_s3_bucket.b.arn",
        '/*", "Sid": "read"}',
    ]
