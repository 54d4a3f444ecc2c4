"""What somebody meant who wrote a name that the provider does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onetake.frontends.terraform.schemas.moved import MOVED
from onetake.frontends.terraform.suggestions import nearest
from onetake.knowledge.terraform.schema import BlockSchema
from onetake.model.records import record

_WORDS = {"enable": "enabled", "enabled": "enabled", "disable": "disabled", "is": "", "ids": "id", "arns": "arn"}


@record
class Advice:
    """What to write instead."""

    hint: str = ""
    """The end of a sentence that says what is wrong."""
    fix: str = ""


def advice(name: str, schema: BlockSchema, type_: str = "") -> Advice:
    """What to write in a body instead of ``name``; ``type_`` is the resource type whose own body it is."""
    moved = MOVED.get((type_, name))
    if moved is not None:
        new, fix = moved
        return Advice(f'; it is "{new}" now' if new else "; it was removed", fix)
    settable = [one for one, attribute in schema.attributes.items() if attribute.settable]
    known = [*settable, *schema.blocks]
    found = _same_words(name, known) or _alike(snake(name), known)
    if found:
        return Advice(f'; did you mean "{found}"?', f"Write {found}.")
    inside = next(_inside(name, schema), "")
    if inside:
        return Advice(f"; it belongs into {inside}", f"Move {name} into the block {inside}.")
    return Advice("", f"Take {name} away.")


def snake(name: str) -> str:
    """``camelCase`` as the provider would spell it."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower().replace("-", "_")


def _same_words(name: str, known: list[str]) -> str:
    """The name made of the same words in another order or form: ``enable_x`` for ``x_enabled``."""
    wanted = _words(snake(name))
    return next((one for one in known if _words(one) == wanted), "")


def _alike(name: str, known: list[str]) -> str:
    """The most similar name, if it begins like it or differs in a few letters only."""
    found = nearest(name, known)
    if not found:
        return ""
    begins = name.split("_", maxsplit=1)[0] == found.split("_")[0] or found.startswith(name) or name.startswith(found)
    return found if begins or nearest(name, [found], 0.8) else ""


def _words(name: str) -> frozenset[str]:
    return frozenset(_WORDS.get(word, word) for word in name.split("_")) - {""}


def _inside(name: str, schema: BlockSchema, path: str = "", depth: int = 0) -> Iterator[str]:
    """The nested blocks that have an argument of that name, the outermost first."""
    inner = []
    for block, nested in schema.blocks.items():
        attribute = nested.body.attributes.get(name)
        if (attribute is not None and attribute.settable) or name in nested.body.blocks:
            yield f"{path}{block}"
        inner.append((block, nested))
    if depth < 2:
        for block, nested in inner:
            yield from _inside(name, nested.body, f"{path}{block}.", depth + 1)
