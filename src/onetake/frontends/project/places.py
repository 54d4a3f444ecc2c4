"""Accounts and regions that are written out in programs, where others may be meant.

An id of an account is only told where it names something of one's own: roles, keys, secrets, queues. Accounts of AWS
and of vendors stand in trust (``:root``), in layers and in images, which are left alone. A region is only told where
the code takes one, as part of a longer name, and not where only one region will do (certificates of CloudFront).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from onetake.frontends.project.remarks import ACCOUNT_WRITTEN, REGION_WRITTEN, File, Project, Remark

_ARN = re.compile(
    r"arn:aws(?:-cn|-us-gov)?:(?P<service>[a-z0-9-]+):(?P<region>[a-z0-9-]*):(?P<account>\d{12}):(?P<name>[^\s\"']*)"
)
_OWN = {
    "iam": ("role/", "policy/", "user/", "instance-profile/", "group/"),
    "kms": ("key/", "alias/"),
    "secretsmanager": ("secret:",),
    "sqs": ("",),
    "dynamodb": ("table/",),
    "lambda": ("function:",),
    "logs": ("log-group:",),
    "ssm": ("parameter/",),
    "states": ("stateMachine:",),
    "rds": ("db:", "cluster:"),
    "ecs": ("cluster/", "service/", "task-definition/"),
    "acm": ("certificate/",),
}
"""How the names begin of what belongs to the account that its ARN names, by service."""
_AREA = r"(?:us|eu|ap|ca|sa|me|af|il|mx)-(?:gov-)?(?:(?:north|south)?(?:east|west)|north|south|central)-\d"
_REGION = re.compile(
    rf"com\.amazonaws\.(?P<endpoint>{_AREA})\.|(?P<zone>{_AREA})[a-f]$"
    rf"|arn:aws:(?!acm:|wafv2:|cloudfront:|lambda:[^:]*:[^:]*:layer)[a-z0-9-]+:(?P<arn>{_AREA}):"
)
_TAKES = re.compile(r"^(?:aws_?)?region$", re.IGNORECASE)
_APART = re.compile(r"(?:^|/)(?:tests?|docs?|examples?|samples?|__tests__)/|(?:^|/)test_[^/]*$|_test\.(?:py|go)$")
_MADE_UP = frozenset({"123456789012", "111122223333", "444455556666", "777788889999", "012345678901", "210987654321"})
"""Ids that documents use."""
_VARIED = 4
"""From how many different digits on an id may be a real one."""

_LONGEST = 2000
"""Longer texts are code or documents."""
_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"|`[^`]*`')
_FUNCTION = re.compile(
    r"^func [^\n{]*\b(?:aws)?[Rr]egion \*?string\b[^\n]*\{\n(?P<body>.*?)^\}", re.MULTILINE | re.DOTALL
)
"""A function of Go that is told its region."""


def remarks(project: Project) -> Iterator[Remark]:
    """One remark for each account and each region of a file."""
    for file in project.python:
        if not _APART.search(file.name) and file.tree is not None:
            yield from _accounts(file, _texts(file.tree))
            yield from _regions(file, [text for code in _regional(file.tree) for text in _texts(code)])
    for file in project.go:
        if not _APART.search(file.name):
            yield from _of_go(file)


def _texts(tree: ast.AST) -> list[tuple[int, str]]:
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < _LONGEST
    ]


def _accounts(file: File, texts: list[tuple[int, str]]) -> Iterator[Remark]:
    told: set[str] = set()
    for line, text in texts:
        for found in _ARN.finditer(text):
            account = found["account"]
            own = found["name"].startswith(_OWN.get(found["service"], "-"))
            if own and account not in told and account not in _MADE_UP and len(set(account)) >= _VARIED:
                told.add(account)
                message = f"names {found['service']} of account {account}, whatever account it is deployed to"
                fix = "take the account from the stack, or from the data source aws_caller_identity"
                yield Remark(
                    ACCOUNT_WRITTEN, file, line, message, fix, f"is it deployed to other accounts than {account}?"
                )


def _regional(tree: ast.Module) -> Iterator[ast.AST]:
    """The classes and functions that are told their region."""
    for node in tree.body:
        inner = [node, *node.body] if isinstance(node, ast.ClassDef) else [node]
        functions = [one for one in inner if isinstance(one, ast.FunctionDef)]
        if any(_TAKES.match(one.arg) for code in functions for one in (*code.args.args, *code.args.kwonlyargs)):
            yield node


def _regions(file: File, texts: list[tuple[int, str]]) -> Iterator[Remark]:
    told: set[str] = set()
    for line, text in texts:
        found = _REGION.search(text)
        region = next(filter(None, found.groups()), "") if found else ""
        if region and region not in told:
            told.add(region)
            message = f'names {region} ("{text[:60]}") in code that is told its region'
            yield Remark(
                REGION_WRITTEN, file, line, message, "put the region in", "is it deployed to more than one region?"
            )


def _of_go(file: File) -> Iterator[Remark]:
    yield from _accounts(file, _strings(file.text, 0, len(file.text)))
    bodies = [found.span("body") for found in _FUNCTION.finditer(file.text)]
    yield from _regions(file, [text for start, end in bodies for text in _strings(file.text, start, end)])


def _strings(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """The texts of a Go file, with their lines; those of comments do no harm, as they hold no ARN in quotes."""
    return [(text.count("\n", 0, one.start()) + 1, one[0][1:-1]) for one in _STRING.finditer(text, start, end)]
