"""Resources as every frontend delivers them."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from types import MappingProxyType

from onetake.model.changes import Change
from onetake.model.language import Language, Truth
from onetake.model.records import field, record
from onetake.model.values import Absent, Known, ObjectValue, Span, Unknown, Value

NOTHING: ObjectValue = MappingProxyType({})


class Mode(Enum):
    """What a block of a program is to its engine."""

    MANAGED = "managed"
    DATA = "data"
    SETTING = "setting"
    """A provider, a backend: judged like a resource, never deployed."""


@record
class Provider:
    """A configured provider: which region and tags the resources under it get."""

    name: str
    region: Value[str]
    alias: str = ""
    arguments: ObjectValue = field(default_factory=lambda: NOTHING)


@record(frozen=False, eq=False)
class Resource:
    """One deployable thing (an instance, where ``count`` or ``for_each`` makes several)."""

    language: Language
    address: str
    """``module.net["a"].aws_subnet.private[0]`` or a logical id."""
    type: str
    """``aws_sqs_queue``, ``data.aws_iam_policy_document``, ``AWS::SQS::Queue``, ``terraform.backend.s3``."""
    where: Span
    arguments: ObjectValue
    """What the program sets, evaluated when it is asked for; without meta-arguments."""
    provider: Provider
    declaration: str = ""
    """The address without instance keys: what dependencies name. Same as ``address`` for one instance."""
    mode: Mode = Mode.MANAGED
    depends_on: tuple[str, ...] = ()
    """Declarations that this one is explicitly ordered after."""
    references: Callable[[], frozenset[str]] = frozenset
    """Declarations that its arguments refer to, however indirectly (locals, modules, outputs)."""
    exists: Truth = Truth.YES
    """``UNKNOWN`` where a condition, ``count`` or ``for_each`` is not known."""
    construct: str = ""
    """The construct path, in synthesized programs."""
    settings: ObjectValue = field(default_factory=lambda: NOTHING)
    """Meta-arguments: ``lifecycle``, ``timeouts``, ``provisioner``; ``DeletionPolicy``, ``UpdateReplacePolicy``,
    ``CreationPolicy``, ``UpdatePolicy``, ``Metadata``."""
    change: Change | None = None
    """What happens to it; ``None`` where the program is no plan."""

    def __post_init__(self) -> None:
        self.declaration = self.declaration or self.address

    def argument(self, name: str) -> Value[object]:
        """The value of a top-level argument."""
        return self.arguments.get(name) or Absent(self.where)

    @property
    def region(self) -> Value[str]:
        """Where it is created: version 6 of Terraform's AWS provider lets a resource name a region of its own."""
        if self.language is Language.TERRAFORM and self.type.startswith("aws_"):
            match self.argument("region"):
                case Known(str() as region, where, source):
                    return Known(region, where, source)
                case Unknown() as unknown:
                    return unknown
                case _:
                    pass
        return self.provider.region

    @property
    def label(self) -> str:
        """How people call it in a sentence."""
        return self.address
