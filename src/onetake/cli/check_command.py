"""``onetake check``: predict, and tell."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from onetake.analysis import checking
from onetake.analysis.configuration import Configuration, Misconfigured
from onetake.analysis.names import every
from onetake.api import Arguments
from onetake.cli import standard_input
from onetake.cli.entry import FAULT, REPORT_IT
from onetake.cli.pairs import pairs
from onetake.model.findings import Severity
from onetake.model.report import Report
from onetake.reports import FORMATS, render
from onetake.reports.options import wants_color

_SEVERITIES = [*(severity.value for severity in Severity), "never"]
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_PLAN = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


def _rule_names(_context: click.Context, _option: click.Parameter, start: str) -> list[str]:
    return sorted(name for name in every() if name.startswith(start))


def _names(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.strip() for text in given for name in text.split(",") if name.strip())


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option("--format", "-f", "form", type=click.Choice(FORMATS), default="terminal", help="How to tell it.")
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="Write the report to a file.")
@click.option("--quiet", "-q", is_flag=True, help="One line for each finding.")
@click.option("--verbose", "-v", is_flag=True, help="Evidence, suppressed findings and assumptions too.")
@click.option("--fail-on", type=click.Choice(_SEVERITIES), help="End with 1 from this severity on.  [default: high]")
@click.option("--only", multiple=True, callback=_names, shell_complete=_rule_names, metavar="RULE", help="Ask only it.")
@click.option(
    "--ignore", multiple=True, callback=_names, shell_complete=_rule_names, metavar="RULE", help="Leave it out."
)
@click.option("--explain", shell_complete=_rule_names, metavar="RULE", help="Show the page of a rule, and end.")
@click.option("--list-rules", is_flag=True, help="Show every rule in one line, and end.")
@click.option("--fix", is_flag=True, help="Mend what can be mended in the source, each fix judged again first.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option("--exact", is_flag=True, help="Ask the AWS provider that Terraform has installed here, too.")
@click.option("--project", is_flag=True, help="Judge tests, tools and documents of the project, too.")
@click.option(
    "--synth", is_flag=True, help="Run CDKTF, cdktn and CDK programs in a sandbox, and judge what they write."
)
@click.option("--synth-timeout", default=120.0, show_default=True, metavar="SECONDS", help="For one of these programs.")
@click.option("--synth-unconfined", is_flag=True, help="With --synth: without the sandbox, if you trust the programs.")
@click.option("--region", metavar="REGION", help="The region where the program names none.")
@click.option("--profile", metavar="NAME|FILE", help="The account: new-account, used-account, or a TOML or JSON file.")
@click.option("--as-of", metavar="DATE", help="Judge for this day.  [default: today]")
@click.option("--parameter", multiple=True, callback=pairs, metavar="NAME=VALUE", help="A template parameter.")
@click.option("--parameter-file", multiple=True, type=_FILE, metavar="FILE", help="Template parameters as JSON.")
@click.option("--var", multiple=True, callback=pairs, metavar="NAME=VALUE", help="A Terraform variable.")
@click.option("--var-file", multiple=True, type=_FILE, metavar="FILE", help="Terraform variables.")
@click.option("--plan", type=_PLAN, metavar="FILE", help="A plan of the configuration, judged together with it.")
@click.option("--module-dir", multiple=True, type=_FOLDER, metavar="FOLDER", help="Modules from elsewhere.")
@click.option("--root", type=_FOLDER, metavar="FOLDER", help="Nothing outside it is read.  [default: the repository]")
@click.option("--config", type=_FILE, metavar="FILE", help="The configuration.  [default: the nearest above PATH]")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colours.")
def command(**given: Any) -> int:
    """Predict what stops the programs under PATH (by default the current folder), before it is deployed.

    Finds Terraform and OpenTofu configurations and plans (terraform show -json), CloudFormation templates, and the
    output of CDKTF, cdktn and the AWS CDK. A file is read alone; "-" reads a template, configuration or plan from
    standard input.
    """
    if given["list_rules"]:
        from onetake.cli import explain

        click.echo(explain.data() if given["form"] == "json" else explain.table(), nl=False)
        return 0
    if given["explain"]:
        return _explain(given["explain"])
    try:
        return _check(given)
    except Misconfigured as error:
        raise click.UsageError(str(error)) from error


def _explain(name: str) -> int:
    from onetake.cli import explain

    try:
        click.echo(explain.page(name), nl=False)
    except LookupError as error:
        raise click.UsageError(error.args[0]) from error
    return 0


def _check(given: dict[str, Any]) -> int:
    arguments = _arguments(given)
    settings = arguments.configuration()
    request = arguments.request(settings)
    if given["synth_unconfined"] and not given["synth"]:
        raise click.UsageError("--synth-unconfined says how --synth runs programs; give both")
    if given["synth"]:
        return _synthesize(given, request, settings)
    if given["fix"] or given["diff"]:
        if given["plan"]:
            raise click.UsageError("a plan cannot be fixed; leave out --plan, then plan again")
        from onetake.cli import fixing

        if arguments.overlay:
            raise click.UsageError("standard input cannot be fixed; give a file")
        if given["diff"]:
            return fixing.show(request)
        fixing.write(request)
    return _report(given, request, settings)


def _synthesize(given: dict[str, Any], request: checking.Request, settings: Configuration) -> int:
    """Judge what the programs write that are run now."""
    if given["fix"] or given["diff"]:
        raise click.UsageError("--fix does not run programs; leave out --synth, then check again with it")
    from onetake.synth.synthesizing import requested

    with requested(request, seconds=given["synth_timeout"], unconfined=given["synth_unconfined"]) as written:
        return _report(given, written, settings)


def _report(given: dict[str, Any], request: checking.Request, settings: Configuration) -> int:
    report = checking.check(request)
    fail_on = _threshold(given["fail_on"], settings)
    _tell(report, given, fail_on)
    _faults(report, given["form"])
    return report.exit_code(fail_on)


def _arguments(given: dict[str, Any]) -> Arguments:
    paths: tuple[Path, ...] = given["paths"] or (Path(),)
    overlay: dict[Path, bytes] = {}
    if Path("-") in paths:
        standard = standard_input.read()
        overlay = dict([standard])
        paths = tuple(dict.fromkeys(standard[0] if path == Path("-") else path for path in paths))
    plan: Path | None = given["plan"]
    if plan == Path("-"):
        if overlay:
            raise click.UsageError("standard input is either the program or the plan")
        plan, content = standard_input.read()
        overlay = {plan: content}
    for path in paths:
        if path not in overlay and not path.exists():
            raise click.BadParameter(f'"{path}" does not exist', param_hint="PATH")
    return Arguments(
        paths,
        region=given["region"],
        profile=given["profile"],
        as_of=given["as_of"],
        parameters={**given["parameter"], **given["var"]},
        parameter_files=(*given["parameter_file"], *given["var_file"]),
        module_dirs=given["module_dir"],
        environment=os.environ,
        only=given["only"],
        ignore=given["ignore"],
        plan=plan,
        root=given["root"],
        config=given["config"],
        exact=given["exact"],
        project=given["project"],
        overlay=overlay,
    )


def _threshold(given: str | None, settings: Configuration) -> Severity | None:
    word = given or settings.fail_on or Severity.HIGH.value
    return None if word == "never" else Severity(word)


def _tell(report: Report, given: dict[str, Any], fail_on: Severity | None) -> None:
    import shutil

    output: Path | None = given["output"]
    auto = output is None and wants_color(sys.stdout, os.environ)
    text = render(
        report,
        given["form"],
        color={"auto": auto, "always": True, "never": False}[given["color"]],
        width=shutil.get_terminal_size((100, 24)).columns,
        quiet=given["quiet"],
        verbose=given["verbose"],
        fail_on=fail_on,
    )
    if output is None:
        sys.stdout.write(text)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.UsageError(f"{output} cannot be written: {error.strerror}") from error


def _faults(report: Report, form: str) -> None:
    """Tell the faults of ours where the report's own format is not for people."""
    for crash in report.crashes:
        if form != "terminal":
            click.echo(f"onetake: a fault of onetake in {crash.where}: {crash.detail}", err=True)
        if os.environ.get("ONETAKE_TRACEBACK") == "1":
            click.echo(crash.facts.get("traceback", ""), err=True)
    if report.crashes:
        click.echo(f"onetake: {REPORT_IT} (exit code {FAULT})", err=True)
