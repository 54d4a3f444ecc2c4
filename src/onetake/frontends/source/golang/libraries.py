"""Construct libraries as Go sees them: what packages declare, the types of members, the fields of structs.

How jsii writes Go: ``NewBucket`` and ``NewBucket_Override`` for a constructor; ``Code_FromAsset`` for what is static, a
constant a function like any other; ``Runtime_PYTHON`` for members of enumerations; ``Name()`` and ``SetName(...)`` for
properties. Scalars, lists and maps are pointers, structs pointers to structs, choices ``interface{}``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from onetake.frontends.source.golang.standard import JSII
from onetake.frontends.source.golang.types import (
    ANY,
    BOOL,
    FLOAT,
    NOTHING,
    STRING,
    UNKNOWN,
    Form,
    Function,
    GoType,
    Union,
    function,
    map_of,
    pointer,
    slice_of,
)
from onetake.knowledge.api import types as jsii
from onetake.knowledge.api.editions import Edition, Module
from onetake.knowledge.api.libraries import Libraries
from onetake.knowledge.api.model import (
    Class,
    Described,
    Enumeration,
    Field,
    Interface,
    Method,
    Parameter,
    Property,
    Struct,
)
from onetake.knowledge.api.names import go_member_of_enum, go_name, go_setter, go_static
from onetake.model.records import record

_SCALARS = {
    "string": pointer(STRING),
    "number": pointer(FLOAT),
    "boolean": pointer(BOOL),
    "any": ANY,
    "json": pointer(map_of(STRING, ANY)),
    "date": pointer(GoType(Form.OWN, "time.Time")),
}


@record
class Symbol:
    """What a package declares under a name."""

    type: GoType
    """Of the value; of a type, the type itself."""
    is_type: bool = False


@record
class GoField:
    """A field of a struct."""

    type: GoType
    field: Field
    home: Described

    @property
    def union(self) -> Union | None:
        """What it takes, where Go takes anything."""
        return Union(self.field.type, self.home) if self.type.form is Form.ANY else None


class GoLibraries:
    """One edition of each library."""

    def __init__(self, editions: Mapping[str, Edition]) -> None:
        """``editions`` by the root module in Python."""
        self.jsii = Libraries(editions.values())
        self._types: dict[object, dict[str, str]] = {}
        self._members: dict[object, tuple[dict[str, GoType], bool]] = {}
        self._fields: dict[object, tuple[dict[str, GoField], bool]] = {}

    def module(self, path: str) -> Module | None:
        """The package that is imported by ``path``."""
        return self.jsii.go_module(path)

    def edition(self, path: str) -> Edition | None:
        """The edition below whose root a path lies."""
        return next(
            (one for one in self.jsii.editions.values() if path == one.go or path.startswith(f"{one.go}/")), None
        )

    def path(self, name: str) -> str:
        """The import path of the package that is called ``name``, or of jsii's runtime; empty for others."""
        if name == "jsii":
            return JSII
        for edition in self.jsii.editions.values():
            for path in edition.modules:
                if edition.go_package(path) == name:
                    return edition.go_path(path)
        return ""

    def symbol(self, module: Module, name: str) -> Symbol | None:
        """What a package declares under ``name``; ``None`` for nothing."""
        types = self._named(module)
        if name in types:
            one = module.get(types[name])
            return Symbol(self.named(one), is_type=True) if one else None
        made = self._constructor(module, types, name)
        if made:
            return made
        at = name.rfind("_")
        while at > 0:
            one = module.get(types[name[:at]]) if name[:at] in types else None
            found = self._static(one, name[at + 1 :], module) if one else None
            if found:
                return found
            at = name.rfind("_", 0, at)
        return None

    def names(self, module: Module) -> Iterator[str]:
        """Everything that a package declares."""
        for name, own in self._named(module).items():
            yield name
            one = module.get(own)
            if isinstance(one, Class) and self.jsii.constructor(one) is not None:
                yield from () if one.abstract else (f"New{name}",)
                yield f"New{name}_Override"
            if one is not None:
                yield from self._statics(one)

    def _statics(self, one: Described) -> Iterator[str]:
        if isinstance(one, Enumeration):
            yield from (go_member_of_enum(one.place.name, member) for member in one.members)
        elif isinstance(one, Class):
            for member in self.jsii.members(one)[0].values():
                if member.static:
                    yield go_static(one.place.name, member.name)
                    if isinstance(member, Property) and not member.immutable:
                        yield f"{go_name(one.place.name)}_{go_setter(member.name)}"

    def _named(self, module: Module) -> dict[str, str]:
        key = (module.edition.root, module.path)
        if key not in self._types:
            self._types[key] = {go_name(name): name for name in module.names}
        return self._types[key]

    def _constructor(self, module: Module, types: Mapping[str, str], name: str) -> Symbol | None:
        if not name.startswith("New"):
            return None
        plain = name[3:].removesuffix("_Override")
        one = module.get(types[plain]) if plain in types else None
        parameters = self.jsii.constructor(one) if isinstance(one, Class) else None
        if not isinstance(one, Class) or parameters is None:
            return None
        home = self._constructed(one)
        if plain == name[3:]:
            title = f"{package(module)}.{name}"
            return None if one.abstract else Symbol(function(self._function(parameters, self.named(one), home, title)))
        made = self._function(parameters, NOTHING, home, f"{package(module)}.{name}")
        parameters_ = (self.named(one), *made.parameters)
        override = Function(parameters_, NOTHING, made.variadic, made.title, (None, *made.unions), made.library)
        return Symbol(function(override))

    def _constructed(self, one: Class) -> Described:
        this: Described | None = one
        while isinstance(this, Class) and this.parameters is None and this.base is not None:
            this = self.jsii.get(this.base, this)
        return this or one

    def _static(self, one: Described, member: str, module: Module) -> Symbol | None:
        if isinstance(one, Enumeration):
            return Symbol(self.named(one)) if member in one.members else None
        if not isinstance(one, Class):
            return None
        lineage, _ = self.jsii.ancestry(one)
        title = f"{package(module)}.{go_name(one.place.name)}_{member}"
        for home in lineage:
            if not isinstance(home, Class):
                continue
            for method in home.methods.values():
                if method.static and go_name(method.name) == member:
                    return Symbol(function(self._method(method, home, title)))
            for property_ in home.properties.values():
                if property_.static and go_name(property_.name) == member:
                    return Symbol(function(self._getter(property_, home, title)))
                if property_.static and not property_.immutable and go_setter(property_.name) == member:
                    return Symbol(function(self._setter(property_, home, title)))
        return None

    def _method(self, method: Method, home: Described, title: str) -> Function:
        result = self.type(method.returns, home) if method.returns else NOTHING
        return self._function(method.parameters, result, home, title)

    def _getter(self, property_: Property, home: Described, title: str) -> Function:
        return Function((), self.type(property_.type, home), title=title, library=home.place.library)

    def _setter(self, property_: Property, home: Described, title: str) -> Function:
        type_ = self.type(property_.type, home)
        union = Union(property_.type, home) if type_.form is Form.ANY else None
        return Function((type_,), NOTHING, title=title, unions=(union,), library=home.place.library)

    def _function(self, parameters: tuple[Parameter, ...], result: GoType, home: Described, title: str) -> Function:
        types = tuple(self.type(one.type, home) for one in parameters)
        unions = tuple(
            Union(one.type, home) if type_.form is Form.ANY else None
            for one, type_ in zip(parameters, types, strict=True)
        )
        variadic = any(one.variadic for one in parameters)
        return Function(types, result, variadic, title, unions, home.place.library)

    def named(self, one: Described) -> GoType:
        """The type of instances of a class, interface or enumeration; of a struct the struct itself."""
        edition = self.jsii.editions.get(one.place.library)
        module = edition.module(one.place.module) if edition else None
        prefix = f"{package(module)}." if module else ""
        return GoType(Form.LIBRARY, f"{prefix}{go_name(one.place.name)}", described=one)

    def type(self, type_: jsii.Type, home: Described) -> GoType:
        """How Go writes a type of jsii's."""
        match type_.form:
            case jsii.Form.SCALAR:
                return _SCALARS.get(type_.name, UNKNOWN)
            case jsii.Form.LIST:
                return pointer(slice_of(self.type(type_.items[0], home)))
            case jsii.Form.MAP:
                return pointer(map_of(STRING, self.type(type_.items[0], home)))
            case jsii.Form.UNION:
                return ANY
            case jsii.Form.NAMED:
                one = self.jsii.get(type_, home)
                if one is None:
                    return UNKNOWN
                return pointer(self.named(one)) if isinstance(one, Struct) else self.named(one)

    def members(self, one: Described) -> tuple[dict[str, GoType], bool]:
        """The methods of a class or interface with those that are inherited, and whether all of them are known."""
        found = self._members.get(one.place)
        if found is None:
            found = self._members[one.place] = self._read_members(one)
        return found

    def _read_members(self, one: Described) -> tuple[dict[str, GoType], bool]:
        lineage, complete = self.jsii.ancestry(one)
        found: dict[str, GoType] = {}
        for home in lineage:
            if not isinstance(home, Class | Interface):
                continue
            for method in home.methods.values():
                if not method.static:
                    name = go_name(method.name)
                    found.setdefault(name, function(self._method(method, home, name)))
            for property_ in home.properties.values():
                if property_.static:
                    continue
                name = go_name(property_.name)
                found.setdefault(name, function(self._getter(property_, home, name)))
                if not property_.immutable:
                    setter = go_setter(property_.name)
                    found.setdefault(setter, function(self._setter(property_, home, setter)))
        return found, complete

    def fields(self, struct: Struct) -> tuple[dict[str, GoField], bool]:
        """The fields of a struct with those of its bases, and whether all of them are known."""
        found = self._fields.get(struct.place)
        if found is None:
            lineage, complete = self.jsii.ancestry(struct)
            fields: dict[str, GoField] = {}
            for home in lineage:
                if isinstance(home, Struct):
                    for field in home.fields.values():
                        type_ = self.type(field.type, home)
                        # jsii writes one pointer more where a struct holds itself.
                        itself = type_.element.described is not None and type_.element.described.place == struct.place
                        type_ = pointer(type_) if itself and type_.form is Form.POINTER else type_
                        fields.setdefault(go_name(field.name), GoField(type_, field, home))
            found = self._fields[struct.place] = fields, complete
        return found


def package(module: Module) -> str:
    """The name of a module's package in Go."""
    return module.edition.go_package(module.path)
