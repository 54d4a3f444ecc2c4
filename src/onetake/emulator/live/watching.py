"""Listens to what is done in the account, and refuses what the rules are certain that AWS refuses."""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onetake.analysis import runner
from onetake.api import Arguments
from onetake.emulator.live import histories, shaping
from onetake.emulator.live.modelling import modelled
from onetake.emulator.live.table import Act, acts
from onetake.emulator.live.things import Thing, Things, changed
from onetake.emulator.strictness import Said, certain, said
from onetake.model.assumptions import Assumptions
from onetake.model.findings import Finding, Stage
from onetake.model.language import Language
from onetake.model.records import replace

if TYPE_CHECKING:
    from onetake.emulator.moto_extension.calls import Answer, AwsError, Call
    from onetake.emulator.playing import Settings
    from onetake.emulator.server import Emulator

_HOLE = re.compile(r"<(\w+)>")
GRACE = 3.0
"""Seconds: an engine begins everything at once that nothing orders, and the emulator's pace is not that of AWS."""
_AT_ONCE = frozenset({Stage.CREATE})
"""What is refused later, while it gets ready, may have what it needs by then."""


class Watch:
    """Knows what stands in the account, and judges what is to be made beside it.

    Args:
        assumptions: what is known of the account besides.
        unanswered: the labels of calls that nobody carried out, kept by who asks: what they would have made is missing.
        grace: seconds that a call which is to be refused waits for what is being made beside it.

    Attributes:
        things: what stands.
        refused: the calls that were refused, in order.
    """

    def __init__(self, assumptions: Assumptions, unanswered: Collection[str] = (), grace: float = 0.0) -> None:
        self.things = Things()
        self.refused: list[Said] = []
        self._assumptions = assumptions
        self._unanswered = unanswered
        self._grace = grace

    def guard(self, call: Call) -> AwsError | None:
        """The refusal of a call; ``None`` for all that AWS would take."""
        refusal = self._refusal(call)
        if refusal is not None and self._grace:
            # What is being made at the same time may come first on AWS.
            time.sleep(self._grace)
            refusal = self._refusal(call)
        if refusal is None:
            return None
        self.refused.append(refusal)
        return _error(refusal)

    def _refusal(self, call: Call) -> Said | None:
        with self.things.lock:
            for act in _acts(call):
                touched, fresh = self._touched(call, act, {})
                if act.ends or not act.judged or touched is None:
                    continue
                refusal = self.judge(touched, fresh, Language.TERRAFORM)
                if refusal is not None:
                    return _in_words(refusal, act.says)
        return None

    def judge(
        self, touched: Thing, fresh: Collection[str] = (), spoken: Language | None = None, *, whole: bool = True
    ) -> Said | None:
        """What AWS says against a thing as it would be; ``None`` when nothing is certain.

        Args:
            touched: the thing.
            fresh: the properties that are set now; all of them, when it is made.
            spoken: the tool in whose words AWS is quoted.
            whole: whether nothing else may stand by the time that AWS looks.
        """
        assumptions = replace(self._assumptions, region=touched.region, region_given=True)
        missing = any(label in acts() for label in [*self._unanswered])
        stack = modelled(self.things, touched, assumptions, whole=whole and not missing)
        for finding in runner.judge_resource(stack, touched.address, spoken):
            if certain(finding, _AT_ONCE) and _is_about(finding, fresh):
                return said(self._named(finding), touched.region)
        return None

    def _named(self, finding: Finding) -> Finding:
        """A finding whose words name what the account has names for: ``VPC <vpc>`` is ``VPC vpc-0123``."""
        standing = {one.address: one for one in self.things}
        related = [standing[address] for address in finding.related if address in standing]
        names = {one.type.rpartition("::")[2].lower(): _shown(one) for one in reversed(related)}
        if related:
            names["id"] = related[0].name
        return replace(finding, verbatim=_HOLE.sub(lambda hole: names.get(hole[1], hole[0]), finding.verbatim))

    def hear(self, call: Call, answer: Answer) -> None:
        """Remember what a call did that was carried out."""
        several = _acts(call)
        if not several and not histories.is_followed(call):
            return
        told = call.read(*answer)
        with self.things.lock:
            for act in several:
                touched, _ = self._touched(call, act, told)
                if touched is not None and act.ends:
                    self.things.drop(touched)
                elif touched is not None:
                    self.things.put(touched)
            histories.remember(call, told, self.things)

    def rule_of(self, message: str) -> str:
        """The rule that refused with these words, which a tool prints among others."""
        return next((one.rule for one in self.refused if one.message in message), "")

    def _touched(self, call: Call, act: Act, answer: Mapping[str, Any]) -> tuple[Thing | None, frozenset[str]]:
        """The thing that a call is about, as it is afterwards, and which properties are new; none means all."""
        if act.makes:
            return _made(call, act, answer), frozenset()
        standing = self._standing(call, act)
        if standing is None or act.ends:
            return standing, frozenset()
        new = {**shaping.spread(call, act), **_set(call, act), **_listed(call, act, standing)}
        return changed(standing, {**dict.fromkeys(act.unset), **new}), frozenset(new)

    def _standing(self, call: Call, act: Act) -> Thing | None:
        name = shaping.filled(act.name, call, {}, act)
        return None if name is None else self.things.find(act.type, str(name), call.region)


def _shown(thing: Thing) -> str:
    """How AWS names it in what it says."""
    return thing.identifiers.get("Arn") or thing.identifiers.get("Ref") or thing.name


def _acts(call: Call) -> list[Act]:
    return [act for act in acts().get(call.label, ()) if shaping.applies(call, act)]


def _in_words(refusal: Said, words: str) -> Said:
    """A refusal as this call tells it, if it has words of its own."""
    code, _, message = words.partition(": ")
    return replace(refusal, code=code, message=message, text=words) if words else refusal


def _error(refusal: Said) -> AwsError:
    from onetake.emulator.moto_extension.calls import AwsError

    return AwsError(refusal.code, refusal.message, 400)


def _made(call: Call, act: Act, answer: Mapping[str, Any]) -> Thing:
    name = shaping.filled(act.name, call, answer, act)
    identifiers = {
        attribute: str(found)
        for attribute, text in act.identifiers.items()
        if (found := shaping.filled(text, call, answer, act)) is not None
    }
    fixed = {name: shaping.filled(text, call, answer, act) for name, text in act.fixed.items()}
    given = {**shaping.properties(call, act), **fixed}
    region = str(shaping.filled(act.region, call, answer, act) or call.region)
    return Thing(act.makes, str(name or f"of {call.name}"), region, given, identifiers)


def _set(call: Call, act: Act) -> dict[str, Any]:
    found = {name: shaping.filled(text, call, {}, act) for name, text in act.sets.items()}
    return {name: value for name, value in found.items() if value is not None}


def _listed(call: Call, act: Act, standing: Thing) -> dict[str, Any]:
    """Properties that are lists, longer or shorter than they were."""
    found: dict[str, Any] = {}
    for text, added in ((act.adds, True), (act.takes, False)):
        for name, hole in text.items():
            value = shaping.filled(hole, call, {}, act)
            items = value if isinstance(value, list) else [value]
            keys = {one["Key"] for one in items if isinstance(one, Mapping) and "Key" in one}
            kept = [one for one in standing.properties.get(name, []) if one not in items and _keyed(one) not in keys]
            found[name] = [*kept, *items] if added else kept
    return found


def _keyed(one: Any) -> Any:
    return one.get("Key") if isinstance(one, Mapping) else None


def _is_about(finding: Finding, fresh: Collection[str]) -> bool:
    """Whether a finding is about what is set now: of other properties AWS was asked before."""
    return not fresh or any(str(key) in fresh for key in finding.where.path)


def watch(program: Path, settings: Settings, root: Path | None, emulator: Emulator) -> Watch:
    """A watch over the account in which ``program`` is rehearsed.

    Raises:
        Misconfigured: the profile or the day of ``settings`` makes no sense.
    """
    arguments = Arguments((program,), region=settings.region, profile=settings.profile, as_of=settings.as_of, root=root)
    return Watch(arguments.request().options.assumptions, emulator.layer.unanswered, GRACE)
