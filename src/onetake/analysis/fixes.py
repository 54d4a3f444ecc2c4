"""Edits of the source that mend what was found, each tried on a copy in memory before it counts.

A fix is applied only when the program, judged again, no longer has its finding and has no finding that it did not
have before. What a tool synthesized is never edited: the next synthesis would undo it. Nor are risks: what they
depend on is not known, and the fix for one account breaks another.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from onetake.analysis.checking import Examined, Request, examine
from onetake.frontends.edits import NotEditable, apply
from onetake.frontends.programs import find, synthesized
from onetake.model.findings import Edit, Finding
from onetake.model.records import field, record, replace
from onetake.model.stacks import Stack

_BOM = b"\xef\xbb\xbf"


@record
class Refused:
    """A fix that was not applied."""

    finding: Finding
    why: str


@record(frozen=False)
class Fixes:
    """What can be mended, and how the files read then."""

    root: Path
    applied: list[Finding] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    before: dict[Path, bytes] = field(default_factory=dict)
    after: dict[Path, bytes] = field(default_factory=dict)

    def diff(self) -> str:
        """The changes as a unified diff, with paths relative to the root."""
        import difflib

        lines: list[str] = []
        for path, new in self.after.items():
            name = path.relative_to(self.root).as_posix()
            lines += difflib.unified_diff(_lines(self.before[path]), _lines(new), f"a/{name}", f"b/{name}")
        # A last line without line ending is told as diff and patch do.
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)

    def write(self) -> list[str]:
        """Change the files, each at once or not at all; answers what could not be written, and why."""
        return [problem for path in self.after for problem in _write(path, self.before[path], self.after[path])]


def plan(request: Request) -> Fixes:
    """Everything under the paths of ``request`` that can be mended; nothing is written."""
    return _Planner(request).plan()


class _Planner:
    def __init__(self, request: Request) -> None:
        self._request = request
        self._examined = [
            examine(one, request) for one in find(request.paths, request.options, request.exclude).programs
        ]
        self._fixes = Fixes(Path(os.path.realpath(request.options.root)))
        self._tried: set[tuple[object, ...]] = set()

    def plan(self) -> Fixes:
        following = self._next()
        while following is not None:
            why = self._try(*following)
            if why:
                self._fixes.refused.append(Refused(following[1], why))
            else:
                self._fixes.applied.append(following[1])
            following = self._next()
        return self._fixes

    def _next(self) -> tuple[Stack, Finding] | None:
        """The first finding with edits that was not tried yet; the program may have changed since the last."""
        for examined in self._examined:
            for judged in examined.stacks:
                for finding in judged.findings:
                    key = (examined.program.name, *_identity(finding), finding.message, finding.where.path)
                    if finding.edits and key not in self._tried:
                        self._tried.add(key)
                        return judged.stack, finding
        return None

    def _try(self, stack: Stack, finding: Finding) -> str:
        """Apply the edits of ``finding`` if that mends it and harms nothing; otherwise, why not."""
        if finding.conditional:
            return "it is a risk: decide the question first"
        if synthesized(stack):
            made = f" in {finding.construct}" if finding.construct else ""
            return f"{stack.construct_tool} wrote this file: change the source{made} and synthesize again"
        changed: dict[Path, bytes] = {}
        for file, edits in _by_file(finding.edits).items():
            path = self._fixes.root / file
            if path != Path(os.path.realpath(path)) or file not in stack.sources:
                return f"{file} is a link, or lies outside the folder that is checked"
            try:
                text = apply(stack.sources[file].text, file, edits)
            except NotEditable as error:
                return str(error)
            changed[path] = (_BOM if self._original(path).startswith(_BOM) else b"") + text.encode("utf-8")
        return self._accept(finding, changed)

    def _original(self, path: Path) -> bytes:
        if path not in self._fixes.before:
            self._fixes.before[path] = path.read_bytes()
        return self._fixes.before[path]

    def _accept(self, finding: Finding, changed: Mapping[Path, bytes]) -> str:
        """Judge the programs that read the changed files again, and keep the change if it only does good."""
        options = self._request.options
        trial = replace(options, overlay={**options.overlay, **self._fixes.after, **changed})
        touched = [index for index, one in enumerate(self._examined) if _reads(one, changed, self._fixes.root)]
        again = {
            index: examine(self._examined[index].program, replace(self._request, options=trial)) for index in touched
        }
        if any(one.problem or one.crash for one in again.values()):
            return "the program could not be read any more"
        was = _count(self._examined[index] for index in touched)
        now = _count(again.values())
        if now[_identity(finding)] >= was[_identity(finding)]:
            return "it does not mend what was found"
        worse = next((identity for identity, number in now.items() if number > was[identity]), None)
        if worse is not None:
            return f"it would make another finding: {worse[1]}"
        self._fixes.after.update(changed)
        for index, examined in again.items():
            self._examined[index] = examined
        return ""


def _lines(content: bytes) -> list[str]:
    # Only "\n" ends a line here: a diff that splits at other separators cannot be applied.
    *lines, last = content.decode("utf-8").split("\n")
    return [line + "\n" for line in lines] + ([last] if last else [])


def _identity(finding: Finding) -> tuple[str, str, str]:
    return finding.stack, finding.rule, finding.resource


def _count(examined: Iterable[Examined]) -> Counter[tuple[str, str, str]]:
    return Counter(_identity(finding) for one in examined for judged in one.stacks for finding in judged.findings)


def _reads(examined: Examined, changed: Mapping[Path, bytes], root: Path) -> bool:
    return any(root / file in changed for judged in examined.stacks for file in judged.stack.sources)


def _by_file(edits: Sequence[Edit]) -> dict[str, list[Edit]]:
    files: dict[str, list[Edit]] = {}
    for edit in edits:
        files.setdefault(edit.where.file, []).append(edit)
    return files


def _write(path: Path, before: bytes, after: bytes) -> Iterator[str]:
    import shutil
    import tempfile

    try:
        if path.is_symlink() or path.read_bytes() != before:
            yield f"{path.name} changed while it was checked; nothing was written to it"
            return
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(after)
            shutil.copymode(path, name)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        yield f"{path.name} cannot be written: {error.strerror}"


def corrected_lines(stack: Stack, finding: Finding) -> str:
    """The lines that the edits of ``finding`` change, as they read then; empty where they cannot be written.

    Edits of several files show the first one.
    """
    for file, edits in _by_file(finding.edits).items():
        source = stack.sources.get(file)
        if source is None:
            return ""
        try:
            new = apply(source.text, file, edits)
        except NotEditable:
            return ""
        if new != source.text:
            return _difference(source.text.splitlines(), new.splitlines())
    return ""


def _difference(old: list[str], new: list[str]) -> str:
    """The lines of ``new`` from the first to the last that ``old`` does not have in common with it."""
    shorter = min(len(old), len(new))
    start = next((index for index in range(shorter) if old[index] != new[index]), shorter)
    behind = next((index for index in range(shorter - start) if old[-1 - index] != new[-1 - index]), shorter - start)
    return "\n".join(new[start : len(new) - behind])
