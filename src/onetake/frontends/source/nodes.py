"""All nodes of a syntax tree, walked once for everybody who looks at a file."""

from __future__ import annotations

import ast
from functools import lru_cache


@lru_cache(maxsize=4)
def nodes(tree: ast.Module) -> tuple[ast.AST, ...]:
    """The nodes of ``tree``, outer before inner, as :func:`ast.walk` has them, without the contexts of names."""
    found: list[ast.AST] = [tree]
    for node in found:  # grows while it is gone through
        for name in node._fields:
            value = getattr(node, name, None)
            if isinstance(value, list):
                found += [one for one in value if isinstance(one, ast.AST)]
            elif isinstance(value, ast.AST) and name != "ctx":
                found.append(value)
    return tuple(found)
