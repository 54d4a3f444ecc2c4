"""Intrinsic functions: evaluated when what they need is known, kept as far as possible when it is not."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from onetake.frontends.cloudformation.conditions import Conditions
from onetake.frontends.cloudformation.template import Template
from onetake.knowledge.refs import ref_property
from onetake.model.assumptions import Assumptions
from onetake.model.language import Truth
from onetake.model.values import Absent, Gap, Known, Part, Reference, Span, Unknown, Value, parts

HOLE = re.compile(r"\$\{(!?)\s*([^}]+?)\s*\}")
DEPTH = 120


class Evaluator:
    """Evaluates the values of one template under the given parameters and assumptions."""

    def __init__(self, template: Template, assumptions: Assumptions) -> None:
        self.template = template
        self.assumptions = assumptions
        self._parameters: dict[str, Value[object]] = {}
        self._depth = 0

    @cached_property
    def conditions(self) -> Conditions:
        """The template's conditions."""
        return Conditions(self.template, self)

    @property
    def region(self) -> Value[str]:
        """The region of the stack: known only when the user names it."""
        where = self.template.span()
        if self.assumptions.region_given:
            return Known(self.assumptions.region, where)
        return Unknown("the template does not name its region", where, (Gap("AWS::Region"),))

    def value(self, data: Any, where: Span) -> Value[object]:
        """The value of ``data``."""
        self._depth += 1
        try:
            if self._depth > DEPTH:
                return Unknown("it is nested too deeply", where)
            if isinstance(data, Mapping):
                return self._mapping(data, where)
            if isinstance(data, list):
                return self._list(data, where)
            return Absent(where) if data is None else Known(data, where)
        finally:
            self._depth -= 1

    def _mapping(self, data: Mapping[str, Any], where: Span) -> Value[object]:
        if len(data) == 1:
            ((name, argument),) = data.items()
            handler = _FUNCTIONS.get(name)
            if handler is not None:
                return handler(self, argument, where)
            if name.startswith("Fn::"):
                return Unknown(f"{name} is resolved during the deployment", where, (Gap(f"{name} {argument!r}"),))
        return Known({name: self.value(inner, where / name) for name, inner in data.items()}, where)

    def _list(self, data: list[Any], where: Span) -> Value[object]:
        found: list[Value[object]] = []
        why = ""
        for place, item in enumerate(data):
            value = self.value(item, where / place)
            if isinstance(value, Unknown) and isinstance(item, Mapping) and "Fn::If" in item and not value.parts:
                why = value.why  # the element may be there or not
                found += value.members
            elif not isinstance(value, Absent):
                found.append(value)
        return Unknown(why, where, members=tuple(found)) if why else Known(tuple(found), where)

    def ref(self, argument: Any, where: Span) -> Value[object]:
        """``Ref``: a parameter, a pseudo parameter, or what names a resource."""
        name = str(argument)
        if name.startswith("AWS::"):
            return self._pseudo(name, where)
        if name in self.template.section("Parameters"):
            return self._parameter(name, where)
        body = self.template.resources.get(name)
        if body is None:
            return Unknown(f"{name} is not declared", where, (Gap(name),))
        reference = Reference(name, "Ref")
        named = ref_property(body["Type"])
        properties = body.get("Properties")
        if named and isinstance(properties, Mapping) and named in properties:
            match self.value(properties[named], where):
                case Known(str() | int() as text):
                    return Known(str(text), where, reference)
        return Unknown("CloudFormation names it when it is created", where, (reference,))

    def _pseudo(self, name: str, where: Span) -> Value[object]:
        if name == "AWS::NoValue":
            return Absent(where)
        if self.assumptions.region_given:
            region = self.assumptions.region
            partition = (
                "aws-cn" if region.startswith("cn-") else "aws-us-gov" if region.startswith("us-gov-") else "aws"
            )
            known = {
                "AWS::Region": region,
                "AWS::Partition": partition,
                "AWS::URLSuffix": "amazonaws.com.cn" if partition == "aws-cn" else "amazonaws.com",
            }
            if name in known:
                return Known(known[name], where)
        return Unknown(f"{name} depends on where it is deployed", where, (Gap(name),))

    def _parameter(self, name: str, where: Span) -> Value[object]:
        declared = self.template.section("Parameters").get(name)
        declared = declared if isinstance(declared, Mapping) else {}
        kind = str(declared.get("Type", "String"))
        text = self.template.given.get(name, declared.get("Default"))
        if text is None or kind.startswith("AWS::SSM::"):
            return Unknown(f"parameter {name} has no value here", where, (Gap(f"parameter {name}"),))
        if kind == "CommaDelimitedList" or kind.startswith("List<"):
            items = text if isinstance(text, list) else str(text).split(",")
            return Known(tuple(Known(str(item).strip(), where) for item in items), where)
        return Known(_scalar_text(text), where)

    def get_att(self, argument: Any, where: Span) -> Value[object]:
        """``Fn::GetAtt``: always a reference, since the service decides the value."""
        pair = argument.split(".", 1) if isinstance(argument, str) else argument
        if isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str):
            match self.value(pair[1], where):
                case Known(str() as attribute) if pair[0] in self.template.resources:
                    reference = Reference(pair[0], attribute)
                    return Unknown("the service decides it when it is created", where, (reference,))
        return Unknown("its resource is not declared", where, (Gap(f"Fn::GetAtt {argument!r}"),))

    def sub(self, argument: Any, where: Span) -> Value[object]:
        """``Fn::Sub``: text with ``${names}``."""
        text, given = (
            (argument[0], argument[1]) if isinstance(argument, list) and len(argument) == 2 else (argument, {})
        )
        if not isinstance(text, str) or not isinstance(given, Mapping):
            return Unknown("Fn::Sub is not written as CloudFormation wants it", where)
        pieces: list[Value[object]] = []
        place = 0
        for hole in HOLE.finditer(text):
            pieces.append(Known(text[place : hole.start()], where))
            place = hole.end()
            name = hole[2]
            if hole[1]:
                pieces.append(Known("${" + name + "}", where))
            elif name in given:
                pieces.append(self.value(given[name], where))
            elif "." in name and not name.startswith("AWS::"):
                pieces.append(self.get_att(name, where))
            else:
                pieces.append(self.ref(name, where))
        pieces.append(Known(text[place:], where))
        return concatenated(pieces, where)

    def join(self, argument: Any, where: Span) -> Value[object]:
        """``Fn::Join``: a list made text."""
        if not isinstance(argument, list) or len(argument) != 2 or not isinstance(argument[0], str):
            return Unknown("Fn::Join is not written as CloudFormation wants it", where)
        match self.value(argument[1], where):
            case Known(tuple() as items):
                pieces: list[Value[object]] = []
                for number, item in enumerate(items):
                    if number and argument[0]:
                        pieces.append(Known(argument[0], where))
                    pieces.append(item)
                return concatenated(pieces, where)
            case Unknown(why):
                return Unknown(why, where, (Gap(f"Fn::Join {argument!r}"),))
            case _:
                return Unknown("Fn::Join has no list", where)

    def select(self, argument: Any, where: Span) -> Value[object]:
        """``Fn::Select``: one element of a list."""
        if not isinstance(argument, list) or len(argument) != 2:
            return Unknown("Fn::Select is not written as CloudFormation wants it", where)
        index, items = self.value(argument[0], where), self.value(argument[1], where)
        match index, items:
            case Known(number), Known(tuple() as members) if str(number).isdigit() and int(str(number)) < len(members):
                found = members[int(str(number))]
                return Known(found.value, where, found.origin) if isinstance(found, Known) else found
            case Known(number), Unknown(why, _, (Gap(text),)):
                return Unknown(why, where, (Gap(f"{text}[{number}]"),))
            case Known(number), Unknown(why, _, (Reference(target, attribute),)):
                return Unknown(why, where, (Reference(target, f"{attribute}[{number}]"),))
            case _:
                return Unknown("the list is not known", where, (Gap(f"Fn::Select {argument!r}"),))

    def split(self, argument: Any, where: Span) -> Value[object]:
        """``Fn::Split``: text made a list."""
        if isinstance(argument, list) and len(argument) == 2 and isinstance(argument[0], str) and argument[0]:
            match self.value(argument[1], where):
                case Known(str() as text):
                    return Known(tuple(Known(piece, where) for piece in text.split(argument[0])), where)
        return Unknown("the text is not known", where, (Gap(f"Fn::Split {argument!r}"),))

    def find_in_map(self, argument: Any, where: Span) -> Value[object]:
        """``Fn::FindInMap``, with the default value of the language extensions."""
        if not isinstance(argument, list) or len(argument) not in (3, 4):
            return Unknown("Fn::FindInMap is not written as CloudFormation wants it", where)
        keys = [self.value(key, where) for key in argument[:3]]
        if not all(isinstance(key, Known) for key in keys):
            return Unknown("a key of the mapping is not known", where, (Gap(f"Fn::FindInMap {argument!r}"),))
        found: Any = self.template.section("Mappings")
        for key in keys:
            text = str(key.value) if isinstance(key, Known) else ""
            found = found.get(text) if isinstance(found, Mapping) else None
        if found is None and len(argument) == 4 and isinstance(argument[3], Mapping):
            return self.value(argument[3].get("DefaultValue"), where)
        return self.value(found, where) if found is not None else Unknown("the mapping has no such key", where)

    def choose(self, argument: Any, where: Span) -> Value[object]:
        """``Fn::If``."""
        if not isinstance(argument, list) or len(argument) != 3:
            return Unknown("Fn::If is not written as CloudFormation wants it", where)
        match self.conditions.named(str(argument[0])):
            case Truth.YES:
                return self.value(argument[1], where)
            case Truth.NO:
                return self.value(argument[2], where)
            case _:
                yes, no = self.value(argument[1], where), self.value(argument[2], where)
                if yes == no:
                    return yes
                return Unknown(f"condition {argument[0]} is not known", where)

    def json_string(self, argument: Any, where: Span) -> Value[object]:
        """``Fn::ToJsonString``: the object is kept beside the text."""
        import json

        from onetake.model.values import plain

        document = self.value(argument, where)
        try:
            return Known(json.dumps(plain(document), separators=(",", ":")), where)
        except LookupError as error:
            return Unknown(str(error), where, document=document)

    def length(self, argument: Any, where: Span) -> Value[object]:
        """``Fn::Length``."""
        match self.value(argument, where):
            case Known(tuple() as items):
                return Known(len(items), where)
            case _:
                return Unknown("the list is not known", where)

    def base64(self, argument: Any, where: Span) -> Value[object]:
        """``Fn::Base64``."""
        import base64

        match self.value(argument, where):
            case Known(str() as text):
                return Known(base64.b64encode(text.encode()).decode(), where)
            case _:
                return Unknown("its text is not known", where)

    def cidr(self, argument: Any, where: Span) -> Value[object]:
        """``Fn::Cidr``: the first subnets of a block."""
        import ipaddress
        from itertools import islice

        if isinstance(argument, list) and len(argument) in (2, 3):
            numbers = [self.value(item, where) for item in argument]
            match numbers:
                case [Known(str() as block), Known(count), *rest] if all(isinstance(item, Known) for item in rest):
                    bits = int(str(rest[0].value)) if rest and isinstance(rest[0], Known) else 8
                    try:
                        network = ipaddress.ip_network(block, strict=False)
                        new = network.max_prefixlen - bits
                        found = [str(one) for one in islice(network.subnets(new_prefix=new), int(str(count)))]
                    except ValueError:
                        return Unknown("Fn::Cidr cannot cut that block", where)
                    return Known(tuple(Known(one, where) for one in found), where)
        return Unknown("the block is not known", where, (Gap(f"Fn::Cidr {argument!r}"),))

    def zones(self, argument: Any, where: Span) -> Value[object]:
        """``Fn::GetAZs``: a list of which only the names of elements can be compared."""
        match self.value(argument, where):
            case Known(str() as region) if region:
                name = region
            case Known() | Unknown(_, _, (Gap("AWS::Region"),)):
                name = self.assumptions.region if self.assumptions.region_given else "AWS::Region"
            case _:
                return Unknown("the region is not known", where)
        return Unknown("zones differ between accounts", where, (Gap(f"zones of {name}"),))


def concatenated(values: list[Value[object]], where: Span) -> Value[object]:
    """Pieces of text in a row."""
    pieces: list[Part] = []
    why = ""
    for value in values:
        if isinstance(value, Unknown):
            why = why or value.why
        for piece in parts(value):
            if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
                pieces[-1] += piece
            elif piece != "":
                pieces.append(piece)
    if why:
        return Unknown(why, where, tuple(pieces))
    return Known("".join(str(piece) for piece in pieces), where)


def _scalar_text(value: Any) -> object:
    return value if isinstance(value, (str, int, float, bool)) else str(value)


_FUNCTIONS: dict[str, Callable[[Evaluator, Any, Span], Value[object]]] = {
    "Ref": Evaluator.ref,
    "Fn::GetAtt": Evaluator.get_att,
    "Fn::Sub": Evaluator.sub,
    "Fn::Join": Evaluator.join,
    "Fn::Select": Evaluator.select,
    "Fn::Split": Evaluator.split,
    "Fn::FindInMap": Evaluator.find_in_map,
    "Fn::If": Evaluator.choose,
    "Fn::ToJsonString": Evaluator.json_string,
    "Fn::Length": Evaluator.length,
    "Fn::Base64": Evaluator.base64,
    "Fn::Cidr": Evaluator.cidr,
    "Fn::GetAZs": Evaluator.zones,
}
