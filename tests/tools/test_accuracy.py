import pytest

from tools import accuracy
from tools.corpus.judging import Judgement, judgements, looked
from tools.corpus.keeping import Source
from tools.corpus.outcomes import Outcome, Said


def said(rule: str, resource: str = "Jobs", severity: str = "critical", *, conditional: bool = False) -> Said:
    return Said(rule, severity, resource, conditional)


RUN = [
    Outcome("cfn/shop/a.yaml", "1", (said("queue-name"), said("topic-name", severity="medium"))),
    Outcome("cfn/shop/b.yaml", "2", (said("zone-name", conditional=True),)),
    Outcome("tf/shop", "3", (said("zone-name", "aws_subnet.a[0]"),)),
    Outcome("tf/bank", "4"),
]


def words(judged: list[Judgement]) -> list[tuple[str, str]]:
    return [(one.path, one.word) for one in looked(RUN, judged)]


def test_a_judgement_is_about_the_findings_that_it_names():
    assert words([Judgement("zone-name", "tf/*", "wrong", "the zone exists", "aws_subnet.a[0]")]) == [
        ("cfn/shop/a.yaml", "not looked at"),
        ("cfn/shop/b.yaml", "not looked at"),
        ("tf/shop", "wrong"),
    ]


def test_of_several_judgements_the_last_counts():
    judged = [Judgement("zone-name", "*", "wrong", "seen"), Judgement("zone-name", "tf/shop", "right", "seen again")]
    assert words(judged)[1:] == [("cfn/shop/b.yaml", "wrong"), ("tf/shop", "right")]


@pytest.mark.parametrize("row", ['verdict = "maybe"\nwhy = "unsure"', 'verdict = "right"\nwhy = ""'])
def test_a_judgement_is_right_or_wrong_and_says_why(tmp_path, row):
    file = tmp_path / "judgements.toml"
    file.write_text(f'[[judgement]]\nrule = "zone-name"\nprogram = "tf/shop"\n{row}\n', encoding="utf-8")
    with pytest.raises(ValueError, match="zone-name on tf/shop: verdict is right or wrong, and why must be said"):
        judgements(file)


def test_the_page_counts_programs_and_shows_every_judgement():
    judged = [
        Judgement("queue-name", "cfn/shop/a.yaml", "wrong", "the name is\nallowed"),
        Judgement("zone-name", "tf/shop", "right", "there is no such zone"),
        Judgement("role-name", "tf/bank", "wrong", "mended"),
    ]
    page = accuracy.page(RUN, judged, [Source("shop/infra", "0123456789abcdef", "MIT", 4)])
    assert "**1 (25.00%) have a critical or high finding that is wrong**" in page
    assert "at most 50.00% of the programs can have a wrong one" in page
    assert page[page.index("| programs of") :].splitlines() == [
        "| programs of | number | clean | remarks | risk | fails | unreadable | crash | timeout |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
        "| CloudFormation and SAM templates | 2 | 0 | 0 | 1 | 1 | 0 | 0 | 0 |",
        "| Terraform configurations | 2 | 1 | 0 | 0 | 1 | 0 | 0 | 0 |",
        "",
        "## Critical and high findings by rule",
        "",
        "| rule | programs | findings | certain | right | wrong | not looked at |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        "| `queue-name` | 1 | 1 | 1 | 0 | 1 | 0 |",
        "| `zone-name` | 2 | 2 | 1 | 1 | 0 | 1 |",
        "",
        "## Findings looked at",
        "",
        "By rule; the wrong ones first.",
        "",
        "- **wrong**: `queue-name`: the name is allowed",
        "  - `cfn/shop/a.yaml`: `Jobs`",
        "",
        "- **right**: `zone-name`: there is no such zone",
        "  - `tf/shop`: `aws_subnet.a[0]`",
        "",
        "## Looked at, and no longer reported",
        "",
        "- `role-name` on `tf/bank` (was wrong): mended",
        "",
        "## Sources",
        "",
        "The programs themselves are not part of this repository.",
        "",
        "| repository | commit | licence | programs |",
        "| --- | --- | --- | --- |",
        "| shop/infra | `0123456789ab` | MIT | 4 |",
    ]
