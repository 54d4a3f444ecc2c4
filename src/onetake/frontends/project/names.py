"""Names that are the same in every environment, in classes that are told which environment they are for."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from onetake.frontends.project.remarks import SUFFIX_IGNORED, File, Project, Remark
from onetake.frontends.source.scopes import Scopes, bindings

_SUFFIX = "suffix"
_NAMES = frozenset(
    {
        "name", "bucket", "bucket_name", "function_name", "role_name", "queue_name", "table_name", "topic_name",
        "log_group_name", "cluster_name", "cluster_identifier", "identifier", "secret_name", "db_instance_identifier",
    }
)  # fmt: skip
"""Arguments whose values have to be unique in an account, or in the world."""
_LIBRARIES = frozenset({"cdktf_cdktf_provider_aws", "cdktn_provider_aws", "aws_cdk"})
_REUSED = ("Ssm", "Route53", "DataAws", "Iam", "Wafv2")
"""What classes begin with whose names are often meant to be shared, or name something that is there."""


def remarks(project: Project) -> Iterator[Remark]:
    """Each name that is written out in a class which takes a suffix for its names."""
    for file in project.python:
        if _SUFFIX in file.text and file.tree is not None:
            scopes = Scopes(file.tree, _LIBRARIES, bindings(file.tree))
            for class_ in file.tree.body:
                for function in class_.body if isinstance(class_, ast.ClassDef) else ():
                    if isinstance(function, ast.FunctionDef) and function.name == "__init__":
                        yield from _in(function, scopes, file)


def _in(function: ast.FunctionDef, scopes: Scopes, file: File) -> Iterator[Remark]:
    arguments = [one.arg for one in (*function.args.args, *function.args.kwonlyargs) if one.arg.endswith(_SUFFIX)]
    for node in ast.walk(function) if arguments else ():
        if not isinstance(node, ast.Call) or not node.args or not _is_self(node.args[0]):
            continue
        named = scopes.named(node.func)
        if named is None or not named.names or named.names[-1].startswith(_REUSED):
            continue
        for keyword in node.keywords:
            value = keyword.value
            if keyword.arg in _NAMES and isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield Remark(
                    SUFFIX_IGNORED,
                    file,
                    keyword.lineno,
                    f'the {keyword.arg} of {named.names[-1]} is "{value.value}" whatever {arguments[0]} is',
                    f"put {{{arguments[0]}}} into the name",
                    "is the program deployed more than once to one account?",
                )


def _is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "self"
