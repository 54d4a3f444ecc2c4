"""A whole program while it is evaluated: its modules, its instances, and how much work it may be."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from onetake.frontends.files import Options, Unreadable, confined
from onetake.frontends.terraform import module_folders
from onetake.frontends.terraform.declarations import Configuration, Declaration, Mistake
from onetake.frontends.terraform.evaluation import Failure, Scope, evaluate, follow
from onetake.frontends.terraform.instances import Instance
from onetake.frontends.terraform.loading import read_folder
from onetake.frontends.terraform.modules import Module, Steps, argument
from onetake.frontends.terraform.syntax.nodes import Literal, Node
from onetake.model.findings import Note
from onetake.model.resources import Provider
from onetake.model.stacks import Stack
from onetake.model.values import Known, Reference, Span, Unknown, Value

if TYPE_CHECKING:
    from onetake.frontends.terraform.exposure import Exposure
    from onetake.frontends.terraform.functions import Files
    from onetake.frontends.terraform.providing import Providing

MODULE_DEPTH = 30
MODULES = 2_000


class Program:
    """One root module and everything below it."""

    def __init__(self, configuration: Configuration, folder: Path, options: Options) -> None:
        self.options = options
        self.assumptions = options.assumptions
        self.folder = folder
        self.instances: dict[str, Instance] = {}
        self.mistakes: list[Mistake] = []
        self.refusals: list[tuple[Module, Failure, Node, Span]] = []
        """The expressions that Terraform refuses, as far as they were evaluated."""
        self.notes: list[Note] = []
        self.whole = True
        self.configurations: dict[str, Configuration] = {os.path.realpath(folder): configuration}
        self.inputs: dict[str, tuple[str | Node, Span]] = {}
        """Values of the root's variables as they were given: text, or a node to evaluate; and where."""
        self._spent = 0
        self._templates: dict[str, Node] = {}
        self._modules = 0
        self._counted = 0
        self._installed: dict[str, str] | None = None
        self.root = Module(self, configuration)
        self._providing: Providing | None = None

    @cached_property
    def library(self) -> bool:
        """Whether the root looks like a module that others call, whose variables have other values than their defaults.

        It has variables, and resources of a provider, but configures none, keeps its state nowhere, and is given no
        values.
        """
        root = self.root.configuration
        if (
            not root.variables
            or root.providers
            or self.inputs
            or any({"backend", "cloud"} & block.fields.keys() for block in root.settings)
        ):
            return False
        return any(not block.labels[0].startswith("terraform_") for block in root.resources.values())

    @property
    def providing(self) -> Providing:
        """The provider configurations."""
        if self._providing is None:
            from onetake.frontends.terraform.providing import Providing

            self._providing = Providing(self)
        return self._providing

    @cached_property
    def exposure(self) -> Exposure:
        """Where sensitive and ephemeral values go."""
        from onetake.frontends.terraform.exposure import Exposure

        return Exposure(self)

    def provider(self, block: Declaration, module: Module) -> Provider:
        """The provider that manages the instances of a block."""
        return self.providing.of(block, module)

    @property
    def files(self) -> Files:
        """The files that functions may read."""
        from onetake.frontends.terraform.reading import ProgramFiles

        return ProgramFiles(self.folder, self.options)

    def template(self, path: str) -> Node:
        """The template in a file, which loops may ask for again and again.

        Raises:
            OSError: there is no such file inside the root.
            UnicodeDecodeError: it is no text.
            SyntaxProblem: it is no template.
        """
        found = self._templates.get(path)
        if found is None:
            from onetake.frontends.terraform.syntax.templates import Parser

            found = self._templates[path] = Parser(self.files.read_bytes(path).decode("utf-8")).bare()
        return found

    def spend(self, steps: int) -> None:
        """Count work.

        Raises:
            Failure: the program asks for more than the limits allow.
        """
        self._spent += steps
        if self._spent > self.options.limits.nodes // 20:
            raise Failure("evaluating the program takes too long")

    def admits(self, count: int, block: Declaration) -> bool:
        """Whether so many more instances are within the limits; notes it if not."""
        self._counted += count
        if self._counted <= self.options.limits.resources:
            return True
        self._counted -= count
        limit = self.options.limits.resources
        self.notes.append(
            Note(block.where, f"{block.name} would have more than {limit} instances; they are not told apart")
        )
        self.whole = False
        return False

    def is_sole(self, address: str) -> bool:
        """Whether ``address`` is a resource that is not repeated."""
        found = self.instances.get(address)
        return (
            found is not None
            and found.address == found.declaration
            and "count" not in found.block.fields
            and ("for_each" not in found.block.fields)
        )

    def attribute(self, target: str, steps: Steps, scope: Scope, where: Span) -> Value[object]:
        """What ``steps`` after the resource at ``target`` mean."""
        return self.of(self.instances[target], steps, scope, where)

    def of(self, one: Instance, steps: Steps, scope: Scope, where: Span) -> Value[object]:
        """What ``steps`` after an instance mean."""
        if not steps:
            return Unknown("it is known after the deployment", where, (Reference(one.address, ""),))
        first = steps[0]
        if not isinstance(first, str):
            match evaluate(first, scope, where):
                case Known(str() as first):
                    pass
                case _:
                    raise Failure("This value is not a list or a map.")
        value = argument(one, first, where)
        if len(steps) == 1:
            return value
        path = ".".join(step for step in steps if isinstance(step, str))
        try:
            found = follow(value, steps[1:], scope, where, blocks=True)
        except Failure:
            # A block holds more than the program writes: what the provider adds is known after the deployment.
            return Unknown("it is known after the deployment", where, (Reference(one.address, path),))
        if isinstance(found, Known) and found.origin is None:
            return Known(found.value, found.where, Reference(one.address, path))
        return found

    def modules(self) -> Iterator[Module]:
        """Every module that was read, the root first, each before those it calls."""
        pending = [self.root]
        while pending:
            module = pending.pop(0)
            yield module
            for name in module.configuration.calls:
                children = _guarded(module, name)
                pending += children or []

    def module_source(self, module: Module, call: Declaration) -> Configuration | None:
        """The configuration that ``call`` names; ``None``, and a note, when it cannot be read."""
        self._modules += 1
        depth = module.path.count("module.") + 1
        try:
            folder = self._folder(module, call) if depth <= MODULE_DEPTH and self._modules <= MODULES else None
            if folder is not None:
                return self._configuration(folder)
            reason = "modules are nested too deeply" if depth > MODULE_DEPTH else "it is not on this machine"
        except Unreadable as error:
            reason = error.message
        self.whole = False
        self.notes.append(Note(call.where, f"module.{call.name} was not read: {reason}"))
        return None

    def _configuration(self, folder: Path) -> Configuration:
        key = os.path.realpath(folder)
        found = self.configurations.get(key)
        if found is None:
            found = self.configurations[key] = read_folder(folder, self.options)
        return found

    def _folder(self, module: Module, call: Declaration) -> Path | None:
        source = call.fields.get("source")
        if not isinstance(source, Literal) or not isinstance(source.value, str):
            return None
        root = Path(os.path.realpath(self.options.root))
        here = root / module.configuration.folder
        if source.value.startswith(("./", "../")) or source.value in (".", ".."):
            folder = confined(here / source.value, self.options)
            if not folder.is_dir():
                self.mistakes.append(_no_folder(call, source.value))
                raise Unreadable(call.where, f"the folder {source.value} does not exist", "correct the module's source")
            return folder
        wanted = getattr(call.fields.get("version"), "value", None)
        given = module_folders.kept(source.value, wanted if isinstance(wanted, str) else "", self.options)
        if given is not None:
            return given
        keys = [part.split("[")[0].removeprefix("module.") for part in module.path.split(".module.") if part]
        installed = self.installed.get(".".join((*keys, call.name)))
        return confined(self.folder / installed, self.options) if installed else None

    @property
    def installed(self) -> dict[str, str]:
        """The folders that ``terraform init`` put modules into, by the path of their calls."""
        if self._installed is None:
            self._installed = module_folders.installed(self.folder, self.options)
        return self._installed


def program_of(stack: Stack) -> Program | None:
    """The program that ``stack`` was read from; ``None`` for a stack of another language."""
    found = stack.memo.get(Program)
    return found if isinstance(found, Program) else None


def _no_folder(call: Declaration, source: str) -> Mistake:
    path = posixpath.normpath(source)
    detail = f"Unable to evaluate directory symlink: lstat {path}: no such file or directory"
    return Mistake("terraform-module-missing", "Unreadable module directory", detail, call.where)


def _guarded(module: Module, name: str) -> list[Module]:
    try:
        children = module.child(name)
    except Failure:
        return []
    return list(children.members.values()) if children else []
