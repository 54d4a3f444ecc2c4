"""Events as Terraform 1.11.4 printed them."""

import json

from onetake.emulator.events import Ledger, parse

START = (
    '{"@level":"info","@message":"aws_s3_bucket.logs: Creating...","@module":"terraform.ui",'
    '"@timestamp":"2026-11-28T08:46:44.835375Z","hook":{"resource":{"addr":"aws_s3_bucket.logs","module":"",'
    '"resource":"aws_s3_bucket.logs","implied_provider":"aws","resource_type":"aws_s3_bucket","resource_name":"logs",'
    '"resource_key":null},"action":"create"},"type":"apply_start"}'
)
COMPLETE = START.replace('"apply_start"', '"apply_complete"').replace("44.835375Z", "45.589375Z")
ERRORED = START.replace('"apply_start"', '"apply_errored"').replace("44.835375Z", "46.335375Z")
PLANNED = (
    '{"@level":"info","@message":"aws_s3_bucket.logs: Plan to create","@module":"terraform.ui",'
    '"@timestamp":"2026-11-28T08:46:43.627311Z","change":{"resource":{"addr":"aws_s3_bucket.logs","module":"",'
    '"resource":"aws_s3_bucket.logs","implied_provider":"aws","resource_type":"aws_s3_bucket","resource_name":"logs",'
    '"resource_key":null},"action":"create"},"type":"planned_change"}'
)
ERROR = (
    '{"@level":"error","@message":"Error: putting","@module":"terraform.ui","@timestamp":"2026-11-28T08:46:45.611325Z",'
    '"diagnostic":{"severity":"error","summary":"creating S3 Bucket","detail":"it exists",'
    '"address":"aws_s3_bucket.logs"},"type":"diagnostic"}'
)


def ledger(*lines: str) -> Ledger:
    found = Ledger()
    for line in lines:
        event = parse(line)
        assert event is not None
        found.take(event)
    return found


def test_a_creation_takes_the_time_between_its_events():
    found = ledger(PLANNED, START, COMPLETE)
    assert found.planned == {"aws_s3_bucket.logs": "create"}
    assert found.types == {"aws_s3_bucket.logs": "aws_s3_bucket"}
    assert round(found.finished["aws_s3_bucket.logs"], 3) == 0.754
    assert found.unfinished == ()


def test_what_was_begun_and_did_not_end_is_unfinished():
    assert ledger(START).unfinished == ("aws_s3_bucket.logs",)
    assert ledger(START, ERRORED).unfinished == ()


def test_an_error_keeps_summary_and_detail_and_address():
    error = ledger(ERROR).errors[0]
    assert (error.address, error.message) == ("aws_s3_bucket.logs", "creating S3 Bucket\nit exists")


def test_a_warning_is_no_error():
    assert ledger(ERROR.replace('"severity":"error"', '"severity":"warning"')).errors == []


def test_other_output_is_no_event():
    for line in ("panic: runtime error", "", "[]", "3", '{"type": 3}', json.dumps({"level": "x"}), '{"type":'):
        assert parse(line) is None


def test_odd_shapes_are_read_as_far_as_they_go():
    event = parse('{"type":"apply_start","hook":[],"@timestamp":"yesterday"}')
    assert event is not None
    assert (event.address, event.at) == ("", 0.0)
