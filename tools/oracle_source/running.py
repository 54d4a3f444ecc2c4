"""Runs programs over the installed cdktn, one after the other in one process.

``python -m tools.oracle_source.running`` reads texts as lines of JSON, and writes for each
the first line of what it raised, empty when it was synthesized.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import sys
from typing import Any


def outcome(text: str) -> str:
    """What a program raises, until its stack is synthesized."""
    library: Any = importlib.import_module("cdktn")

    names: dict[str, Any] = {"__name__": "program"}
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(text, "program.py", "exec"), names)
            library.Testing.synth(names["stack"])
    except Exception as error:  # whatever a program raises is the answer
        return f"{type(error).__name__}: {error}".splitlines()[0][:300]
    return ""


def main() -> None:
    """Answer every line of the standard input."""
    answers = sys.stdout
    for line in sys.stdin:
        answers.write(json.dumps(outcome(json.loads(line))) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
