"""Bucket name that S3 does not allow.

Names of buckets have 3 to 63 characters, only lowercase letters, digits, hyphens and dots, and begin and end with a
letter or digit. A name that is known in part is judged by its letters: one wrong letter makes the whole name wrong.
"""

import re
from collections.abc import Iterator

from onetake.aws.s3 import Bucket
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Absent, Known, parts
from onetake.rules.rule import Answer, Fault, Rule

LENGTHS = range(3, 64)
UPPERCASE = re.compile(r"[A-Z]")
WRONG = re.compile(r"[^a-z0-9.-]")
VALIDATED = 'Error validating S3 bucket name: only lowercase alphanumeric characters and hyphens allowed in "{}"'
LENIENT = "us-east-1"
"""Terraform admits letters there that old buckets of the region have; S3 itself refuses them for new ones."""


def check(bucket: Bucket) -> Iterator[Fault]:
    """The letters first, then the form of a name that is wholly known; Terraform takes an empty one for none."""
    if isinstance(bucket.name, Absent) or bucket.name == Known("", bucket.name.where, bucket.name.origin):
        return
    text = "".join(piece for piece in parts(bucket.name) if isinstance(piece, str))
    wrong = WRONG.search(text)
    if wrong is not None:
        letter = "an uppercase letter" if UPPERCASE.match(wrong[0]) else repr(wrong[0])
        shown = _shown(bucket)
        yield Fault(
            bucket.name.where,
            f"{bucket.address} is named {shown}; {letter} is not allowed in the name of a bucket",
            words={"refusal": _refusal(bucket, text)},
        )
    elif isinstance(bucket.name, Known):
        problem = _form(bucket.name.value)
        if problem:
            message = f"{bucket.address} is named {bucket.name.value}; the name of a bucket {problem}"
            yield Fault(bucket.name.where, message, words={"refusal": ""})


def _shown(bucket: Bucket) -> str:
    return "".join(piece if isinstance(piece, str) else "..." for piece in parts(bucket.name))


def _form(name: str) -> str:
    if len(name) not in LENGTHS:
        return f"has {LENGTHS.start} to {LENGTHS.stop - 1} characters"
    if not (name[0].isalnum() and name[-1].isalnum()):
        return "begins and ends with a letter or digit"
    return "has no two dots in a row" if ".." in name else ""


def _refusal(bucket: Bucket, text: str) -> str:
    """What is printed, where it has been seen."""
    if bucket.language is Language.CLOUDFORMATION:
        return "Bucket name should not contain uppercase characters" if UPPERCASE.search(text) else ""
    match bucket.region:
        case Known(region):
            unknown_to_s3 = "InvalidBucketName: The specified bucket is not valid."
            return unknown_to_s3 if region == LENIENT else VALIDATED.format(_shown(bucket))
        case _:
            return ""


RULE = Rule(
    name="s3-bucket-name-invalid",
    view=Bucket,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(Stage.CREATE, "{refusal}"),
        Language.CLOUDFORMATION: Answer(Stage.CREATE, "{refusal}"),
    },
    cause="Bucket names are part of host names: 3 to 63 characters, lowercase letters, digits, hyphens and dots.",
    fix="Use only lowercase letters, digits and hyphens.",
    evidence=(
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
        "https://github.com/hashicorp/terraform-provider-aws/issues/1370",
        "https://github.com/poanetwork/blockscout-terraform/issues/4",
    ),
)
