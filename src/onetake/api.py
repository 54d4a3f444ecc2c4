"""The Python interface: check programs, read them, and look at the rules.

>>> import onetake
>>> report = onetake.check("infrastructure/", region="eu-west-1")   # doctest: +SKIP
>>> for located in report.findings:                                 # doctest: +SKIP
...     print(located.place, located.finding.message)
"""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal, TypeAlias

from onetake.analysis.checking import Request
from onetake.analysis.checking import check as _check
from onetake.analysis.configuration import Configuration, Misconfigured, find, written
from onetake.analysis.configuration import load as _load
from onetake.analysis.names import every, exists, suggestion
from onetake.analysis.runner import Selection
from onetake.frontends.files import Options
from onetake.model.assumptions import ACCOUNT_ID, REGION, Assumptions, Profile
from onetake.model.findings import Severity
from onetake.model.records import field, record
from onetake.model.report import Report
from onetake.model.stacks import Stack

StrPath: TypeAlias = str | os.PathLike[str]


@record
class RuleInfo:
    """What is known of a rule without running it."""

    name: str
    severity: Severity
    stages: tuple[str, ...]
    """Where what it finds would stop."""
    types: tuple[str, ...]
    """The resource types that it judges, of both languages."""
    summary: str
    """One line."""


def check(  # noqa: PLR0913 - each is an option of the command of the same name
    *paths: StrPath,
    region: str | None = None,
    profile: str | Profile | None = None,
    as_of: datetime.date | str | None = None,
    parameters: Mapping[str, object] | None = None,
    parameter_files: Sequence[StrPath] = (),
    module_dirs: Sequence[StrPath] = (),
    environment: Mapping[str, str] | None = None,
    only: Iterable[str] = (),
    ignore: Iterable[str] = (),
    exclude: Sequence[str] = (),
    plan: StrPath | None = None,
    root: StrPath | None = None,
    config: StrPath | Literal[False] | None = None,
    exact: bool = False,
    project: bool = False,
    synth: bool = False,
    synth_timeout: float | None = None,
    synth_unconfined: bool = False,
) -> Report:
    """Predict every failure of the programs under ``paths``; no network is used, and nothing executed unless asked for.

    Args:
        paths: folders and files; the current folder if there are none.
        region: the AWS region that templates, and providers without one, are deployed to.
        profile: what the account has and allows: ``"new-account"``, ``"used-account"``, the path of a TOML or
            JSON file, or a :class:`~onetake.model.assumptions.Profile`.
        as_of: the day for which to judge, as a date or ``"2026-11-24"``; today if not given.
        parameters: template parameters and Terraform variables by name.
        parameter_files: CloudFormation parameter files (JSON) and Terraform variable files.
        module_dirs: folders that hold modules of registries and repositories, as ``NAMESPACE/NAME/PROVIDER[/VERSION]``
            or by the name of the module or its repository.
        environment: where variables of a root module are looked for as ``TF_VAR_name``; none if not given. The
            command gives its own.
        only: the names of the rules to ask; all if empty.
        ignore: the names of rules not to ask.
        exclude: patterns of paths, relative to the root, that are not looked at.
        plan: what ``terraform show -json`` prints of a plan of the one configuration under ``paths``; both are judged
            together, with the values of the plan.
        root: the folder outside of which nothing is read; if not given, the repository that holds the paths, or
            the folder that they have in common.
        config: a configuration file; ``None`` for the nearest one, ``False`` for none. Arguments win over it.
        exact: ask the AWS provider, where Terraform has installed it on this machine, about every Terraform resource:
            its program is run, without network and account (``onetake[exact]``).
        project: judge what surrounds the programs, too: their tests, tools and documents (rules ``project-*``).
        synth: run the own synthesis of every CDKTF, cdktn and CDK program first, in a sandbox without network and
            credentials, and judge what it writes in the place of what was synthesized before.
        synth_timeout: seconds that one of these programs may take, up to a day; 120 if not given.
        synth_unconfined: run them without the sandbox, where there is none and they are trusted.

    Raises:
        Misconfigured: an argument or a setting makes no sense. What is wrong with a *program* is in the report.
    """
    given = Arguments(
        tuple(Path(path) for path in paths) or (Path(),),
        region=region,
        profile=profile,
        as_of=as_of,
        parameters=parameters or {},
        parameter_files=tuple(Path(path) for path in parameter_files),
        module_dirs=tuple(Path(path) for path in module_dirs),
        environment=environment or {},
        only=tuple(only),
        ignore=tuple(ignore),
        exclude=tuple(exclude),
        plan=Path(plan) if plan is not None else None,
        root=Path(root) if root is not None else None,
        config=config if config is None or config is False else Path(config),
        exact=exact,
        project=project,
    )
    request = given.request()
    if not synth:
        if synth_unconfined or synth_timeout is not None:
            raise Misconfigured("synth_timeout and synth_unconfined say how synth runs programs; give it, too")
        return _check(request)
    from onetake.synth.synthesizing import SECONDS, requested

    with requested(request, seconds=synth_timeout or SECONDS, unconfined=synth_unconfined) as written:
        return _check(written)


def load(path: StrPath, *, region: str | None = None, root: StrPath | None = None) -> list[Stack]:
    """The stacks of the programs under ``path``, as rules see them.

    Raises:
        Unreadable: one of them cannot be read.
    """
    from onetake.frontends import programs

    options = Arguments((Path(path),), region=region, root=Path(root) if root else None, config=False).request().options
    found = programs.find([Path(path)], options)
    for error in found.unreadable:
        raise error
    return [stack for program in found.programs for stack in programs.read(program, options)]


def list_rules() -> tuple[RuleInfo, ...]:
    """Every rule, by name."""
    from onetake.rules.registry import entries

    found = (
        RuleInfo(entry.name, Severity(entry.severity), entry.stages, entry.types, entry.summary)
        for entry in entries().values()
    )
    return tuple(sorted(found, key=lambda rule: rule.name))


@record
class Arguments:
    """What a caller asked for, before it is put together with the configuration."""

    paths: tuple[Path, ...]
    region: str | None = None
    profile: str | Profile | None = None
    as_of: datetime.date | str | None = None
    parameters: Mapping[str, object] = field(default_factory=dict)
    parameter_files: tuple[Path, ...] = ()
    module_dirs: tuple[Path, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    only: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    plan: Path | None = None
    root: Path | None = None
    config: Path | Literal[False] | None = None
    exact: bool = False
    project: bool = False
    overlay: Mapping[Path, bytes] = field(default_factory=dict)

    def configuration(self) -> Configuration:
        """The configuration that these arguments are to be put together with."""
        if self.config is False:
            return Configuration()
        return _load(self.config) if self.config else find(_common(self.paths), self.top())

    def top(self) -> Path:
        """The folder outside of which nothing is read."""
        return self.root if self.root is not None else _root(self.paths)

    def request(self, configuration: Configuration | None = None) -> Request:
        """The request that these arguments and the configuration make together.

        Raises:
            Misconfigured: one of them makes no sense.
        """
        settings = self.configuration() if configuration is None else configuration
        selection = Selection(frozenset(self.only or settings.only), frozenset((*self.ignore, *settings.ignore)))
        _known([*selection.only, *selection.ignore, *(name for names in settings.ignore_in.values() for name in names)])
        exclude = (*settings.exclude, *self.exclude)
        options = Options(
            root=self.top(),
            assumptions=self._assumptions(settings),
            parameters={**settings.parameters, **{name: written(value) for name, value in self.parameters.items()}},
            parameter_files=(*settings.parameter_files, *self.parameter_files),
            module_dirs=(*self.module_dirs, *settings.module_dirs),
            environment={name: text for name, text in self.environment.items() if name.startswith("TF_VAR_")},
            exclude=exclude,
            project=self.project or settings.project or any(name.startswith("project-") for name in selection.only),
            overlay=self.overlay,
        )
        return Request(self.paths, options, selection, settings.ignore_in, exclude, self.plan, exact=self.exact)

    def _assumptions(self, settings: Configuration) -> Assumptions:
        region = self.region or settings.region
        profile = _profile(self.profile or settings.profile)
        return Assumptions(
            region=_region(region) if region else REGION,
            account=profile.account or ACCOUNT_ID,
            account_given=bool(profile.account),
            profile=profile,
            as_of=_date(self.as_of or settings.as_of),
            region_given=bool(region),
        )


def _common(paths: Sequence[Path]) -> Path:
    """The folder that ``paths`` have in common."""
    common = Path(os.path.commonpath([path.absolute() for path in paths]))
    return common if common.is_dir() else common.parent


def _root(paths: Sequence[Path]) -> Path:
    """The repository that holds all of ``paths``; else the current folder if it does, else what they have in common."""
    common = Path(os.path.realpath(_common(paths)))
    for folder in (common, *common.parents):
        if (folder / ".git").exists():
            return folder
    here = Path.cwd()
    return here if common.is_relative_to(here) else common


def _known(names: Iterable[str]) -> None:
    for name in names:
        if not exists(name):
            raise Misconfigured(f'there is no rule "{name}"{suggestion(name, every())}')


def _profile(given: str | Profile) -> Profile:
    if isinstance(given, Profile):
        return given
    from onetake.analysis.profiles import profile

    return profile(given or "any-account")


def _date(given: datetime.date | str | None) -> datetime.date:
    if isinstance(given, datetime.date):
        return given
    if given is None:
        return datetime.datetime.now(tz=datetime.UTC).date()
    try:
        return datetime.date.fromisoformat(given)
    except ValueError as error:
        raise Misconfigured(f'"{given}" is no date; write it like 2026-11-24') from error


def _region(given: str) -> str:
    if not re.fullmatch(r"[a-z]{2,4}(?:-[a-z]+)+-\d+", given):
        raise Misconfigured(f'"{given}" is no AWS region; write it like eu-west-1')
    return given
