"""``onetake knowledge``: what is known, and packs that users build."""

import json
import re
import sys
import tomllib
from pathlib import Path

import pytest

from onetake.cli.entry import run
from onetake.knowledge import shelf
from onetake.knowledge.inventory import holdings
from onetake.knowledge.pack import DamagedPack, opened
from onetake.knowledge.packing import write

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def own(tmp_path, monkeypatch):
    """An empty folder of the user's packs; packs are looked for anew."""
    monkeypatch.setenv("ONETAKE_PACKS", str(tmp_path))
    shelf.files.cache_clear()
    yield tmp_path
    shelf.files.cache_clear()


def test_everything_that_is_shipped_is_listed_with_its_sources(own, capsys):
    assert run(["knowledge", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)

    shipped = {file.stem for file in shelf.SHIPPED.glob("*.pack")}
    assert {row["name"] for row in rows if row["kind"] == "pack"} == shipped
    for row in rows:
        assert row["fact"]
        assert row["of"]
        assert row["sources"], row["name"]
        assert sum(row["counts"].values()) > 0
        assert not row["own"]
        if row["kind"] == "pack":
            assert all(source["licence"] and source["version"] for source in row["sources"])


def test_the_list_is_for_people_too(own, capsys):
    assert run(["knowledge"]) == 0
    printed = capsys.readouterr().out
    assert "terraform-aws-schema-5.100.0 (hashicorp/aws 5.100.0, " in printed
    assert "  from terraform-provider-aws 5.100.0 (MPL-2.0)\n" in printed
    assert re.search(r"^lambda_runtimes \(\d{4}-\d\d-\d\d, [\d,]+ kB\)$", printed, re.MULTILINE)


def test_own_packs_are_marked_and_damaged_ones_told(own, capsys):
    write(own / "mine.pack", {"fact": "something", "as_of": "2030-01-01", "counts": {"x": 1}}, {"x": 1})
    (own / "bad.pack").write_bytes(b"nothing" * 20)

    assert run(["knowledge"]) == 0
    printed = capsys.readouterr().out
    assert re.search(r"^mine \(2030-01-01, \d+ kB, yours\)\n  something\n  1 x\n", printed, re.MULTILINE)
    assert "  cannot be read: bad.pack is not a pack\n" in printed


def test_what_is_no_provider_is_told(own, capsys):
    pytest.importorskip("grpc")
    program = own / "terraform-provider-aws_v9.9.9_x5"
    program.write_text("#!/bin/sh\necho hello\n")
    program.chmod(0o755)

    assert run(["knowledge", "build", "--provider", str(program)]) == 1
    assert "is not a Terraform provider; it said: hello" in capsys.readouterr().err
    assert run(["knowledge", "build", "--provider", sys.executable]) == 2
    assert "does not tell its version: give it with --version" in capsys.readouterr().err
    assert run(["knowledge", "build", "--provider", str(own / "none")]) == 2


def test_what_is_shipped_is_not_built_in_vain(own, capsys):
    pytest.importorskip("grpc")
    (own / "terraform-provider-aws_v5.100.0_x5").write_text("")

    assert run(["knowledge", "build", "--provider", str(own / "terraform-provider-aws_v5.100.0_x5")]) == 0
    told = "onetake comes with packs for version 5.100.0 of the AWS provider: nothing is built\n"
    assert capsys.readouterr().out == told
    assert not list(own.glob("*.pack"))


def test_a_pack_for_the_version_of_the_lock_file_speaks_for_it(own, capsys):
    from onetake.knowledge.terraform.schema import AttributeSchema, BlockSchema, Kind, ProviderSchema, TypeSchema
    from onetake.knowledge.terraform.types import Type
    from onetake.providers.mining.schemas import draft

    body = BlockSchema({"old": AttributeSchema("old", Type("string"), optional=True)}, {})
    offered = ProviderSchema(
        "5.2.0",
        TypeSchema(Kind.PROVIDER, "aws", BlockSchema({}, {})),
        {"aws_x": TypeSchema(Kind.RESOURCE, "aws_x", body)},
        {},
        {},
    )
    write(own / "terraform-aws-schema-5.2.0.pack", *draft(offered, {}))
    shelf.files.cache_clear()
    program = own / "program"
    program.mkdir()
    (program / "main.tf").write_text('resource "aws_x" "one" {\n  old = "a"\n}\n')

    assert run(["check", str(program)]) == 1
    assert "aws_x" in capsys.readouterr().out
    lock = 'provider "registry.terraform.io/hashicorp/aws" {\n  version = "5.2.0"\n}\n'
    (program / ".terraform.lock.hcl").write_text(lock)
    assert run(["check", str(program)]) == 0


def test_without_the_extra_the_way_out_is_told(own, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "grpc", None)
    for name in list(sys.modules):
        if name.startswith("onetake.providers"):
            monkeypatch.delitem(sys.modules, name)

    assert run(["knowledge", "build", "--provider", sys.executable, "--version", "1.0.0"]) == 1
    assert "pip install 'onetake[exact]'" in capsys.readouterr().err


def test_every_source_stands_in_the_notice():
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    locked = json.loads((ROOT / "tools/packs/lock.json").read_text(encoding="utf-8"))
    packs = {str(source["name"]) for one in holdings() if one.kind == "pack" for source in one.sources}
    for name in {*(name.partition("@")[0] for name in locked), *packs}:
        assert name in notice
    for line in locked.values():
        assert line["licence"] in notice
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "NOTICE" in project["license-files"]


def test_a_build_writes_packs_that_are_read_from_then_on(own, capsys, monkeypatch):
    pytest.importorskip("grpc")
    from onetake.knowledge.terraform.schema import BlockSchema, Kind, ProviderSchema, TypeSchema
    from onetake.providers.mining import building

    body = BlockSchema({}, {})
    offered = ProviderSchema(
        "9.9.9", TypeSchema(Kind.PROVIDER, "aws", body), {"aws_x": TypeSchema(Kind.RESOURCE, "aws_x", body)}, {}, {}
    )

    class Running:
        def __init__(self, binary: Path) -> None: ...
        def __enter__(self) -> "Running":
            return self

        def __exit__(self, *ended: object) -> None: ...
        def schema(self, version: str) -> ProviderSchema:
            assert version == "9.9.9"
            return offered

    monkeypatch.setattr(building, "Provider", Running)
    monkeypatch.setattr(building, "probed", lambda *_: iter([]))
    monkeypatch.setattr(building, "planned", lambda *_: iter([]))
    program = own / "terraform-provider-aws_v9.9.9_x5"
    program.write_text("")

    assert run(["knowledge", "build", "--provider", str(program)]) == 0

    assert len(capsys.readouterr().out.splitlines()) == 3
    shelf.files.cache_clear()
    assert run(["knowledge"]) == 0
    printed = capsys.readouterr().out
    for fact in ("schema", "constraints", "plans"):
        assert re.search(rf"^terraform-aws-{fact}-9.9.9 \(hashicorp/aws 9.9.9, .*, yours\)$", printed, re.MULTILINE)


def test_a_pack_of_the_users_own_wins_unless_it_is_damaged(own):
    name = "terraform-aws-schema-5.100.0"
    shipped = shelf.SHIPPED / f"{name}.pack"
    (own / shipped.name).write_bytes(shipped.read_bytes())
    shelf.files.cache_clear()
    assert _file(name) == own / shipped.name

    (own / shipped.name).write_text("cut")
    opened.cache_clear()
    assert _file(name) == shipped

    (own / "terraform-aws-schema-5.3.0.pack").write_text("cut")
    shelf.files.cache_clear()
    with pytest.raises(DamagedPack, match=r"5\.3\.0\.pack\): delete it, or build it again with onetake"):
        shelf.pack("terraform-aws-schema-5.3.0")


def _file(name: str) -> Path:
    pack = shelf.pack(name)
    assert pack is not None
    return pack.path
