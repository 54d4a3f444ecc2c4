"""Record what the real Terraform plans for the rules' programs: ``tests/frontends/plan/recorded.jsonl.xz``.

Each program under ``tests/programs`` is planned from an empty state by the ``terraform`` on the path with the AWS
provider of a filesystem mirror (``TF_PLUGINS``), against a stand-in for AWS that knows an account and the zones of a
region and refuses everything else. A plan is kept without what can be derived from the rest; of a program that cannot
be planned, Terraform's error is kept. Only programs that changed since the last recording are planned again, unless
``--all`` is given.
"""

from __future__ import annotations

import argparse
import hashlib
import http.server
import json
import lzma
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = ROOT / "tests" / "programs"
RECORDED = ROOT / "tests" / "frontends" / "plan" / "recorded.jsonl.xz"
DERIVED = ("planned_values", "relevant_attributes", "timestamp")
"""Sections of a plan that say again what others say, or that differ from run to run."""
PROVIDER = "registry.terraform.io/hashicorp/aws"

_IDENTITY = (
    '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>'
    "<Arn>arn:aws:iam::123456789012:user/plan</Arn><UserId>AIDAPLAN</UserId><Account>123456789012</Account>"
    "</GetCallerIdentityResult></GetCallerIdentityResponse>"
)
_ZONE = (
    "<item><zoneName>{region}{letter}</zoneName><zoneId>{region}-az{number}</zoneId><zoneState>available</zoneState>"
    "<regionName>{region}</regionName><zoneType>availability-zone</zoneType><groupName>{region}</groupName>"
    "<optInStatus>opt-in-not-required</optInStatus></item>"
)
_REFUSED = "<ErrorResponse><Error><Code>AccessDenied</Code><Message>not known here</Message></Error></ErrorResponse>"


class Aws(http.server.BaseHTTPRequestHandler):
    """The stand-in: an account and its zones."""

    def answer(self) -> None:
        """Answer what a plan of our programs may ask."""
        asked = self.rfile.read(int(self.headers.get("content-length") or 0)).decode("utf-8", "replace")
        scope = re.search(r"Credential=[^/]+/\d+/([\w-]+)/", self.headers.get("authorization") or "")
        region = scope[1] if scope else "us-east-1"
        status, text = 403, _REFUSED
        if "Action=GetCallerIdentity" in asked:
            status, text = 200, _IDENTITY
        elif "Action=DescribeAvailabilityZones" in asked:
            zones = "".join(_ZONE.format(region=region, letter=x, number=n) for n, x in enumerate("abc", 1))
            space = 'xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"'
            status = 200
            text = f"<DescribeAvailabilityZonesResponse {space}><availabilityZoneInfo>{zones}</availabilityZoneInfo>"
            text += "</DescribeAvailabilityZonesResponse>"
        self.send_response(status)
        self.send_header("content-type", "text/xml")
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    do_GET = do_HEAD = do_PUT = do_DELETE = do_POST = answer  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


def tools() -> Path | None:
    """The folder of the AWS provider, where Terraform and it are there."""
    mirror = Path(os.environ.get("TF_PLUGINS", "/opt/tf-plugins"))
    found = sorted(mirror.glob(f"{PROVIDER}/*/*/terraform-provider-aws_*"))
    return found[-1].parent if found and shutil.which("terraform") else None


def programs() -> list[Path]:
    """The native programs of all rules."""
    return sorted(path for path in PROGRAMS.glob("*/*.tf") if path.name.startswith(("fails", "passes")))


def digest(program: Path) -> str:
    """What tells whether a program is still the one that was recorded."""
    return hashlib.sha256(program.read_bytes()).hexdigest()[:16]


def records() -> dict[str, dict[str, Any]]:
    """The recording by ``<rule>/<program>``: ``digest`` and either ``plan`` or ``error``."""
    if not RECORDED.exists():
        return {}
    lines = lzma.decompress(RECORDED.read_bytes()).decode().splitlines()
    return {entry["program"]: entry for entry in map(json.loads, lines)}


class Planner:
    """Terraform, the provider and the stand-in, ready to plan."""

    def __init__(self, provider: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="onetake-plans-"))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Aws)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings = self.folder / "terraform.rc"
        # An overridden provider needs no terraform init, which would hash its 700 MB each time.
        overrides = f'dev_overrides {{\n "hashicorp/aws" = "{provider}"\n}}\n'
        settings.write_text(f'provider_installation {{\n{overrides}filesystem_mirror {{ path = "{provider}" }}\n}}\n')
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "TF_"))},
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{server.server_address[1]}",
            "AWS_ACCESS_KEY_ID": "plan",
            "AWS_SECRET_ACCESS_KEY": "plan",
            "AWS_REGION": "us-east-1",
            "AWS_MAX_ATTEMPTS": "1",
            "AWS_EC2_METADATA_DISABLED": "true",
            "CHECKPOINT_DISABLE": "1",
            "TF_CLI_CONFIG_FILE": str(settings),
        }

    def plan(self, program: Path) -> dict[str, Any]:
        """``{"plan": ...}`` as ``terraform show -json`` prints it, or ``{"error": ...}``."""
        with tempfile.TemporaryDirectory(dir=self.folder) as name:
            folder = Path(name)
            shutil.copyfile(program, folder / "main.tf")
            if re.search(r'\bbackend\s+"|\bcloud\s*\{', program.read_text()):
                (folder / "override.tf").write_text('terraform {\n  backend "local" {}\n}\n')
                self._run(folder, "init", "-input=false")
            made = self._run(folder, "plan", "-input=false", "-lock=false", "-refresh=false", "-out=plan")
            if made.returncode != 0:
                return {"error": _error(made.stderr)}
            return {"plan": json.loads(self._run(folder, "show", "-json", "plan").stdout)}

    def _run(self, folder: Path, command: str, *options: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["terraform", command, "-no-color", *options],
            cwd=folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )


def _error(text: str) -> str:
    """The first error that Terraform printed, in one line."""
    lines = [line.strip("│╷╵ ") for line in text.splitlines()]
    start = next((number for number, line in enumerate(lines) if line.startswith("Error:")), 0)
    return " ".join(line for line in lines[start : start + 12] if line)[:400]


def reduced(plan: dict[str, Any]) -> dict[str, Any]:
    """``plan`` without what says nothing new."""
    return {name: value for name, value in plan.items() if name not in DERIVED}


def write(found: dict[str, dict[str, Any]]) -> None:
    """Keep the recording, in the order of the programs' names."""
    lines = (json.dumps(found[name], separators=(",", ":"), sort_keys=True) for name in sorted(found))
    RECORDED.parent.mkdir(parents=True, exist_ok=True)
    RECORDED.write_bytes(lzma.compress("".join(f"{line}\n" for line in lines).encode(), preset=9 | lzma.PRESET_EXTREME))


def record(*, everything: bool) -> Iterator[str]:
    """Plan what changed; tells what it does."""
    provider = tools()
    if provider is None:
        raise SystemExit("terraform, or the AWS provider under TF_PLUGINS, is not on this machine")
    planner = Planner(provider)
    names = {f"{path.parent.name}/{path.name}": path for path in programs()}
    kept = {name: entry for name, entry in records().items() if name in names}
    for name, path in names.items():
        if not everything and kept.get(name, {}).get("digest") == digest(path):
            continue
        answer = planner.plan(path)
        if "plan" in answer:
            answer["plan"] = reduced(answer["plan"])
        kept[name] = {"program": name, "digest": digest(path), **answer}
        yield f"{name}: {answer.get('error', 'planned')}"
        write(kept)
    write(kept)
    shutil.rmtree(planner.folder)


def main() -> int:
    """Record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="plan every program again")
    for line in record(everything=parser.parse_args().all):
        print(line, flush=True)
    print(f"{RECORDED.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
