"""The actions of IAM, as the shipped pack lists them."""

from __future__ import annotations

from onetake.knowledge.iam_actions import NAME, actions, as_of
from onetake.knowledge.shelf import pack


def test_actions_and_what_they_are_about() -> None:
    found = actions("S3") or {}

    assert found["listbucket"] == ("accesspoint", "bucket")
    assert "object" in found["getobject"]
    assert found["listallmybuckets"] == ()
    assert "headobject" not in found


def test_a_service_that_does_not_exist() -> None:
    assert actions("s4") is None


def test_the_pack_tells_what_it_holds_and_when() -> None:
    found = pack(NAME)
    assert found is not None

    assert found.meta["counts"] == {"services": len(found), "actions": sum(len(actions(name) or ()) for name in found)}
    assert found.meta["counts"]["actions"] > 22_000
    assert as_of().isoformat() == found.meta["as_of"]
    assert {source["licence"] for source in found.meta["sources"]} == {"MIT-0"}
    assert found.path.stat().st_size < 250_000
