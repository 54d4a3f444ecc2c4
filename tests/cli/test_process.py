"""The process: exit codes, signals, pipes, and faults of ours in one line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from onetake._version import __version__
from onetake.cli import entry
from onetake.model.records import replace
from onetake.rules import registry
from onetake.rules.rule import Fault
from tests.analysis.programs import write
from tests.test_api import FUNCTION, RESERVED


def onetake(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "onetake", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        check=False,
    )


def test_the_version_is_told_without_importing_anything(tmp_path: Path):
    program = (
        "import sys; sys.argv = ['onetake', '--version']\n"
        "from onetake.cli.entry import main\n"
        "try: main()\nexcept SystemExit as end: print(end.code, 'click' in sys.modules, 'onetake.api' in sys.modules)"
    )
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout

    assert printed == f"onetake {__version__}\n0 False False\n"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("check", "."), 1), (("check", "nothing"), 2), (("chek",), 2), (("check", "empty"), 3), (("--help",), 0)],
)
def test_the_exit_code_is_that_of_the_answer(tmp_path: Path, arguments: tuple[str, ...], code: int):
    write(tmp_path, {"main.tf": FUNCTION, "empty/readme": ""})
    ended = onetake(*arguments, cwd=tmp_path)

    assert ended.returncode == code
    assert "Traceback" not in ended.stderr


def test_a_command_that_does_not_exist_is_told_with_the_nearest(tmp_path: Path):
    assert 'there is no command "chek"; did you mean "check"?' in onetake("chek", cwd=tmp_path).stderr


def test_a_reader_that_goes_away_ends_it_quietly(tmp_path: Path):
    write(tmp_path, {"main.tf": FUNCTION})
    process = subprocess.Popen(
        [sys.executable, "-m", "onetake", "check"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    told = process.stderr.read()

    assert (process.wait(), told) == (141, b"")


def _raising(error: BaseException) -> object:
    def main(*_arguments: object, **_options: object) -> int:
        raise error

    return main


def test_an_interrupt_ends_it_in_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    from onetake.cli.main import command

    monkeypatch.setattr(command, "invoke", _raising(KeyboardInterrupt()))

    assert (entry.run(["check"]), capsys.readouterr().err) == (130, "interrupted\n")


def test_a_fault_of_ours_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    from onetake.cli.main import command

    monkeypatch.setattr(command, "invoke", _raising(KeyError("oops")))

    assert (entry.run(["check"]), capsys.readouterr().err) == (
        70,
        f"onetake: a fault of onetake: KeyError: 'oops'; {entry.REPORT_IT}\n",
    )
    monkeypatch.setenv("ONETAKE_TRACEBACK", "1")
    with pytest.raises(KeyError, match="oops"):
        entry.run(["check"])


def test_a_fault_in_a_rule_names_the_rule(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    def broken(_view: object) -> list[Fault]:
        raise ZeroDivisionError("oops")

    load = registry.load
    monkeypatch.setattr(
        registry, "load", lambda name: replace(load(name), check=broken) if name == RESERVED else load(name)
    )
    write(tmp_path, {"main.tf": FUNCTION})
    code = entry.run(["check", str(tmp_path), "--format", "json"])

    assert code == 70
    assert capsys.readouterr().err == (
        f"onetake: a fault of onetake in lambda-reserved-environment-key: ZeroDivisionError: oops\n"
        f"onetake: {entry.REPORT_IT} (exit code 70)\n"
    )


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_completion_script_is_printed(shell: str, capsys: pytest.CaptureFixture[str]):
    assert entry.run(["completion", shell]) == 0
    assert "_ONETAKE_COMPLETE" in capsys.readouterr().out


def test_names_of_rules_are_completed(tmp_path: Path):
    ended = onetake(
        cwd=tmp_path,
        _ONETAKE_COMPLETE="bash_complete",
        COMP_WORDS="onetake check --only lambda-reserved",
        COMP_CWORD="3",
    )

    assert ended.stdout == "plain,lambda-reserved-environment-key\n"
