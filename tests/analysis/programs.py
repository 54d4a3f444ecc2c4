"""Small programs for tests of what happens around the rules."""

from collections.abc import Callable, Mapping
from pathlib import Path

from onetake.frontends.files import Options, read_text, shown
from onetake.frontends.terraform.reader import read_stack
from onetake.model.findings import Confidence, Edit, Finding, Severity, Stage
from onetake.model.stacks import Stack
from onetake.model.values import Span


def write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())


def terraform(folder: Path, text: str, name: str = "main.tf") -> Stack:
    write(folder, {name: text})
    return read_stack(folder / name, Options(root=folder))


def finding(
    stack: Stack, address: str, *keys: str | int, rule: str = "some-rule", edits: tuple[Edit, ...] = ()
) -> Finding:
    where = stack.resources[address].where
    return Finding(
        rule=rule,
        severity=Severity.CRITICAL,
        stage=Stage.CREATE,
        confidence=Confidence.DOCUMENTED,
        where=Span(where.file, (*where.path, *keys)),
        resource=address,
        message=f"{address} is wrong",
        edits=edits,
        stack=stack.name,
    )


def reader(judge: Callable[[Stack], list[Finding]]) -> Callable[[Path, Options], list[Stack]]:
    """A reader of Terraform whose stacks come with the findings that ``judge`` makes."""

    def read(path: Path, options: Options) -> list[Stack]:
        if not path.is_dir():
            assert read_text(path, options), shown(path, options)
        stack = read_stack(path, options)
        stack.findings = [*stack.findings, *judge(stack)]
        return [stack]

    return read
