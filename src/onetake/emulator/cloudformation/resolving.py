"""The functions of a template, worked out while it is deployed: every resource that is asked for is there already."""

from __future__ import annotations

import base64
import ipaddress
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from onetake.frontends.cloudformation.intrinsics import NO_VALUE, call, pieces
from onetake.frontends.cloudformation.texts import plain_text

_DYNAMIC = re.compile(r"\{\{resolve:(?P<service>ssm|ssm-secure|secretsmanager):(?P<rest>[^{}]*)\}\}")
_NOTHING = object()
"""What ``AWS::NoValue`` stands for: the member that holds it is left out."""


class Untold(Exception):
    """A value that the emulator does not know; says nothing about AWS."""


class Resolver:
    """Works out what a template of one stack says.

    Args:
        values: pseudo parameters and parameters by name.
        sections: the template's sections.
        reference: the physical id of a resource.
        attribute: an attribute of a resource.
        exported: what another stack exports under a name.
        looked_up: the value of a dynamic reference: service and the rest of it.
        zones: the availability zones of a region.
    """

    def __init__(  # noqa: PLR0913 - the sources of values that there are
        self,
        values: Mapping[str, Any],
        sections: Mapping[str, Any],
        *,
        reference: Callable[[str], Any],
        attribute: Callable[[str, str], Any],
        exported: Callable[[str], Any],
        looked_up: Callable[[str, str], str],
        zones: Callable[[str], list[str]],
    ) -> None:
        self._values = values
        self._mappings = sections.get("Mappings") or {}
        self._conditions = sections.get("Conditions") or {}
        self._reference = reference
        self._attribute = attribute
        self._exported = exported
        self._looked_up = looked_up
        self._zones = zones

    def resolved(self, data: Any) -> Any:
        """``data`` with every function replaced by its result.

        Raises:
            Untold: the emulator does not know a value.
        """
        found = self._resolved(data)
        return None if found is _NOTHING else found

    def holds(self, name: str) -> bool:
        """Whether a condition holds."""
        if name not in self._conditions:
            raise Untold(f"the template has no condition {name}")
        return self._truth(self._conditions[name])

    def _truth(self, data: Any) -> bool:
        if isinstance(data, dict) and set(data) == {"Condition"}:
            return self.holds(str(data["Condition"]))
        written = call(data)
        if written is None:
            return str(data).lower() == "true"
        name, argument = written
        match name:
            case "Fn::Equals":
                left, right = (self._resolved(one) for one in argument)
                return bool(_comparable(left) == _comparable(right))
            case "Fn::Not":
                return not self._truth(argument[0])
            case "Fn::And":
                return all(self._truth(one) for one in argument)
            case "Fn::Or":
                return any(self._truth(one) for one in argument)
            case _:
                return str(self._resolved(data)).lower() == "true"

    def _resolved(self, data: Any) -> Any:
        if isinstance(data, str):
            return self._dynamic(data)
        if isinstance(data, list):
            return [one for one in map(self._resolved, data) if one is not _NOTHING]
        if not isinstance(data, dict):
            return data
        written = call(data)
        if written is None:
            members = {name: self._resolved(value) for name, value in data.items()}
            return {name: value for name, value in members.items() if value is not _NOTHING}
        return self._called(*written)

    def _called(self, name: str, argument: Any) -> Any:
        match name:
            case "Ref":
                return self._named(str(argument))
            case "Fn::GetAtt":
                return self._got(argument)
            case "Fn::If":
                return self._resolved(argument[1 if self.holds(str(argument[0])) else 2])
            case "Fn::Sub":
                return self._substituted(argument)
            case "Fn::Join":
                return str(argument[0]).join(plain_text(one) for one in self._resolved(argument[1]))
            case "Fn::ImportValue":
                return self._exported(str(self._resolved(argument)))
            case "Fn::GetAZs":
                return self._zones(str(self._resolved(argument) or self._values["AWS::Region"]))
            case "Fn::FindInMap":
                return self._mapped(argument)
            case _ if name in _PURE:
                return _PURE[name](self._resolved(argument))
            case _:
                raise Untold(f"the emulator does not know {name}")

    def _named(self, name: str) -> Any:
        if name == NO_VALUE:
            return _NOTHING
        return self._values[name] if name in self._values else self._reference(name)

    def _got(self, argument: Any) -> Any:
        parts = argument.split(".", 1) if isinstance(argument, str) else argument
        return self._attribute(str(parts[0]), ".".join(str(self._resolved(one)) for one in parts[1:]))

    def _substituted(self, argument: Any) -> str:
        text, own = argument if isinstance(argument, list) else (argument, {})
        found = []
        for hole, piece in pieces(text):
            if not hole:
                found.append(piece)
            elif piece in own:
                found.append(plain_text(self._resolved(own[piece])))
            else:
                value = self._got(piece) if "." in piece else self._named(piece)
                found.append(",".join(map(plain_text, value)) if isinstance(value, list) else plain_text(value))
        return str(self._dynamic("".join(found)))

    def _mapped(self, argument: Any) -> Any:
        name, top, second, *rest = argument
        found = self._mappings.get(self._resolved(name), {})
        for key in (top, second):
            found = found.get(plain_text(self._resolved(key)), _NOTHING) if isinstance(found, Mapping) else _NOTHING
        if found is not _NOTHING:
            return self._resolved(found)
        if rest and isinstance(rest[0], dict) and "DefaultValue" in rest[0]:
            return self._resolved(rest[0]["DefaultValue"])
        raise Untold(f"the mapping {name} has no such key")

    def _dynamic(self, text: str) -> str:
        if "{{resolve:" not in text:
            return text
        return _DYNAMIC.sub(lambda hole: self._looked_up(hole["service"], hole["rest"]), text)


def _comparable(value: Any) -> Any:
    return plain_text(value) if isinstance(value, str | bool | int | float) else value


def _select(argument: Any) -> Any:
    place, items = argument
    if not isinstance(items, list) or not 0 <= int(place) < len(items):
        raise Untold(f"Fn::Select cannot select {place} of what the emulator knows")
    return items[int(place)]


def _cidr(argument: Any) -> list[str]:
    block, count, *bits = argument
    network = ipaddress.ip_network(str(block), strict=False)
    length = network.max_prefixlen - int(bits[0] if bits else 8)
    ranges = network.subnets(new_prefix=length)
    return [str(one) for one, _ in zip(ranges, range(int(count)), strict=False)]


_PURE: Mapping[str, Callable[[Any], Any]] = {
    "Fn::Select": _select,
    "Fn::Split": lambda argument: str(argument[1]).split(str(argument[0])),
    "Fn::Base64": lambda argument: base64.b64encode(str(argument).encode()).decode(),
    "Fn::Cidr": _cidr,
    "Fn::Length": len,
    "Fn::ToJsonString": lambda argument: json.dumps(argument, separators=(",", ":")),
}
"""Functions of nothing but their argument."""
