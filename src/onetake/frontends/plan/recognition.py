"""Telling plans from other files, and what to do about those that are almost one."""

from __future__ import annotations

import re

from onetake.frontends.files import Options
from onetake.model.records import replace

PLAN_BYTES = 8
"""How many times as large as other files a plan may be: it says everything about a resource four times."""
SHOW = "run terraform show -json PLANFILE > plan.json (or tofu show -json) and check that"
_ZIP = b"PK\x03\x04"
_KEYS = (b'"resource_changes"', b'"planned_values"', b'"terraform_version"')
_START = re.compile(rb"^(?:\xef\xbb\xbf)?\s*\{")


def for_plans(options: Options) -> Options:
    """``options`` with room for a plan."""
    return replace(options, limits=replace(options.limits, file_bytes=options.limits.file_bytes * PLAN_BYTES))


def is_plan(content: bytes) -> bool:
    """Whether ``content`` is what ``show -json`` prints: of a plan, or of a state, which the reader refuses."""
    return bool(_START.match(content)) and b'"format_version"' in content and any(key in content for key in _KEYS)


def is_state(content: bytes) -> bool:
    """Whether what ``show -json`` printed is a state: nothing in it is planned."""
    return b'"resource_changes"' not in content and b'"planned_values"' not in content


def refusal(content: bytes) -> tuple[str, str] | None:
    """What is wrong with a file that people take for a readable plan, and the way out; ``None`` for others."""
    if content.startswith(_ZIP) and b"tfplan" in content:
        return "is a plan in Terraform's own binary form", SHOW
    if b'"lineage"' in content and b'"terraform_version"' in content and _START.match(content):
        return (
            "is a state file, which tells what is deployed and not what is planned",
            f"plan with -out=PLANFILE, then {SHOW}",
        )
    if b'"@level"' in content[:2000] and b'"terraform"' in content[:2000]:
        return "is the log that plan -json prints, which holds no values", f"plan with -out=PLANFILE, then {SHOW}"
    return None
