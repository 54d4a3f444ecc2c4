"""Templates written in a test, read as stacks."""

from pathlib import Path
from tempfile import TemporaryDirectory

from onetake.frontends import cloudformation
from onetake.frontends.files import Options
from onetake.model.assumptions import Assumptions
from onetake.model.stacks import Stack
from onetake.model.values import Known, Span, Unknown, Value, origin


def stacks(text: str, *, name: str = "t.yaml", region: str = "", **parameters: str) -> list[Stack]:
    """The stacks of a template."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / name).write_text(text, encoding="utf-8")
        return cloudformation.read(root / name, options(root, region=region, **parameters))


def options(root: Path, *, region: str = "", **parameters: str) -> Options:
    """Options for templates under ``root``; without a region, none is given."""
    assumptions = Assumptions(region=region, region_given=True) if region else Assumptions()
    return Options(root=root, assumptions=assumptions, parameters=parameters)


def stack(text: str, *, name: str = "t.yaml", region: str = "", **parameters: str) -> Stack:
    """The stack of a template that has no nested ones."""
    (found,) = stacks(text, name=name, region=region, **parameters)
    return found


def shown(value: Value[object]) -> object:
    """A value in short: plain data where it is known, its pieces where it is not."""
    match value:
        case Known(dict() | tuple() as inner) if isinstance(inner, tuple):
            return [shown(item) for item in inner]
        case Known(inner) if hasattr(inner, "items"):
            return {name: shown(item) for name, item in inner.items()}
        case Known(inner):
            return (inner, str(origin(value))) if origin(value) else inner
        case Unknown(_, _, pieces, members):
            texts = tuple(str(piece) if not hasattr(piece, "expression") else piece for piece in pieces)
            return (*texts, [shown(member) for member in members]) if members else texts
        case _:
            return None


def span(*path: str | int) -> Span:
    """A place in the template."""
    return Span("t.yaml", path)
