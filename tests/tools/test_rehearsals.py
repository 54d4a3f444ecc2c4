"""The page of rehearsals is what was recorded, and hides nothing of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from onetake.emulator import Fate, Item, Rehearsal, ResourceOutcome, Step, StepOutcome
from onetake.platforms.catalogue import PLATFORMS
from onetake.platforms.parameters import ENVIRONMENTS
from tools.rehearsals import page, run

STEPS = tuple(StepOutcome(step, 10.4, ok=True) for step in Step if step is not Step.PROBES)


def rehearsal(*resources: ResourceOutcome, **more: Any) -> Rehearsal:
    return Rehearsal("stack", "terraform 1.11.4", "hashicorp/aws 5.100.0", STEPS, resources, Path("logs"), **more)


def row(found: Rehearsal) -> list[str]:
    text = page.text({"eks-microservices-dev": run.summary(found)})
    line = next(line for line in text.splitlines() if line.startswith("| [eks-microservices]"))
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_the_page_is_what_was_recorded():
    assert not page.stale(), "run python -m tools.rehearsals.page"


def test_what_is_recorded_is_of_the_catalogue():
    known = {f"{platform}-{environment}" for platform in PLATFORMS for environment in ENVIRONMENTS}
    assert page.recorded().keys() <= known


def test_a_clean_rehearsal():
    found = rehearsal(ResourceOutcome("aws_sns_topic.a", "aws_sns_topic", Fate.CREATED), left=())
    assert row(found)[1:7] == ["dev", "deploys", "1", "0", "empty", "leaves nothing"]
    assert row(found)[7:] == ["10"] * 5


def test_everything_that_is_not_clean_is_named():
    found = rehearsal(
        ResourceOutcome("aws_a.b", "aws_a", Fate.UNSETTLED, changes=("tags",)),
        ResourceOutcome("aws_c.d", "aws_c", Fate.NOT_REHEARSED, gap="the emulator does not implement c:D"),
        ResourceOutcome("aws_e.f", "aws_e", Fate.REFUSED, message="api error\nNo"),
        left=(Item("kms", "us-east-1", "keys", "k"),),
    )
    assert row(found)[2:7] == ["fails", "1", "1", "changes 1", "leaves 1"]
    text = page.text({"eks-microservices-dev": run.summary(found)})
    for line in (
        "- `aws_a.b` changes again: tags",
        "- `aws_c.d` was not rehearsed: the emulator does not implement c:D",
        "- `aws_e.f` was refused: api error No",
        "- left behind: kms keys k in us-east-1",
    ):
        assert line in text


def test_a_protected_program_is_refused_to_be_destroyed():
    assert row(rehearsal(protected=True))[6] == "refused, as it should be"


def test_a_rehearsal_is_recorded_and_the_others_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(page, "RECORD", tmp_path / "record.json")
    monkeypatch.setattr(page, "PAGE", tmp_path / "page.md")
    monkeypatch.setattr(run, "_rehearsed", lambda *_given: rehearsal(left=()))
    assert run.main(["eks-microservices-prod", "--folder", str(tmp_path)]) == 0
    assert run.main(["security-baseline", "--folder", str(tmp_path)]) == 0
    assert [*page.recorded()] == [*(f"security-baseline-{one}" for one in ENVIRONMENTS), "eks-microservices-prod"]
    assert not page.stale()
    with pytest.raises(SystemExit):
        run.main(["nothing"])
