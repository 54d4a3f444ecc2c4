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
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = ROOT / "tests" / "programs"
RECORDED = ROOT / "tests" / "frontends" / "plan" / "recorded.jsonl.xz"
DERIVED = ("planned_values", "relevant_attributes", "timestamp")
"""Sections of a plan that say again what others say, or that differ from run to run."""
PROVIDER = "registry.terraform.io/hashicorp/aws"

CHANGES = RECORDED.parent / "changes"
"""``deployed.tf`` and ``changed.tf``: what the rules about deployed resources find in the plan between the two."""
_TRUST = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ec2.amazonaws.com"}}
VARIABLES: Mapping[str, object] = {
    "api": "a1b2c3d4e5",
    "balancer": "network",
    "certificate": "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012",
    "cluster": "orders",
    "days": 90,
    "domain": "shop.example.com",
    "environment": "dev",
    "fifo": True,
    "function": "arn:aws:lambda:us-east-1:123456789012:function:rewrite:3",
    "key": "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    "name": "shop",
    "names": ["shop.example.com"],
    "nodes": 2,
    "other_range": "10.1.0.0/24",
    "own": True,
    "password": "correct-horse-battery",
    "path": "/orders",
    "policy": "arn:aws:iam::123456789012:policy/reads",
    "priority": 1,
    "purge": True,
    "range": "10.0.0.0/16",
    "reader": "arn:aws:iam::123456789012:role/reader",
    "release": "16",
    "resource": "arn:aws:s3:::shop/*",
    "runtime": "python3.13",
    "secret_key": "correct-horse-battery",
    "size": 2,
    "stage": "dev",
    "stream": "arn:aws:kinesis:us-east-1:123456789012:stream/clicks",
    "subnet": "subnet-0123456789abcdef0",
    "subnets": ["subnet-0123456789abcdef0"],
    "trust": json.dumps({"Version": "2012-10-17", "Statement": [_TRUST]}),
    "versioning": "Enabled",
    "vpc": "vpc-0123456789abcdef0",
    "zone": "us-east-1a",
}
"""What the variables of the programs are given."""
_SERVICES = {"aws_lb": "elasticloadbalancing", "aws_lb_target_group": "elasticloadbalancing"}
_SERVICES |= {"aws_lb_listener": "elasticloadbalancing"}
_KINDS = {"aws_kms_key": "key/", "aws_iam_role": "role/", "aws_lb_target_group": "targetgroup/api/"}

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
_ASSUMED = (
    '<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>'
    "<AccessKeyId>plan</AccessKeyId><SecretAccessKey>plan</SecretAccessKey><SessionToken>plan</SessionToken>"
    "<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"
)
_REFUSED = "<ErrorResponse><Error><Code>AccessDenied</Code><Message>not known here</Message></Error></ErrorResponse>"


class Aws(http.server.BaseHTTPRequestHandler):
    """The stand-in: an account, its zones and roles, and state machines without mistakes."""

    def answer(self) -> None:
        """Answer what a plan of our programs may ask."""
        asked = self.rfile.read(int(self.headers.get("content-length") or 0)).decode("utf-8", "replace")
        scope = re.search(r"Credential=[^/]+/\d+/([\w-]+)/", self.headers.get("authorization") or "")
        region = scope[1] if scope else "us-east-1"
        status, text = 403, _REFUSED
        if "Action=GetCallerIdentity" in asked:
            status, text = 200, _IDENTITY
        elif "Action=AssumeRole" in asked:
            status, text = 200, _ASSUMED
        elif (self.headers.get("x-amz-target") or "").endswith(".ValidateStateMachineDefinition"):
            status, text = 200, '{"result": "OK", "diagnostics": []}'
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
    mirror = Path(os.environ.get("TF_PLUGINS", str(Path.home() / ".terraform.d" / "plugins")))
    found = sorted(mirror.glob(f"{PROVIDER}/*/*/terraform-provider-aws_*"))
    return found[-1].parent if found and shutil.which("terraform") else None


def programs() -> list[Path]:
    """The programs of all rules that Terraform reads, native and JSON."""
    found = (*PROGRAMS.glob("*/*.tf"), *PROGRAMS.glob("*/*.tf.json"))
    return sorted(path for path in found if path.name.startswith(("fails", "passes")))


def digest(*programs: Path) -> str:
    """What tells whether a program, or two, are still those that were recorded."""
    return hashlib.sha256(b"".join(program.read_bytes() for program in programs)).hexdigest()[:16]


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
            return self._planned(Path(name), program)

    def change(self, deployed: Path, changed: Path) -> dict[str, Any]:
        """The plan from one configuration to another, as if the first were deployed; answers as :meth:`plan`."""
        first = self.plan(deployed)
        if "error" in first:
            return first
        with tempfile.TemporaryDirectory(dir=self.folder) as name:
            (Path(name) / "terraform.tfstate").write_text(json.dumps(state(first["plan"])))
            return self._planned(Path(name), changed)

    def _planned(self, folder: Path, program: Path) -> dict[str, Any]:
        shutil.copyfile(program, folder / ("main.tf.json" if program.suffix == ".json" else "main.tf"))
        (folder / "terraform.tfvars.json").write_text(json.dumps(VARIABLES))
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


def state(plan: dict[str, Any]) -> dict[str, Any]:
    """The state that applying ``plan`` would leave, with ids and ARNs made up."""
    values = {one["address"]: one for one in plan["planned_values"]["root_module"]["resources"]}
    return {"version": 4, "serial": 1, "lineage": "recorded", "resources": [_deployed(one) for one in values.values()]}


def _deployed(one: dict[str, Any]) -> dict[str, Any]:
    kind, name = one["type"], one["name"]
    service = _SERVICES.get(kind, kind.split("_")[1])
    arn = f"arn:aws:{service}:us-east-1:123456789012:{_KINDS.get(kind, '')}{name}"
    attributes = {"id": arn if service == "elasticloadbalancing" else name, "arn": arn, **one["values"]}
    return {
        "mode": "managed",
        "type": kind,
        "name": name,
        "provider": f'provider["{PROVIDER}"]',
        "instances": [{"schema_version": one["schema_version"], "attributes": attributes}],
    }


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
    names = {"changes": [CHANGES / "deployed.tf", CHANGES / "changed.tf"]}
    names |= {f"{path.parent.name}/{path.name}": [path] for path in programs()}
    kept = {name: entry for name, entry in records().items() if name in names}
    for name, paths in names.items():
        if not everything and kept.get(name, {}).get("digest") == digest(*paths):
            continue
        answer = planner.plan(*paths) if len(paths) == 1 else planner.change(*paths)
        if "plan" in answer:
            answer["plan"] = reduced(answer["plan"])
        kept[name] = {"program": name, "digest": digest(*paths), **answer}
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
