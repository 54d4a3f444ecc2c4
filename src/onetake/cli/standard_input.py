"""``onetake check -``: what stands on standard input, under a name that tells its language."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from onetake.frontends.files import Limits
from onetake.frontends.plan.recognition import PLAN_BYTES, is_plan, refusal

_NATIVE = re.compile(
    rb"^\s*(?:resource|data|module|provider|variable|terraform|locals|output)\b[^:\n]*\{", re.MULTILINE
)
_BLOCKS = (b'"resource"', b'"terraform"', b'"provider"', b'"module"', b'"data"')


def read() -> tuple[Path, bytes]:
    """The content, and the path under which it is checked, in the current folder."""
    content = sys.stdin.buffer.read(Limits().file_bytes * PLAN_BYTES + 1)
    return Path(os.path.realpath(Path.cwd())) / _name(content), content


def _name(content: bytes) -> str:
    if is_plan(content) or refusal(content):
        return "stdin.plan"
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        terraform = b'"Resources"' not in content and any(block in content for block in _BLOCKS)
        return "stdin.tf.json" if terraform else "stdin.json"
    return "stdin.tf" if _NATIVE.search(content) else "stdin.yaml"
