"""The public interface: its names, its arguments, and what it answers."""

import datetime
import subprocess
import sys
import typing
from pathlib import Path

import pytest

import onetake
from onetake.model.assumptions import NEW_ACCOUNT
from tests.analysis.programs import write

FUNCTION = """\
resource "aws_lambda_function" "worker" {
  function_name = "worker"
  role          = "arn:aws:iam::123456789012:role/worker"
  handler       = "main.handler"
  runtime       = "python3.13"
  filename      = "worker.zip"

  environment {
    variables = {
      AWS_REGION = "eu-west-1"
      STAGE      = "dev"
    }
  }
}
"""
RESERVED = "lambda-reserved-environment-key"


def test_every_public_name_is_there_and_documented():
    objects = {name: getattr(onetake, name) for name in onetake.__all__}

    assert sorted(onetake.__all__) == sorted([*onetake._HOMES, "__version__"])
    assert [name for name, value in objects.items() if not isinstance(value, str) and not value.__doc__] == []
    assert set(onetake.__all__) <= set(dir(onetake))


def test_every_public_name_is_told_to_type_checkers():
    source = Path(onetake.__file__).read_text()
    typed = source.partition("if TYPE_CHECKING:")[2].partition("__all__")[0]

    assert [name for name in onetake._HOMES if f"{name}" not in typed] == []


def test_every_public_name_is_in_the_documentation():
    usage = (Path(__file__).parent.parent / "docs" / "usage.md").read_text()

    assert [name for name in onetake.__all__ if f"onetake.{name}" not in usage] == []


def test_a_name_that_does_not_exist_is_refused():
    with pytest.raises(AttributeError, match="module 'onetake' has no attribute 'chek'"):
        onetake.chek  # noqa: B018


def test_importing_the_package_imports_nothing_else():
    program = "import sys; import onetake; print(sorted(name for name in sys.modules if name.startswith('onetake')))"
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout

    assert printed == "['onetake', 'onetake._version']\n"


def test_the_arguments_of_check_are_typed():
    assert typing.get_type_hints(onetake.check)["return"] is onetake.Report


def test_a_program_is_checked(tmp_path: Path):
    write(tmp_path, {"main.tf": FUNCTION})
    report = onetake.check(tmp_path, as_of="2026-11-24")

    assert [(one.finding.rule, one.file, one.line) for one in report.findings] == [(RESERVED, "main.tf", 10)]
    assert report.exit_code() == 1
    assert report.assumptions.as_of == datetime.date(2026, 11, 24)
    assert [(program.path, program.kind) for program in report.programs] == [(".", "terraform")]


def test_rules_are_chosen(tmp_path: Path):
    write(tmp_path, {"main.tf": FUNCTION})

    assert onetake.check(tmp_path, ignore=[RESERVED]).findings == ()
    assert onetake.check(tmp_path, only=["terraform-syntax"]).findings == ()


def test_what_is_assumed_is_said(tmp_path: Path):
    write(tmp_path, {"main.tf": FUNCTION})
    assumed = onetake.check(tmp_path, region="eu-west-1", profile="new-account").assumptions

    assert (assumed.region, assumed.region_given, assumed.profile) == ("eu-west-1", True, NEW_ACCOUNT)
    assert onetake.check(tmp_path).assumptions.region_given is False


def test_the_configuration_is_found_and_arguments_win(tmp_path: Path):
    write(tmp_path, {"main.tf": FUNCTION, "onetake.toml": f'region = "us-west-2"\nignore = ["{RESERVED}"]\n'})
    report = onetake.check(tmp_path, region="eu-west-1")

    assert (report.assumptions.region, report.findings) == ("eu-west-1", ())
    assert len(onetake.check(tmp_path, config=False).findings) == 1


def test_the_configuration_can_leave_rules_out_in_some_files(tmp_path: Path):
    write(
        tmp_path,
        {"old/main.tf": FUNCTION, "new/main.tf": FUNCTION, "onetake.toml": f'[ignore-in]\n"old/*" = ["{RESERVED}"]\n'},
    )
    report = onetake.check(tmp_path)

    assert [one.file for one in report.findings] == ["new/main.tf"]
    assert [(one.located.file, one.reason) for one in report.suppressed] == [
        ("old/main.tf", "ignored in old/* by the configuration")
    ]


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (
            {"only": ["lambda-reserved-environment-keys"]},
            f'no rule "lambda-reserved-environment-keys"; did you mean "{RESERVED}"',
        ),
        ({"region": "europe"}, '"europe" is no AWS region'),
        ({"as_of": "tomorrow"}, '"tomorrow" is no date'),
        ({"profile": "mine"}, 'there is no profile "mine"'),
    ],
)
def test_arguments_that_make_no_sense_are_refused(tmp_path: Path, arguments: dict[str, object], problem: str):
    with pytest.raises(onetake.Misconfigured, match=problem):
        onetake.check(tmp_path, **arguments)  # type: ignore[arg-type]


def test_a_folder_without_programs_is_not_called_good(tmp_path: Path):
    report = onetake.check(tmp_path)

    assert report.exit_code() == 3
    assert report.programs[0].problem is not None
    assert report.programs[0].problem.message == f"no infrastructure program under {tmp_path}"


def test_a_program_that_cannot_be_read_is_in_the_report_beside_the_others(tmp_path: Path):
    write(tmp_path, {"a.json": "{", "main.tf": FUNCTION})
    report = onetake.check(tmp_path / "a.json", tmp_path / "main.tf")

    assert [program.problem is None for program in report.programs] == [False, True]
    assert (report.exit_code(), len(report.findings)) == (3, 1)


def test_a_fault_of_ours_in_a_reader_is_told_and_does_not_hide_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    from onetake.frontends import cdktf

    def broken(path: Path, options: object) -> list[onetake.Stack]:
        raise KeyError("oops")

    monkeypatch.setattr(cdktf, "read", broken)
    write(tmp_path, {"a/cdk.tf.json": "{}", "b/main.tf": FUNCTION})
    report = onetake.check(tmp_path)

    assert [(crash.where, crash.detail) for crash in report.crashes] == [
        ("reading a/cdk.tf.json as cdktf", "KeyError: 'oops'")
    ]
    assert (report.exit_code(), len(report.findings)) == (70, 1)


def test_stacks_can_be_read_without_judging_them(tmp_path: Path):
    write(tmp_path, {"main.tf": FUNCTION})
    (stack,) = onetake.load(tmp_path)

    assert list(stack.resources) == ["aws_lambda_function.worker"]


def test_what_cannot_be_loaded_is_refused(tmp_path: Path):
    write(tmp_path, {"a.txt": ""})
    with pytest.raises(onetake.Unreadable, match="is no infrastructure program"):
        onetake.load(tmp_path / "a.txt")


def test_every_rule_is_listed():
    found = {rule.name: rule for rule in onetake.list_rules()}

    assert list(found) == sorted(found)
    assert found[RESERVED].severity is onetake.Severity.CRITICAL
    assert "aws_lambda_function" in found[RESERVED].types


def test_the_root_is_the_repository(tmp_path: Path):
    write(
        tmp_path,
        {
            ".git/HEAD": "",
            "live/main.tf": 'module "m" {\n  source = "../modules/m"\n}\n',
            "modules/m/main.tf": FUNCTION,
        },
    )
    report = onetake.check(tmp_path / "live")

    assert [(one.file, one.finding.resource) for one in report.findings] == [
        ("modules/m/main.tf", "module.m.aws_lambda_function.worker")
    ]
