"""All comparisons with the real Terraform: ``python -m tools.oracle_language.run FOLDER``.

The folder keeps what Terraform answered, so that a second run asks only what is new. What the repository records is
written, and ``docs/accuracy.md`` from it. Without a ``terraform`` on the PATH nothing is compared.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from tools import accuracy
from tools.oracle_language import comparing, configurations, expressions, functions

RECORDED_CALLS = Path(__file__).resolve().parents[2] / "tests/frontends/terraform/functions/recorded.json"


def main(arguments: list[str]) -> int:
    """Run them all."""
    if shutil.which("terraform") is None:
        print("nothing is compared: there is no terraform on the PATH (1.11.4 gave the recorded answers)")
        return 0
    folder = arguments[0]
    failed = functions.main([folder, "--record", str(RECORDED_CALLS)])
    failed |= expressions.main([folder, "--record"])
    failed |= configurations.main([folder, "--record"])
    failed |= comparing.main([folder, "--record"])
    return failed | accuracy.main()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
