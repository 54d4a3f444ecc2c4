"""The pack format: what is written is read back, the same facts make the same bytes, damage is told."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onetake.knowledge.pack import HEAD, DamagedPack, Pack
from onetake.knowledge.packing import packed, trained, write

FACTS = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
FRAMES = st.dictionaries(st.text(max_size=12), FACTS, max_size=20)


def opened(folder: Path, frames: Mapping[str, object], **meta: object) -> Pack:
    path = folder / "facts.pack"
    write(path, meta, frames)
    return Pack(path)


@given(FRAMES)
def test_every_frame_is_read_back_and_nothing_else_is_found(tmp_path_factory, frames):
    pack = opened(tmp_path_factory.mktemp("packs"), frames)

    assert list(pack) == sorted(frames, key=str.encode)
    assert len(pack) == len(frames)
    assert {key: pack.load(key) for key in pack} == frames
    for absent in ("", "zz", *(f"{key}x" for key in frames)):
        assert (absent in pack) == (absent in frames)
        assert (pack.frame(absent) is None) == (absent not in frames)


@given(FRAMES)
def test_the_same_facts_in_another_order_make_the_same_bytes(frames):
    backwards = dict(reversed(frames.items()))

    assert packed({"a": 1, "b": 2}, frames) == packed({"b": 2, "a": 1}, backwards)


def test_meta_is_read_without_the_frames(tmp_path):
    pack = opened(tmp_path, {"x": [1]}, name="facts", counts={"x": 1})

    assert pack.meta == {"name": "facts", "counts": {"x": 1}}


def test_a_dictionary_is_shared_by_the_frames(tmp_path):
    frames = {f"type{number}": {"retention_in_days": number, "deletion_protection": True} for number in range(300)}

    pack = opened(tmp_path, frames)

    assert b"retention_in_days" in pack.dictionary
    assert pack.path.stat().st_size < len(json.dumps(frames)) / 2
    assert pack.load("type299") == frames["type299"]


@given(st.lists(st.binary(max_size=60), max_size=30), st.integers(0, 200))
def test_a_dictionary_is_never_longer_than_asked(texts, size):
    assert len(trained(texts, size)) <= size


@pytest.mark.parametrize("keep", [0, 10, HEAD.size, -1])
def test_a_pack_that_was_cut_is_refused(tmp_path, keep):
    path = tmp_path / "cut.pack"
    path.write_bytes(packed({"name": "x"}, {"one": 1})[:keep])

    with pytest.raises(DamagedPack, match=r"cut\.pack"):
        Pack(path)


def test_a_file_of_another_kind_or_format_is_refused(tmp_path):
    path = tmp_path / "other.pack"
    path.write_bytes(b"PK\3\4" + bytes(100))
    with pytest.raises(DamagedPack, match="is not a pack"):
        Pack(path)

    content = bytearray(packed({}, {}))
    content[8] = 99
    path.write_bytes(content)
    with pytest.raises(DamagedPack, match="format 99"):
        Pack(path)


def test_a_damaged_frame_names_its_key(tmp_path):
    path = tmp_path / "damaged.pack"
    content = bytearray(packed({}, {"only": "text"}))
    content[-5:] = b"\xff" * 5
    path.write_bytes(content)

    with pytest.raises(DamagedPack, match="the frame of only is damaged"):
        Pack(path).load("only")


def test_a_missing_pack_is_a_missing_file(tmp_path):
    with pytest.raises(FileNotFoundError):
        Pack(tmp_path / "none.pack")
