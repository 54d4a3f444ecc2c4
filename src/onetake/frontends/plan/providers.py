"""The provider configurations in a plan, and the engine that made it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from onetake.frontends.plan.addresses import Place, placed
from onetake.frontends.plan.configuration import Configuration
from onetake.frontends.plan.document import mapping, text
from onetake.model.assumptions import Assumptions
from onetake.model.language import Language
from onetake.model.resources import Mode, Provider, Resource
from onetake.model.stacks import Engine
from onetake.model.values import Absent, Gap, Known, Span, Unknown, Value

_TOFU = "registry.opentofu.org/"


class Providers:
    """The providers of a plan by the keys that its resources name them with."""

    def __init__(self, configuration: Configuration, assumptions: Assumptions, where: Span) -> None:
        self._configuration = configuration
        self._assumptions = assumptions
        self._where = where
        self._made: dict[str, Provider] = {}

    def of(self, block: dict[str, Any], kind: str) -> Provider:
        """The provider of a resource, which its block names; else the one that its type names."""
        return self._called(text(block.get("provider_config_key")) or kind.partition("_")[0])

    def all(self) -> list[Provider]:
        """Every configured provider."""
        return [self._called(key) for key in self._configuration.providers if isinstance(key, str)]

    def _called(self, key: str) -> Provider:
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = self._make(key)
        return found

    def _make(self, key: str) -> Provider:
        data = mapping(self._configuration.providers.get(key))
        expressions = mapping(data.get("expressions"))
        home = placed(f"{text(data.get('module_address'))}.x.y")[0]
        region = self._configuration.constant(home, expressions.get("region"))
        name = text(data.get("name")) or key.rpartition(":")[2].partition(".")[0]
        arguments = {argument: self._argument(home, inner) for argument, inner in expressions.items()}
        return Provider(name, self._region(region), text(data.get("alias")), arguments)

    def _argument(self, home: Place, expression: Any) -> Value[object]:
        if isinstance(expression, list):
            blocks = [mapping(one) for one in expression]
            found = [
                Known({name: self._argument(home, inner) for name, inner in one.items()}, self._where) for one in blocks
            ]
            return Known(tuple(found), self._where)
        return self._configuration.constant(home, expression)

    def _region(self, written: Value[object]) -> Value[str]:
        match written:
            case Known(str() as name, where):
                return Known(name, where)
            case Unknown():
                return written
            case _ if self._assumptions.region_given:
                return Known(self._assumptions.region, self._where)
            case _:
                return Unknown("provider region is not set", self._where, (Gap("provider region"),))

    def settings(self) -> Iterator[Resource]:
        """The configured providers as rules see them."""
        nowhere = Provider("terraform", Absent(self._where))
        for key, data in self._configuration.providers.items():
            if not isinstance(data, dict) or not data.get("expressions"):
                continue  # required, and not configured
            provider = self._called(key)
            address = f"provider.{provider.name}" + (f".{provider.alias}" if provider.alias else "")
            module = text(data.get("module_address"))
            yield Resource(
                language=Language.TERRAFORM,
                address=f"{module}.{address}" if module else address,
                type=f"provider.{provider.name}",
                where=self._where,
                arguments=provider.arguments,
                provider=nowhere,
                mode=Mode.SETTING,
            )

    def engine(self, version: str) -> Engine:
        """The engine in the version that made the plan, and the providers that are asked for."""
        providers: dict[str, str] = {}
        tofu = False
        for data in self._configuration.providers.values():
            name = text(mapping(data).get("full_name"))
            tofu = tofu or name.startswith(_TOFU)
            if name:
                providers.setdefault(name.partition("/")[2] or name, text(mapping(data).get("version_constraint")))
        return Engine("opentofu" if tofu else "terraform", version, providers)
