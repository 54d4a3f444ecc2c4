"""The names of everything that can be found."""

import re
from pathlib import Path

import onetake.frontends
from onetake.analysis.names import every, nearest
from onetake.analysis.pages import PAGES


def test_what_the_readers_find_has_a_page():
    folder = Path(onetake.frontends.__file__).parent
    named = re.compile(r'"((?:terraform|cloudformation|cdktf|cdk)-[a-z-]+)"')
    found = {name for file in folder.rglob("*.py") for name in named.findall(file.read_text())}

    assert found - every() == set()


def test_every_page_begins_with_what_it_is():
    firsts = [page.split("\n")[0] for page in PAGES.values()]

    assert [first for first in firsts if not first.endswith(".") or len(first) > 110] == []


def test_a_name_far_from_all_others_suggests_none():
    assert nearest("sqs", ["an-entirely-different-name"]) == ""
