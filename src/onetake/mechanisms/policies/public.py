"""Public policies, as S3 Block Public Access defines them.

A policy is public unless every statement that allows something names fixed principals, or is limited by a
condition on a fixed value of one of a few keys.
Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
("The meaning of public"); read on 2026-11-24.
"""

from __future__ import annotations

from onetake.mechanisms.policies.documents import Condition, Document, Statement
from onetake.mechanisms.policies.evaluation import effect
from onetake.mechanisms.policies.matching import covers
from onetake.mechanisms.policies.names import spelled
from onetake.model.language import Truth
from onetake.model.stacks import Stack
from onetake.model.values import Known

LIMITING = frozenset(
    {
        "aws:principalorgid",
        "aws:principalorgpaths",
        "aws:principalaccount",
        "aws:principalarn",
        "aws:sourceip",
        "aws:sourcearn",
        "aws:sourcevpc",
        "aws:sourcevpce",
        "aws:sourceowner",
        "aws:sourceaccount",
        "aws:sourceorgid",
        "aws:sourceorgpaths",
        "aws:userid",
        "aws:vpcsourceip",
        "s3:x-amz-server-side-encryption-aws-kms-key-id",
        "s3:dataaccesspointarn",
        "s3:dataaccesspointaccount",
    }
)
_FIXED = frozenset({"stringequals", "stringlike", "arnequals", "arnlike"})
_IRRELEVANT = frozenset({"aws:securetransport", "aws:referer", "aws:useragent", "s3:prefix", "s3:delimiter"})
"""Keys that surely do not limit who may ask."""


def is_public(document: Document | None) -> Truth:
    """Does Block Public Access take the policy for public?"""
    if document is None:
        return Truth.NO
    answer = Truth.NO if document.complete else Truth.UNKNOWN
    for statement in document.statements:
        answer = answer | (effect(statement, "Allow") & _names_everybody(statement, document.stack))
    return answer


def opening(document: Document | None) -> tuple[Statement, ...]:
    """The statements that surely make the policy public, to point at."""
    if document is None:
        return ()
    return tuple(
        statement
        for statement in document.statements
        if (effect(statement, "Allow") & _names_everybody(statement, document.stack)) is Truth.YES
    )


def _names_everybody(statement: Statement, stack: Stack) -> Truth:
    everybody = _open_to_all(statement, stack)
    return everybody if everybody is Truth.NO else everybody & ~_limited(statement, stack)


def _open_to_all(statement: Statement, stack: Stack) -> Truth:
    if statement.not_principals.written:
        return Truth.UNKNOWN
    who = statement.principals
    answer = Truth.NO if who.complete else Truth.UNKNOWN
    for grantee in who.items:
        if grantee.kind == "*":
            return Truth.YES
        if grantee.kind == "AWS":
            answer = answer | covers(spelled(grantee.value, stack), ("*",), wildcards=False)
    return answer


def _limited(statement: Statement, stack: Stack) -> Truth:
    answer = Truth.NO if statement.conditions_complete else Truth.UNKNOWN
    for condition in statement.conditions:
        answer = answer | _limits(condition, stack)
    return answer


def _limits(condition: Condition, stack: Stack) -> Truth:
    """Does the condition fix who may ask? Certain only in the forms that the documentation names."""
    if condition.key in _IRRELEVANT:
        return Truth.NO
    if condition.key not in LIMITING or condition.operator.lower() not in _FIXED | {"ipaddress"}:
        return Truth.UNKNOWN
    if not condition.values.complete or not condition.values.items:
        return Truth.UNKNOWN
    for value in condition.values.items:
        # A resource's own ARN or an account's id is a fixed value, whatever it will be.
        for piece in spelled(value, stack):
            if isinstance(piece, str) and any(sign in piece for sign in "*?$"):
                return Truth.UNKNOWN
        if condition.operator.lower() == "ipaddress" and not (isinstance(value, Known) and _narrow(str(value.value))):
            return Truth.UNKNOWN
    return Truth.YES


def _narrow(block: str) -> bool:
    """A range that is not taken for the whole internet: at least /8, or an IPv6 range of at least /32."""
    address, slash, bits = block.partition("/")
    if not slash:
        return True
    return bits.isdigit() and int(bits) >= (32 if ":" in address else 8)
