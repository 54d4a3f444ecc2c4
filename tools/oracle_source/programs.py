"""Small Python programs over a library's classes: right ones, and the same with one mistake."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from onetake.frontends.source.members import Members
from onetake.frontends.source.signatures import Argument, Signature, of_class, of_struct
from onetake.knowledge.api.editions import Edition, Module
from onetake.knowledge.api.libraries import Libraries
from onetake.knowledge.api.model import Class, Described, Enumeration, Method, Property, Struct
from onetake.knowledge.api.names import python_member
from onetake.knowledge.api.types import Form, Type
from onetake.model.records import field, record

DEEPEST = 3
HEAD = "from cdktn import App, TerraformStack\nfrom {module} import {names}\n\n\n"
BODY = (
    "class Stack(TerraformStack):\n"
    "    def __init__(self, scope, id):\n"
    "        super().__init__(scope, id)\n"
    "        self.made = {call}\n{more}"
    '\n\nstack = Stack(App(), "s")\n'
)
_WRONG = {"string": "12", "number": '"twelve"', "boolean": '"true"'}


@record
class Written:
    """A program, and which mistake it has; ``none`` for a right one."""

    mistake: str
    name: str
    text: str


@record(frozen=False)
class _Call:
    """The parts of a call: what is imported for it, and its arguments."""

    one: Class
    arguments: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def text(self, module: str, more: str = "", positional: str = 'self, "x"') -> str:
        """The program around it."""
        given = "".join(f", {name}={value}" for name, value in self.arguments.items())
        call = f"{self.one.place.name}({positional}{given})"
        names = ", ".join(sorted({self.one.place.name, *self.names}))
        return HEAD.format(module=module, names=names) + BODY.format(call=call, more=more)


class Writer:
    """Writes programs about the classes of one edition."""

    def __init__(self, edition: Edition, others: tuple[Edition, ...], seed: int) -> None:
        self._edition = edition
        self._libraries = Libraries([edition, *others])
        self._members = Members(self._libraries)
        self._chance = Random(seed)

    def programs(self, classes: int) -> Iterator[Written]:
        """Programs about so many resources, the same for the same seed."""
        modules = [path for path in self._edition.modules if path]
        for path in self._chance.sample(modules, min(classes, len(modules))):
            module = self._edition.module(path)
            made = self._class(module) if module else None
            if module and made:
                yield from self._about(made, module)

    def _class(self, module: Module) -> Class | None:
        found = (module.get(name) for name in module.names)
        return next(
            (one for one in found if isinstance(one, Class) and one.base and one.base.name == "TerraformResource"), None
        )

    def _about(self, one: Class, module: Module) -> Iterator[Written]:
        signature = of_class(one, self._libraries)
        if signature is None:
            return
        name = one.place.name
        for few in (True, False):
            yield Written("none", name, self._call(one, signature, few=few).text(module.python))
        for mistake, make in self._mistakes.items():
            text = make(self, self._call(one, signature, few=self._chance.random() < 0.5), signature, module)
            if text:
                yield Written(mistake, name, text)

    def _call(self, one: Class, signature: Signature, *, few: bool) -> _Call:
        call = _Call(one)
        for name, argument in signature.keywords.items():
            if argument.required or (not few and self._chance.random() < 0.3):
                value = self._value(argument.type, argument.home, call.names, 0)
                if value:
                    call.arguments[name] = value
        return call

    def _value(self, type_: Type, home: Described, names: set[str], depth: int) -> str:
        """An expression that the type takes; empty where none is made."""
        match type_.form:
            case Form.SCALAR:
                return {"string": '"a"', "number": "1", "boolean": "True", "any": '{"a": "b"}'}.get(type_.name, "")
            case Form.LIST | Form.MAP:
                inner = self._value(type_.items[0], home, names, depth)
                return "" if not inner else f"[{inner}]" if type_.form is Form.LIST else f'{{"k": {inner}}}'
            case Form.UNION:
                made = (self._value(one, home, names, depth) for one in type_.items)
                return next((one for one in made if one), "")
            case Form.NAMED:
                found = self._libraries.get(type_, home)
                return self._struct(found, names, depth) if isinstance(found, Struct) else ""

    def _struct(self, struct: Struct, names: set[str], depth: int) -> str:
        if depth >= DEEPEST or struct.place.library != self._edition.root:
            return ""
        names.add(struct.place.name)
        parts = []
        for name, argument in of_struct(struct, self._libraries).keywords.items():
            if argument.required or self._chance.random() < 0.2:
                value = self._value(argument.type, argument.home, names, depth + 1)
                if value:
                    parts.append(f"{name}={value}")
                elif argument.required:
                    return ""
        return f"{struct.place.name}({', '.join(parts)})"

    # Mistakes: each answers the text of a program, empty where it cannot be made with this class.

    def _unknown(self, call: _Call, signature: Signature, module: Module) -> str:
        name = self._chance.choice(sorted(signature.keywords))
        wrong = self._chance.choice([f"{name}s_", f"{name[:-1]}qx", "not_an_argument", "".join(_camel(name))])
        if wrong in signature.keywords or not wrong.isidentifier():
            return ""
        call.arguments[wrong] = '"a"'
        return call.text(module.python)

    def _missing(self, call: _Call, signature: Signature, module: Module) -> str:
        required = [name for name, one in signature.keywords.items() if one.required]
        if not required:
            return ""
        call.arguments.pop(self._chance.choice(required), None)
        return call.text(module.python)

    def _scalar(self, call: _Call, signature: Signature, module: Module) -> str:
        return self._replaced(call, signature, module, lambda type_: _WRONG.get(type_.name, ""))

    def _text_for_list(self, call: _Call, signature: Signature, module: Module) -> str:
        return self._replaced(call, signature, module, lambda type_: '"a"' if type_.form is Form.LIST else "")

    def _text_for_struct(self, call: _Call, signature: Signature, module: Module) -> str:
        return self._replaced(call, signature, module, lambda type_: '"a"' if type_.form is Form.NAMED else "")

    def _dict_for_list(self, call: _Call, signature: Signature, module: Module) -> str:
        return self._replaced(call, signature, module, lambda type_: '{"a": "b"}' if type_.form is Form.LIST else "")

    def _resource_for_text(self, call: _Call, signature: Signature, module: Module) -> str:
        wrong = call.text(module.python).split("self.made = ")[1].splitlines()[0].replace('"x"', '"y"', 1)
        return self._replaced(call, signature, module, lambda type_: wrong if type_.name == "string" else "")

    def _struct_for_list(self, call: _Call, signature: Signature, module: Module) -> str:
        def wrong(type_: Type) -> str:
            inner = type_.items[0] if type_.form is Form.LIST else None
            struct = self._libraries.get(inner, call.one) if inner is not None else None
            return self._struct(struct, call.names, 0) if isinstance(struct, Struct) else ""

        return self._replaced(call, signature, module, wrong)

    def _element(self, call: _Call, signature: Signature, module: Module) -> str:
        def wrong(type_: Type) -> str:
            inner = type_.items[0].name if type_.form is Form.LIST else ""
            return f"[{_WRONG[inner]}]" if inner in _WRONG else ""

        return self._replaced(call, signature, module, wrong)

    def _replaced(self, call: _Call, signature: Signature, module: Module, wrong: Callable[[Type], str]) -> str:
        """One argument with something that none of its types takes."""
        names = sorted(signature.keywords)
        self._chance.shuffle(names)
        for name in names:
            argument = signature.keywords[name]
            value = self._bad(argument, wrong)
            if value:
                call.arguments[name] = value
                return call.text(module.python)
        return ""

    def _bad(self, argument: Argument, wrong: Callable[[Type], str]) -> str:
        type_ = argument.type
        if argument.home.place.library != self._edition.root:
            return ""
        choices = type_.items if type_.form is Form.UNION else (type_,)
        own = [one for one in choices if one.name != "IResolvable"]
        named = self._libraries.get(own[0], argument.home) if len(own) == 1 else None
        if len(own) != 1 or (own[0].form is Form.NAMED and not isinstance(named, Struct | Enumeration)):
            return ""
        return wrong(own[0])

    def _positional(self, call: _Call, _signature: Signature, module: Module) -> str:
        return call.text(module.python, positional='self, "x", "more"')

    def _nameless(self, call: _Call, _signature: Signature, module: Module) -> str:
        return call.text(module.python, positional="self")

    def _attribute(self, call: _Call, _signature: Signature, module: Module) -> str:
        return call.text(module.python, "        print(self.made.not_there)\n")

    def _method(self, call: _Call, _signature: Signature, module: Module) -> str:
        return call.text(module.python, "        self.made.add_dependency(self)\n")

    def _argument_of_method(self, call: _Call, _signature: Signature, module: Module) -> str:
        return call.text(module.python, "        self.made.override_logical_id()\n")

    def _read(self, call: _Call, _signature: Signature, module: Module) -> str:
        """A right program that reads what there is."""
        name = self._property(call.one, lambda one: one.type.name == "string")
        return call.text(module.python, f"        self.text = self.made.{name}\n") if name else ""

    def _list_in_text(self, call: _Call, _signature: Signature, module: Module) -> str:
        name = self._property(call.one, lambda one: one.type.form is Form.LIST and one.type.items[0].name == "string")
        if not name:
            return ""
        more = f'        self.add_override("output.o.value", f"x-{{self.made.{name}}}")\n'
        return call.text(module.python, more)

    def _property(self, one: Class, wanted: Callable[[Property], bool]) -> str:
        found = [
            name for name, member in one.properties.items()
            if isinstance(member, Property) and not isinstance(member, Method) and member.immutable
            and not member.optional and not member.static and wanted(member)
        ]  # fmt: skip
        return python_member(self._chance.choice(sorted(found))) if found else ""

    def _struct_as_construct(self, call: _Call, _signature: Signature, module: Module) -> str:
        structs = [name for name in module.names if isinstance(module.get(name), Struct) and "." not in name]
        if not structs:
            return ""
        name = self._chance.choice(structs)
        call.names.add(name)
        return call.text(module.python, f'        {name}(self, "y")\n')

    def _import(self, call: _Call, _signature: Signature, module: Module) -> str:
        call.names.add(f"{call.one.place.name}Q")
        return call.text(module.python)

    _mistakes: dict[str, Callable[..., str]] = {
        "none, read": _read,
        "unknown argument": _unknown,
        "missing argument": _missing,
        "wrong scalar": _scalar,
        "wrong element": _element,
        "text for a list": _text_for_list,
        "text for a struct": _text_for_struct,
        "dict for a list": _dict_for_list,
        "struct for a list": _struct_for_list,
        "resource for a text": _resource_for_text,
        "too many by position": _positional,
        "no id": _nameless,
        "unknown attribute": _attribute,
        "unknown method": _method,
        "argument of a method": _argument_of_method,
        "list in a text": _list_in_text,
        "struct as construct": _struct_as_construct,
        "unknown import": _import,
    }


def _camel(name: str) -> Iterator[str]:
    first, *rest = name.split("_")
    yield first
    yield from (word.capitalize() for word in rest)
