"""The pages of the platforms are what the platforms are now; ``make docs`` writes them."""

from __future__ import annotations

from tools.pages_platforms import FOLDER, pages


def test_pages_and_pictures_are_what_the_platforms_are_now():
    wanted = pages()

    assert {path: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.*")} == wanted
