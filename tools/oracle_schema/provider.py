"""``python -m tools.oracle_schema.provider FOLDER``: generated settings through the AWS provider and through the pack.

With ``--record`` the summary and a sample of the answers are kept in ``tests/frontends/terraform/schemas``, which the
accuracy page and the tests read. Says why it cannot.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

from onetake.knowledge.terraform import provider_schema
from onetake.knowledge.terraform.schema import Kind, ProviderSchema
from onetake.providers.binaries import find
from onetake.providers.client import Provider
from tools.oracle_schema.asking import terraform_errors
from tools.oracle_schema.comparing import Answer, Compared, asked, compared, counted
from tools.oracle_schema.generating import Case
from tools.oracle_schema.settings import Setting, Settings
from tools.oracle_schema.vocabulary import vocabulary
from tools.packs.inputs import located

VERSION = "5.100.0"
RECORDS = Path(__file__).resolve().parents[2] / "tests" / "frontends" / "terraform" / "schemas"
ANSWERS = RECORDS / "settings.jsonl.gz"
COUNTS = RECORDS / "settings.json"
SECONDS = 8.0
SAMPLE = 800
LONG = 1500
"""Settings and answers of more letters are not recorded."""
THROUGH_TERRAFORM = 50
"""How many types go through Terraform, too."""


def settings(number: int, seed: int, schemas: ProviderSchema) -> list[Setting]:
    """Settings made with the pinned descriptions of CloudFormation and of AWS's API."""
    known = vocabulary(located("cfn-lint"), located("botocore"))
    return [*Settings(schemas, known, seed).made(number)]


def answers(binary: Path, made: Sequence[Setting], schemas: ProviderSchema) -> Iterator[tuple[Setting, list[Answer]]]:
    """What the provider says of every setting; those that it crashes at, or does not answer, are left out."""
    with Provider(binary, seconds=SECONDS) as provider:
        for one in made:
            said = asked(provider, schemas, one)
            if said is not None:
                yield one, said


def line(setting: Setting, said: Sequence[Answer]) -> str:
    """A setting with the provider's answer as a line of a record."""
    return json.dumps([setting.kind.value, setting.type, setting.config, said], ensure_ascii=False)


def recorded(path: Path = ANSWERS) -> Iterator[tuple[Setting, list[Answer]]]:
    """The settings and answers of a record."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for text in file:
            kind, type_, config, said = json.loads(text)
            yield Setting(Kind(kind), type_, config), [(one[0], one[1], one[2], tuple(one[3])) for one in said]


def sample(pairs: Sequence[tuple[Setting, list[Answer]]], seed: int) -> list[str]:
    """Short ones of those that the provider says something of, and a few of the others."""
    short = [(line(*pair), bool(pair[1])) for pair in pairs]
    told = [text for text, any_ in short if any_ and len(text) < LONG]
    quiet = [text for text, any_ in short if not any_ and len(text) < LONG]
    chance = Random(seed)
    chosen = chance.sample(told, min(len(told), SAMPLE * 3 // 4)) + chance.sample(quiet, min(len(quiet), SAMPLE // 4))
    return sorted(chosen)


def through_terraform(pairs: Sequence[tuple[Setting, list[Answer]]], folder: Path, seed: int) -> dict[str, int]:
    """Whether ``terraform validate`` gives the errors that the provider gives, for settings of random types."""
    of_type = {one.type: (one, said) for one, said in pairs if one.kind is Kind.RESOURCE}
    names = Random(seed).sample(sorted(of_type), min(THROUGH_TERRAFORM, len(of_type)))
    cases, theirs = [], {}
    for place, name in enumerate(names):
        setting, said = of_type[name]
        text = json.dumps({"resource": {name: {"x": _escaped(setting.config)}}})
        case = Case(f"t{place:03}", "resource", name, "", True, text)
        cases.append(case)
        theirs[case.name] = {(summary, detail) for error, summary, detail, _ in said if error}
    found = terraform_errors(cases, folder, VERSION)
    counts: Counter[str] = Counter(types=len(cases))
    for case in cases:
        counts["same"] += found[case.name] == theirs[case.name]
        counts["errors"] += len(theirs[case.name])
    return dict(counts)


def _escaped(value: Any) -> Any:
    """Texts as JSON configurations write them: templates are marked."""
    if isinstance(value, str):
        return value.replace("${", "$${").replace("%{", "%%{")
    if isinstance(value, Mapping):
        return {name: _escaped(one) for name, one in value.items()}
    return [_escaped(one) for one in value] if isinstance(value, list) else value


def main() -> int:
    """Compare; 1 when settings are refused that the provider takes, or fewer than 99 % of our words are its own."""
    parser = argparse.ArgumentParser(prog="python -m tools.oracle_schema.provider", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--settings", type=int, default=24_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--record", action="store_true", help="rewrite the summary and the sample")
    given = parser.parse_args()
    binary = find("hashicorp/aws", VERSION)
    if binary is None:
        print(f"the AWS provider {VERSION} is not on this machine: nothing to compare with", file=sys.stderr)
        return 0
    schemas = provider_schema(VERSION)
    pairs = list(answers(binary, settings(given.settings, given.seed, schemas), schemas))
    found = [compared(setting, said, schemas, VERSION) for setting, said in pairs]
    counts: dict[str, Any] = {"provider": VERSION, "seed": given.seed, **dict(counted(found))}
    counts["terraform"] = through_terraform(pairs, given.folder / "validate", given.seed)
    given.folder.mkdir(parents=True, exist_ok=True)
    with gzip.open(given.folder / "disagreements.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(f"{text}\n" for text in map(_disagreement, found) if text)
    if given.record:
        COUNTS.write_text(json.dumps(counts, indent=1) + "\n", encoding="utf-8")
        content = "".join(f"{text}\n" for text in sample(pairs, given.seed))
        ANSWERS.write_bytes(gzip.compress(content.encode(), 9, mtime=0))
    total = counts["total"]
    precise, recalled = agreement(total)
    print(json.dumps(total), f"precision {precise:.2%}, recall {recalled:.2%}", counts["terraform"])
    return int(bool(total.get("false verdicts")) or precise < 0.99)


def agreement(total: Mapping[str, int]) -> tuple[float, float]:
    """Which part of what we say the provider says, and which part of what it says we do."""
    return total["both"] / (total["both"] + total["false"]), total["both"] / total["said"]


def _disagreement(one: Compared) -> str:
    if not one.missed and not one.false:
        return ""
    sides = [[[said.error, said.summary, said.detail, said.at] for said in side] for side in (one.missed, one.false)]
    return json.dumps([one.setting.kind.value, one.setting.type, one.setting.config, *sides])


if __name__ == "__main__":
    sys.exit(main())
