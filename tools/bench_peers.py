"""The tools that onetake is measured beside, where they are installed.

``ONETAKE_BENCH_PEERS`` names the ``bin`` folder of an environment with cfn-lint and checkov, and
``ONETAKE_BENCH_PLUGINS`` a filesystem mirror of Terraform's providers.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from onetake.providers.binaries import find
from tools.bench_measuring import VALIDATE, Cost, process


def _tool(name: str) -> str | None:
    return shutil.which(name, path=os.environ.get("ONETAKE_BENCH_PEERS", os.defpath)) or shutil.which(name)


def cfn_lint(template: Path, runs: int) -> Cost:
    """cfn-lint's exit code is a set of bits for what it found."""
    tool = _tool("cfn-lint")
    if tool is None:
        return Cost(failed="not installed")
    return process([tool, str(template)], runs, codes=range(16))


def checkov(path: Path, runs: int) -> Cost:
    tool = _tool("checkov")
    if tool is None:
        return Cost(failed="not installed")
    where = ["-d", str(path)] if path.is_dir() else ["-f", str(path)]
    framework = "terraform" if path.is_dir() else "cloudformation"
    return process([tool, *where, "--framework", framework, "--compact", "--quiet", "--skip-download"], runs)


def cloudformation_validate(template: Path, runs: int) -> Cost:
    return process([sys.executable, "-c", VALIDATE, str(template)], runs)


def terraform_validate(folder: Path, runs: int) -> Cost:
    """``terraform validate`` of a copy of ``folder`` after ``terraform init``, which is not counted."""
    tool = shutil.which("terraform")
    mirror = os.environ.get("ONETAKE_BENCH_PLUGINS")
    if tool is None or not mirror:
        return Cost(failed="not installed" if tool is None else "no provider mirror")
    copy = folder.with_name(folder.name + "-initialized")
    if not copy.exists():
        shutil.copytree(folder, copy)
    settings = copy.with_suffix(".tfrc")
    settings.write_text(f'provider_installation {{\n  filesystem_mirror {{\n    path = "{mirror}"\n  }}\n}}\n')
    os.environ["TF_CLI_CONFIG_FILE"] = str(settings)
    ready = subprocess.run([tool, "init", "-backend=false"], cwd=copy, capture_output=True, check=False)
    if ready.returncode:
        return Cost(failed="terraform init failed")
    return process([tool, "validate"], runs, cwd=copy, codes=(0,))


def versions() -> dict[str, str]:
    """The version of each tool that is there."""
    found = {name: version(name) for name in ("onetake", "cloudformation-validate")}
    for name in ("cfn-lint", "checkov", "terraform"):
        tool = _tool(name)
        if tool:
            told = subprocess.run([tool, "--version"], capture_output=True, text=True, check=False).stdout
            found[name] = told.split("\n")[0].split()[-1].lstrip("v") if told else "?"
    return found


def aws_provider() -> bool:
    """Whether ``--exact`` finds the AWS provider on this machine, in the mirror too."""
    mirror = os.environ.get("ONETAKE_BENCH_PLUGINS")
    if mirror and "ONETAKE_AWS_PROVIDER" not in os.environ:
        found = sorted(Path(mirror).rglob("terraform-provider-aws_*"))
        if found:
            os.environ["ONETAKE_AWS_PROVIDER"] = str(found[-1])
    return bool(os.environ.get("ONETAKE_AWS_PROVIDER")) or find("hashicorp/aws", "") is not None
