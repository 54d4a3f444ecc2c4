"""Raw answers to probes, a file to a type, so that a build that was stopped goes on where it was."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onetake.knowledge.terraform.schema import ProviderSchema, TypeSchema
from onetake.knowledge.terraform.schema_pack import every
from onetake.providers.client import Provider
from onetake.providers.mining.cases import enumerations, folding
from onetake.providers.mining.constraints import found_constraints
from onetake.providers.mining.keeping import Tell, write
from onetake.providers.mining.probing import Prober
from onetake.providers.mining.reading import read
from onetake.providers.process import ProviderFailure

SECONDS = 8.0
"""How long a provider may think about one probe."""


def file_of(folder: Path, schema: TypeSchema) -> Path:
    """Where the answers about a type lie."""
    return folder / f"{schema.kind.value}.{schema.name}.json"


def probed(
    binary: Path, schemas: ProviderSchema, folder: Path, tell: Tell = lambda *_: None
) -> Iterator[dict[str, Any]]:
    """The answers about every type in the order of their kinds and names; those that are not there yet are asked for.

    ``tell`` gets the number of types that are done, of all types, and the name of the type that is asked about.
    """
    folder.mkdir(parents=True, exist_ok=True)
    types = list(every(schemas))
    missing = [schema for schema in types if not file_of(folder, schema).is_file()]
    if missing:
        with Provider(binary, seconds=SECONDS) as provider:
            # Bodies that recur are one object in the provider's own schema, which tells recurring blocks apart.
            live = provider.schema(schemas.version, schemas.configuration.name)
            for number, schema in enumerate(missing, len(types) - len(missing)):
                tell(number, len(types), schema.name)
                write(file_of(folder, schema), Prober(provider, live.of(schema.kind)[schema.name]).answers())
    yield from _with_cases(binary, schemas, folder)


def _with_cases(binary: Path, schemas: ProviderSchema, folder: Path) -> Iterator[dict[str, Any]]:
    """The answers of the folder, with what is said of enumerations in another case, and of arguments alone."""
    with Provider(binary, seconds=SECONDS) as provider:
        live: ProviderSchema | None = None
        for schema in every(schemas):
            path = file_of(folder, schema)
            answers: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            if "folds" not in answers:
                enums = enumerations(found_constraints(read(answers, schema.body)))
                try:
                    answers["folds"] = folding(provider, schema, enums) if enums else {}
                except ProviderFailure as failure:
                    answers["folds"] = {}
                    answers["trouble"].append({"stage": "case", "round": "", "text": str(failure)[:300]})
                write(path, answers)
            if "lone" not in answers or "fields" not in answers:
                live = live or provider.schema(schemas.version, schemas.configuration.name)
                prober = Prober(provider, live.of(schema.kind)[schema.name])
                for stage, ask in (("lone", prober.alone), ("fields", prober.fields)):
                    if stage not in answers:
                        ask(answers)
                write(path, answers)
            yield answers
