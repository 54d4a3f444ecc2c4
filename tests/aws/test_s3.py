"""One answer about a bucket, wherever its settings are written."""

from pathlib import Path
from typing import Any

import pytest

from onetake.aws.lookup import views
from onetake.aws.s3 import Bucket
from onetake.model.values import Absent, Known, Unknown, Value
from tests.mechanisms.policies.programs import from_template, from_terraform

B = "${aws_s3_bucket.b.id}"


def shown(value: Value[object]) -> object:
    """The known value, ``None`` when it is surely not set, ``...`` when it is not known."""
    match value:
        case Known(found):
            return found
        case Absent():
            return None
        case Unknown():
            return ...


def versioning(status: str, bucket: str = B) -> dict[str, Any]:
    return {"v": {"bucket": bucket, "versioning_configuration": {"status": status}}}


@pytest.mark.parametrize(
    ("bucket", "beside", "answer"),
    [
        ({}, {}, None),
        ({}, versioning("Enabled"), "Enabled"),
        ({"bucket": "mine"}, versioning("Suspended", "mine"), "Suspended"),
        ({"bucket": "mine"}, versioning("Suspended", "other"), None),
        ({}, versioning("Enabled", "${var.bucket}"), ...),
        ({"versioning": {"enabled": True}}, {}, "Enabled"),
        ({"versioning": {"enabled": True}}, versioning("Suspended"), ...),
        ({}, {"v": {**versioning("Enabled")["v"], "count": "${var.count}"}}, ...),
    ],
)
def test_versioning_in_terraform(tmp_path: Path, bucket: Any, beside: Any, answer: object) -> None:
    resource = {"aws_s3_bucket": {"b": bucket}, "aws_s3_bucket_versioning": beside}
    variables = {"bucket": {"type": "string"}, "count": {"type": "number"}}
    stack = from_terraform(tmp_path, resource, variable=variables)

    assert shown(views(stack, Bucket)[0].versioning) == answer


@pytest.mark.parametrize(
    ("properties", "answer"),
    [
        ({}, (None, None, True, 0)),
        ({"VersioningConfiguration": {"Status": "Enabled"}}, ("Enabled", None, True, 0)),
        ({"OwnershipControls": {"Rules": [{"ObjectOwnership": "ObjectWriter"}]}}, (None, "ObjectWriter", True, 0)),
        ({"PublicAccessBlockConfiguration": {"BlockPublicAcls": "true"}}, (None, None, False, 0)),
        ({"ReplicationConfiguration": {"Role": "r", "Rules": [{"Destination": {}}]}}, (None, None, True, 1)),
    ],
)
def test_a_bucket_in_a_template(tmp_path: Path, properties: Any, answer: object) -> None:
    stack = from_template(tmp_path, {"B": {"Type": "AWS::S3::Bucket", "Properties": properties}})
    bucket = views(stack, Bucket)[0]
    rules = sum(len(one.rules) for one in bucket.replication)
    found = (shown(bucket.versioning), shown(bucket.object_ownership), bucket.public_access_block.surely_empty, rules)

    assert found == answer


def test_lifecycle_and_encryption_beside_a_bucket(tmp_path: Path) -> None:
    encryption = {"apply_server_side_encryption_by_default": {"sse_algorithm": "aws:kms", "kms_master_key_id": "k"}}
    resource = {
        "aws_s3_bucket": {"b": {}},
        "aws_s3_bucket_lifecycle_configuration": {"l": {"bucket": B, "rule": [{"id": "one"}, {"id": "two"}]}},
        "aws_s3_bucket_server_side_encryption_configuration": {"e": {"bucket": B, "rule": [encryption]}},
    }
    bucket = views(from_terraform(tmp_path, resource), Bucket)[0]

    assert [shown(rule.id) for rule in bucket.lifecycle_rules] == ["one", "two"]
    assert [(shown(rule.algorithm), shown(rule.key)) for rule in bucket.encryption_rules] == [("aws:kms", "k")]
    assert bucket.lifecycle_rules.complete
