"""From a plan to two stacks: what there will be, and before it what is deployed now."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from onetake.frontends.files import Options
from onetake.frontends.plan.addresses import Place, placed, whole
from onetake.frontends.plan.configuration import Configuration, Target
from onetake.frontends.plan.document import Document, mapping, objects, text, texts
from onetake.frontends.plan.entries import Entry, entries
from onetake.frontends.plan.providers import Providers
from onetake.frontends.plan.values import Reader, secret_texts
from onetake.frontends.terraform.lazy import Lazy
from onetake.knowledge.results import TERRAFORM_RESULTS
from onetake.model.assumptions import Assumptions
from onetake.model.findings import Note
from onetake.model.language import Language
from onetake.model.records import replace
from onetake.model.resources import NOTHING, Mode, Resource
from onetake.model.stacks import Stack
from onetake.model.values import Gap, Known, ObjectValue, Reference, Span, Unknown, Value

_TELLING = re.compile(r"arn:[\w-]+:|[a-z]+-[0-9a-f]{8,17}$")
"""Ids that belong to one resource alone."""
_CHAIN = 20
"""Arguments that are taken from arguments, one from the other, at most."""
_HIDDEN = ("lifecycle",)
"""Settings that a plan does not hold."""


def stack(document: Document, options: Options) -> Stack:
    """The stack that ``document`` leads to, with the one that is deployed now as ``before``."""
    return Assembly(document, options).stacks()


class Assembly:
    """A plan while it is taken apart."""

    def __init__(self, document: Document, options: Options) -> None:
        self.document = document
        self.options = options
        self.where = document.where
        self.configuration = Configuration(document.data, self.where)
        self.providers = Providers(self.configuration, options.assumptions, self.where)
        self.errored = document.data.get("errored") is True
        self.secrets: set[str] = set()
        self._busy: list[str] = []
        self._used: dict[str, frozenset[str]] = {}
        self.later: dict[str, Resource] = {}
        self._owners: dict[str, str] | None = None
        self.entries = list(entries(document))
        self.state = {one["address"]: one for one in document.deployed()}
        self.assumptions = self._assumed()

    def stacks(self) -> Stack:
        """Both stacks, each knowing the other."""
        later = self.later
        earlier: dict[str, Resource] = {}
        for entry in self.entries:
            place, name, _ = placed(entry.address)
            if entry.after is not None:
                later[entry.address] = self._planned(entry, place, name)
            if entry.before is not None:
                earlier[entry.address] = self._deployed(entry, entry.before, place, name)
        for setting in self.providers.settings():
            later.setdefault(setting.address, setting)
        notes = list(self._notes())
        made = self._stack(later, notes)
        made.before = self._stack(earlier, [])
        made.before.after = made
        return made

    def _stack(self, resources: Mapping[str, Resource], notes: list[Note]) -> Stack:
        data = self.document.data
        outputs = mapping(mapping(data.get("planned_values")).get("outputs"))
        return Stack(
            name=self.document.file,
            language=Language.TERRAFORM,
            where=self.where,
            engine=self.providers.engine(text(data.get("terraform_version"))),
            resources=resources,
            assumptions=self.assumptions,
            providers=self.providers.all(),
            variables=Lazy(mapping(data.get("variables")), partial(self._variable, data)),
            outputs=Lazy(outputs, partial(self._output, outputs)),
            notes=notes,
            whole=not notes,
            secrets=self.secrets,
        )

    def _assumed(self) -> Assumptions:
        """What is assumed, with the account that the plan was made for."""
        asked = (one for one in self.state.values() if one.get("type") == "aws_caller_identity")
        accounts = {text(mapping(one.get("values")).get("account_id")) for one in asked}
        if len(accounts) != 1 or not all(accounts):
            return self.options.assumptions
        return replace(self.options.assumptions, account=accounts.pop(), account_given=True)

    def _notes(self) -> Iterator[Note]:
        data = self.document.data
        if self.errored:
            yield Note(self.where, "the plan ended with errors: what stands behind them is missing in it")
        elif data.get("complete") is False:
            yield Note(self.where, "the plan is not complete (-target, or deferred changes): the rest is not judged")
        if not self.configuration.there:
            yield Note(self.where, "the plan holds no configuration: what refers to what is not known")

    def _planned(self, entry: Entry, place: Place, name: str) -> Resource:
        block = self.configuration.block(place, name)
        written = block or {}
        reader = self._reader(entry, place, name)
        expressions = mapping(written.get("expressions"))
        return Resource(
            language=Language.TERRAFORM,
            address=entry.address,
            type=("data." if entry.data else "") + entry.type,
            where=reader.where,
            arguments=reader.arguments(entry.change, expressions, written=block is not None),
            provider=self.providers.of(written, entry.type),
            declaration=place.declared + name,
            mode=Mode.DATA if entry.data else Mode.MANAGED,
            depends_on=self.configuration.explicit(place, written),
            references=partial(self._references, place, name, written),
            settings=NOTHING if entry.data else self._settings(written, name),
            change=entry.told(),
        )

    def _settings(self, block: dict[str, Any], name: str) -> ObjectValue:
        found: dict[str, Value[object]] = {
            hidden: Unknown("a plan does not hold it", self.where, (Gap(f"{hidden} of {name}"),)) for hidden in _HIDDEN
        }
        provisioners = objects(block.get("provisioners"))
        if provisioners:
            kinds = ({"type": Known(text(one.get("type")), self.where)} for one in provisioners)
            found["provisioner"] = Known(tuple(Known(kind, self.where) for kind in kinds), self.where)
        return found

    def _references(self, place: Place, name: str, block: dict[str, Any]) -> frozenset[str]:
        """What a block refers to: the same for all of its instances, and asked for more than once."""
        declaration = place.declared + name
        found = self._used.get(declaration)
        if found is None:
            used = self.configuration.used(place, block)
            found = frozenset((*(target.declaration for target in used.targets), *used.opaque))
            self._used[declaration] = found
        return found

    def _deployed(self, entry: Entry, values: dict[str, Any], place: Place, name: str) -> Resource:
        """The resource as it is now: all of its attributes, which are all known."""
        reader = self._reader(entry, place, name)
        before = {"after": values, "after_sensitive": entry.change.get("before_sensitive")}
        listed = mapping(self.state.get(entry.previous or entry.address)).get("depends_on")
        depends_on = tuple(texts(listed))
        return Resource(
            language=Language.TERRAFORM,
            address=entry.address,
            type=entry.type,
            where=reader.where,
            arguments=reader.arguments(before, {}, written=False),
            provider=self.providers.of(self.configuration.block(place, name) or {}, entry.type),
            declaration=place.declared + name,
            depends_on=depends_on,
            change=entry.told(),
        )

    def _reader(self, entry: Entry, place: Place, name: str) -> Reader:
        return Reader(entry.address, entry.type, place, Span(self.where.file, (place.declared + name,)), self)

    def _value(self, known: Any, sensitive: Any, name: str) -> Value[object]:
        return Reader("", "", Place(), self.where, self).value(known, None, sensitive, None, name)

    def point(self, place: Place, names: list[str]) -> Target | None:
        """The one resource that the names in an expression lead to, if it is only one."""
        if not names or len(whole(names)) != 1:
            return None
        reached = self.configuration.reached(place, names)
        if reached.opaque or reached.others or len(reached.targets) != 1:
            return None
        return reached.targets[0] if reached.targets[0].attribute else None

    def owner(self, known: str) -> str:
        """The address of the resource whose id or ARN a text is; empty if there is none."""
        return self.owners.get(known, "") if _TELLING.match(known) else ""

    def result(self, target: Target, where: Span) -> Value[object] | None:
        """What is known of an attribute: an argument that it always equals, or the document that blocks make."""
        resource = self.later.get(target.address)
        if resource is None:
            return None
        here = Reference(target.address, target.attribute)
        if resource.type == "data.aws_iam_policy_document":
            from onetake.frontends.terraform.policy_documents import document

            return document(resource.arguments, where, here)
        name = TERRAFORM_RESULTS.get(resource.type, {}).get(target.attribute, target.attribute)
        if name not in resource.arguments or len(self._busy) > _CHAIN or resource.address in self._busy:
            return None
        self._busy.append(resource.address)
        try:
            match resource.arguments[name]:
                case Known(str() as same, _, origin):
                    return Known(same, where, origin or here)
                case Unknown() as unknown if unknown.origin is not None:
                    return unknown
                case _:
                    return None
        finally:
            self._busy.pop()

    @property
    def owners(self) -> Mapping[str, str]:
        """Addresses by the ids and ARNs that belong to no other resource."""
        if self._owners is None:
            found: dict[str, str] = {}
            for entry in self.entries:
                values = {} if entry.data else entry.after or entry.before or {}
                for known in map(values.get, ("id", "arn")):
                    if isinstance(known, str) and _TELLING.match(known):
                        found[known] = entry.address if found.get(known, entry.address) == entry.address else ""
            self._owners = found
        return self._owners

    def given(self) -> dict[str, object]:
        """The values of the root's variables, as data; those that are sensitive become secrets."""
        declared = mapping(self.configuration.module(()).get("variables"))
        found: dict[str, object] = {}
        for name, one in mapping(self.document.data.get("variables")).items():
            if "value" in mapping(one):
                found[name] = one["value"]
                if mapping(declared.get(name)).get("sensitive"):
                    self.secrets.update(secret_texts(one["value"]))
        return found

    def _variable(self, data: dict[str, Any], name: str) -> Value[object]:
        declared = mapping(mapping(self.configuration.module(()).get("variables")).get(name))
        value = mapping(mapping(data.get("variables")).get(name)).get("value")
        return self._value(value, declared.get("sensitive"), f"var.{name}")

    def _output(self, outputs: dict[str, Any], name: str) -> Value[object]:
        output = mapping(outputs.get(name))
        if "value" not in output:
            return Unknown("it is known after the deployment", self.where, (Gap(f"output.{name}"),))
        return self._value(output["value"], output.get("sensitive"), f"output.{name}")
