"""What a folder of Terraform files declares, whichever syntax it is written in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from onetake.frontends.terraform.references import Use, uses
from onetake.frontends.terraform.syntax.nodes import Literal, Node
from onetake.model.records import field, record
from onetake.model.stacks import SourceFile
from onetake.model.values import Span

Fields = Mapping[str, Node]

META = frozenset({"count", "for_each", "provider", "depends_on", "lifecycle", "connection", "provisioner", "timeouts"})
"""Arguments of a resource that Terraform itself reads."""


META_SHOWN = frozenset({"lifecycle", "timeouts", "provisioner", "connection"})
"""Those of them that rules may want to see."""

_NONE: frozenset[str] = frozenset()
_RESOURCE = frozenset({"depends_on", "provider", "lifecycle"})
_NOT_EXPRESSIONS = {
    "resource": _RESOURCE,
    "data": _RESOURCE,
    "ephemeral": _RESOURCE,
    "module": frozenset({"depends_on", "source", "version", "provider", "providers"}),
    "variable": frozenset({"type"}),
    "output": frozenset({"depends_on"}),
    "provider": frozenset({"alias", "version"}),
    "terraform": frozenset({"required_providers", "required_version", "experiments", "provider_meta"}),
}
"""The fields of each kind of block that name things in a way of their own, or nothing."""


class Declaration:
    """A block with a name: a resource, a variable, a provider; its fields are made when they are asked for."""

    __slots__ = ("construct", "fields", "kind", "labels", "make", "name", "uses", "where")

    fields: Fields
    """The arguments and blocks inside."""
    uses: Mapping[str, frozenset[Use]]
    """What the expressions of each field name; fields that name nothing, and ``depends_on``, are left out."""

    def __init__(
        self, kind: str, labels: tuple[str, ...], where: Span, make: Callable[[], Fields], construct: str = ""
    ) -> None:
        self.kind = kind
        self.labels = labels
        self.where = where
        self.construct = construct
        self.make = make
        joined = ".".join(labels)
        self.name = f"data.{joined}" if kind == "data" else joined
        """How the module calls it: ``aws_vpc.main``, ``data.aws_region.here``, a variable's name."""

    def __getattr__(self, name: str) -> Mapping[str, object]:
        # Reached only while a slot is empty: what has been made once is read without a detour.
        if name == "fields":
            self.fields = self.make()
            return self.fields
        if name == "uses":
            self.uses = self._named()
            return self.uses
        raise AttributeError(name)

    def _named(self) -> dict[str, frozenset[Use]]:
        skipped = _NOT_EXPRESSIONS.get(self.kind, _NONE)
        found = {}
        for name, node in self.fields.items():
            if type(node) is not Literal and name not in skipped:
                named = uses((node,))
                if named:
                    found[name] = frozenset(named)
        return found

    def used(self) -> Iterator[Use]:
        """What its expressions name, field by field."""
        for named in self.uses.values():
            yield from named

    def overridden(self, other: Declaration) -> None:
        """Take over the fields of an override file's block."""
        self.fields = {**self.fields, **other.fields}
        self.uses = self._named()


@record(frozen=False)
class Mistake:
    """Something that Terraform refuses, in its words, at its place."""

    rule: str
    summary: str
    detail: str
    where: Span
    resource: str = ""
    stage: str = ""
    """Where Terraform stops, if not where it does for most mistakes of the rule."""
    exact: bool = True
    """Whether the detail is in Terraform's own words."""
    condition: str = ""
    """The question whose answer decides whether it is one."""
    severity: str = ""
    """How bad it is, if it does not stop everything."""
    said: str = ""
    """One line in our own words, where there are better ones than Terraform's."""
    fix: str = ""
    sensitive: bool = False
    """Whether the place holds a secret."""
    warning: bool = False
    """Whether Terraform only warns of it."""


@record(frozen=False)
class Configuration:
    """The declarations of one folder."""

    folder: str
    """The folder as reports show it; empty for the root of what is checked."""
    resources: dict[str, Declaration] = field(default_factory=dict)
    """Managed and data resources by name."""
    variables: dict[str, Declaration] = field(default_factory=dict)
    outputs: dict[str, Declaration] = field(default_factory=dict)
    calls: dict[str, Declaration] = field(default_factory=dict)
    """Module calls."""
    providers: dict[str, Declaration] = field(default_factory=dict)
    """By ``aws`` or ``aws.alias``."""
    locals: dict[str, tuple[Node, Span]] = field(default_factory=dict)
    settings: list[Declaration] = field(default_factory=list)
    """The ``terraform`` blocks."""
    others: list[Declaration] = field(default_factory=list)
    """``check``, ``moved``, ``import`` and the like."""
    sources: dict[str, SourceFile] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    broken: bool = False
    """Whether some of it could not be read, so that what is missing may be there."""
    partial: bool = False
    """Whether it is one file of several in its folder."""
    synthesized_by: Mapping[str, object] | None = None
    """The metadata that CDKTF leaves in what it writes."""
    tofu: bool = False
    named: dict[str, frozenset[Use]] = field(default_factory=dict)
    """What local values name, as far as it was asked."""

    def local_uses(self, name: str) -> frozenset[Use]:
        """What the local value ``name`` names; nothing if there is none."""
        found = self.named.get(name)
        if found is None:
            declared = self.locals.get(name)
            found = self.named[name] = frozenset(uses((declared[0],))) if declared is not None else frozenset()
        return found
