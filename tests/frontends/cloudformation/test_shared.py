"""Every template of the cases and pairs is read whole, without a fault of its own."""

from pathlib import Path

from onetake.frontends import cloudformation
from onetake.frontends.files import Options
from onetake.model.values import walk


def test_the_templates_of_cases_and_pairs_are_read_without_findings_or_notes(shared: Path) -> None:
    templates = sorted([*shared.glob("cases/*/*/template.json"), *shared.glob("pairs/*/cloudformation/*.yaml")])
    troubles = []
    for path in templates:
        for stack in cloudformation.read(path, Options(root=shared)):
            values = [value for one in stack.resources.values() for value in one.arguments.values()]
            lost = [inner.where for value in values for inner in walk(value) if stack.position(inner.where) is None]
            troubles += (
                [(path.parent.name, *stack.findings, *stack.notes, *lost)] if stack.findings or stack.notes else []
            )

    assert len(templates) > 50
    assert troubles == []
