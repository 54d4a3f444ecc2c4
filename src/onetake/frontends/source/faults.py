"""What is wrong with a piece of a program's text, before it is known which editions agree on it."""

from __future__ import annotations

import ast

from onetake.model.records import record

UNKNOWN_ARGUMENT = "python-unknown-argument"
MISSING_ARGUMENT = "python-missing-argument"
WRONG_KIND = "python-wrong-kind"
STRUCT_AS_CONSTRUCT = "python-struct-as-construct"
LIST_IN_TEXT = "python-list-in-text"
KEY_DROPPED = "python-dict-key-dropped"
SYNTAX_ERROR = "python-syntax-error"
UNDEFINED_NAME = "python-undefined-name"
UNKNOWN_ATTRIBUTE = "python-unknown-attribute"
CHANGES = "python-value-changes-at-synthesis"
UNTYPED_KEY = "python-untyped-key-unknown"
CREDENTIAL = "python-credential-in-source"
INVALID_TEMPLATE = "python-invalid-template"
EXPRESSION_AS_TEXT = "python-expression-as-text"
NO_ORDER = "python-dependency-without-effect"
TEST_ATTRIBUTE = "python-test-attribute-missing"
TEST_OUTPUT = "python-test-output-name"
TEST_BLOCK = "python-test-block-as-list"

LOSSES = frozenset({KEY_DROPPED, CREDENTIAL, EXPRESSION_AS_TEXT})
"""Rules about what deploys, but not as it was meant: something is lost, or told to everybody."""
MILD = frozenset({TEST_ATTRIBUTE, TEST_OUTPUT, TEST_BLOCK, NO_ORDER, CHANGES})
"""Rules about what stops no deployment surely: tests that fail on a program that deploys, an order that is
lost, names that change."""

Place = ast.expr | ast.keyword | ast.stmt


@record
class Fault:
    """One thing wrong."""

    rule: str
    node: Place
    name: str
    message: str
    verbatim: str
    """What Python prints when it gets there; empty where that depends on versions of other libraries."""
    fix: str
    near: str = ""
    """The name that was meant, where it is one."""

    @property
    def key(self) -> tuple[str, int, int, str]:
        """What it shares with the same fault by another edition."""
        return self.rule, self.node.lineno, self.node.col_offset, self.name
