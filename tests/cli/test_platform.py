"""``onetake platform``: what people type, and what they get."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

import onetake
from onetake.cli.main import command
from onetake.platforms.catalogue import PLATFORMS
from onetake.synth import sandbox

synthesizes = pytest.mark.skipif(
    importlib.util.find_spec("cdktn_provider_aws") is None, reason="onetake[platforms] is not installed"
)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, ["platform", *arguments], standalone_mode=False)


def refused(*arguments: str) -> str:
    result = run(*arguments)
    assert getattr(result.exception, "exit_code", None) == 2, result.exception
    return str(getattr(result.exception, "message", ""))


def test_the_list_is_told_without_importing_a_platform():
    script = "import sys; from onetake.cli.main import command; command(['platform', 'list'], standalone_mode=False); "
    script += "assert not [name for name in sys.modules if name.startswith(('cdktn', 'jsii'))]"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert [line.split()[0] for line in found.stdout.splitlines()] == list(PLATFORMS)
    assert [one["name"] for one in json.loads(run("list", "--format", "json").stdout)] == list(PLATFORMS)


@synthesizes
@pytest.mark.parametrize("name", PLATFORMS)
def test_every_setting_is_shown_with_its_meaning(name: str):
    from onetake.platforms.settings import meanings, parameters

    entry = PLATFORMS[name]
    assert parameters(entry).keys() == meanings(entry).keys()
    shown = run("show", name).stdout
    for setting in parameters(entry):
        assert f"\n  {setting}  [" in shown
    assert "environment_suffix  [required]" in shown
    assert "  availability_zones  " in shown
    assert not [one for one in entry.unused if f"\n  {one}  " in shown]


@pytest.mark.parametrize("name", PLATFORMS)
def test_a_new_project_has_everything_to_begin_with(name: str, tmp_path: Path):
    folder = tmp_path / "live"
    result = run(
        "new", name, str(folder), "--suffix", "pr7", "--region", "eu-west-1", "--alarm-email", "ops@example.org"
    )

    assert result.return_value == 0
    files = sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())
    assert files == [
        ".github/workflows/ci.yml",
        ".gitignore",
        "README.md",
        "bootstrap.py",
        "cdktf.json",
        "main.py",
        "pyproject.toml",
        "requirements.txt",
        "settings/pr7.toml",
        "settings/prod.toml",
        "settings/staging.toml",
        "tests/test_platform.py",
    ]
    prod = tomllib.loads((folder / "settings/prod.toml").read_text())
    assert (prod["environment_suffix"], prod["environment"]) == ("prod", "prod")
    assert (prod["aws_region"], prod["alarm_email"]) == ("eu-west-1", "ops@example.org")
    assert tomllib.loads((folder / "settings/pr7.toml").read_text())["environment"] == "dev"
    assert yaml.safe_load((folder / ".github/workflows/ci.yml").read_text())["jobs"]["test"]
    compile((folder / "main.py").read_text(), "main.py", "exec")
    compile((folder / "tests/test_platform.py").read_text(), "test_platform.py", "exec")
    everything = "".join(file.read_text() for file in folder.rglob("*") if file.is_file())
    assert "$suffix" not in everything
    assert "$prefix" not in everything
    assert f"{PLATFORMS[name].prefix}-pr7" in everything


@synthesizes
@pytest.mark.parametrize("name", PLATFORMS)
def test_the_tests_of_a_new_project_pass(name: str, tmp_path: Path):
    assert run("new", name, str(tmp_path / "live")).return_value == 0
    found = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"],
        cwd=tmp_path / "live",
        env={key: value for key, value in os.environ.items() if not key.startswith(("PYTEST", "COV_"))},
        capture_output=True,
        text=True,
        check=False,
    )

    assert "5 passed" in found.stdout, found.stdout + found.stderr


@synthesizes
def test_a_new_project_is_checked_without_writing_into_it(tmp_path: Path):
    if sandbox.available() is None:
        pytest.skip("there is no sandbox here to run programs in")
    if Path(onetake.__file__).is_relative_to(tempfile.gettempdir()):
        pytest.skip("this checkout lies in a folder that is empty in the sandbox")
    project = tmp_path / "live"
    assert run("new", "eks-microservices", str(project), "--suffix", "pr7").return_value == 0
    before = sorted(project.rglob("*"))
    # Its program is started by the name of python, which has to be the one with the packages.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    found = subprocess.run(
        [sys.executable, "-m", "onetake", "check", "--synth", "."],
        cwd=project,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )

    assert found.returncode == 0, found.stdout + found.stderr
    told = [line.split(maxsplit=1) for line in found.stdout.splitlines()[:3]]
    assert told == [[f"eks-{name}", "would deploy"] for name in ("pr7", "prod", "staging")]
    assert sorted(project.rglob("*")) == before


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path):
    (tmp_path / "mine").write_text("")

    assert "it has to be empty, or not to exist yet" in refused("new", "security-baseline", str(tmp_path))
    assert [file.name for file in tmp_path.iterdir()] == ["mine"]
    assert "staging and prod come with it" in refused(
        "new", "security-baseline", str(tmp_path / "x"), "--suffix", "prod"
    )
    assert not (tmp_path / "x").exists()


@synthesizes
def test_what_is_wrong_is_told_as_wrong_usage(tmp_path: Path):
    settings = tmp_path / "settings.toml"
    settings.write_text('environment_suffix = "dev"\nregion = "eu-west-1"\n')
    synth = ("synth", "security-baseline", "--out", str(tmp_path / "out"))

    assert 'there is no platform "security-baselin"; did you mean "security-baseline"?' in refused(
        "show", "security-baselin"
    )
    assert "give --suffix, or environment_suffix in --settings" in refused(*synth)
    assert "environment_suffix='Dev'" in refused(*synth, "--suffix", "Dev")
    told = refused(*synth, "--settings", str(settings))
    assert told == "region='eu-west-1': security-baseline has no such setting; did you mean \"aws_region\"?"
    settings.write_text('environment_suffix = "dev"\nstate = { bucket = "b" }\n')
    assert "it has to be a table of bucket, kms_key_id, region" in refused(*synth, "--settings", str(settings))
    settings.write_text("environment_suffix = \n")
    assert "settings.toml: Invalid value" in refused(*synth, "--settings", str(settings))


@synthesizes
def test_a_copy_is_synthesized_and_checked(tmp_path: Path):
    settings = tmp_path / "settings.toml"
    contact = '[contacts.SECURITY]\nname = "n"\ntitle = "t"\nemail = "e@example.com"\nphone = "1"\n'
    settings.write_text(f'environment_suffix = "dev"\n{contact}')
    made = run("synth", "security-baseline", "--settings", str(settings), "--suffix", "pr7", "--out", str(tmp_path))

    assert made.return_value == 0
    assert made.stdout.splitlines()[-1].endswith(f"resources in {tmp_path / 'stacks' / 'base-pr7'}")
    assert (tmp_path / "stacks" / "base-pr7" / "cdk.tf.json").is_file()
    checked = run("check", "security-baseline", "--suffix", "pr7")
    assert checked.return_value == 0
    assert "would deploy" in checked.stdout


@synthesizes
def test_a_copy_is_drawn_to_a_file_or_to_standard_output(tmp_path: Path):
    file = tmp_path / "eks.svg"

    assert run("diagram", "eks-microservices", "--suffix", "pr7", "--out", str(file)).return_value == 0
    assert file.read_text() == run("diagram", "eks-microservices", "--suffix", "pr7").stdout
    assert '<title id="title">eks-microservices: eks-pr7</title>' in file.read_text()
    failed = run("diagram", "eks-microservices", "--suffix", "pr7", "--out", str(tmp_path / "none" / "eks.svg"))
    assert "No such file or directory" in str(getattr(failed.exception, "message", ""))


@synthesizes
def test_costs_are_told_for_each_environment_or_for_one_copy():
    told = run("cost", "eks-microservices").stdout
    heading, gateways = (next(line for line in told.splitlines() if word in line) for word in ("staging", "network"))

    assert heading.split() == ["dev", "staging", "prod"]
    assert len({*gateways.split()}) == 4
    one = json.loads(run("cost", "eks-microservices", "--suffix", "pr7", "--format", "json").stdout)
    assert list(one["copies"]) == ["pr7"]
    charges = one["copies"]["pr7"]["charges"]
    assert one["copies"]["pr7"]["monthly"] == pytest.approx(sum(charge["monthly"] for charge in charges), abs=0.01)


@synthesizes
def test_compliance_is_told_or_there_is_no_standard():
    told = json.loads(run("compliance", "security-baseline", "--suffix", "pr7", "--format", "json").stdout)

    assert {row["answer"] for row in told} == {"met", "elsewhere"}
    assert "| 3.6 | Keys rotate |" in run("compliance", "security-baseline", "--suffix", "pr7").stdout
    none = run("compliance", "eks-microservices", "--suffix", "pr7")
    assert "held to no standard" in str(getattr(none.exception, "message", ""))


@synthesizes
@pytest.mark.parametrize(
    ("arguments", "stack"),
    [((), "base-dev"), (("--environment", "prod"), "base-prod"), (("--suffix", "pr7", "--no-destroy"), "base-pr7")],
)
def test_a_copy_is_rehearsed_as_it_would_be_synthesized(
    arguments: tuple[str, ...], stack: str, monkeypatch: pytest.MonkeyPatch
):
    asked: list[tuple[str, bool]] = []

    def carried_out(path: Path, **given: object) -> int:
        assert path.is_relative_to(str(given["root"]))
        asked.append((path.name, bool(given["destroy"])))
        return int(not (path / "cdk.tf.json").is_file())

    monkeypatch.setattr("onetake.cli.rehearse_command.carried_out", carried_out)
    assert run("rehearse", "security-baseline", *arguments).return_value == 0
    assert asked == [(stack, "--no-destroy" not in arguments)]
