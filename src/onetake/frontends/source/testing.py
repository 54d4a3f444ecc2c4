"""Tests of infrastructure that cannot pass: they ask for what the program they test does not make.

Only told where all modules that a test imports are known, and where nothing in them could make what is asked for in
ways that are not seen.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from onetake.frontends.files import Options
from onetake.frontends.source.closure import Closure, OwnModule, closure
from onetake.frontends.source.faults import TEST_ATTRIBUTE, TEST_BLOCK, TEST_OUTPUT, Fault
from onetake.frontends.source.pins import Pins
from onetake.frontends.source.resolving import resolver
from onetake.frontends.source.scopes import Named
from onetake.knowledge.api.editions import editions

_DYNAMIC = frozenset({"setattr", "vars", "exec", "eval", "globals", "patch", "MagicMock", "Mock", "__getattr__"})
"""Names behind which attributes may appear that no assignment shows."""
_ESCAPES = frozenset({"override_logical_id", "overrideLogicalId", "reset_override_logical_id", "add_override"})
"""Methods that give elements other names or forms than the library's own."""
_CONSTRUCT = Named("constructs", ("Construct",))
_FRAMEWORKS = ("cdktf", "cdktn")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def faults(tree: ast.Module, path: Path, options: Options, pins: Pins) -> Iterator[Fault]:
    """What the tests in the file at ``path`` expect and cannot get."""
    asked = [(function, list(_questions(function))) for function in _tests(tree)]
    if not any(questions for _, questions in asked):
        return
    program = closure(path, tree, options)
    if not program.whole:
        return
    names = {node.id for _, node in program.nodes() if isinstance(node, ast.Name)}
    names |= {node.attr for _, node in program.nodes() if isinstance(node, ast.Attribute)}
    names |= {node.name for _, node in program.nodes() if isinstance(node, Function)}
    for function, questions in asked:
        for question in questions:
            yield from _answered(question, function, _Tested(program, names, path, pins))


class _Tested:
    """The program behind a file of tests."""

    def __init__(self, program: Closure, names: set[str], path: Path, pins: Pins) -> None:
        self.program = program
        self.names = names
        self.here = program.modules[path.resolve()]
        self.pins = pins

    def class_of(self, function: Function, name: str) -> tuple[OwnModule, ast.ClassDef] | None:
        """The program's own class of which a variable of a test is an instance."""
        stores = [one for one in ast.walk(function) if _stores(one, name)]
        made = [one for one in function.body if isinstance(one, ast.Assign) and _is(one.targets[0], name)]
        if len(stores) != 1 or len(made) != 1 or len(made[0].targets) != 1 or not isinstance(made[0].value, ast.Call):
            return None
        called = made[0].value.func
        return self.own_class(self.here, called.id) if isinstance(called, ast.Name) else None

    def own_class(self, module: OwnModule, name: str) -> tuple[OwnModule, ast.ClassDef] | None:
        """The class that a module knows by a name: its own, or one that it imports of the program."""
        if not module.scopes.once(name):
            return None
        if name in module.classes:
            return module, module.classes[name]
        for node in module.tree.body:
            if isinstance(node, ast.ImportFrom) and any(
                alias.name == name and not alias.asname for alias in node.names
            ):
                homes = [
                    one for one in self.program.modules.values() if one.path.stem == _last(node) and name in one.classes
                ]
                return (homes[0], homes[0].classes[name]) if len(homes) == 1 else None
        return None

    def lacks(self, home: OwnModule, class_: ast.ClassDef, attribute: str) -> bool:
        """Whether instances of a class surely do not have an attribute."""
        if class_.decorator_list or class_.keywords or not class_.bases or attribute in _members(class_):
            return False
        for base in class_.bases:
            named = home.scopes.named(base)
            own = self.own_class(home, base.id) if named is None and isinstance(base, ast.Name) else None
            if named is None and (own is None or own[1] is class_ or not self.lacks(*own, attribute)):
                return False
            if named is not None and not self._library_lacks(named, attribute):
                return False
        return True

    def _library_lacks(self, named: Named, attribute: str) -> bool:
        root = named.module.partition(".")[0]
        some = self.pins.judges(editions(root))
        others = tuple(self.pins.judges(editions(one))[-1] for one in ("constructs", root) if editions(one))
        for edition in some:
            finder = resolver(edition, others)
            found = finder.find(named)
            if found is None or found.rest or finder.members.has(found.type, attribute):
                return False
        return bool(some)


def _answered(question: tuple[str, ast.expr, str, str], function: Function, tested: _Tested) -> Iterator[Fault]:
    kind, node, subject, name = question
    if kind == TEST_ATTRIBUTE and not tested.names & _DYNAMIC:
        found = tested.class_of(function, subject)
        if found is not None and not _assigned(tested, name) and tested.lacks(*found, name):
            class_ = found[1].name
            yield Fault(
                TEST_ATTRIBUTE,
                node,
                name,
                f"the test asks for {name}, which {class_} does not have",
                "",
                "test what the stack makes: json.loads(Testing.synth(stack))",
            )
    if kind == TEST_OUTPUT and not tested.names & _ESCAPES:
        owner = _output_owner(tested, name)
        if owner:
            yield Fault(
                TEST_OUTPUT,
                node,
                name,
                f"no output is called {name}: {owner} is a construct, so its path and a hash are part of the name",
                "",
                f'call override_logical_id("{name}") on the output, or compare with <construct>_{name}_<hash>',
            )
    if kind == TEST_BLOCK and "synth" in tested.names and not tested.names & _ESCAPES:
        struct = _struct_of(tested, name)
        if struct:
            yield Fault(
                TEST_BLOCK,
                node,
                name,
                f"reads {name} as a list, and it is written as one object: {struct} describes a single block",
                "",
                f'take ["{name}"] without [0], or read both forms',
            )


def _tests(tree: ast.Module) -> Iterator[Function]:
    """The functions of a file of tests that run as they are written."""
    for node in ast.walk(tree):
        if isinstance(node, Function) and node.name.startswith("test") and not node.decorator_list:
            yield node


def _questions(function: Function) -> Iterator[tuple[str, ast.expr, str, str]]:
    """What a test expects, in statements that surely run: kind, place, subject, name."""
    for statement in function.body:
        match statement:
            case ast.Assert(test=ast.Call(func=ast.Name(id="hasattr"), args=[ast.Name() as subject, asked])):
                if isinstance(asked, ast.Constant) and isinstance(asked.value, str):
                    yield TEST_ATTRIBUTE, asked, subject.id, asked.value
            case ast.Assert(
                test=ast.Compare(left=ast.Constant(value=str() as name) as left, ops=[ast.In()], comparators=[into])
            ):
                if _is_outputs(into, function):
                    yield TEST_OUTPUT, left, "", name
            case ast.Assert() | ast.Assign():
                for node in ast.walk(statement):
                    match node:
                        case ast.Subscript(
                            value=ast.Subscript(slice=ast.Constant(value=str() as name)), slice=ast.Constant(value=0)
                        ) if not _guarded(statement):
                            yield TEST_BLOCK, node, "", name


def _guarded(statement: ast.stmt) -> bool:
    """Whether what is read may depend on its form: ``x[0] if isinstance(x, list) else x``."""
    return any(
        isinstance(node, ast.IfExp | ast.BoolOp | ast.Lambda | ast.comprehension) for node in ast.walk(statement)
    )


def _is_outputs(node: ast.expr, function: Function) -> bool:
    """Whether an expression is the outputs of what ``Testing.synth`` answered."""
    if isinstance(node, ast.Name):
        made = [one for one in ast.walk(function) if _stores(one, node.id)]
        values = [one.value for one in function.body if isinstance(one, ast.Assign) and _is(one.targets[0], node.id)]
        return len(made) == 1 and len(values) == 1 and _is_outputs(values[0], function)
    if not isinstance(node, ast.Subscript) or not isinstance(node.slice, ast.Constant) or node.slice.value != "output":
        return False
    text = ast.unparse(function)
    return "Testing.synth(" in text and "json.loads(" in text


def _output_owner(tested: _Tested, name: str) -> str:
    """The one construct class that makes an output of that name; empty where another place may."""
    owners: set[str] = set()
    for module in tested.program.modules.values():
        owned = {id(node): class_ for class_ in module.classes.values() for node in ast.walk(class_)}
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Constant) and node.value in ("Default", "Resource"):
                return ""
            if not isinstance(node, ast.Call) or not _is_output(module, node.func):
                continue
            class_ = owned.get(id(node))
            if len(node.args) < 2 or not isinstance(node.args[1], ast.Constant) or class_ is None:
                return ""
            if node.args[1].value == name:
                bases = [module.scopes.named(base) for base in class_.bases]
                if bases != [_CONSTRUCT] or not _is(node.args[0], "self"):
                    return ""
                owners.add(class_.name)
    return owners.pop() if len(owners) == 1 else ""


def _is_output(module: OwnModule, called: ast.expr) -> bool:
    named = module.scopes.named(called)
    return named is not None and named.module in _FRAMEWORKS and named.names[-1:] == ("TerraformOutput",)


def _struct_of(tested: _Tested, name: str) -> str:
    """The struct's class that every use of an argument is given; empty where one is given anything else."""
    found: set[str] = set()
    for module, node in tested.program.nodes():
        if isinstance(node, ast.keyword) and node.arg == name:
            named = module.scopes.named(node.value.func) if isinstance(node.value, ast.Call) else None
            if named is None or not named.names or "provider_aws" not in named.module:
                return ""
            found.add(named.names[-1])
    return found.pop() if len(found) == 1 else ""


def _assigned(tested: _Tested, attribute: str) -> bool:
    """Whether anything in the program sets an attribute of that name on anything."""
    return any(
        isinstance(node, ast.Attribute) and node.attr == attribute and isinstance(node.ctx, ast.Store)
        for _, node in tested.program.nodes()
    )


def _members(class_: ast.ClassDef) -> set[str]:
    found = {node.name for node in class_.body if isinstance(node, Function | ast.ClassDef)}
    return found | {
        node.id for node in ast.walk(class_) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }


def _stores(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store | ast.Del)


def _is(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _last(node: ast.ImportFrom) -> str:
    return (node.module or "").rpartition(".")[2]
