"""The values in a block against the types of its arguments, as far as they are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from onetake.frontends.terraform.schemas import problems
from onetake.frontends.terraform.schemas.bodies import takes_blocks
from onetake.frontends.terraform.schemas.conversion import TypeOf, mismatch
from onetake.frontends.terraform.schemas.demands import TOP, At, Demands
from onetake.frontends.terraform.schemas.problems import Problem
from onetake.frontends.terraform.schemas.subjects import empty
from onetake.frontends.terraform.values import BlockFields
from onetake.knowledge.terraform.schema import AttributeSchema, BlockSchema
from onetake.knowledge.terraform.types import Type
from onetake.model.findings import Stage
from onetake.model.records import record, replace
from onetake.model.values import Known, ObjectValue, Span, Unknown, Value


@record
class Values:
    """Judges values: how other resources' attributes are typed, when Terraform sees them, what is demanded of them."""

    type_of: TypeOf
    json: bool
    stage: Stage
    known: Stage
    """When Terraform knows the values, not only their types."""
    demands: Demands

    def judge(
        self, name: str, value: Value[object], schema: BlockSchema, where: Span, around: At = TOP
    ) -> Iterator[Problem]:
        """Everything wrong with the value of one name of a body that stands at ``where``."""
        attribute, at = schema.attributes.get(name), around / name
        if attribute is not None:
            wrong = False
            for found in self._argument(attribute, value, where / name):
                wrong = True
                yield found
            if not wrong and self.demands.any:
                yield from self._refused(attribute, value, where / name, at)
            return
        nested = schema.blocks.get(name)
        if nested is not None:
            if not nested.maximum and isinstance(value, Known) and isinstance(value.value, tuple):
                yield from self.demands.count(len(value.value), where / name, at)
            for number, (item, place) in enumerate(_bodies(value, where / name)):
                for inner, one in item.items():
                    yield from self.judge(inner, one, nested.body, place, at.inside(number))

    def _refused(self, attribute: AttributeSchema, value: Value[object], where: Span, at: At) -> Iterator[Problem]:
        if self.known is Stage.PLAN and empty(value):
            return  # what callers, or other resources, give instead
        for found in self.demands.broken(attribute, value, where, at):
            yield replace(found, stage=self.known)

    def _argument(self, attribute: AttributeSchema, value: Value[object], where: Span) -> Iterator[Problem]:
        element = attribute.type.element
        if takes_blocks(attribute) and element is not None and self._as_blocks(value):
            for item, place in _bodies(value, where):
                yield from self._object(item, element, place)
            return
        found = mismatch(value, attribute.type, self.type_of)
        if found is not None:
            yield problems.wrong_type(attribute.name, found.reason, where, Stage.PLAN if found.planned else self.stage)

    def _as_blocks(self, value: Value[object]) -> bool:
        """Whether it was written as blocks, in which names may be left out; in JSON arguments win."""
        match value:
            case Known(tuple((Known(BlockFields()), *_))) | Unknown(members=(Known(BlockFields()), *_)):
                return not self.json
            case _:
                return False

    def _object(self, values: ObjectValue, element: Type, where: Span) -> Iterator[Problem]:
        for name, value in values.items():
            inner = element.fields.get(name)
            found = mismatch(value, inner, self.type_of) if inner is not None else None
            if found is not None:
                yield problems.wrong_type(name, found.reason, where / name, Stage.PLAN if found.planned else self.stage)


def _bodies(value: Value[object], where: Span) -> Iterator[tuple[ObjectValue, Span]]:
    """The bodies of the blocks that ``value`` is, and where they stand."""
    match value:
        case Known(Mapping() as fields):
            yield fields, where
        case Known(tuple() as items) | Unknown(members=items):
            for item in items:
                if isinstance(item, Known) and isinstance(item.value, Mapping):
                    yield item.value, item.where
        case _:
            return
