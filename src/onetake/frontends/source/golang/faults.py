"""What is wrong with a piece of a Go program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onetake.frontends.source.golang.changes import Change, Needed
from onetake.knowledge.api.editions import Edition
from onetake.model.records import record

if TYPE_CHECKING:
    from tree_sitter import Node

UNKNOWN_PACKAGE = "go-unknown-package"
MISSING_PACKAGE = "go-missing-package"
MISSING_REQUIREMENT = "go-missing-requirement"
MISSING_IMPORT = "go-missing-import"
UNUSED_IMPORT = "go-unused-import"
UNDEFINED_NAME = "go-undefined-name"
UNKNOWN_NAME = "go-unknown-name"
UNKNOWN_FIELD = "go-unknown-field"
UNKNOWN_MEMBER = "go-unknown-member"
MISSING_FIELD = "go-missing-field"
WRONG_KIND = "go-wrong-kind"
WRONG_ARGUMENT_COUNT = "go-wrong-argument-count"
NOT_A_LIST = "go-not-a-list"
KEY_DROPPED = "go-map-key-dropped"
SYNTAX_ERROR = "go-syntax-error"
UNUSED_VARIABLE = "go-unused-variable"
INVALID_TEMPLATE = "go-invalid-template"
EXPRESSION_AS_TEXT = "go-expression-as-text"

AT_SYNTH = frozenset({MISSING_FIELD, NOT_A_LIST, KEY_DROPPED})
"""What compiles, and shows when the program runs."""
IN_TERRAFORM = frozenset({INVALID_TEMPLATE, EXPRESSION_AS_TEXT})
"""What is synthesized, and shows when Terraform reads it."""
LOSSES = frozenset({KEY_DROPPED, EXPRESSION_AS_TEXT})
"""What runs, too, but does not make what is meant."""


@record
class Fault:
    """One thing wrong."""

    rule: str
    node: Node
    name: str
    message: str
    verbatim: str = ""
    """What the Go compiler prints, in words that it has had since Go 1.18; empty where they depend on its version."""
    fix: str = ""
    edition: Edition | None = None
    """Of the library that it is judged by; none where it is wrong with any."""
    widens: bool = False
    """Whether it rests on a type of which other releases may take more."""
    grows: bool = False
    """Whether it rests on something that releases add: an optional parameter, a required field."""
    changes: tuple[Change, ...] = ()
    """What mends it; none where it is not sure what was meant."""
    brings: Needed | None = None
    """The package that has to be imported to mend it."""
    kept: bool = False
    """Whether an import that nothing uses stays, until it is known which names are meant."""
    compiles: bool = False
    """Whether Go compiles it, so that it shows when the program runs, other than the rule's faults do."""
