"""What arguments of one resource demand of one another, asked of every instance."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from onetake.frontends.terraform.declarations import Declaration
from onetake.frontends.terraform.evaluation import Scope, settle
from onetake.frontends.terraform.modules import Module
from onetake.frontends.terraform.refusals import defaulted
from onetake.frontends.terraform.schemas import wording
from onetake.frontends.terraform.schemas.problems import Problem
from onetake.frontends.terraform.schemas.subjects import Subject, empty, instances, known_at
from onetake.knowledge.terraform.constraints import ELEMENT, Names, Relation
from onetake.knowledge.terraform.judging import breakable, broken
from onetake.knowledge.terraform.schema import BlockSchema
from onetake.model.findings import Stage
from onetake.model.values import Absent, Known, Span, Unknown, Value

Given = Callable[[str], Value[object] | None]
"""The value of an argument or block of the resource, ``None`` where it is not written."""


def related(subject: Subject, body: BlockSchema, relations: Sequence[Relation]) -> Iterator[Problem]:
    """What is broken of that which arguments demand of one another, once for all instances."""
    block, module = subject.block, subject.module
    relations = [one for one in relations if breakable(one, block.fields) and _exists(one, body)]
    if not relations:
        return
    stages = {name: known_at(block.uses.get(name, frozenset()), module) for name in block.fields}
    if not subject.first and Stage.PLAN not in stages.values():
        return
    seen = set()
    for given in _givers(block, module, stages):
        stage = _latest(stages)
        for problem in _broken(relations, body, given, stage, block.where):
            if (problem.key, problem.message) not in seen:
                seen.add((problem.key, problem.message))
                yield problem


def _latest(stages: Mapping[str, Stage]) -> Callable[[Sequence[str]], Stage]:
    return lambda names: stages.get(names[0], Stage.VALIDATE)


def _givers(block: Declaration, module: Module, stages: Mapping[str, Stage]) -> Iterator[Given]:
    """What each instance gives for a name."""
    if block.kind in ("resource", "data"):
        for one in instances(block, module):
            yield partial(_given, one.arguments, one.scope, block, stages)
    else:
        yield partial(_given, {}, module.scope, block, stages)


def _given(
    arguments: Mapping[str, Value[object]], scope: Scope, block: Declaration, stages: Mapping[str, Stage], name: str
) -> Value[object] | None:
    node = block.fields.get(name)
    if node is None:
        return None
    value = arguments[name] if name in arguments else settle(node, scope, block.where / name)
    planned = stages[name] is Stage.PLAN
    if planned and (isinstance(value, Absent) or empty(value)) and defaulted(scope.module, node):
        return Unknown("callers give it", block.where / name)
    return value


def _broken(
    relations: Sequence[Relation],
    schema: BlockSchema,
    given: Given,
    stage: Callable[[Names], Stage],
    where: Span,
) -> Iterator[Problem]:
    """The relations that are broken, each cause once.

    ``stage`` tells when Terraform knows an argument.
    """
    told: set[tuple[str, frozenset[Names]]] = set()
    for relation in relations:
        said = broken(relation, lambda names: presence(names, given, schema))
        cause = (said.summary if said else "", frozenset((relation.at, *relation.members)))
        if said is None or cause in told:
            continue
        told.add(cause)
        involved = [names for names in (relation.at, *relation.members) if names]
        present = [".".join(names) for names in relation.members if presence(names, given, schema)]
        latest = max(map(stage, involved), key=lambda one: one.rank, default=Stage.VALIDATE)
        yield wording.of_relation(relation, said, present, _place(relation, given, where), latest)


def _exists(relation: Relation, schema: BlockSchema) -> bool:
    """Whether this version of the provider has all that the relation is about, and it is not about elements."""
    return relation.at[-1:] != (ELEMENT,) and all(
        _has(names, schema) for names in (relation.at, *relation.members) if names
    )


def _has(names: Names, schema: BlockSchema) -> bool:
    for place, name in enumerate(names):
        if name in schema.attributes:
            return schema.attributes[name].settable
        nested = schema.blocks.get(name)
        if nested is None:
            return False
        if place < len(names) - 1:
            schema = nested.body
    return True


def presence(names: Names, given: Given, schema: BlockSchema) -> bool | None:
    """Whether something is set at ``names``; ``None`` when that is not known.

    Of what lies in blocks that occur more than once nothing is told: the provider asks each, or the first.
    """
    value = given(names[0])
    for name in names[1:]:
        fields = _sole(value)
        if fields is None or isinstance(fields, bool):
            return fields
        value = fields.get(name)
    return _is_given(value, block=_is_block(names, schema))


def _sole(value: Value[object] | None) -> Mapping[str, Value[object]] | bool | None:
    """The fields of the only block; ``False`` where there is none."""
    match value:
        case None | Absent() | Known(()):
            return False
        case Known((Known(Mapping() as fields),)) | Known(Mapping() as fields):
            return fields
        case _:
            return None


def _is_block(names: Names, schema: BlockSchema) -> bool:
    for name in names:
        nested = schema.blocks.get(name)
        if nested is None:
            return False
        schema = nested.body
    return True


def _is_given(value: Value[object] | None, *, block: bool) -> bool | None:
    match value:
        case None | Absent():
            return False
        case Unknown(members=members) if block and members:
            return True
        case Unknown():
            return None
        case Known(()):
            # An empty list counts for some of the provider's tests and not for others.
            return False if block else None
        case Known(Mapping() as fields) if not fields and not block:
            return None
        case _:
            return True


def _place(relation: Relation, given: Given, where: Span) -> Span:
    """Where the argument stands that the provider points to, or the block in which it is missing."""
    if not relation.at:
        return where
    value = given(relation.at[0])
    if value is None:
        return where
    found = where / relation.at[0]
    for name in relation.at[1:]:
        fields = _sole(value)
        if not isinstance(fields, Mapping):
            return found
        found = getattr(value, "where", found)
        if isinstance(value, Known) and isinstance(value.value, tuple) and value.value:
            found = value.value[0].where
        value = fields.get(name)
        if value is None:
            return found
        found = found / name
    return found
