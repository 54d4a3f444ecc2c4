"""``make demo``: the payment stack as a model wrote it, and its corrected twin, in the terminal and as a report."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REPORT = Path("out") / "payments-failure-analysis.md"


def main() -> int:
    """Run both checks; 1 when they do not come out as they should."""
    (ROOT / "out").mkdir(exist_ok=True)
    check = [sys.executable, "-m", "onetake", "check"]
    written, corrected = "examples/payments-model-written", "examples/payments-corrected"
    print(f"$ onetake check {written}", flush=True)
    failing = subprocess.run([*check, written], cwd=ROOT, check=False).returncode
    print(f"\n$ onetake check {corrected}", flush=True)
    passing = subprocess.run([*check, corrected], cwd=ROOT, check=False).returncode
    subprocess.run([*check, written, "--format", "markdown", "--output", str(REPORT)], cwd=ROOT, check=False)
    print(f"\nThe failure analysis as Markdown: {REPORT}")
    return int((failing, passing) != (1, 0))


if __name__ == "__main__":
    sys.exit(main())
