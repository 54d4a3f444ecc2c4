"""Malformed input of every kind: an answer with a place, never a fault of ours."""

from pathlib import Path

import pytest

from onetake.cli import entry

DEEP = 3000
PROGRAMS = {
    "empty.json": b"",
    "empty.yaml": b"",
    "empty.tf.json": b"",
    "null.json": b"null",
    "list.tf.json": b"[1]",
    "number.tf.json": b"1",
    "text.yaml": b"just text",
    "binary.yaml": bytes(range(256)),
    "binary.tf": bytes(range(256)),
    "latin.json": b'{"Resources": {"\xe9": {}}}',
    "zero.json": b'{"Resources": "\x00"}',
    "open.json": b'{"Resources": {"A": {',
    "deep.json": b"[" * DEEP + b"]" * DEEP,
    "deep.yaml": b"[" * DEEP + b"]" * DEEP,
    "deep.tf": b"a = " + b"[" * DEEP + b"]" * DEEP,
    "deep.tf.json": b'{"resource": ' + b"[" * DEEP + b"]" * DEEP + b"}",
    "laughs.yaml": b"a: &a [x, x]\n"
    + b"".join(
        b"%c: &%c [%s]\n" % (name, name, b", ".join([b"*%c" % (name - 1)] * 9)) for name in range(ord("b"), ord("k"))
    )
    + b"Resources: {Q: {Type: AWS::SQS::Queue, Properties: *j}}\n",
    "circle.yaml": b"Resources: &r\n  A: *r\n",
    "tag.yaml": b"Resources: !!python/object/apply:os.system ['true']\n",
    "resources.yaml": b"Resources: [1, 2]\n",
    "type.yaml": b"Resources: {A: {Type: [x]}, B: 1, C: {Type: AWS::SQS::Queue, Properties: 3}}\n",
    "keys.yaml": b"Resources: {1: {Type: AWS::SQS::Queue}, ? [a] : b}\n",
    "resource.tf.json": b'{"resource": {"aws_sqs_queue": 3, "aws_sns_topic": {"t": 4, "u": [5]}}}',
    "stack/cdk.tf.json": b'{"//": 3, "resource": {"aws_sqs_queue": {"q": {"//": 4}}}}',
    "cdktf.out/manifest.json": b'{"version": "1", "stacks": {"a": 3, "b": {"synthesizedStackPath": "/etc/passwd"}}}',
    "cdk.out/manifest.json": b'{"version": "1", "artifacts": {"a": 3, "b": {"type": "aws:cloudformation:stack"}}}',
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_malformed_input_is_answered(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(PROGRAMS[name])
    code = entry.run(["check", name])
    printed = capsys.readouterr()

    assert code in (0, 1, 3), printed.out + printed.err
    assert "Traceback" not in printed.out + printed.err
    assert name.partition("/")[0].partition(".")[0] in printed.out or code == 0
