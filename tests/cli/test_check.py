"""``onetake check``: options, output, exit codes."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onetake.cli.main import command
from tests.analysis.programs import write
from tests.test_api import FUNCTION, RESERVED

TEMPLATE = """\
Resources:
  Worker:
    Type: AWS::Lambda::Function
    Properties:
      Handler: main.handler
      Runtime: python3.13
      Role: arn:aws:iam::123456789012:role/worker
      Code: {ZipFile: "def handler(event, context): pass"}
      Environment:
        Variables:
          STAGE: dev
          AWS_REGION: eu-west-1
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in; colours are off."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(command, ["check", *arguments], input=stdin, standalone_mode=False)


def code(*arguments: str) -> int:
    """The exit code, of answers and of wrong usage."""
    result = run(*arguments)
    return int(result.return_value) if result.exception is None else int(getattr(result.exception, "exit_code", 70))


def usage_error(*arguments: str) -> str:
    result = run(*arguments)
    assert getattr(result.exception, "exit_code", None) == 2, result.exception
    return str(getattr(result.exception, "message", ""))


def findings(*arguments: str) -> list[str]:
    return [finding["rule"] for finding in json.loads(run("--format", "json", *arguments).stdout)["findings"]]


def test_the_current_folder_is_checked(folder: Path):
    write(folder, {"live/main.tf": FUNCTION})
    result = run("--quiet")

    assert result.stdout == (
        f"live/main.tf:10:7: critical[{RESERVED}]: aws_lambda_function.worker sets AWS_REGION, which Lambda keeps for "
        "itself\nwould fail at create: 1 certain failure\n"
    )
    assert result.return_value == 1


def test_both_languages_are_told_the_same(folder: Path):
    write(folder, {"main.tf": FUNCTION, "template.yaml": TEMPLATE})

    assert findings() == [RESERVED, RESERVED]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), 1),
        (("--fail-on", "never"), 0),
        (("--fail-on", "critical"), 1),
        (("--ignore", RESERVED), 0),
        (("--ignore", f"terraform-syntax,{RESERVED}"), 0),
        (("--only", "terraform-syntax"), 0),
        (("missing.yaml",), 2),
        (("broken.json",), 3),
    ],
)
def test_the_exit_code_says_how_it_ended(folder: Path, arguments: tuple[str, ...], expected: int):
    write(folder, {"main.tf": FUNCTION, "broken.json": "{"})

    assert code(*arguments) == expected


def test_the_configuration_may_set_the_threshold(folder: Path):
    write(folder, {"main.tf": FUNCTION, "onetake.toml": 'fail-on = "never"\n'})

    assert (code(), code("--fail-on", "low")) == (0, 1)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("--only", "lambda-reserved-environment-kee"),
            f'no rule "lambda-reserved-environment-kee"; did you mean "{RESERVED}"?',
        ),
        (("--explain", "unused-supression"), 'no rule "unused-supression"; did you mean "unused-suppression"?'),
        (("--region", "Ireland"), '"Ireland" is no AWS region'),
        (("--as-of", "today"), '"today" is no date'),
        (("--parameter", "Stage"), '"Stage" is not NAME=VALUE'),
        (("--config", "onetake.toml"), "there is no setting"),
        (("nowhere",), '"nowhere" does not exist'),
        (("-", "--fix"), "standard input cannot be fixed"),
    ],
)
def test_wrong_usage_is_told(folder: Path, arguments: tuple[str, ...], message: str):
    write(folder, {"onetake.toml": "" if "--config" not in arguments else "rules = []\n"})

    assert message in usage_error(*arguments)


@pytest.mark.parametrize("text", [FUNCTION, TEMPLATE])
def test_standard_input_is_read(text: str):
    result = run("-", "--format", "json", stdin=text)
    (finding,) = json.loads(result.stdout)["findings"]

    assert (finding["rule"], finding["file"].partition(".")[0]) == (RESERVED, "stdin")


def test_standard_input_may_be_json():
    function = {"function_name": "f", "role": "arn:aws:iam::123456789012:role/f", "filename": "f.zip"}
    function |= {"handler": "f.main", "runtime": "python3.12"}
    body = {"resource": {"aws_lambda_function": {"f": {**function, "environment": {"variables": {"AWS_REGION": "x"}}}}}}
    result = run("-", "--format", "json", stdin=json.dumps(body))

    assert [finding["file"] for finding in json.loads(result.stdout)["findings"]] == ["stdin.tf.json"]


def test_the_report_can_be_written_to_a_file(folder: Path):
    write(folder, {"main.tf": FUNCTION})
    result = run("--format", "json", "--output", "report.json")

    assert result.output == ""
    assert json.loads((folder / "report.json").read_text())["summary"]["critical"] == 1


def test_colours_are_for_terminals(folder: Path):
    write(folder, {"main.tf": FUNCTION})

    assert "\x1b[" not in run().stdout
    assert "\x1b[" in run("--color", "always").stdout


def test_parameters_and_variables_decide(folder: Path):
    text = TEMPLATE.replace("    Properties:\n", "    Condition: Wanted\n    Properties:\n")
    head = "Parameters:\n  Kind:\n    Type: String\nConditions:\n  Wanted: !Equals [!Ref Kind, x]\n"
    write(folder, {"template.yaml": head + text, "p.json": '[{"ParameterKey": "Kind", "ParameterValue": "x"}]'})

    assert findings("--parameter", "Kind=x") == [RESERVED]
    assert findings("--parameter", "Kind=y") == []
    assert findings("--parameter-file", "p.json") == [RESERVED]


def test_terraform_variables_decide(folder: Path):
    variable = 'variable "kind" {\n  type = string\n}\n'
    worker = FUNCTION.replace('"worker" {\n', '"worker" {\n  count = var.kind == "x" ? 1 : 0\n', 1)
    write(folder, {"main.tf": variable + worker, "x.tfvars": 'kind = "x"\n'})

    assert findings("--var", "kind=x") == [RESERVED]
    assert findings("--var", "kind=y") == []
    assert findings("--var-file", "x.tfvars") == [RESERVED]


def test_a_rule_is_explained():
    text = run("--explain", RESERVED).stdout

    assert text.startswith(f"{RESERVED} (critical)\n\nFunction that sets an environment variable which Lambda keeps")
    assert "Terraform stops at create and prints:\n    InvalidParameterValueException: " in text
    assert "CloudFormation stops at create and prints:\n    Resource handler returned message: " in text
    assert "\nEvidence:\n  https://docs.aws.amazon.com/lambda/" in text


def test_what_no_rule_file_makes_is_explained_too():
    assert run("--explain", "unused-suppression").stdout.startswith(
        "unused-suppression\n\nA suppression that suppresses nothing."
    )


def test_schema_facts_can_be_named_and_explained(folder: Path):
    write(folder, {"main.tf": FUNCTION})

    assert code("--ignore", "cfn-enum") == 1
    assert run("--explain", "cfn-enum").stdout.startswith("cfn-enum\n\nA fact of CloudFormation's schemas")


def test_all_rules_are_listed():
    lines = run("--list-rules").stdout.splitlines()
    listed = json.loads(run("--list-rules", "--format", "json").stdout)

    assert [line.split()[0] for line in lines] == [rule["name"] for rule in listed]
    assert next(rule for rule in listed if rule["name"] == RESERVED)["severity"] == "critical"


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("main.tf", FUNCTION, '      AWS_REGION = "eu-west-1"\n'),
        ("t.yaml", TEMPLATE, "          AWS_REGION: eu-west-1\n"),
    ],
)
def test_what_can_be_mended_is_mended(folder: Path, name: str, text: str, line: str):
    write(folder, {name: text})
    shown = run("--diff")
    written = run("--fix", "--quiet")

    assert f"-{line}" in shown.stdout
    assert (shown.return_value, written.return_value) == (1, 0)
    assert written.stderr.startswith(f"fixed: {name}: ")
    assert written.stdout == "would deploy (1 resource)\n"
    assert (folder / name).read_text() == text.replace(line, "")


def test_suppressed_findings_do_not_count(folder: Path):
    line = '      AWS_REGION = "eu-west-1"'
    write(folder, {"main.tf": FUNCTION.replace(line, f"{line} # onetake: ignore[{RESERVED}] because it is a test")})

    assert (code(), findings()) == (0, [])


def test_a_template_may_suppress_by_metadata(folder: Path):
    metadata = (
        f"    Metadata:\n      onetake:\n        ignore:\n          - rule: {RESERVED}\n            because: it is\n"
    )
    write(folder, {"template.yaml": TEMPLATE.replace("    Properties:\n", metadata + "    Properties:\n")})

    assert (code(), findings()) == (0, [])
