"""The value of an expression in a template: what is known before the stack is deployed."""

from __future__ import annotations

from typing import Any

from onetake.frontends.cloudformation import functions
from onetake.frontends.cloudformation.intrinsics import NO_VALUE, PSEUDO, attribute_of, call, expression
from onetake.frontends.cloudformation.lazy import LazyObject
from onetake.frontends.cloudformation.scope import Scope
from onetake.frontends.cloudformation.texts import scalar
from onetake.knowledge.refs import ref_property
from onetake.model.language import Truth
from onetake.model.text import same
from onetake.model.values import Absent, Gap, Known, Reference, Span, Unknown, Value

_DEPTH = 60
"""Expressions inside expressions that are followed: far more than anybody writes, far less than the stack holds."""


class Evaluator:
    """Evaluates expressions of one template; what it cannot know is ``Unknown``, never an error."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self._depth = 0
        self._deciding: set[str] = set()
        self._bodies: dict[str, LazyObject] = {}

    def evaluate(self, data: object, where: Span) -> Value[object]:
        """The value of ``data``, which is written at ``where``."""
        if isinstance(data, str):
            return scalar(data, where)
        if data is None:
            return Absent(where)
        if not isinstance(data, (dict, list)):
            return Known(data, where)
        if self._depth > _DEPTH:
            return unknown("it is nested too deeply", data, where)
        self._depth += 1
        try:
            if isinstance(data, list):
                return self._list(data, where)
            written = call(data)
            return self._call(*written, data, where) if written else self._object(data, where)
        finally:
            self._depth -= 1

    def object_at(self, data: dict[str, Any], where: Span) -> LazyObject:
        """``data`` as an object whose members are evaluated on demand."""
        return LazyObject(data, where, self.evaluate)

    def properties(self, name: str) -> LazyObject:
        """The properties of the resource called ``name``: always the same object."""
        found = self._bodies.get(name)
        if found is None:
            body = self.scope.resources.get(name)
            written = body.get("Properties") if isinstance(body, dict) else None
            where = Span(self.scope.file, ("Resources", name, "Properties"))
            found = self._bodies[name] = self.object_at(written if isinstance(written, dict) else {}, where)
        return found

    def _object(self, data: dict[str, Any], where: Span) -> Value[object]:
        if "Fn::Transform" in data:
            return unknown("a macro writes it", data, where)
        return Known(self.object_at(data, where), where)

    def _list(self, data: list[Any], where: Span) -> Value[object]:
        members: list[Value[object]] = []
        complete = True
        for index, item in enumerate(data):
            value = self.evaluate(item, where / index)
            if isinstance(value, Unknown) and self._may_vanish(item):
                complete = False
            elif not isinstance(value, Absent):
                members.append(value)
        if complete:
            return Known(tuple(members), where)
        return Unknown(
            "it depends on a condition that is not known", where, (Gap(expression(data)),), members=tuple(members)
        )

    def _may_vanish(self, data: object) -> bool:
        """Whether an element that is not known may turn out to be no element at all."""
        written = call(data)
        if not written or written[0] not in ("Fn::If", "Fn::Transform"):
            return False
        branches = written[1][1:] if isinstance(written[1], list) else []
        return not branches or any(branch == {"Ref": NO_VALUE} or self._may_vanish(branch) for branch in branches)

    def _call(self, name: str, argument: Any, data: dict[str, Any], where: Span) -> Value[object]:
        if name == "Ref":
            return self._ref(argument, data, where)
        if name == "Fn::GetAtt":
            return self._attribute(argument, data, where)
        if name == "Fn::If":
            return self._if(argument, data, where)
        function = functions.TABLE.get(name)
        result = function(self, argument, where / name) if function else None
        if result is None:
            return unknown(f"{name} is worked out during the deployment", data, where)
        return functions.at(result, where)

    def name(self, target: str, attribute: str, where: Span) -> Value[object]:
        """What ``${target}`` or ``${target.attribute}`` stands for."""
        if attribute == "Ref":
            return self._ref(target, {"Ref": target}, where)
        return self._attribute([target, attribute], {"Fn::GetAtt": [target, attribute]}, where)

    def _ref(self, target: Any, data: dict[str, Any], where: Span) -> Value[object]:
        if not isinstance(target, str):
            return unknown("it refers to a name that is not written out", data, where)
        if target == NO_VALUE:
            return Absent(where)
        if target in PSEUDO:
            return self.scope.pseudo(target, where)
        if target in self.scope.parameters:
            return functions.at(self.scope.parameters[target], where)
        if target not in self.scope.resources:
            return unknown(f"{target} is not declared", data, where)
        return self._of(target, "Ref", ref_property(self._type(target)) or "", where)

    def _attribute(self, argument: Any, data: dict[str, Any], where: Span) -> Value[object]:
        target, attribute = attribute_of(argument)
        if target not in self.scope.resources:
            return unknown("it refers to something that is not declared", data, where)
        return self._of(target, attribute, attribute, where)

    def _of(self, target: str, attribute: str, written_as: str, where: Span) -> Value[object]:
        """An attribute of a resource: the text of the property that it repeats, if the template sets that."""
        reference = Reference(target, attribute)
        key = f"{target}.{attribute}"
        if written_as and key not in self._deciding:
            self._deciding.add(key)
            try:
                value = self.properties(target).get(written_as)
            finally:
                self._deciding.discard(key)
            if isinstance(value, Known) and isinstance(value.value, (str, int)):
                return Known(value.value, where, reference)
        return Unknown(f"{key} is known after the deployment", where, (reference,))

    def _type(self, target: str) -> str:
        body = self.scope.resources[target]
        kind = body.get("Type") if isinstance(body, dict) else None
        return kind if isinstance(kind, str) else ""

    def _if(self, argument: Any, data: dict[str, Any], where: Span) -> Value[object]:
        if not isinstance(argument, list) or len(argument) != 3 or not isinstance(argument[0], str):
            return unknown("Fn::If is not written with a condition and two values", data, where)
        truth = self.condition(argument[0])
        if truth is not Truth.UNKNOWN:
            place = 1 if truth is Truth.YES else 2
            return self.evaluate(argument[place], where / "Fn::If" / place)
        yes = self.evaluate(argument[1], where / "Fn::If" / 1)
        no = self.evaluate(argument[2], where / "Fn::If" / 2)
        if argument[1] == argument[2]:
            return functions.at(yes, where)
        if isinstance(yes, (Known, Unknown)) and not _is_object(yes) and same(yes, no) is Truth.YES:
            return functions.at(yes, where)
        return unknown(f"the condition {argument[0]} is not known", data, where)

    def condition(self, name: str) -> Truth:
        """Whether the condition called ``name`` holds."""
        found = self.scope.truths.get(name)
        if found is not None:
            return found
        if name not in self.scope.conditions or name in self._deciding:
            return Truth.UNKNOWN
        self._deciding.add(name)
        try:
            where = Span(self.scope.file, ("Conditions", name))
            found = self.scope.truths[name] = self._decide(self.scope.conditions[name], where)
        finally:
            self._deciding.discard(name)
        return found

    def _decide(self, data: Any, where: Span) -> Truth:
        if isinstance(data, bool):
            return Truth.of(data)
        if not isinstance(data, dict) or len(data) != 1 or self._depth > _DEPTH:
            return Truth.UNKNOWN
        name, argument = next(iter(data.items()))
        if name == "Condition":
            return self.condition(argument) if isinstance(argument, str) else Truth.UNKNOWN
        if not isinstance(argument, list):
            return Truth.UNKNOWN
        if name == "Fn::Equals" and len(argument) == 2:
            return self._equal(argument, where / name)
        self._depth += 1
        try:
            truths = [self._decide(item, where) for item in argument]
        finally:
            self._depth -= 1
        if name == "Fn::Not" and len(truths) == 1:
            return ~truths[0]
        if name not in ("Fn::And", "Fn::Or"):
            return Truth.UNKNOWN
        answer = Truth.of(name == "Fn::And")
        for truth in truths:
            answer = answer & truth if name == "Fn::And" else answer | truth
        return answer

    def _equal(self, argument: list[Any], where: Span) -> Truth:
        if argument[0] == argument[1]:
            return Truth.YES
        one, other = (functions.as_text(self.evaluate(item, where / place)) for place, item in enumerate(argument))
        return same(one, other)


def _is_object(value: Value[object]) -> bool:
    return isinstance(value, Known) and isinstance(value.value, (LazyObject, tuple))


def unknown(why: str, data: object, where: Span) -> Unknown:
    """An expression that only the deployment can work out."""
    return Unknown(why, where, (Gap(expression(data)),))
