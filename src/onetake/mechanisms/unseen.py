"""What a stack hands to others that may add to it unseen: nested stacks, custom resources, modules.

A network whose id a nested stack receives may get its internet gateway there. Nothing can be said to be missing
from what was handed out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from onetake.aws.view import View
from onetake.model.resources import Resource
from onetake.model.stacks import Stack

OPAQUE = frozenset({"AWS::CloudFormation::Stack", "AWS::CloudFormation::CustomResource", "aws_cloudformation_stack"})
HARMLESS = frozenset({"Custom::VpcRestrictDefaultSG", "Custom::S3AutoDeleteObjects", "Custom::LogRetention"})
"""CDK's own custom resources, which are known to add nothing."""


def handed_out(view: View) -> bool:
    """Whether something whose doings are not known receives ``view``."""
    return view.resource.declaration in _received(view.stack)


def _received(stack: Stack) -> frozenset[str]:
    found = stack.memo.get(_received)
    if found is None:
        names = {name for one in _opaque(stack) for name in (*one.references(), *one.depends_on)}
        found = stack.memo[_received] = frozenset(names)
    return cast("frozenset[str]", found)


def _opaque(stack: Stack) -> Iterator[Resource]:
    for name, resources in stack.by_type.items():
        custom = name.startswith("Custom::") and name not in HARMLESS
        if name in OPAQUE or custom or name.endswith("::MODULE"):
            yield from resources
