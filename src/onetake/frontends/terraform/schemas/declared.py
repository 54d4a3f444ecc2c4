"""A block that the AWS provider judges: its type, its names, its values."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from onetake.frontends.terraform.declarations import META, Declaration
from onetake.frontends.terraform.evaluation import settle
from onetake.frontends.terraform.program import Program
from onetake.frontends.terraform.schemas import problems
from onetake.frontends.terraform.schemas.bodies import Place, counted, judge_body, takes_blocks, written_as_blocks
from onetake.frontends.terraform.schemas.conversion import TypeOf, mismatch_of_scalar
from onetake.frontends.terraform.schemas.demands import NO_DEMANDS, Demands, demands
from onetake.frontends.terraform.schemas.fitting import fits
from onetake.frontends.terraform.schemas.plan import refused
from onetake.frontends.terraform.schemas.problems import Problem
from onetake.frontends.terraform.schemas.references import steps_in, type_at
from onetake.frontends.terraform.schemas.relations import related
from onetake.frontends.terraform.schemas.subjects import Subject, empty, instances, stages
from onetake.frontends.terraform.schemas.values import Values
from onetake.frontends.terraform.suggestions import meant, nearest
from onetake.frontends.terraform.syntax.nodes import Dynamic, Literal, Node, Tuple
from onetake.knowledge.terraform.schema import AttributeSchema, BlockSchema, Kind, ProviderSchema, TypeSchema
from onetake.knowledge.terraform.types import Type
from onetake.knowledge.versions import surely_older
from onetake.model.findings import Severity, Stage
from onetake.model.records import record, replace
from onetake.model.stacks import Engine
from onetake.model.values import Known, Reference, Value

PREFIX = "aws_"
KINDS = {"resource": Kind.RESOURCE, "data": Kind.DATA_SOURCE, "ephemeral": Kind.EPHEMERAL, "provider": Kind.PROVIDER}
_SKIPPED = META - {"timeouts"}
_SKIPPED_OF_PROVIDER = _SKIPPED | {"alias", "version"}
_WRITE_ONLY_SINCE = (1, 11, 0)


class Judge:
    """Judges the blocks of one program."""

    def __init__(self, program: Program, engine: Engine, *, installed: bool) -> None:
        """``installed`` tells whether the version that was asked what it refuses may be the one that is installed."""
        self._program = program
        self._installed = installed
        self._without_write_only = engine.tool == "terraform" and surely_older(engine.constraint, _WRITE_ONLY_SINCE)

    def problems(self, subject: Subject, provider: ProviderSchema) -> Iterator[Problem]:
        """Everything wrong with a block under one version of the provider."""
        block = subject.block
        kind = KINDS[block.kind]
        schema = provider.of(kind).get(block.labels[0])
        if schema is None:
            if subject.first:
                yield _unknown_type(block, kind, provider)
            return
        skipped = _SKIPPED_OF_PROVIDER if kind is Kind.PROVIDER else _SKIPPED
        readable = True
        if subject.first:
            for problem in self._names(block, schema, subject, skipped):
                readable = readable and problem.severity is not Severity.CRITICAL
                yield problem
        demanded = demands(schema.name, kind, provider.version, installed=self._installed)
        arguments = _Arguments(subject, schema.body, demanded, partial(self._type_of, provider))
        for name, node in block.fields.items():
            if name not in skipped:
                yield from arguments.problems(name, node)
        if readable and demanded.found.relations:
            yield from related(subject, schema.body, demanded.found.relations)
        if readable and block.kind == "resource":
            major = int(provider.version.partition(".")[0])
            yield from refused(subject, schema, major, installed=self._installed)

    def _names(
        self, block: Declaration, schema: TypeSchema, subject: Subject, skipped: frozenset[str]
    ) -> Iterator[Problem]:
        managed = schema.kind is Kind.RESOURCE
        type_ = schema.name if managed else ""
        place = Place(block.where, subject.json, framework=is_framework(schema), type=type_, managed=managed)
        yield from judge_body(block.fields, schema.body, place, skipped)
        if self._without_write_only:
            yield from _write_only(block, schema)

    def _type_of(self, provider: ProviderSchema, reference: Reference) -> Type | None:
        """The type of what a reference takes of a resource of the AWS provider."""
        one = self._program.instances.get(reference.target)
        if one is None or not one.type.startswith(PREFIX):
            return None
        if not reference.attribute:
            return Type("object") if self._program.is_sole(reference.target) else None
        schema = provider.of(KINDS[one.block.kind]).get(one.type)
        steps = steps_in(reference.attribute)
        return type_at(schema.body, steps) if schema is not None and steps else None


@record
class _Arguments:
    """The arguments of one block, whose values are compared with their types and with what is demanded of them."""

    subject: Subject
    body: BlockSchema
    demands: Demands
    type_of: TypeOf

    def problems(self, name: str, node: Node) -> Iterator[Problem]:
        """What is wrong with the values of one argument, or of the blocks of one name."""
        attribute = self.body.attributes.get(name)
        if isinstance(node, Literal):
            # By far the commonest: nothing to evaluate.
            if attribute is not None and self.subject.first:
                yield from self._literal(attribute, node.value)
            return
        demanded = self.demands.concern(name)
        if not self._settled(attribute, node, demanded=demanded):
            yield from self._values(name, node, self.demands if demanded else NO_DEMANDS)

    def _literal(self, attribute: AttributeSchema, value: object) -> Iterator[Problem]:
        where = self.subject.block.where / attribute.name
        wrong = mismatch_of_scalar(value, attribute.type)
        if wrong is not None:
            yield problems.wrong_type(attribute.name, wrong.reason, where, Stage.VALIDATE)
        elif self.demands.any:
            yield from self.demands.scalar(attribute, value, where)

    def _settled(self, attribute: AttributeSchema | None, node: Node, *, demanded: bool) -> bool:
        """Whether there is nothing to find in a value: it fits anyway, or its form is wrong, which was told."""
        if attribute is not None and (
            attribute.type.kind == "dynamic" or (not demanded and fits(node, attribute.type))
        ):
            return True
        if self.subject.json:
            return False
        blocks = written_as_blocks(node)
        return not (takes_blocks(attribute) if attribute and blocks else blocks is (attribute is None))

    def _values(self, name: str, node: Node, demanded: Demands) -> Iterator[Problem]:
        subject = self.subject
        used = subject.block.uses.get(name, frozenset())
        stage, known = stages(used, subject.module)
        values = Values(self.type_of, subject.json, stage, known, demanded)
        seen = set()
        for address, value in _found(subject, name, node, evaluated_once=not used):
            if values.stage is Stage.PLAN and empty(value):
                continue
            for problem in (
                *_counted(subject, name, node, value, self.body),
                *values.judge(name, value, self.body, subject.block.where),
            ):
                if problem.key not in seen:
                    seen.add(problem.key)
                    yield replace(problem, address=address) if address else problem


def _found(subject: Subject, name: str, node: Node, *, evaluated_once: bool) -> Iterator[tuple[str, Value[object]]]:
    """The values that an argument has: one, or one in every instance, with the address of that."""
    block, module = subject.block, subject.module
    if evaluated_once or block.kind not in ("resource", "data"):
        if subject.first or not evaluated_once:
            # What is worked out for an instance is kept for the rules.
            one = next(iter(instances(block, module)), None)
            arguments = one.arguments if one is not None else {}
            yield "", arguments[name] if name in arguments else settle(node, module.scope, block.where / name)
        return
    for one in instances(block, module):
        given = one.arguments[name] if name in one.arguments else settle(node, one.scope, block.where / name)
        yield one.address, given


def _counted(subject: Subject, name: str, node: Node, value: Value[object], body: BlockSchema) -> Iterator[Problem]:
    """Blocks of which ``dynamic`` ones turn out to make too few or too many."""
    nested = body.blocks.get(name)
    dynamic = isinstance(node, Tuple) and any(isinstance(item, Dynamic) for item in node.items)
    if nested is not None and dynamic and isinstance(value, Known) and isinstance(value.value, tuple):
        place = Place(subject.block.where, subject.json)
        yield from counted(nested, len(value.value), place, certain=True)


def is_framework(schema: TypeSchema) -> bool:
    """Whether the type is written with the newer of the provider's two SDKs, whose words differ.

    The older one gives every type an ``id`` that seems to be an argument; some types are not what that says of them.
    """
    if schema.kind is Kind.PROVIDER:
        return False
    identifier = schema.body.attributes.get("id")
    return (identifier is None or not identifier.optional) is not ((schema.kind, schema.name) in _OTHERWISE)


_OTHERWISE_RESOURCES = """
    aws_chimesdkmediapipelines_media_insights_pipeline_configuration aws_chimesdkvoice_voice_profile_domain
    aws_cleanrooms_collaboration aws_codebuild_fleet aws_elasticache_reserved_cache_node aws_finspace_kx_environment
    aws_rbin_rule
"""
_OTHERWISE_DATA = """
    aws_api_gateway_api_key aws_api_gateway_vpc_link aws_arn aws_billing_service_account aws_caller_identity
    aws_cloudfront_distribution aws_cloudfront_origin_access_identity aws_codebuild_fleet aws_datazone_domain
    aws_default_tags
    aws_fsx_ontap_file_system aws_fsx_windows_file_system aws_globalaccelerator_accelerator aws_glue_connection
    aws_iam_principal_policy_simulation aws_ip_ranges aws_kendra_index aws_media_convert_queue
    aws_opensearchserverless_collection aws_partition aws_region aws_route53_delegation_set aws_service
    aws_servicecatalog_constraint aws_servicecatalog_portfolio aws_servicecatalog_product
"""
_OTHERWISE = frozenset(
    [(Kind.RESOURCE, name) for name in _OTHERWISE_RESOURCES.split()]
    + [(Kind.DATA_SOURCE, name) for name in _OTHERWISE_DATA.split()]
)
"""Types whose ``id`` says the wrong thing: version 5.100.0 was asked about every type."""


def _write_only(block: Declaration, schema: TypeSchema) -> Iterator[Problem]:
    for name in block.fields:
        attribute = schema.body.attributes.get(name)
        if attribute is not None and attribute.write_only:
            yield problems.write_only(name, block.where / name)


_CALLED = {
    Kind.RESOURCE: ("Invalid resource type", "resource type"),
    Kind.DATA_SOURCE: ("Invalid data source", "data source"),
    Kind.EPHEMERAL: ("Invalid ephemeral resource", "ephemeral resource"),
}


def _unknown_type(block: Declaration, kind: Kind, provider: ProviderSchema) -> Problem:
    name = block.labels[0]
    summary, what = _CALLED[kind]
    refused = f'The provider hashicorp/aws does not support {what} "{name}".'
    if kind is Kind.RESOURCE and name in provider.data_sources:
        hint = (
            f'\n\nDid you intend to use the data source "{name}"? If so, declare this using a "data" block instead of '
            'a "resource" block.'
        )
        said, fix = f"is a resource, but {name} is a data source", 'Declare it in a "data" block.'
    elif kind is Kind.DATA_SOURCE and name in provider.resources:
        hint = (
            f'\n\nDid you intend to use the managed resource type "{name}"? If so, declare this using a "resource" '
            'block instead of a "data" block.'
        )
        said, fix = f"is a data source, but {name} is a resource type", 'Declare it in a "resource" block.'
    else:
        suggested = meant(name, provider.of(kind))
        hint = f' Did you mean "{suggested}"?' if suggested else ""
        near = suggested or nearest(name, provider.of(kind))
        said = f'is of the {what} "{name}", which the provider does not have'
        said += f'; did you mean "{near}"?' if near else ""
        fix = f"Write {near}." if near else "Look the type up in the provider's documentation."
    return Problem(problems.TYPE_UNKNOWN, block.where, summary, refused + hint, said, fix)
