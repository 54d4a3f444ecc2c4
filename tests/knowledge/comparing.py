"""Schemas as plain data, so that those of a pack and those of a provider can be compared."""

from typing import Any

from onetake.knowledge.terraform.schema import BlockSchema, TypeSchema


def plain(schema: TypeSchema) -> tuple[Any, ...]:
    """Everything a schema says."""
    return schema.kind, schema.name, schema.version, body(schema.body, {})


def body(block: BlockSchema, known: dict[int, tuple[BlockSchema, Any]]) -> Any:
    """Everything a block says; bodies that are one object are described once."""
    if id(block) not in known:
        blocks = {
            name: (one.name, one.nesting, one.minimum, one.maximum, body(one.body, known))
            for name, one in block.blocks.items()
        }
        known[id(block)] = (block, (dict(block.attributes), blocks, block.deprecated))
    return known[id(block)][1]
