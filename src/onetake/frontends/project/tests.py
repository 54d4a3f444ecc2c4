"""Whether a program has tests, whether they reach its modules, and whether they could ever fail."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from onetake.frontends.project.remarks import ASSERTS_NOTHING, NO_TESTS, UNTESTED_MODULE, File, Project, Remark

_TEST = re.compile(
    r"(?:^|/)(?:test_[^/]*\.py|[^/]*_test\.(?:py|go)|[^/]*\.(?:test|spec)\.[jt]sx?|[^/]*\.tftest\.(?:hcl|json))$"
)
_TEST_FOLDER = re.compile(r"(?:^|/)(?:tests?|__tests__|spec)/")
_ENTRY = frozenset({"main.py", "app.py", "__main__.py", "__init__.py", "conftest.py", "setup.py"})
_CHECKS = re.compile(r"(?:assert_|raises|warns|synth|verify|check|expect|snapshot|template)", re.IGNORECASE)
"""Parts of names of functions that check something themselves, or fail where something is wrong."""

_SETTINGS = frozenset({"cdktf.json", "cdk.json"})
_LISTED = 5
"""How many modules are named."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def remarks(project: Project) -> Iterator[Remark]:
    """Modules without tests, and tests that always pass."""
    programs = [file for file in project.python if not _is_test(file) and _constructs(file)]
    tests = [file for file in project.files if _is_test(file)]
    if programs and not tests:
        message = "the program has no tests: nothing under the folder is named like one"
        yield Remark(NO_TESTS, programs[0], 1, message, "test what it synthesizes: json.loads(Testing.synth(stack))")
    for folder in _folders(project) if tests else ():
        yield from _untested(_below(programs, folder), _below(tests, folder))
    for file in project.python:
        if _is_test(file) and file.tree is not None:
            for node in ast.walk(file.tree):
                if isinstance(node, Function) and node.name.startswith("test"):
                    yield from _asserts_nothing(file, node)


def _folders(project: Project) -> list[Path]:
    """The folder of each program: those with settings of a framework where there are several, else the project's."""
    found = [file.path.parent for file in project.files if file.path.name in _SETTINGS]
    return found if len(found) > 1 else [project.folder]


def _below(files: list[File], folder: Path) -> list[File]:
    return [file for file in files if file.path.is_relative_to(folder)]


def _is_test(file: File) -> bool:
    return bool(_TEST.search(file.name) or _TEST_FOLDER.search(file.name))


def _constructs(file: File) -> bool:
    """Whether a file defines classes of a stack or construct."""
    return file.tree is not None and any(isinstance(node, ast.ClassDef) and node.bases for node in file.tree.body)


def _untested(programs: list[File], tests: list[File]) -> Iterator[Remark]:
    """The modules whose name no test says, nor a module that one reaches: a word is enough to count as reached.

    One remark for each program, at the first of them; none for a program of a collection that has no tests.
    """
    texts = [file.text for file in tests]
    waiting = {file.path.stem: file for file in programs if file.path.name not in _ENTRY} if tests else {}
    if any("main" in text and "import" in text and re.search(r"\b(?:main|app)\b", text) for text in texts):
        texts += [file.text for file in programs if file.path.name in _ENTRY]
    while texts:
        text = texts.pop()
        for stem in [stem for stem in waiting if re.search(rf"\b{re.escape(stem)}\b", text)]:
            texts.append(waiting.pop(stem).text)
    if waiting:
        names = [*waiting]
        listed = ", ".join(names[:_LISTED]) + (f" and {len(names) - _LISTED} more" if len(names) > _LISTED else "")
        message = f"no test reaches the module{'s' if len(names) > 1 else ''} {listed}"
        fix = "test what it synthesizes: json.loads(Testing.synth(stack))"
        yield Remark(UNTESTED_MODULE, waiting[names[0]], 1, message, fix)


def _asserts_nothing(file: File, function: Function) -> Iterator[Remark]:
    if all(isinstance(node, ast.Pass) or _is_text(node) for node in function.body):
        yield Remark(ASSERTS_NOTHING, file, function.lineno, f"{function.name} is empty, and passes", "write the test")
        return
    asserted = [_trivial(node, function) for node in ast.walk(function) if _is_assertion(node)]
    if asserted and all(asserted) and not any(_may_fail(node) for node in ast.walk(function)):
        message = f"{function.name} asserts only what is always true"
        yield Remark(ASSERTS_NOTHING, file, function.lineno, message, "assert on json.loads(Testing.synth(stack))")


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_assertion(node: ast.AST) -> bool:
    method = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr.startswith("assert")
    return method or isinstance(node, ast.Assert)


def _may_fail(node: ast.AST) -> bool:
    """Whether a call checks something in a way that is not seen."""
    if not isinstance(node, ast.Call):
        return False
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return called == "fail" or (not called.startswith("assertI") and bool(_CHECKS.search(called)))


def _trivial(node: ast.AST, function: Function) -> bool:
    """Whether an assertion holds whatever the program makes."""
    match node:
        case ast.Assert(test=ast.Constant(value=value)):
            return bool(value)
        case ast.Assert(
            test=ast.Compare(left=ast.Name(id=name), ops=[ast.IsNot()], comparators=[ast.Constant(value=None)])
        ):
            return _made(name, function) != ""
        case ast.Assert(test=ast.Call(func=ast.Name(id="isinstance"), args=[ast.Name(id=name), ast.Name(id=class_)])):
            return _made(name, function) == class_
        case ast.Call(func=ast.Attribute(attr="assertTrue"), args=[ast.Constant(value=True), *_]):
            return True
        case ast.Call(func=ast.Attribute(attr="assertIsNotNone"), args=[ast.Name(id=name), *_]):
            return _made(name, function) != ""
        case _:
            return False


def _made(name: str, function: Function) -> str:
    """The class whose constructor made a variable: what it answers is never ``None``."""
    stores = [node for node in ast.walk(function) if isinstance(node, ast.Name) and node.id == name and _stored(node)]
    for node in function.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=target)], value=ast.Call(func=ast.Name(id=class_))):
                if target == name and class_[:1].isupper() and len(stores) == 1:
                    return class_
    return ""


def _stored(node: ast.Name) -> bool:
    return not isinstance(node.ctx, ast.Load)
