"""Strict mode: what onetake knows that AWS would refuse, the emulator refuses, at the same resource and in AWS's words.

The emulator takes almost everything. So the program is judged first, and each resource of the root module of which
onetake is certain that it fails gets a provider configuration of its own, with an access key of its own: every call
that is signed with that key is made for that resource. The first one that would create it (or, for what fails at
destroy, delete it) is refused. Resources of modules, and those beyond the first few, are told by what is given to
create them.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from onetake.emulator import recognizing
from onetake.emulator.environment import ACCOUNT
from onetake.emulator.overlay import CREDENTIALS
from onetake.emulator.recognizing import Mark
from onetake.model.findings import Finding, Severity, Stage
from onetake.model.records import field, record
from onetake.model.resources import Mode, Resource
from onetake.model.stacks import Stack
from onetake.model.values import Known

if TYPE_CHECKING:
    from onetake.emulator.events import Ledger
    from onetake.emulator.moto_extension.calls import AwsError, Call

FILE = "onetake_strict.tf.json"
MOST = 8
"""Resources that get a provider configuration of their own: each starts the provider's program once more."""
INSISTENT_TIMES = 5
INSISTENT_SECONDS = 30.0
"""Refusals of a resource, and seconds from the first to the last, after which it is not waited for any more."""
_CREATED = frozenset({Stage.CREATE, Stage.STABILIZE})
_CODE = re.compile(r"\b(?:api error )?([A-Z]\w*(?:\.\w+)*): (.+)", re.DOTALL)
READS = re.compile(r"(Describe|Get|List|BatchGet|Head|Search|Lookup|Validate|Simulate|AssumeRole|DecodeAuth)")
"""How the names of operations begin that change nothing."""
_DELETES = re.compile(r"(Delete|Terminate|Remove|Deregister|Disassociate|Disable|Detach|ScheduleKeyDeletion|Release)")


@record
class Said:
    """A refusal."""

    rule: str
    """The rule of onetake that knows of it."""
    code: str
    """AWS's name of the error."""
    message: str
    """What AWS says, or where nobody has seen that, what onetake does."""
    text: str
    """The same as the engine prints it, with what it puts around."""


@record
class Doomed:
    """A resource of which onetake is certain that AWS refuses it."""

    address: str
    """As the finding names it."""
    declaration: str
    rule: str
    stage: Stage
    message: str
    """What AWS says, or where nobody has seen that, what onetake does."""
    code: str
    key: str
    """The access key that its calls are signed with; empty where they are signed like all others."""
    region: str
    mark: Mark | None = None
    """What its creation is recognized by, where it has no key."""

    def refuses(self, operation: str) -> bool:
        """Whether this is the call that AWS would refuse."""
        if READS.match(operation):
            return False
        return bool(_DELETES.match(operation)) == (self.stage is Stage.DESTROY)


@record
class Strictness:
    """Everything that is to be refused."""

    doomed: tuple[Doomed, ...] = ()
    unenforced: tuple[str, ...] = ()
    """Addresses for which it cannot be: nothing tells their calls from those of their siblings."""


def judged(findings: Iterable[Finding], stack: Stack) -> Strictness:
    """What is certain of ``findings``, by resource: the worst first, one each."""
    doomed: dict[str, Doomed] = {}
    unenforced: list[str] = []
    keys = 0
    for finding in sorted(findings, key=lambda one: (one.stage.rank, one.severity.rank)):
        resource = stack.at(finding.resource)
        if not certain(finding) or resource is None or resource.mode is not Mode.MANAGED:
            continue
        if {resource.declaration, resource.address} & doomed.keys() or resource.address in unenforced:
            continue
        if resource.declaration.count(".") == 1 and resource.type.startswith("aws_") and keys < MOST:
            doomed[resource.declaration] = _doomed(finding, resource, f"doomed{keys}")
            keys += 1
            continue
        mark = recognizing.mark(resource, stack) if finding.stage is not Stage.DESTROY else None
        if mark is None:
            unenforced.append(resource.address)
        else:
            doomed[resource.address] = _doomed(finding, resource, "", mark)
    return Strictness(tuple(doomed.values()), tuple(unenforced))


def certain(finding: Finding, stages: Collection[Stage] = _CREATED) -> bool:
    """Whether AWS is certain to refuse: at one of these stages, or where it is critical, when it is deleted."""
    if finding.conditional:
        return False
    if finding.stage is Stage.DESTROY:
        return finding.severity is Severity.CRITICAL
    return finding.stage in stages and finding.severity in {Severity.CRITICAL, Severity.HIGH}


def said(finding: Finding, region: str = "") -> Said:
    """What is said when it is refused.

    Args:
        finding: why.
        region: where, if that is known.
    """
    # Sightings leave out what differs from one account to the next; here it is known.
    text = finding.verbatim.removeprefix("Error: ").replace("<account>", ACCOUNT)
    text = text.replace("<region>", region or "<region>")
    coded = _CODE.search(text)
    return Said(
        rule=finding.rule,
        code=coded[1] if coded else "RefusedByOnetake",
        message=(coded[2] if coded else text) or finding.message,
        text=text or finding.message,
    )


def _doomed(finding: Finding, resource: Resource, key: str, mark: Mark | None = None) -> Doomed:
    region = _region(resource)
    words = said(finding, region)
    return Doomed(
        address=resource.address,
        declaration=resource.declaration,
        rule=finding.rule,
        stage=finding.stage,
        message=words.message,
        code=words.code,
        key=key,
        region=region,
        mark=mark,
    )


def _region(resource: Resource) -> str:
    match resource.region:
        case Known(str() as region):
            return region
        case _:
            return ""


def _keyed(one: Doomed) -> bool:
    return bool(one.key)


def overrides(doomed: Sequence[Doomed]) -> dict[str, Any]:
    """``resource`` blocks that give each its own provider configuration."""
    found: dict[str, dict[str, Any]] = {}
    for one in filter(_keyed, doomed):
        type_, _, name = one.declaration.partition(".")
        found.setdefault(type_, {})[name] = {"provider": f"aws.onetake_{one.key}"}
    return found


def providers(doomed: Sequence[Doomed]) -> dict[str, Any]:
    """The provider configurations themselves, a file of their own beside the program's."""
    blocks = []
    for one in filter(_keyed, doomed):
        region = {"region": one.region} if one.region else {}
        blocks.append({**CREDENTIALS, **region, "alias": f"onetake_{one.key}", "access_key": one.key})
    return {"provider": {"aws": blocks}}


@record(frozen=False)
class Refused:
    """What became of the calls that would create a resource, or delete it."""

    rule: str
    text: str
    """What AWS says, after its name of the error."""
    first: float
    """When, in seconds of a clock that only goes forward."""
    last: float
    times: int = 1

    @property
    def insisted_on(self) -> bool:
        """Whether the provider does not take it for an answer."""
        return self.times >= INSISTENT_TIMES and self.last - self.first >= INSISTENT_SECONDS


@record(frozen=False, slots=False)
class Guard:
    """Stands in the emulator's layer and refuses."""

    doomed: Mapping[str, Doomed]
    """By access key."""
    marked: Mapping[str, Sequence[Doomed]] = field(default_factory=dict)
    """Those without a key, by the call that creates them."""
    refusals: dict[str, Refused] = field(default_factory=dict)
    """By address."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, call: Call) -> AwsError | None:
        """The refusal of a call; ``None`` for all that AWS would take."""
        one = self.doomed.get(call.key) or self._recognized(call)
        if one is None or not one.refuses(call.name):
            return None
        from onetake.emulator.moto_extension.calls import AwsError

        message = one.message.replace("<region>", call.region)
        self._note(one, message)
        return AwsError(one.code, message, 400)

    def _note(self, one: Doomed, message: str) -> None:
        address, now = one.declaration if one.key else one.address, time.monotonic()
        with self._lock:
            known = self.refusals.setdefault(address, Refused(one.rule, f"{one.code}: {message}", now, now, 0))
            known.last = now
            known.times += 1

    def _recognized(self, call: Call) -> Doomed | None:
        if not self.marked:
            return None
        likely = self.marked.get(call.label, ())
        return next((one for one in likely if one.mark is not None and one.mark.fits(call.parameters)), None)

    def rule_of(self, address: str) -> str:
        """The rule that refused a resource, or the declaration that it is an instance of; else nothing."""
        refusal = self.refusal(address)
        return refusal.rule if refusal else ""

    def refusal(self, address: str) -> Refused | None:
        """The refusals of a resource, or of the declaration that it is an instance of."""
        return self.refusals.get(address) or self.refusals.get(address.partition("[")[0])

    @property
    def refused(self) -> dict[str, str]:
        """Rules by the addresses that were refused."""
        return {address: one.rule for address, one in self.refusals.items()}

    def hopeless(self, ledger: Ledger) -> bool:
        """Whether all that is still being worked on is refused again and again."""
        waiting = [self.refusal(address) for address in ledger.unfinished]
        return bool(waiting) and all(one is not None and one.insisted_on for one in waiting)


def guard(doomed: Sequence[Doomed]) -> Guard:
    """The guard of these resources."""
    marked: dict[str, list[Doomed]] = {}
    for one in doomed:
        if one.mark is not None:
            marked.setdefault(one.mark.call, []).append(one)
    return Guard({one.key: one for one in doomed if one.key}, marked)
