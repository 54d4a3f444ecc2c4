"""The programs of the founding cases and pairs that can be deployed, and what their deployment has to show."""

from __future__ import annotations

import re
import shutil
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from onetake.api import check, load
from onetake.frontends.cloudformation.reading import template_of
from onetake.model.findings import Finding, Stage
from onetake.model.records import field, record

ROOT = Path(__file__).resolve().parents[2]
EXPECTED = ROOT / "tests" / "cases.toml"
SHARED = ROOT.parent / "shared"
LANGUAGES = ("cloudformation", "terraform")
DEPLOYED = frozenset({Stage.INIT, Stage.VALIDATE, Stage.PLAN, Stage.CREATE, Stage.STABILIZE})
_BEFORE = frozenset({Stage.INIT, Stage.VALIDATE, Stage.PLAN})
_ARCHIVE = re.compile(r'"filename":\s*"([\w-]+\.zip)"')
_OPTIONS = frozenset({"region", "as_of", "profile"})


@record
class Pair:
    """A program that fails and its twin that deploys, in one language."""

    case: str
    language: str
    fails: Path
    passes: Path
    rules: tuple[str, ...] = ()
    """One of which has to find the fault (``tests/cases.toml``)."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """What the verdict rests on beside the program: options of ``onetake.check``."""


@record
class Shown:
    """What a deployment of the failing program shows."""

    resource: str = ""
    """Where it stops; empty where it does not, or not for certain."""
    before: bool = False
    """Whether it stops before anything is made, so that no resource is refused."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """Options of ``onetake.emulator.rehearse``."""
    why_not: str = ""
    """Why no deployment shows the fault."""


def pairs(shared: Path) -> Iterator[Pair]:
    """Every case and pair whose two variants can be deployed."""
    for case in sorted([*shared.glob("cases/*"), *shared.glob("pairs/*")]):
        for language in LANGUAGES:
            forms = _forms(case, language)
            found = next(((fails, passes) for fails, passes in forms if _there(fails) and _there(passes)), None)
            if found:
                entry = _entries().get(case.name, {})
                yield Pair(case.name, language, *found, tuple(entry.get("rules", [])), entry.get("options", {}))


def _forms(case: Path, language: str) -> list[tuple[Path, Path]]:
    inner = case / language
    if language == "terraform":
        names = [("fail", "pass"), ("fail.tf.json", "pass.tf.json")]
        return [(case / "fail", case / "pass"), *((inner / fails, inner / passes) for fails, passes in names)]
    synthesized = case / "fail" / "template.json", case / "pass" / "template.json"
    return [synthesized, (inner / "fail.yaml", inner / "pass.yaml")]


def _there(program: Path) -> bool:
    return program.is_file() or (program.is_dir() and any(program.glob("*.tf*")))


@cache
def _entries() -> Mapping[str, Any]:
    return tomllib.loads(EXPECTED.read_text(encoding="utf-8"))


def alone(program: Path, folder: Path) -> Path:
    """``program`` where nothing else is read with it: a file that shares its folder with its twin is copied."""
    if program.is_dir() or not program.name.endswith(".tf.json"):
        return program
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(program, folder / "main.tf.json")
    for name in _ARCHIVE.findall(program.read_text(encoding="utf-8")):
        # The code that a function would run, which no deployment looks into.
        with zipfile.ZipFile(folder / name, "w") as archive:
            archive.writestr("index.py", "def handler(event, context):\n    return None\n")
    return folder


def shown(pair: Pair, scratch: Path) -> Shown:
    """What a deployment of the failing program shows, in any account or else in a new one."""
    program = alone(pair.fails, scratch)
    lacking = ""
    for more in ({}, {"profile": "new-account"}):
        options = {**pair.options, **more}
        found = _findings(program, options)
        certain = [one for one in found if _certain(one, pair.rules)]
        if not any(one.rule in pair.rules for one in found):
            # A step before the engine reads arguments prints it: Terraform's own check of its language.
            certain += [one for one in found if one.stage is Stage.VALIDATE and not one.conditional]
        if certain:
            first = certain[0]
            known = {name: value for name, value in options.items() if name in _OPTIONS}
            known["variables"] = {**_filled_in(pair, program), **options.get("parameters", {})}
            resource = first.resource or f"the step {first.stage.value}"
            return Shown(resource, first.stage in _BEFORE, {name: value for name, value in known.items() if value})
        lacking = lacking or _why_not(pair, found)
    return Shown(why_not=lacking)


def _filled_in(pair: Pair, program: Path) -> dict[str, str]:
    """Values for parameters that have none, and name nothing of the account: any text will do."""
    if pair.language == "terraform":
        return {}
    template = template_of(load(program, root=program.parent)[0])
    declared = template.sections["Parameters"] if template else {}
    return {
        name: f"any-{name.lower()}"
        for name, body in declared.items()
        if "Default" not in body and body.get("Type") == "String"
    }


def _findings(program: Path, options: Mapping[str, Any]) -> list[Finding]:
    root = program if program.is_dir() else program.parent
    return [one.finding for one in check(program, root=root, config=False, **options).findings]


def _certain(finding: Finding, rules: tuple[str, ...]) -> bool:
    return finding.rule in rules and finding.stage in DEPLOYED and not finding.conditional


def _why_not(pair: Pair, found: list[Finding]) -> str:
    """In one sentence, for the page."""
    ours = [one for one in found if one.rule in pair.rules]
    if not pair.rules:
        return str(_entries().get(pair.case, {}).get("not_judged") or "it shows in the source, not in what that writes")
    if not ours:
        return "it shows in the source, not in what that writes"
    first = ours[0]
    if first.stage is Stage.RUN:
        return "nothing is refused: it costs, leaks or misses its aim"
    if first.condition:
        return f"it depends: {first.condition}"
    return "it shows when everything is deleted, and depends on what was stored by then"
