"""Functions on maps and objects. Both are ordered by their keys, as everywhere in Terraform."""

from __future__ import annotations

from onetake.frontends.terraform.functions.types import convert, type_of
from onetake.frontends.terraform.functions.unifying import one_of, unify
from onetake.frontends.terraform.functions.values import Failure, TerraformList, TerraformMap, identity, kind


def keys(mapping: object) -> list[object]:
    """``keys``, sorted."""
    if not isinstance(mapping, dict):
        raise Failure("must have map or object type", "inputMap")
    return _column(mapping, sorted(mapping))


def _column(mapping: object, items: list[object]) -> list[object]:
    return TerraformList(items) if type(mapping) is TerraformMap else items


def values(mapping: object) -> list[object]:
    """``values``, in the order of their keys."""
    if not isinstance(mapping, dict):
        raise Failure("values() requires a map as the first argument")
    return _column(mapping, [mapping[key] for key in sorted(mapping)])


def lookup(mapping: object, key: str, *default: object) -> object:
    """``lookup``."""
    if len(default) > 1:
        raise Failure(f"lookup() takes two or three arguments, got {len(default) + 2}")
    if not isinstance(mapping, dict):
        raise Failure("lookup() requires a map as the first argument", "inputMap")
    if default and type(mapping) is TerraformMap and mapping:
        # The default takes the type of the elements.
        element = one_of(map(type_of, mapping.values()))
        try:
            default = (convert(default[0], element),)
        except Failure:
            raise Failure("the default value must have the same type as the map elements", "default") from None
    if key in mapping:
        return mapping[key]
    if not default:
        raise Failure(f'the given object has no attribute "{key}"', "inputMap")
    return default[0]


def merge(*mappings: object) -> dict[str, object]:
    """``merge``: later ones win; null counts as empty."""
    result: dict[str, object] = {}
    for mapping in mappings:
        if mapping is None:
            continue
        if not isinstance(mapping, dict):
            raise Failure(f'arguments must be maps or objects, got "{kind(mapping)}"')
        result.update(mapping)
    kinds = {str(type_of(mapping)) for mapping in mappings if mapping}
    if all(type(mapping) is TerraformMap for mapping in mappings if mapping is not None) and len(kinds) < 2:
        return TerraformMap(result)
    return result


def matchkeys(items: list[object], tags: list[object], searched: list[object]) -> list[object]:
    """``matchkeys``: the items whose tag at the same place is among those searched."""
    if len(items) != len(tags):
        raise Failure("length of keys and values should be equal")
    common = unify([*map(type_of, tags), *map(type_of, searched)])
    if common is None:
        raise Failure("keys and searchset must be of the same type")
    wanted = {identity(convert(item, common)) for item in searched}
    return TerraformList(
        item for item, tag in zip(items, tags, strict=True) if identity(convert(tag, common)) in wanted
    )


def transpose(mapping: dict[str, list[str | None] | None]) -> TerraformMap:
    """``transpose``: from each text in the lists to the keys that it was found under."""
    result: dict[str, list[str]] = {}
    for key in sorted(mapping):
        texts = mapping[key]
        if texts is None:
            raise Failure("input must not contain null list")
        for text in texts:
            if text is None:
                raise Failure("input list must not contain null string")
            result.setdefault(text, []).append(key)
    return TerraformMap((text, TerraformList(sorted(result[text]))) for text in sorted(result))


def zipmap(names: list[str | None], items: object) -> dict[str, object]:
    """``zipmap``."""
    if not isinstance(items, list | tuple):
        raise Failure("values argument must be a list or tuple value")
    if len(names) != len(items):
        raise Failure(f"number of keys ({len(names)}) does not match number of values ({len(items)})")
    result: dict[str, object] = {}
    for place, (name, item) in enumerate(zip(names, items, strict=True)):
        if name is None:
            raise Failure(f"keys list has null value at index {place}")
        result[name] = item
    return TerraformMap(result) if type(items) is TerraformList else result
