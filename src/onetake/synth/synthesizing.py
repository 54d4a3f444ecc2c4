"""From paths to what their programs write when they are run: folders that stand in for the ones in the project."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from onetake.analysis.checking import Request
from onetake.analysis.configuration import Misconfigured
from onetake.frontends.files import Options, Unreadable
from onetake.model.records import record, replace
from onetake.model.values import Span
from onetake.synth import commands, running, sandbox
from onetake.synth.commands import Synthesis

SECONDS = 120.0
"""For one program, if no other time is given."""
LONGEST = 86_400.0
ROOM = 1024**3
"""Bytes that a program may write."""
_LINES, _WIDTH = 6, 300
_SAYS_NOTHING = re.compile(r"[\s^~|!-]*|Node\.js v[\d.]+")
_PASSED = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "JSII_NODE")
_INSTALL = "install bubblewrap (apt install bubblewrap), or allow user namespaces"
_NO_SANDBOX = f"{_INSTALL}; or run it without a sandbox, as you would yourself, with --synth --synth-unconfined"


@record
class Written:
    """What became of the programs."""

    options: Options
    """As given, with the folders that were written."""
    failed: tuple[Unreadable, ...] = ()
    """Programs that wrote nothing to judge, and why. Whatever was synthesized before is not judged in its place."""


@contextmanager
def requested(request: Request, *, seconds: float = SECONDS, unconfined: bool = False) -> Iterator[Request]:
    """``request``, for what its programs write when they are run now, which lasts as long as the context.

    Raises:
        Misconfigured: the time makes no sense, or the request is about a plan, which another synthesis has made.
    """
    if request.plan is not None:
        raise Misconfigured("a plan was made of an earlier synthesis; leave out --plan or --synth")
    if not 0 < seconds <= LONGEST:
        raise Misconfigured(f"--synth-timeout is a number of seconds up to {LONGEST:.0f}")
    with synthesized(
        request.paths, request.options, request.exclude, seconds=seconds, unconfined=unconfined
    ) as written:
        yield replace(request, options=written.options, failed=written.failed)


@contextmanager
def synthesized(
    paths: Sequence[Path],
    options: Options,
    exclude: Sequence[str],
    *,
    seconds: float = SECONDS,
    unconfined: bool = False,
) -> Iterator[Written]:
    """Run every CDKTF, cdktn and CDK program under ``paths``; what they wrote lasts as long as the context.

    Args:
        paths: where to look for ``cdktf.json`` and ``cdk.json``.
        options: how programs are read; the project, which programs see, is its root.
        exclude: patterns of paths, relative to the root, that are not looked at.
        seconds: how long one program may take.
        unconfined: whether to run them without a sandbox, as the user would, with limits only.
    """
    stand_ins: dict[Path, Path] = {}
    failed: list[Unreadable] = []
    with tempfile.TemporaryDirectory(prefix="onetake-synth-") as scratch:
        found = commands.programs(paths, options, exclude)
        if not found:
            names = ", ".join(str(path) for path in paths)
            remedy = "give a folder that holds one, or leave out --synth"
            failed.append(Unreadable(Span(names), f"no cdktf.json or cdk.json under {names}", remedy))
        for number, path in enumerate(found):
            output = Path(os.path.realpath(scratch), str(number), "out")
            output.mkdir(parents=True)
            try:
                synthesis = commands.read(path, options)
                if synthesis is not None:
                    stand_ins[synthesis.output] = output
                    _run(synthesis, options, output, seconds, unconfined=unconfined)
            except Unreadable as error:
                failed.append(error)
                for left in output.iterdir():
                    left.rename(output.parent / f"left-{left.name}")
        yield Written(replace(options, stand_ins=stand_ins), tuple(failed))


def _run(synthesis: Synthesis, options: Options, output: Path, seconds: float, *, unconfined: bool) -> None:
    place = Span(synthesis.settings)
    kind = sandbox.Kind.NOTHING if unconfined else sandbox.available()
    if kind is None:
        raise Unreadable(place, "its program is not run: there is no sandbox on this machine", _NO_SANDBOX)
    seen = sandbox.places(synthesis.folder, options.root.absolute(), synthesis.virtualenv)
    if kind is not sandbox.Kind.NOTHING and not seen.show(synthesis.folder):
        message = "its program is not run: its folder is or holds a home, of which programs see nothing"
        raise Unreadable(place, message, "move it to a folder of its own")
    if kind is sandbox.Kind.NOTHING:
        home = output.parent / "home"
        home.mkdir()
    else:
        home = Path(seen.home)
    arguments = sandbox.command(
        kind, ["/bin/sh", "-c", synthesis.command], seen, synthesis.folder, output, sandbox.limits(seconds)
    )
    try:
        ran = running.run(arguments, environment(synthesis, output, home), output, seconds, ROOM)
    except OSError as error:
        raise Unreadable(
            place, f"its program cannot be started: {error.strerror}", "see the system's limits"
        ) from error
    _judge(ran, synthesis, output)


def environment(synthesis: Synthesis, output: Path, home: Path) -> Mapping[str, str]:
    """All that the program is told by variables: none of the user's but where programs lie, and the language."""
    passed = {name: os.environ[name] for name in _PASSED if name in os.environ}
    told = {**passed, **synthesis.variables, "HOME": str(home), synthesis.destination: str(output)}
    if synthesis.virtualenv:
        told["VIRTUAL_ENV"] = str(synthesis.virtualenv)
        told["PATH"] = os.pathsep.join((str(synthesis.virtualenv / "bin"), passed.get("PATH", os.defpath)))
    return told


def _judge(ran: running.Ran, synthesis: Synthesis, output: Path) -> None:
    place, said = Span(synthesis.settings), last_lines(ran.printed)
    refused = next((line for line in said if line.startswith(sandbox.MARK)), None)
    if ran.code == sandbox.CANNOT and refused:
        raise Unreadable(place, f"its program is not run: no sandbox ({refused})", _NO_SANDBOX)
    if ran.stopped:
        message = _with(f'"{synthesis.command}" was stopped: {ran.stopped}', said)
        raise Unreadable(place, message, "give it more time with --synth-timeout, or find what it waits for")
    if ran.code != 0:
        message = _with(f'"{synthesis.command}" ended with {ran.code} when it synthesized', said)
        raise Unreadable(place, message, "correct the program; in the sandbox it has no network and only its own files")
    if not (output / "manifest.json").is_file():
        message = _with(f'"{synthesis.command}" ended well and wrote nothing to {synthesis.destination}', said)
        raise Unreadable(place, message, "call app.synth(), and leave the folder it writes to open")


def last_lines(printed: str) -> list[str]:
    """The end of what a program printed, without lines that say nothing, each of a bearable length."""
    lines = [line.strip() for line in printed.splitlines() if not _SAYS_NOTHING.fullmatch(line)]
    return [line if len(line) <= _WIDTH else f"{line[:_WIDTH]}..." for line in lines[-_LINES:]]


def _with(message: str, said: Sequence[str]) -> str:
    """The message with the last line that was printed, which mostly says what is wrong, and those before."""
    if not said:
        return message
    before = f" (after: {' | '.join(said[:-1])})" if len(said) > 1 else ""
    return f"{message}; it printed last: {said[-1]}{before}"
