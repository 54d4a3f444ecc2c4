"""A stack while it is deployed: created in dependency order, updated with the same template, deleted in reverse."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from onetake.emulator import clients
from onetake.emulator.cloudformation import asking, living, parameters, updating
from onetake.emulator.cloudformation.carriers import Carrier, Made, Place, Refused, carrier
from onetake.emulator.cloudformation.refusing import Refusals, names, of_the_account
from onetake.emulator.cloudformation.resolving import Resolver, Untold
from onetake.emulator.cloudformation.units import Unit
from onetake.emulator.environment import ACCOUNT
from onetake.emulator.results import Fate, ResourceOutcome
from onetake.emulator.strictness import Said
from onetake.frontends.cloudformation.nested import KIND as NESTED
from onetake.model.records import field, record, replace

if TYPE_CHECKING:
    from onetake.emulator.live.watching import Watch

OUT_OF_TIME = "the budget of the step ran out before it was begun"
RETAINED = frozenset({"Retain", "RetainExceptOnCreate"})
_CUSTOM = "AWS::CloudFormation::CustomResource"
_NOTHING_TO_DO = frozenset(
    {"AWS::CloudFormation::WaitConditionHandle", "AWS::CDK::Metadata", "AWS::CloudFormation::InterfaceMetadata"}
)
"""Types that stand for nothing in the account."""


class Unready(Exception):
    """What a resource depends on was not created."""


@record(frozen=False)
class Account:
    """What the stacks of a rehearsal share."""

    url: str
    exports: dict[tuple[str, str], Any] = field(default_factory=dict)
    """By region and name."""
    notes: list[str] = field(default_factory=list)
    retained: list[str] = field(default_factory=list)
    """Addresses of what a deletion leaves, as the template says."""
    told: Callable[[str, str], None] = lambda _event, _address: None
    """Is told of the beginning and the end of every resource."""
    watch: Watch | None = None
    """In strict mode, what knows of everything that stands."""
    whole: bool = True
    """Whether everything that was to be made so far was."""
    deadline: float = math.inf
    """When the step has to be over, on the clock of ``time.monotonic``; what is not begun by then is left."""


class Deployment:
    """One stack in the emulated account.

    Attributes:
        outcomes: what became of each resource, nested ones included, by address, in the order of the deployment.
        ready: whether everything that its outputs and dependents need stands.
        account: where it is deployed.
        prefix: what the addresses of its resources begin with.
        made: what stands of it, by logical id.
        carriers: who made it.
    """

    def __init__(self, unit: Unit, account: Account, refusals: Mapping[str, Refusals], prefix: str = "") -> None:
        self.unit = unit
        self.outcomes: dict[str, ResourceOutcome] = {}
        self.ready = False
        self.missing: list[str] = []
        self.account = account
        self._refusals = refusals
        self._mine = refusals.get(unit.stack.name, Refusals())
        self.prefix = prefix
        self._place = Place(unit.name.replace("/", "-"), unit.region, account.url)
        self._sections = unit.template.sections
        self._bodies: Mapping[str, Any] = self._sections["Resources"]
        self.made: dict[str, Made] = {}
        self.carriers: dict[str, Carrier] = {}
        self._inner: dict[str, Deployment] = {}
        self._absent: set[str] = set()
        self._untold: Mapping[str, str] = {}
        self._resolver: Resolver

    def prepare(self, given: Mapping[str, Any]) -> None:
        """Work out the parameters; ``missing`` names those that have none."""
        found = parameters.values(self._sections.get("Parameters") or {}, given, self.account.url, self.unit.region)
        self.missing = found.missing
        self.account.notes += found.notes
        self._untold = found.untold
        self._resolver = Resolver(
            {**asking.pseudo(self._place), **found.values},
            self._sections,
            reference=self._reference,
            attribute=self._attribute,
            exported=self._exported,
            looked_up=self._looked_up,
            zones=self._zones,
        )

    def create(self) -> None:
        """Create every resource after those that it depends on."""
        for name in self._order():
            if time.monotonic() > self.account.deadline:
                self._note(name, Fate.NOT_REHEARSED, gap=OUT_OF_TIME)
            else:
                self._create(name)
        for output in (self._sections.get("Outputs") or {}).values():
            self._export(output)
        self.ready = all(one.fate is Fate.CREATED for one in self.outcomes.values())

    def not_reached(self) -> None:
        """Nothing of it is created."""
        for name in self._order():
            self._note(name, Fate.NOT_REACHED)

    def update(self) -> None:
        """Deploy the same template once more: nothing may change."""
        for name, made in self.made.items():
            try:
                now = self._resolver.resolved(self._bodies[name].get("Properties") or {})
            except (Unready, Untold):
                continue
            found = updating.change(made.type, made.written(now), now)
            if found is not None:
                address = self._address(name)
                self.outcomes[address] = replace(
                    self.outcomes[address],
                    fate=Fate.UNSETTLED,
                    changes=found.changed,
                    replaced=bool(found.replacing),
                    message=found.refused,
                )
        for one in self._inner.values():
            one.update()
            self.outcomes |= one.outcomes

    def delete(self) -> None:
        """Delete everything in reverse order, but for what is to be retained."""
        for name in reversed([*self.made]):
            if self._bodies[name].get("DeletionPolicy") in RETAINED:
                self.account.retained.append(self._address(name))
            elif time.monotonic() > self.account.deadline:
                address = self._address(name)
                self.outcomes[address] = replace(self.outcomes[address], fate=Fate.NOT_REHEARSED, gap=OUT_OF_TIME)
            else:
                self._delete(name)

    def standing(self) -> dict[str, Mapping[str, Any]]:
        """The properties and ``Ref`` of everything that stands, nested stacks included, by address."""
        found: dict[str, Mapping[str, Any]] = {
            self._address(name): {**made.properties, "Ref": made.ref} for name, made in self.made.items()
        }
        for one in self._inner.values():
            found |= one.standing()
        return found

    def outputs(self) -> dict[str, Any]:
        """The outputs as far as they are known."""
        found = {}
        for name, body in (self._sections.get("Outputs") or {}).items():
            try:
                if self._holds(body):
                    found[name] = self._resolver.resolved(body.get("Value"))
            except (Unready, Untold):
                continue
        return found

    def _order(self) -> Iterator[str]:
        done: set[str] = set()

        def visit(name: str, above: frozenset[str]) -> Iterator[str]:
            if name in done or name in above or name not in self.unit.stack.resources:
                return
            for other in self._needs(name):
                yield from visit(other, above | {name})
            done.add(name)
            yield name

        for name in self.unit.stack.resources:
            yield from visit(name, frozenset())

    def _needs(self, name: str) -> list[str]:
        resource = self.unit.stack.resources[name]
        needs = {*resource.depends_on, *resource.references()}
        return [other for other in self.unit.stack.resources if other in needs and other != name]

    def _create(self, name: str) -> None:
        body = self._bodies[name]
        try:
            if not self._holds(body):
                self._absent.add(name)
                return
        except Untold as gap:
            self._note(name, Fate.NOT_REHEARSED, gap=str(gap))
            return
        self.account.told("apply_start", self._address(name))
        begun = time.monotonic()
        try:
            self._carry_out(name, body)
        except _Ruled as refusal:
            self._note(name, Fate.REFUSED, begun, message=str(refusal), rule=refusal.said.rule)
        except Refused as refusal:
            if of_the_account(str(refusal), names(self._bodies, name)):
                self.account.whole = False
                self._note(name, Fate.NOT_REHEARSED, begun, gap=f"the emulated account lacks it: {refusal}")
            else:
                self._note(name, Fate.REFUSED, begun, message=str(refusal))
        except Untold as gap:
            self.account.whole = False
            self._note(name, Fate.NOT_REHEARSED, begun, gap=str(gap))
        except Unready:
            self.account.whole = False
            self._note(name, Fate.NOT_REACHED)
        else:
            self._note(name, Fate.CREATED, begun)
        complete = self.outcomes[self._address(name)].fate is Fate.CREATED
        self.account.told("apply_complete" if complete else "apply_errored", self._address(name))

    def _carry_out(self, name: str, body: Mapping[str, Any]) -> None:
        for other in self.unit.stack.resources[name].depends_on:
            self._standing(other)
        type_ = str(body["Type"])
        doomed = self._mine.making.get(name)
        try:
            properties = self._resolver.resolved(body.get("Properties") or {})
        except Untold:
            if doomed is None:
                raise
        if doomed is not None:
            raise _Ruled(doomed)
        if type_ == NESTED:
            self._nested(name, properties)
        elif type_ in _NOTHING_TO_DO:
            self.made[name] = Made(name, type_, f"{self._place.stack}-{name}", properties)
        else:
            self._make(name, type_, properties)

    def _make(self, name: str, type_: str, properties: Mapping[str, Any]) -> None:
        if type_.startswith("Custom::") or type_ == _CUSTOM:
            raise Untold("the emulator runs no functions, and so no custom resources")
        by = carrier(type_)
        if by is None:
            raise Untold(f"the emulator does not implement {type_}")
        watch = self.account.watch
        if watch is not None:
            said = watch.judge(living.thing(name, type_, properties, self.unit.region), whole=self._alone(name))
            if said is not None:
                raise _Ruled(said)
        self.carriers[name] = by
        made = self.made[name] = by.make(name, properties, self._place)
        if watch is not None:
            watch.things.put(living.stands(made, by, self.unit.region))

    def _alone(self, name: str) -> bool:
        """Whether nothing may be made beside a resource: what does not wait for it is made at the same time on AWS."""
        graph, resources = self.unit.stack.graph, self.unit.stack.resources
        beside = (other for other in resources if other != name and name not in graph.ancestors(other))
        return self.account.whole and all(other in self.made or other in self._absent for other in beside)

    def _nested(self, name: str, properties: Mapping[str, Any]) -> None:
        unit = self.unit.inner.get(name)
        if unit is None:
            raise Untold("the template of the nested stack is not on this machine")
        inner = Deployment(unit, self.account, self._refusals, f"{self._address(name)}/")
        inner.prepare(properties.get("Parameters") or {})
        if inner.missing:
            raise Refused(f"Parameters: [{', '.join(inner.missing)}] must have values")
        self._inner[name] = inner
        inner.create()
        self.outcomes |= inner.outcomes
        arn = f"arn:aws:cloudformation:{self.unit.region}:{ACCOUNT}:stack/{self._place.stack}-{name}"
        self.made[name] = Made(name, NESTED, arn, properties, answer={"Outputs": inner.outputs()})
        fates = {one.fate for one in inner.outcomes.values()}
        if Fate.REFUSED in fates:
            failed = [one.address for one in inner.outcomes.values() if one.fate is Fate.REFUSED]
            names = ", ".join(address.rpartition("/")[2] for address in failed)
            raise Refused(
                f"Embedded stack {arn} was not successfully created: "
                f"The following resource(s) failed to create: [{names}]. "
            )
        if fates - {Fate.CREATED}:
            raise Untold("not everything in the nested stack could be rehearsed")

    def _delete(self, name: str) -> None:
        made, address = self.made[name], self._address(name)
        begun = time.monotonic()
        doomed = self._mine.deleting.get(name)
        outcome = self.outcomes[address]
        try:
            if name in self._inner:
                self._inner[name].delete()
                self.outcomes |= self._inner[name].outcomes
            elif name in self.carriers and doomed is None:
                self.carriers[name].delete(made, self._place)
            if doomed is not None:
                outcome = replace(outcome, fate=Fate.NOT_DESTROYED, message=doomed.text, rule=doomed.rule)
        except Refused as refusal:
            outcome = replace(outcome, fate=Fate.NOT_DESTROYED, message=str(refusal))
        except Untold as gap:
            outcome = replace(outcome, fate=Fate.NOT_REHEARSED, gap=str(gap))
        self.outcomes[address] = replace(outcome, destroy_seconds=time.monotonic() - begun)

    def _note(  # noqa: PLR0913 - what an outcome is made of
        self, name: str, fate: Fate, begun: float | None = None, *, message: str = "", gap: str = "", rule: str = ""
    ) -> None:
        address = self._address(name)
        self.outcomes.pop(address, None)
        self.outcomes[address] = ResourceOutcome(
            address=address,
            type=str(self._bodies[name]["Type"]),
            fate=fate,
            seconds=0.0 if begun is None else time.monotonic() - begun,
            message=message,
            rule=rule,
            gap=gap,
        )

    def _address(self, name: str) -> str:
        return f"{self.prefix}{name}"

    def _holds(self, body: Mapping[str, Any]) -> bool:
        condition = body.get("Condition")
        return self._resolver.holds(condition) if isinstance(condition, str) else True

    def _standing(self, name: str) -> Made | None:
        if name in self._absent or name not in self._bodies:
            return None
        if name not in self.made or self.outcomes[self._address(name)].fate is not Fate.CREATED:
            raise Unready(name)
        return self.made[name]

    def _reference(self, name: str) -> Any:
        if name in self._untold:
            raise Untold(self._untold[name])
        made = self._standing(name)
        if made is None:
            raise Untold(f"the template has no {name}")
        return made.ref

    def _attribute(self, name: str, attribute: str) -> Any:
        made = self._standing(name)
        if made is None:
            raise Untold(f"the template has no {name}")
        if name in self._inner:
            return self._output(made, attribute)
        by = self.carriers.get(name)
        if by is None:
            raise Untold(f"the emulator does not tell {attribute} of {made.type}")
        return by.attribute(made, attribute)

    @staticmethod
    def _output(made: Made, attribute: str) -> Any:
        outputs = made.answer["Outputs"]
        name = attribute.removeprefix("Outputs.")
        if name not in outputs:
            raise Untold(f"the emulator does not know the output {name} of {made.logical_id}")
        return outputs[name]

    def _exported(self, name: str) -> Any:
        found = self.account.exports.get((self.unit.region, name))
        if found is None:
            raise Untold(f"no stack of this program exports {name}")
        return found

    def _export(self, output: Mapping[str, Any]) -> None:
        export = output.get("Export")
        try:
            if export and self._holds(output):
                name = str(self._resolver.resolved(export["Name"]))
                self.account.exports[self.unit.region, name] = self._resolver.resolved(output.get("Value"))
        except (Unready, Untold):
            pass  # who imports it is told so

    def _looked_up(self, service: str, rest: str) -> str:
        what = f"{{{{resolve:{service}:{rest}}}}}"
        try:
            return asking.dynamic(service, rest, self.account.url, self.unit.region)
        except Exception as error:  # whatever the service says: the account may have it, the emulator has not
            raise Untold(f"{what} is not in the emulated account") from error

    def _zones(self, region: str) -> list[str]:
        found = clients.client(self.account.url, "ec2", region).describe_availability_zones()
        return [str(one["ZoneName"]) for one in found["AvailabilityZones"]]


class _Ruled(Refused):
    """Strict mode refuses."""

    def __init__(self, said: Said) -> None:
        super().__init__(said.text)
        self.said = said
