"""The copy that is worked in: whole, in place, and never the user's own files."""

import json
from pathlib import Path

import pytest

from onetake.emulator.workspace import OVERRIDE, prepare


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    live = root / "live" / "dev"
    files = {
        live / "main.tf": 'module "net" {\n  source = "../../modules/net"\n}\n'
        'locals {\n  code = "${path.module}/../../functions/job.py"\n}\n',
        live / "terraform.tfstate": "{}",
        live / "terraform.tfstate.d" / "x" / "terraform.tfstate": "{}",
        live / ".terraform.lock.hcl": "",
        live / ".terraform" / "providers" / "big": "binary",
        live / ".terraform" / "modules" / "modules.json": json.dumps({"Modules": [{"Dir": ".terraform/modules/m"}]}),
        live / ".terraform" / "modules" / "m" / "main.tf": "",
        live / "policies" / "key.json": "{}",
        root / "modules" / "net" / "main.tf": 'module "deep" {\n  source = "../deep"\n}\n',
        root / "modules" / "deep" / "main.tf": "",
        root / "functions" / "job.py": "print()",
        root / "unrelated" / "huge.bin": "x",
        root / ".git" / "HEAD": "ref",
    }
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return root


def names(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_the_program_and_what_it_refers_to_are_copied(repository: Path, tmp_path: Path):
    work = prepare(repository / "live" / "dev", repository, tmp_path / "scratch")
    assert names(tmp_path / "scratch") == {
        "live/dev/main.tf",
        "live/dev/policies/key.json",
        "live/dev/.terraform/modules/modules.json",
        "live/dev/.terraform/modules/m/main.tf",
        "modules/net/main.tf",
        "modules/deep/main.tf",
        "functions/job.py",
    }
    assert work.folder == tmp_path / "scratch" / "live" / "dev"
    assert {module.name for module in work.modules} == {"net", "deep", "m"}


def test_overrides_go_into_the_copy(repository: Path, tmp_path: Path):
    before = names(repository)
    work = prepare(repository / "live" / "dev", repository, tmp_path / "scratch")
    work.override({"terraform": {}})
    assert json.loads((work.folder / OVERRIDE).read_text()) == {"terraform": {}}
    assert names(repository) == before


def test_links_out_of_the_root_are_left_out(repository: Path, tmp_path: Path):
    (tmp_path / "secret.txt").write_text("x")
    live = repository / "live" / "dev"
    (live / "secret.txt").symlink_to(tmp_path / "secret.txt")
    (live / "loop").symlink_to(live, target_is_directory=True)
    (live / "copy.json").symlink_to(live / "policies" / "key.json")
    prepare(live, repository, tmp_path / "scratch")
    found = names(tmp_path / "scratch" / "live" / "dev")
    assert "secret.txt" not in found
    assert "copy.json" in found


def test_nothing_above_the_root_is_read(repository: Path, tmp_path: Path):
    live = repository / "live" / "dev"
    prepare(live, live, tmp_path / "scratch")
    assert "main.tf" in names(tmp_path / "scratch")
    assert not (tmp_path / "modules").exists()
    assert "job.py" not in {Path(name).name for name in names(tmp_path / "scratch")}
