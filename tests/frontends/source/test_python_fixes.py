"""Faults of Python sources that ``--fix`` mends: nothing but what is wrong changes."""

from pathlib import Path

import pytest

from onetake.analysis.fixes import plan
from onetake.api import Arguments

PINS = "cdktn==0.24.0\ncdktn-provider-aws==25.8.1\nconstructs==10.8.1\n"
HEAD = """from cdktn import App, TerraformStack
from cdktn_provider_aws.{module} import {name}
from cdktn_provider_aws.sqs_queue import SqsQueue

# naïve: é before the place
class Stack(TerraformStack):
    def __init__(self, scope, id):
        super().__init__(scope, id)
"""


def mended(folder: Path, body: str, module: str = "vpc", name: str = "Vpc") -> tuple[str, str]:
    """What the file said, and what it says after the fixes."""
    text = HEAD.format(module=module, name=name) + body
    (folder / "main.py").write_text(text, encoding="utf-8")
    (folder / "requirements.txt").write_text(PINS, encoding="utf-8")
    fixes = plan(Arguments((folder,), root=folder, config=False).request())
    new = fixes.after.get(folder.resolve() / "main.py", text.encode())
    return text, new.decode("utf-8")


@pytest.mark.parametrize(
    ("body", "old", "new"),
    [
        ('        SqsQueue(self, "é", fifoQueue=True)\n', "fifoQueue", "fifo_queue"),
        ('        queue = SqsQueue(self, "q")\n        print(queue.queueArn, queue.Arn)\n', "queue.Arn", "queue.arn"),
        ('        SqsQueue(self, "é", visibility_timeout_secnds=30)\n', "_secnds", "_seconds"),
    ],
)
def test_names_are_spelled_right(tmp_path: Path, body: str, old: str, new: str) -> None:
    before, after = mended(tmp_path, body)

    assert after == before.replace(old, new) != before


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ('"é ${HOME} $${HOME} ${aws:username}"', '"é $${HOME} $${HOME} $${aws:username}"'),
        ('"""é\n  echo ${PATH:-/bin} $HOME\n"""', '"""é\n  echo $${PATH:-/bin} $HOME\n"""'),
        ('"${aws_vpc.main.id} ${HOME}"', '"${aws_vpc.main.id} $${HOME}"'),
        ('"${upppper(1)}"', '"${upppper(1)}"'),
        ('f"{self} ${{HOME}}"', 'f"{self} ${{HOME}}"'),
    ],
)
def test_marks_of_what_can_only_be_letters_are_doubled(tmp_path: Path, given: str, meant: str) -> None:
    body = f'        Instance(self, "é", ami="ami-0123456789abcdef0", instance_type="t3.micro", user_data={given})\n'
    before, after = mended(tmp_path, body, "instance", "Instance")

    assert after == before.replace(given, meant)


def test_a_class_is_renamed_everywhere(tmp_path: Path) -> None:
    body = '        self.it = S3BucketVersioning(self, "v")\n        assert isinstance(self.it, S3BucketVersioning)\n'
    body = body.replace('"v")', '"v", bucket="b", versioning_configuration={"status": "Enabled"})')
    before, after = mended(tmp_path, body, "s3_bucket_versioning", "S3BucketVersioning")

    assert after == before.replace("S3BucketVersioning", "S3BucketVersioningA")


def test_the_path_of_an_import_is_spelled_right(tmp_path: Path) -> None:
    before, after = mended(tmp_path, '        Vpc(self, "v")\n', "v_pc", "Vpc")

    assert after == before.replace("v_pc", "vpc")


@pytest.mark.parametrize(
    ("call", "ordered"),
    [
        ('Vpc(self, "v")', 'Vpc(self, "v", depends_on=[first])'),
        (
            'Vpc(\n            self,\n            "v",\n            cidr_block="10.0.0.0/16",\n        )',
            'Vpc(\n            self,\n            "v",\n            cidr_block="10.0.0.0/16",\n'
            "            depends_on=[first],\n        )",
        ),
    ],
)
def test_an_order_is_written_where_it_counts(tmp_path: Path, call: str, ordered: str) -> None:
    body = '        first = SqsQueue(self, "q")\n        second = {0}\n{1}        self.all = [first, second]\n'
    lost = "        second.node.add_dependency(first)\n"
    _, after = mended(tmp_path, body.format(call, lost))

    assert after == HEAD.format(module="vpc", name="Vpc") + body.format(ordered, "")


@pytest.mark.parametrize(
    "body",
    [
        '        SqsQueue(self, "q", colour=True)\n',  # nothing is near
        '        second = Vpc(self, "v")\n        first = SqsQueue(self, "q")\n'
        "        second.node.add_dependency(first)\n",
        '        first = SqsQueue(self, "q")\n        second = Vpc(self, "v", depends_on=[])\n'
        "        second.node.add_dependency(first)\n",
    ],
)
def test_what_is_not_sure_is_left_alone(tmp_path: Path, body: str) -> None:
    before, after = mended(tmp_path, body)

    assert after == before
