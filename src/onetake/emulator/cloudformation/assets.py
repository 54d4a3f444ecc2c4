"""What the CDK puts into an account before it deploys: its bootstrap stack, and the files that templates refer to."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from onetake.emulator import clients
from onetake.emulator.environment import ACCOUNT
from onetake.frontends.files import Options, Unreadable, read_bytes

VERSION = "28"
"""Of the bootstrap stack: newer than any that a template asks for."""
QUALIFIER = "hnb659fds"


def bootstrap(url: str, region: str, qualifier: str = QUALIFIER) -> None:
    """What templates look for of ``cdk bootstrap``: the entry of the parameter store, the bucket, the repository."""
    ssm = clients.client(url, "ssm", region)
    ssm.put_parameter(Name=f"/cdk-bootstrap/{qualifier}/version", Value=VERSION, Type="String", Overwrite=True)
    _bucket(url, region, f"cdk-{qualifier}-assets-{ACCOUNT}-{region}")


def _bucket(url: str, region: str, name: str) -> None:
    s3 = clients.client(url, "s3", region)
    if name in {one["Name"] for one in s3.list_buckets()["Buckets"]}:
        return
    place = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
    s3.create_bucket(Bucket=name, **place)


def upload(url: str, region: str, manifests: Iterable[Path], options: Options) -> list[str]:
    """Put the files of asset manifests where templates look for them.

    Returns:
        What was not done, and why.
    """
    notes: list[str] = []
    for manifest in manifests:
        try:
            data = json.loads(read_bytes(manifest, options))
        except (Unreadable, ValueError) as problem:
            notes.append(f"{manifest.name} is not read: {problem}")
            continue
        for name, asset in (data.get("files") or {}).items():
            notes += _file(url, region, manifest.parent, name, asset, options)
        images = data.get("dockerImages") or {}
        if images:
            notes.append(
                f"{len(images)} container images are not built: what runs them is deployed as if they were there"
            )
    return notes


def _file(  # noqa: PLR0913, PLR0917 - a file has a place here and one there
    url: str, region: str, folder: Path, name: str, asset: Mapping[str, Any], options: Options
) -> list[str]:
    source = asset.get("source") or {}
    if "path" not in source:
        return [f"the asset {name} is made by a program, which is not run"]
    try:
        content = _content(folder / str(source["path"]), source.get("packaging") == "zip", options)
    except (Unreadable, OSError) as problem:
        return [f"the asset {name} is not uploaded: {problem}"]
    for place in (asset.get("destinations") or {}).values():
        bucket, key = (
            _located(str(place.get("bucketName", "")), region),
            _located(str(place.get("objectKey", "")), region),
        )
        there = _located(str(place.get("region") or region), region)
        _bucket(url, there, bucket)
        clients.client(url, "s3", there).put_object(Bucket=bucket, Key=key, Body=content)
    return []


def _located(text: str, region: str) -> str:
    pseudo = {"${AWS::AccountId}": ACCOUNT, "${AWS::Region}": region, "${AWS::Partition}": "aws"}
    for hole, value in pseudo.items():
        text = text.replace(hole, value)
    return text


def _content(path: Path, zipped: bool, options: Options) -> bytes:
    if not zipped:
        return read_bytes(path, options)
    if path.is_file():
        return read_bytes(path, options)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(path.rglob("*")):
            if file.is_file():
                archive.writestr(zipfile.ZipInfo(str(file.relative_to(path))), read_bytes(file, options))
    return packed.getvalue()
