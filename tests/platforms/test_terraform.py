"""What the real Terraform and AWS provider say of the platforms; needs both, no network and no account."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from onetake.platforms.catalogue import PLATFORMS
from onetake.platforms.parameters import ENVIRONMENTS
from onetake.providers.binaries import find
from tests.platforms.synthesized import Copy

# What is asked of AWS while planning is answered here; everything else is the provider's own work.
ANSWERS: dict[str, dict[str, Any]] = {
    "data.aws_caller_identity.current": {"account_id": "123456789012"},
    "data.aws_partition.current": {"partition": "aws"},
    "data.aws_region.current": {"id": "us-east-1"},
    "data.aws_availability_zones": {"names": ["us-east-1a", "us-east-1b", "us-east-1c"]},
    "data.aws_region.edge": {"id": "us-east-1"},
    "data.aws_region.secondary": {"id": "us-west-2"},
    "data.aws_eks_addon_version": {"version": "v1.11.4-eksbuild.2"},
    "data.aws_ec2_managed_prefix_list": {"id": "pl-3b927c52"},
}
PROVIDER = {
    "region": "us-east-1",
    "access_key": "test",
    "secret_key": "test",
    "skip_credentials_validation": True,
    "skip_requesting_account_id": True,
    "skip_metadata_api_check": True,
    "skip_region_validation": True,
}
VARIANTS = [(platform, environment) for platform in PLATFORMS for environment in ENVIRONMENTS]


class Passwords(BaseHTTPRequestHandler):
    """Answers what ephemeral passwords ask of Secrets Manager: terraform test cannot answer for ephemeral resources."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        known = self.headers["X-Amz-Target"] == "secretsmanager.GetRandomPassword"
        answer = json.dumps({"RandomPassword": "a" * 64} if known else {"message": "not asked for here"}).encode()
        self.send_response(200 if known else 400)
        self.send_header("Content-Type", "application/x-amz-json-1.1")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - so it is called
        """Nothing."""


@pytest.fixture(scope="module")
def passwords() -> Iterator[str]:
    """Where passwords are made, as an endpoint."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Passwords) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def terraform(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["terraform", *arguments, "-no-color"],
        cwd=folder,
        env=os.environ | {"TF_IN_AUTOMATION": "1", "CHECKPOINT_DISABLE": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


@pytest.fixture
def program(copy_of: Callable[..., Copy], tmp_path: Path) -> Callable[[str, str], Path]:
    """A copy of a platform in a folder of its own, initialized."""
    if shutil.which("terraform") is None or find("hashicorp/aws") is None:
        pytest.skip("terraform or a provider that it finds without a network is not on this machine")

    def program(platform: str, environment: str) -> Path:
        copied = copy_of(platform, environment)
        shutil.copy(copied.path, tmp_path / "main.tf.json")
        for extra in copied.path.parent.iterdir():
            if extra.is_dir():
                shutil.copytree(extra, tmp_path / extra.name)
        begun = terraform(tmp_path, "init", "-input=false", "-backend=false")
        if "ould not retrieve" in begun.stderr or "Failed to query available provider packages" in begun.stderr:
            pytest.skip("terraform finds no AWS provider without a network (TF_CLI_CONFIG_FILE names a mirror)")
        assert begun.returncode == 0, begun.stderr
        return tmp_path

    return program


@pytest.mark.parametrize(("platform", "environment"), VARIANTS)
def test_all_15_terraform_validates_and_plans(
    platform: str, environment: str, program: Callable[[str, str], Path], copy_of: Callable[..., Copy], passwords: str
):
    folder = program(platform, environment)
    validated = terraform(folder, "validate", "-json")
    if "Plugin did not respond" in validated.stdout:  # seen once, on a machine that was short of everything
        validated = terraform(folder, "validate", "-json")
    assert json.loads(validated.stdout)["diagnostics"] == []

    copied = copy_of(platform, environment)
    # Every provider: an override is about the one of the same alias.
    offline = PROVIDER | {"endpoints": [{"secretsmanager": passwords}]}
    kept = [{key: one[key] for key in ("alias", "region") if key in one} for one in copied.json["provider"]["aws"]]
    override = {"provider": {"aws": [offline | one for one in kept]}}
    (folder / "provider_override.tf.json").write_text(json.dumps(override))
    lines = []
    for kind, named in copied.json["data"].items():
        for name in named:
            values = ANSWERS.get(f"data.{kind}.{name}") or ANSWERS.get(f"data.{kind}")
            if values is not None:
                lines += [f"override_data {{\n  target = data.{kind}.{name}\n  values = {json.dumps(values)}\n}}"]
    (folder / "plan.tftest.hcl").write_text("\n".join([*lines, 'run "plan" {\n  command = plan\n}\n']))
    planned = terraform(folder, "test")
    assert "1 passed, 0 failed" in planned.stdout, planned.stdout + planned.stderr
    assert "Warning" not in planned.stdout
