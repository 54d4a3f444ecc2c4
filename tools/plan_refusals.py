"""Ask the real AWS provider to plan many configurations, for comparison with what we say it refuses.

The configurations are the seeds of ``tests/frontends/terraform/schemas/plan/seeds.json`` and variations of them: an
argument taken away, or given the value that it has in another seed. Run it to record a sample of the answers.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onetake.knowledge.terraform import provider_schema
from onetake.knowledge.terraform.schema import Kind
from onetake.model.records import record
from onetake.providers.process import ProviderFailure
from onetake.providers.values import complete

if TYPE_CHECKING:
    from onetake.providers.client import Provider

FOLDER = Path(__file__).resolve().parent.parent / "tests/frontends/terraform/schemas/plan"
SEEDS, ANSWERS = FOLDER / "seeds.json", FOLDER / "answers.jsonl"
VERSION = "5.100.0"
MOST = 400
"""How many variations of one type are asked about."""
KEPT = 4
"""How many answers of a type with the same words are recorded."""
_PASSING = re.compile(r"operation error|RequestError|\d{18}[0-9a-f]{8}")
"""What answers hold that depends on the account, or on the moment: names that the provider makes up."""


@record
class Answer:
    """What the provider says when it plans a configuration."""

    type: str
    given: dict[str, Any]
    said: tuple[str, ...]


def seeds() -> dict[str, list[dict[str, Any]]]:
    """The configurations by resource type."""
    found: dict[str, list[dict[str, Any]]] = json.loads(SEEDS.read_text(encoding="utf-8"))
    return found


def variations(configurations: Sequence[dict[str, Any]], most: int, seed: int = 1) -> list[dict[str, Any]]:
    """The configurations, and others with one or two arguments as another one has them, or without one."""
    values: dict[str, list[Any]] = {}
    for one in configurations:
        for name, value in one.items():
            known = values.setdefault(name, [])
            if value not in known:
                known.append(value)
    changed = [
        {key: new for key, new in (one | {name: value}).items() if new is not None}
        for one in configurations
        for name in values
        for value in (None, *values[name])
    ]
    chosen = random.Random(seed).sample(changed, min(most, len(changed)))
    distinct = {json.dumps(one, sort_keys=True): one for one in (*configurations, *chosen)}
    return list(distinct.values())


def ask(provider: Provider, type_: str, configurations: Sequence[dict[str, Any]]) -> Iterator[Answer]:
    """The answers about those that are valid."""
    body = provider_schema(VERSION).resources[type_].body
    for given in configurations:
        whole = complete(given, body)
        if any(one.error for one in provider.validate(Kind.RESOURCE, type_, whole)):
            continue
        try:
            planned = provider.plan(type_, whole)
        except ProviderFailure:
            continue
        said = tuple(
            f"{one.summary}\n\n{one.detail}".strip() if one.detail else one.summary
            for one in planned.diagnostics
            if one.error
        )
        if not any(_PASSING.search(text) for text in said):
            yield Answer(type_, given, said)


def recorded() -> list[Answer]:
    """The answers that were kept."""
    lines = ANSWERS.read_text(encoding="utf-8").splitlines()
    return [Answer(type_, given, tuple(said)) for type_, given, said in map(json.loads, lines)]


def configured(provider: Provider) -> None:
    """Make the provider ready to plan."""
    from onetake.providers.mining.sink import SETTINGS

    provider.configure(complete(SETTINGS, provider_schema(VERSION).configuration.body))


def all_answers(binary: Path, most: int, seed: int = 1) -> Iterator[Answer]:
    """What the provider says of everything."""
    from onetake.providers.client import Provider
    from onetake.providers.mining.sink import Sink

    with Sink() as sink, Provider(binary, environment=sink.environment()) as provider:
        configured(provider)
        for type_, configurations in seeds().items():
            yield from ask(provider, type_, variations(configurations, most, seed))


def main() -> int:
    """Record a sample of the answers."""
    from onetake.providers.binaries import find

    binary = Path(sys.argv[1]) if len(sys.argv) > 1 else find("hashicorp/aws", VERSION)
    if binary is None:
        print(f"the AWS provider {VERSION} is not on this machine: name its program", file=sys.stderr)
        return 1
    kept: dict[tuple[str, tuple[str, ...]], list[Answer]] = {}
    asked = 0
    for answer in all_answers(binary, MOST):
        asked += 1
        same = kept.setdefault((answer.type, answer.said), [])
        if len(same) < (KEPT if not answer.said else 2):
            same.append(answer)
    lines = [json.dumps([one.type, one.given, one.said]) for same in kept.values() for one in same]
    ANSWERS.write_text("\n".join((*lines, "")), encoding="utf-8")
    print(f"{asked} configurations planned, {len(lines)} answers recorded")
    return 0


if __name__ == "__main__":
    sys.exit(main())
