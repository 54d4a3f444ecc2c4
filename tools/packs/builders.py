"""Every pack by its name, and the function that drafts it from the pinned inputs."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache

from onetake.knowledge import enumerations, iam_actions
from onetake.knowledge.terraform import api_enums, provider_schema
from onetake.knowledge.terraform.constraints import TypeConstraints
from onetake.knowledge.terraform.constraints import constraints as constraints_of
from onetake.knowledge.terraform.constraints import reader as constraint_reader
from onetake.knowledge.terraform.schema import Kind, ProviderSchema
from onetake.providers.client import Provider
from onetake.providers.mining import constraints, plans, schemas
from onetake.providers.mining.answers import probed
from onetake.providers.mining.canaries import watched
from onetake.providers.mining.planning import planned
from onetake.providers.mining.schemas import Draft
from onetake.providers.mining.shaping import Shapes
from tools.catalogues import actions
from tools.packs import api, libraries
from tools.packs import enumerations as api_enumerations
from tools.packs.bindings import Bindings, assembly
from tools.packs.inputs import MissingInput, inputs, located, work

PROVIDER = "terraform-provider-aws"
BINDINGS = "cdktn-provider-aws"
API = "botocore"
EXACT = inputs()[PROVIDER].version
"""The version whose binary is asked."""
BOUND = inputs()[BINDINGS].of
"""The version that the bindings are for."""


@cache
def provider_schemas() -> ProviderSchema:
    """What the pinned provider offers."""
    with Provider(located(PROVIDER)) as provider:
        return provider.schema(inputs()[PROVIDER].version)


def provider_schema_pack() -> Draft:
    """The schemas of the pinned provider."""
    return schemas.draft(provider_schemas(), inputs()[PROVIDER].source)


def bound_schema_pack() -> Draft:
    """The schemas of a newer version, as far as the pinned bindings tell them."""
    exact = provider_schema(EXACT)
    types = [schema for kind in (Kind.RESOURCE, Kind.DATA_SOURCE) for schema in exact.of(kind).values()]
    spelling = {name.replace("_", ""): name for schema in types for name in schema.body.attributes}
    found = Bindings(assembly(located(BINDINGS))["types"], spelling).provider()
    if found.version != BOUND:
        raise MissingInput(
            f'{BINDINGS} is for version {found.version} of the provider: write that to lock.json as "of"'
        )
    meta, frames = schemas.draft(found, inputs()[BINDINGS].source)
    return meta | {"confidence": "schema", "unknown": ["computed", "deprecated", "sensitive", "write_only"]}, frames


def provider_constraint_pack() -> Draft:
    """What the pinned provider refuses; its raw answers are kept, so that only the first build takes minutes."""
    folder = work() / f"answers-{inputs()[PROVIDER].version}"
    answers = probed(located(PROVIDER), provider_schemas(), folder, _progress)
    with Shapes(located(PROVIDER), folder / "shapes") as shapes:
        return constraints.draft(provider_schemas(), answers, inputs()[PROVIDER].source, shapes)


def provider_plan_pack() -> Draft:
    """What the pinned provider plans and does; its raw answers are kept, too."""
    folder = work() / f"plans-{inputs()[PROVIDER].version}"
    found = planned(located(PROVIDER), provider_schemas(), folder, _constraints, _progress)
    return plans.draft(provider_schemas(), found, inputs()[PROVIDER].source)


def api_enum_pack() -> Draft:
    """What AWS's API enumerates for arguments that the pinned provider leaves open; answers are kept as well."""
    folder = work() / f"canaries-{inputs()[PROVIDER].version}"
    models = api.Models(located(API))
    found = watched(located(PROVIDER), provider_schemas(), folder, _constraints, _progress)
    return api.draft(models, provider_schemas(), found, [inputs()[API].source, inputs()[PROVIDER].source])


def _constraints(name: str) -> TypeConstraints:
    return constraints_of(name, EXACT)


def _progress(done: int, all_: int, name: str) -> None:
    if done % 50 == 0:
        print(f"  {done} of {all_} types are probed; now {name}", file=sys.stderr, flush=True)


def enumeration_pack() -> Draft:
    """What AWS added to the enumerations that the pinned provider knows."""
    return api_enumerations.draft(constraint_reader(EXACT))


BUILDERS: dict[str, Callable[[], Draft]] = {
    iam_actions.NAME: actions.draft,
    f"terraform-aws-schema-{EXACT}": provider_schema_pack,
    f"terraform-aws-schema-{BOUND}": bound_schema_pack,
    f"terraform-aws-constraints-{EXACT}": provider_constraint_pack,
    enumerations.NAME: enumeration_pack,
    # Values for plans are chosen by the constraints.
    f"terraform-aws-plans-{EXACT}": provider_plan_pack,
    # What the provider leaves open is known by its constraints.
    api_enums.NAME: api_enum_pack,
    **libraries.builders(),
}
