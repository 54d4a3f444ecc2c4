"""Raw answers of a provider, a file to a type, so that a build that was stopped goes on where it was."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from onetake.knowledge.terraform.schema import Kind, ProviderSchema, TypeSchema
from onetake.model.records import record
from onetake.providers.client import Provider
from onetake.providers.mining.sink import SETTINGS, Sink
from onetake.providers.values import complete

Tell = Callable[[int, int, str], None]
"""Gets how many types are done, how many there are, and the name of the one that is asked about."""
Ask = Callable[[TypeSchema], dict[str, Any]]


@record
class Kept:
    """The answers of one provider about its resource types, in a folder of their own."""

    binary: Path
    schemas: ProviderSchema
    folder: Path
    seconds: float
    """How long it may think about one question."""

    def answers(self, asking: Callable[[Provider, Sink], Ask], tell: Tell) -> Iterator[dict[str, Any]]:
        """The answers about every type, by name; those that are not in the folder yet are asked for.

        The provider is configured for a sink on this machine; ``asking`` gets both and gives what asks about a type.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        names = sorted(self.schemas.of(Kind.RESOURCE))
        missing = [name for name in names if not self._file(name).is_file()]
        if missing:
            with (
                Sink() as sink,
                Provider(self.binary, environment=sink.environment(), seconds=self.seconds) as provider,
            ):
                provider.configure(complete(SETTINGS, self.schemas.configuration.body))
                ask = asking(provider, sink)
                for number, name in enumerate(missing, len(names) - len(missing)):
                    tell(number, len(names), name)
                    write(self._file(name), ask(self.schemas.resources[name]))
        for name in names:
            yield json.loads(self._file(name).read_text(encoding="utf-8"))

    def _ask(self, missing: Sequence[str], all_: int, asking: Callable[[Provider, Sink], Ask], tell: Tell) -> None:
        with Sink() as sink, Provider(self.binary, environment=sink.environment(), seconds=self.seconds) as provider:
            provider.configure(complete(SETTINGS, self.schemas.configuration.body))
            ask = asking(provider, sink)
            for number, name in enumerate(missing, all_ - len(missing)):
                tell(number, all_, name)
                write(self._file(name), ask(self.schemas.resources[name]))

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.json"


def write(path: Path, answers: dict[str, Any]) -> None:
    """Write the answers about a type, whole or not at all."""
    draft = path.with_name(path.name + ".new")
    draft.write_text(json.dumps(answers), encoding="utf-8")
    draft.replace(path)
