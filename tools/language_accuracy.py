"""The part of ``docs/accuracy.md`` about the Terraform language: how our evaluator stands to the real Terraform."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.oracle_language import agreement

SUMMARY = Path(__file__).resolve().parents[1] / "tests" / "frontends" / "terraform" / "oracle" / "summary.json"
WHAT = {
    "known": "of known values",
    "unknown": "with values that are known after apply",
}
BOTH_REFUSE = "other summary"
Content = dict[str, Any]
_ABOUT = """*Compared by `make oracle-language` with Terraform {terraform} on {date}.* Generated expressions, over the
whole grammar and with every kind of mistake, were evaluated by Terraform and by onetake. *Same* means the same value
and type to the last digit, or a refusal under the same headline; an answer *agrees* if it is the same, or if both
refuse and tell of different ones of the expression's mistakes."""


def section() -> str:
    """The section, from what ``make oracle-language`` recorded."""
    summary: Content = json.loads(SUMMARY.read_text(encoding="utf-8"))
    parts = [*_expressions(summary["expressions"]), "", *_configurations(summary["configurations"])]
    if "refusals" in summary:
        parts += ["", *_refusals(summary["refusals"])]
    return "\n".join(parts) + "\n"


def _expressions(part: Content) -> Iterator[str]:
    yield "## The Terraform language"
    yield ""
    yield "### Expressions"
    yield ""
    yield _ABOUT.format(**part).replace("\n", " ")
    yield ""
    yield "| expressions | number | refused by Terraform | same | agree |"
    yield "| --- | --- | --- | --- | --- |"
    for which, result in part["results"].items():
        asked, same = result["asked"], result["same"]
        agree = same + result["verdicts"].get(BOTH_REFUSE, 0)
        yield f"| {WHAT[which]} | {asked:,} | {result['refused']:,} | {same / asked:.2%} | {agree / asked:.2%} |"
    for which, result in part["results"].items():
        yield ""
        yield f"All differences between expressions {WHAT[which]}:"
        yield ""
        for reason in result["reasons"]:
            examples = ", ".join(f"`` {one} ``" if "`" in one else f"`{one}`" for one in reason["examples"])
            yield f"- {reason['count']}: {reason['reason']}" + (f" ({examples})" if examples else "")


_CONFIGURATIONS = """*Compared by `make oracle-language` with Terraform {terraform} and version 5.100.0 of the AWS
provider on {date}.* {programs} configurations - reference programs of IaC-Eval, and the examples of
terraform-aws-modules as they were when version 5 was current - were planned by Terraform, without AWS, and read by
onetake: {whole} were planned whole, {partly} in part (a data source needed AWS), {refused} were refused. Modules came
from local copies, version constraints were loosened, resources of the `random`, `null` and `time` providers became
`terraform_data`, and programs were planned as modules of one another; what needs other providers was left out. Only
what a program sets is compared, up to the conversions of the provider's schema."""
_WORDS = {
    "same instance": "instances that both have",
    "instance only there": "instances that only Terraform has",
    "instance only here": "instances that only onetake has",
    "instances not known here": "instances that onetake does not tell apart, since AWS decides their number",
    "same": "values that both know alike, or leave both open",
    "different": "values that differ",
    agreement.OPEN_HERE: "values that Terraform knows and onetake leaves open (mostly answers of data sources)",
    agreement.OPEN_THERE: "values that onetake knows and Terraform learns when it applies",
    "false alarm": "certain findings of the language on a configuration that Terraform plans whole",
    "same refusal": "refusals by the language that both tell",
    "language error missed": "refusals by the language that onetake does not tell",
    "refused only here": "certain findings of the language where Terraform tells of other mistakes alone",
}


def _configurations(part: Content) -> Iterator[str]:
    results = part["results"]
    yield "### Configurations"
    yield ""
    yield _CONFIGURATIONS.format(**part, **results).replace("\n", " ")
    yield ""
    yield "| what | number |"
    yield "| --- | --- |"
    for verdict, words in _WORDS.items():
        yield f"| {words} | {results['verdicts'].get(verdict, 0):,} |"
    for title, listed in results["listed"].items():
        yield ""
        yield f"{title[0].upper()}{title[1:]}:"
        yield ""
        for one in listed:
            yield f"- `{one['program']}`, `{one['where']}`: {one['why']}"


_REFUSALS = """*Compared by `make oracle-language` with Terraform {terraform} and version 5.100.0 of the AWS
provider on {date}.* {configurations} public configurations ({kinds}) went through `terraform init` and `validate` as
they stand, and through onetake with the same version of the provider. An error counts as told by both when headline,
file and line are the same; Terraform prints some without a place."""
_LONG = 70
_TOLD = {
    "taken": "configurations that both take",
    "refused, predicted": "configurations that both refuse",
    "refused, not predicted": "configurations that Terraform alone refuses",
    "taken, predicted to be refused": "configurations that onetake alone refuses",
}
_ERRORS = {
    "same headline and line": "errors that both tell, at the same line",
    "same headline, another line": "errors that both tell, at different lines",
    "told by Terraform alone": "errors that Terraform alone tells",
    "told by onetake alone": "errors that onetake alone tells",
}


def _refusals(part: Content) -> Iterator[str]:
    results = part["results"]
    names = {"tf": "of repositories", "iac-eval": "of IaC-Eval"}
    kinds = ", ".join(f"{count} {names.get(kind, kind)}" for kind, count in sorted(results["kinds"].items()))
    yield "### Refusals by `terraform validate`"
    yield ""
    yield _REFUSALS.format(**part, configurations=results["configurations"], kinds=kinds).replace("\n", " ")
    yield ""
    yield "| what | number |"
    yield "| --- | --- |"
    for words, counts in ((_TOLD, results["verdicts"]), (_ERRORS, results["errors"])):
        for verdict, text in words.items():
            yield f"| {text} | {counts.get(verdict, 0):,} |"
    yield ""
    yield "Of the corpus were left out: " + "; ".join(f"{n:,}: {why}" for why, n in results["left out"].items()) + "."
    yield ""
    yield "All differences:"
    yield ""
    for one in results["listed"]:
        headline = one["headline"] if len(one["headline"]) < _LONG else f"{one['headline'][:_LONG]}..."
        yield f"- `{one['program']}`, {one['where']}: *{headline}* {one['verdict']}: {one['why']}"
