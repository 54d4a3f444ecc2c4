"""What a project has decided once."""

import datetime
from pathlib import Path

import pytest

from onetake.analysis.configuration import Configuration, Misconfigured, find, load
from onetake.analysis.profiles import profile
from onetake.model.assumptions import NEW_ACCOUNT, Profile
from onetake.model.language import Truth
from tests.analysis.programs import write

EVERYTHING = """\
region = "eu-west-1"
profile = "account.toml"
as-of = 2026-11-24
fail-on = "critical"
only = ["a"]
ignore = ["b"]
exclude = ["legacy/**"]
parameter-files = ["dev.json"]

[parameters]
Stage = "dev"
Count = 3
Zones = ["a", "b"]

[ignore-in]
"old/*" = ["c"]
"""


def test_every_setting_is_read(tmp_path: Path):
    write(tmp_path, {"onetake.toml": EVERYTHING})

    assert load(tmp_path / "onetake.toml") == Configuration(
        file=tmp_path / "onetake.toml",
        region="eu-west-1",
        profile=str(tmp_path / "account.toml"),
        as_of=datetime.date(2026, 11, 24),
        fail_on="critical",
        only=("a",),
        ignore=("b",),
        ignore_in={"old/*": ("c",)},
        exclude=("legacy/**",),
        parameters={"Stage": "dev", "Count": "3", "Zones": '["a", "b"]'},
        parameter_files=(tmp_path / "dev.json",),
    )


def test_the_nearest_configuration_counts(tmp_path: Path):
    write(
        tmp_path,
        {
            "onetake.toml": 'region = "us-west-2"\n',
            "live/pyproject.toml": '[tool.onetake]\nregion = "eu-west-1"\n',
            "live/prod/pyproject.toml": "[project]\nname = 'onetake-user'\n",
            "live/prod/main.tf": "",
        },
    )

    assert find(tmp_path / "live" / "prod" / "main.tf", tmp_path).region == "eu-west-1"
    assert find(tmp_path / "test", tmp_path).region == "us-west-2"


def test_nothing_above_the_root_is_read(tmp_path: Path):
    write(tmp_path, {"onetake.toml": 'region = "us-west-2"\n', "live/main.tf": ""})

    assert find(tmp_path / "live", tmp_path / "live") == Configuration()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('region = "a"\nregoin = "b"\n', '2: there is no setting "regoin"; did you mean "region"?'),
        ("\n\nonly = 3\n", "3: only must be a list of texts"),
        ('fail-on = "worst"\n', "1: fail-on must be one of critical, high, medium, low, never"),
        ('as-of = "soon"\n', "1: as-of must be a date, like 2026-11-24"),
        ('region = "a"\n[ignore-in]\n"x/*" = "rule"\n', "3: x/* must be a list of texts"),
        ("parameters = []\n", "1: parameters must be a table from names to values"),
        ("region = \n", "1: is no TOML: Invalid value (at line 1, column 10)"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, text: str, problem: str):
    write(tmp_path, {"onetake.toml": text})
    with pytest.raises(Misconfigured) as error:
        load(tmp_path / "onetake.toml")

    assert str(error.value) == f"{tmp_path / 'onetake.toml'}:{problem}"


def test_a_profile_has_a_name_or_a_file(tmp_path: Path):
    write(
        tmp_path,
        {
            "ours.toml": 'others = "no"\n[facts]\ndefault-vpc = true\nx = "unknown"\n[quotas]\nvpcs = 20\n',
            "theirs.json": '{"name": "theirs", "account": "111122223333", "zones": ["eu-west-1b", "eu-west-1a"]}',
        },
    )

    assert profile("new-account") is NEW_ACCOUNT
    assert profile(str(tmp_path / "ours.toml")) == Profile(
        "ours", {"default-vpc": Truth.YES, "x": Truth.UNKNOWN}, Truth.NO, {"vpcs": 20}
    )
    assert profile(str(tmp_path / "theirs.json")) == Profile(
        "theirs", account="111122223333", zones=("eu-west-1a", "eu-west-1b")
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("fact = {}\n", 'a profile has no "fact"; did you mean "facts"?'),
        ("facts = 1\n", "facts must be a table"),
        ('[facts]\na = "maybe"\n', 'a must be true, false or "unknown"'),
        ("[quotas]\nvpc = 2\n", 'there is no quota "vpc"; did you mean "vpcs"?'),
        ("[quotas]\nvpcs = -2\n", "vpcs must be a whole number"),
        ("account = 111122223333\n", 'account must be an account id of 12 digits, in quotes: "123456789012"'),
        (
            'zones = ["eu-west-1"]\n',
            'zones must be a list of names of availability zones: ["eu-west-1a", "eu-west-1b"]',
        ),
    ],
)
def test_a_mistake_in_a_profile_is_told(tmp_path: Path, text: str, problem: str):
    write(tmp_path, {"p.toml": text})
    with pytest.raises(Misconfigured) as error:
        profile(str(tmp_path / "p.toml"))

    assert str(error.value) == f"{tmp_path / 'p.toml'}: {problem}"


def test_a_profile_that_does_not_exist_is_told_with_the_nearest():
    with pytest.raises(Misconfigured, match='there is no profile "new-acount"; did you mean "new-account"'):
        profile("new-acount")
