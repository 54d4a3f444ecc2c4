"""What the provider says of settings against what the pack predicts, diagnostic by diagnostic."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from onetake.knowledge.terraform.constraints import constraints
from onetake.knowledge.terraform.schema import Kind, ProviderSchema
from onetake.model.records import record
from onetake.providers.client import Provider
from onetake.providers.process import ProviderFailure
from onetake.providers.values import complete
from tools.oracle_schema.predicting import Said, argument, predicted
from tools.oracle_schema.settings import Setting

Answer = tuple[bool, str, str, tuple[str | int, ...]]
"""Whether it is an error, summary, detail, path."""


def asked(provider: Provider, schemas: ProviderSchema, setting: Setting) -> list[Answer] | None:
    """What the provider says of a setting; ``None`` when it crashes or does not answer."""
    body = schemas.of(setting.kind)[setting.type].body
    try:
        said = provider.validate(setting.kind, setting.type, complete(setting.config, body))
    except ProviderFailure:
        return None
    return [(one.error, one.summary, one.detail, one.path) for one in said]


@record
class Compared:
    """One setting: what both say, the provider only, we only."""

    setting: Setting
    both: Sequence[Said]
    missed: Sequence[Said]
    false: Sequence[Said]

    @property
    def verdict(self) -> tuple[bool, bool]:
        """Whether the provider refuses it, and whether we do."""
        theirs = any(one.error for one in (*self.both, *self.missed))
        return theirs, any(one.error for one in (*self.both, *self.false))


def compared(setting: Setting, said: Iterable[Answer], schemas: ProviderSchema, version: str) -> Compared:
    """Put the diagnostics of both sides together."""
    body = schemas.of(setting.kind)[setting.type].body
    theirs = list(dict.fromkeys(
        Said(error, summary, detail, argument(path, body)) for error, summary, detail, path in said
    ))  # fmt: skip
    ours = predicted(setting.config, body, constraints(setting.type, version, setting.kind))
    both, false = [], []
    for one in ours:
        match = next((other for other in theirs if one.means(other)), None)
        if match is None:
            false.append(one)
        else:
            theirs.remove(match)
            both.append(one)
    return Compared(setting, both, theirs, false)


def counted(pairs: Iterable[Compared]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The counts of a comparison."""
    total: Counter[str] = Counter()
    types: set[tuple[Kind, str]] = set()
    missed: Counter[str] = Counter()
    false: Counter[str] = Counter()
    for one in pairs:
        theirs, ours = one.verdict
        types.add((one.setting.kind, one.setting.type))
        total.update(settings=1, said=len(one.both) + len(one.missed), both=len(one.both), false=len(one.false))
        total.update({"refused": theirs, "false verdicts": ours and not theirs, "missed verdicts": theirs and not ours})
        missed.update(map(class_of, one.missed))
        false.update(
            f"{said.kind}: {'same place, other words' if _elsewhere(said, one) else 'nothing'}" for said in one.false
        )
    yield "total", total | {"types": len(types)}
    yield "missed", dict(missed.most_common())
    yield "false", dict(false.most_common())


def _elsewhere(said: Said, one: Compared) -> bool:
    return any(other.at == said.at for other in (*one.missed, *one.both))


_CLASSES: tuple[tuple[str, str], ...] = (
    ("deprecation", r"(?i)deprecat"),
    ("relation", r"onflict|only one of|one of `|all of `|attributes must be configured|Invalid Attribute Combination"
                 r"|cannot be specified when|must be specified when|attribute.* specified when one"),
    ("missing", r"is required, but no|[Mm]issing"),
    ("enumeration", r"to be one of|value must be one of|Valid Values|Enum"),
    ("length", r"length|character count"),
    ("range", r"in the range|at least \(|at most \(|must be between"),
    ("regular expression", r"regular expression|expression"),
    ("ARN", r"ARN|arn"),
    ("items", r"element|item"),
)  # fmt: skip


def class_of(said: Said) -> str:
    """What a diagnostic of the provider is about."""
    text = f"{said.summary}\n{said.detail}"
    return next((name for name, pattern in _CLASSES if re.search(pattern, text)), "other")
