"""What documents allow; what is hidden in them never turns into a wrong answer."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onetake.mechanisms.policies import (
    ANY_TEXT,
    Account,
    Anyone,
    Context,
    Identity,
    Principal,
    Service,
    allows,
    granting,
    read,
)
from onetake.model.language import Truth
from onetake.model.values import Absent, Gap, Known, Unknown, Value
from tests.mechanisms.policies.programs import HERE, empty, value

STACK = empty()
BUCKET = "arn:aws:s3:::logs"


def document(*statements: Any) -> Any:
    return read(value({"Version": "2012-10-17", "Statement": list(statements)}), STACK)


def allow(**more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": "s3:PutObject", "Resource": f"{BUCKET}/*", **more}


def deny(**more: Any) -> dict[str, Any]:
    return {**allow(**more), "Effect": "Deny"}


WRITE: dict[str, Any] = {"resource": f"{BUCKET}/key"}


@pytest.mark.parametrize(
    ("statements", "answer"),
    [
        ([allow()], Truth.YES),
        ([], Truth.NO),
        ([allow(Action="s3:*")], Truth.YES),
        ([allow(Action=["s3:GetObject", "S3:putobject"])], Truth.YES),
        ([allow(Action="s3:GetObject")], Truth.NO),
        ([allow(), deny()], Truth.NO),
        ([allow(), deny(Action="s3:GetObject")], Truth.YES),
        ([allow(Resource=BUCKET)], Truth.NO),
        ([allow(Resource="*")], Truth.YES),
        ([{"Effect": "Allow", "NotAction": "s3:Delete*", "Resource": "*"}], Truth.YES),
        ([{"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"}], Truth.NO),
        ([{"Effect": "Allow", "Action": "s3:PutObject", "NotResource": f"{BUCKET}/*"}], Truth.NO),
        ([{"Effect": "Allow", "Action": "s3:PutObject", "NotResource": "arn:aws:s3:::other/*"}], Truth.YES),
        ([allow(Condition={"StringEquals": {"s3:x-amz-acl": "private"}})], Truth.UNKNOWN),
        ([allow(Condition={"Bool": {"aws:SecureTransport": "true"}})], Truth.YES),
        ([allow(), deny(Condition={"Bool": {"aws:SecureTransport": "false"}})], Truth.YES),
        ([allow(), Unknown("it is looped", HERE)], Truth.UNKNOWN),
        ([allow(Action=Unknown("it is looped", HERE))], Truth.UNKNOWN),
        ([allow(Resource=Unknown("made", HERE, (f"{BUCKET}/", Gap("var.key"))))], Truth.UNKNOWN),
        ([allow(Resource=Unknown("made", HERE, (Gap("var.bucket"), "/*")))], Truth.UNKNOWN),
        ([allow(Resource=Unknown("made", HERE, ("arn:aws:s3:::", Gap("x"), "/*")), Action="s3:Get*")], Truth.NO),
        ([allow(Resource=f"{BUCKET}/${{aws:username}}")], Truth.UNKNOWN),
        ([allow(Effect=Unknown("a variable", HERE))], Truth.UNKNOWN),
        ([allow(Effect="allow")], Truth.UNKNOWN),
        ([allow(), allow(Effect="deny")], Truth.UNKNOWN),
        ([allow(Effect="deny")], Truth.NO),
    ],
)
def test_a_document_allows_an_action(statements: list[Any], answer: Truth) -> None:
    assert allows(document(*statements), "s3:PutObject", **WRITE) is answer


def test_one_statement_need_not_stand_in_a_list() -> None:
    assert allows(read(value({"Statement": allow()}), STACK), "s3:PutObject", **WRITE) is Truth.YES


def test_nothing_written_allows_nothing() -> None:
    assert read(Absent(HERE), STACK) is None
    assert allows(None, "s3:PutObject") is Truth.NO


def test_text_that_is_no_policy_says_why() -> None:
    broken = read(Known("{not json", HERE), STACK)

    assert broken is not None
    assert broken.problem.startswith("it is not JSON")
    assert allows(broken, "s3:PutObject") is Truth.UNKNOWN


def test_everything_something_and_one_resource_are_different_questions() -> None:
    some = document(allow())

    assert allows(some, "s3:PutObject") is Truth.YES
    assert allows(some, "s3:PutObject", resource="*") is Truth.NO
    assert allows(some, "s3:PutObject", resource=(BUCKET, "/", ANY_TEXT)) is Truth.YES
    assert allows(document(allow(Resource="*"), deny()), "s3:PutObject", resource="*") is Truth.UNKNOWN


def test_several_actions_must_all_be_allowed() -> None:
    both = document(allow(Action=["s3:PutObject", "s3:GetObject"]))

    assert allows(both, ("s3:PutObject", "s3:GetObject"), **WRITE) is Truth.YES
    assert allows(both, ("s3:PutObject", "s3:DeleteObject"), **WRITE) is Truth.NO


@pytest.mark.parametrize(
    ("written", "who", "answer"),
    [
        ("*", Anyone(), Truth.YES),
        ("*", Service("sns.amazonaws.com"), Truth.YES),
        ({"AWS": "*"}, Anyone(), Truth.YES),
        ({"AWS": "*"}, Account(), Truth.YES),
        ({"AWS": "*"}, Service("sns.amazonaws.com"), Truth.UNKNOWN),
        ({"Service": "sns.amazonaws.com"}, Service("sns.amazonaws.com"), Truth.YES),
        ({"Service": ["a.amazonaws.com", "sns.amazonaws.com"]}, Service("sns.amazonaws.com"), Truth.YES),
        ({"Service": "sns.amazonaws.com"}, Service("events.amazonaws.com"), Truth.NO),
        ({"Service": "sns.amazonaws.com"}, Anyone(), Truth.NO),
        ({"Service": "logs.amazonaws.com"}, Service("logs.eu-west-1.amazonaws.com"), Truth.UNKNOWN),
        ({"Service": "logs.eu-west-2.amazonaws.com"}, Service("logs.eu-west-1.amazonaws.com"), Truth.NO),
        ({"Service": "sns.eu-west-1.amazonaws.com"}, Service("logs.eu-west-1.amazonaws.com"), Truth.NO),
        ({"AWS": "127311923021"}, Account("127311923021"), Truth.YES),
        ({"AWS": "arn:aws:iam::127311923021:root"}, Account("127311923021"), Truth.YES),
        ({"AWS": "arn:aws:iam::127311923021:root"}, Account("054676820928"), Truth.NO),
        ({"AWS": "arn:aws:iam::127311923021:root"}, Account(), Truth.UNKNOWN),
        ({"AWS": "arn:aws:iam::123456789012:root"}, Account(), Truth.YES),
        ({"AWS": "arn:aws:iam::123456789012:root"}, Identity("arn:aws:iam::123456789012:role/r"), Truth.UNKNOWN),
        ({"AWS": "arn:aws:iam::123456789012:role/r"}, Identity("arn:aws:iam::123456789012:role/r"), Truth.YES),
        ({"AWS": "arn:aws:iam::123456789012:role/s"}, Identity("arn:aws:iam::123456789012:role/r"), Truth.NO),
        ({"AWS": Unknown("a variable", HERE)}, Service("sns.amazonaws.com"), Truth.UNKNOWN),
        ({"CanonicalUser": "abc"}, Service("sns.amazonaws.com"), Truth.NO),
    ],
)
def test_a_statement_names_a_principal(written: Any, who: Principal, answer: Truth) -> None:
    assert allows(document(allow(Principal=written)), "s3:PutObject", principal=who, **WRITE) is answer


def test_a_region_that_is_put_in_later_may_be_the_right_one() -> None:
    name = Unknown("a variable", HERE, ("logs.", Gap("var.region"), ".amazonaws.com"))
    policy = document(allow(Principal={"Service": name}))

    assert allows(policy, "s3:PutObject", principal=Service("logs.eu-west-1.amazonaws.com"), **WRITE) is Truth.UNKNOWN
    assert allows(policy, "s3:PutObject", principal=Service("sns.eu-west-1.amazonaws.com"), **WRITE) is Truth.NO


@pytest.mark.parametrize(
    ("condition", "answer"),
    [
        ({"ArnLike": {"aws:SourceArn": "arn:aws:sns:*:*:topic"}}, Truth.YES),
        ({"ArnEquals": {"AWS:SourceArn": ["arn:aws:sns:eu-west-1:1:topic", "x"]}}, Truth.YES),
        ({"StringEquals": {"aws:SourceArn": "arn:aws:sns:*:*:topic"}}, Truth.NO),
        ({"StringLike": {"aws:SourceArn": "arn:aws:sns:*"}}, Truth.YES),
        ({"ArnLike": {"aws:SourceArn": "arn:aws:sns:*"}}, Truth.UNKNOWN),
        ({"ArnNotLike": {"aws:SourceArn": "arn:aws:sqs:*:*:*"}}, Truth.YES),
        ({"StringEquals": {"aws:SourceAccount": "1"}}, Truth.UNKNOWN),
        ({"StringEquals": {"aws:absent": "1"}}, Truth.NO),
        ({"StringEqualsIfExists": {"aws:absent": "1"}}, Truth.YES),
        ({"StringNotEquals": {"aws:absent": "1"}}, Truth.YES),
        ({"Null": {"aws:absent": "true"}}, Truth.YES),
        ({"Null": {"aws:SourceArn": "true"}}, Truth.NO),
        ({"NumericLessThan": {"aws:age": "5"}}, Truth.YES),
        ({"DateLessThan": {"aws:SourceArn": "2020-01-01"}}, Truth.UNKNOWN),
        ({"ArnLike": {"aws:SourceArn": Unknown("made", HERE)}}, Truth.UNKNOWN),
        (Unknown("made", HERE), Truth.UNKNOWN),
    ],
)
def test_conditions_are_judged_by_the_context(condition: Any, answer: Truth) -> None:
    context: Context = {"aws:SourceArn": "arn:aws:sns:eu-west-1:1:topic", "aws:absent": Absent(HERE), "aws:age": 3}
    found = allows(document(allow(Condition=condition)), "s3:PutObject", context=context, **WRITE)

    assert found is answer


def test_the_statement_that_allows_is_pointed_at() -> None:
    policy = document(allow(Action="s3:GetObject"), allow())

    assert granting(policy, "s3:PutObject", **WRITE) == (policy.statements[1],)


# Documents by chance, and what is hidden in them.

texts = st.sampled_from([f"{BUCKET}/*", f"{BUCKET}/key", BUCKET, "*", "arn:aws:s3:::other/*"])
actions = st.sampled_from(["s3:*", "s3:PutObject", "s3:GetObject", "s3:Put*", "*", "sqs:SendMessage"])
whom = st.sampled_from(
    [
        "*",
        {"AWS": "*"},
        {"Service": "sns.amazonaws.com"},
        {"Service": "logs.eu-west-1.amazonaws.com", "AWS": "127311923021"},
        {"AWS": ["arn:aws:iam::123456789012:root", "arn:aws:iam::999999999999:role/r"]},
    ]
)
conditions = st.sampled_from(
    [
        {"StringEquals": {"aws:SourceAccount": "111111111111"}},
        {"StringNotEquals": {"aws:SourceAccount": ["111111111111", "222222222222"]}},
        {"ArnLike": {"aws:SourceArn": "arn:aws:sns:*:*:topic"}},
        {"Bool": {"aws:SecureTransport": "false"}},
    ]
)
statements = st.fixed_dictionaries(
    {
        "Effect": st.sampled_from(["Allow", "Allow", "Deny"]),
        "Principal": whom,
    },
    optional={"Condition": conditions},
).flatmap(
    lambda fields: st.tuples(
        st.sampled_from(["Action", "Action", "NotAction"]),
        st.lists(actions, min_size=1, max_size=3),
        st.sampled_from(["Resource", "Resource", "NotResource"]),
        st.lists(texts, min_size=1, max_size=2),
    ).map(lambda made: {**fields, made[0]: made[1], made[2]: made[3]})
)
documents = st.lists(statements, max_size=4)
askers = st.sampled_from(
    [
        None,
        Service("sns.amazonaws.com"),
        Service("logs.eu-west-1.amazonaws.com"),
        Account("127311923021"),
        Account(),
        Anyone(),
        Identity("arn:aws:iam::999999999999:role/r"),
    ]
)
resources = st.sampled_from([None, "*", f"{BUCKET}/key", BUCKET, (BUCKET, "/", ANY_TEXT)])
CONTEXT: Context = {"aws:SourceAccount": "111111111111", "aws:SourceArn": "arn:aws:sns:eu-west-1:1:topic"}


def answer_of(policy: Any, who: Any, resource: Any) -> Truth:
    return allows(policy, "s3:PutObject", principal=who, resource=resource, context=CONTEXT)


def hide(data: Any, draw: st.DataObject, *, top: bool = True) -> Value[object]:
    """``data`` as values, some of which are hidden wholly or in part."""
    hidden = 0 if top else draw.draw(st.integers(0, 5))
    if isinstance(data, dict):
        if hidden == 5:
            return Unknown("it is hidden", HERE)
        return Known({key: hide(inner, draw, top=False) for key, inner in data.items()}, HERE)
    if isinstance(data, list):
        items = tuple(hide(item, draw, top=False) for item in data)
        if hidden == 5:
            return Unknown("it is hidden", HERE, (), items[: draw.draw(st.integers(0, len(items)))])
        return Known(items, HERE)
    if not isinstance(data, str) or hidden < 4:
        return Known(data, HERE)
    if hidden == 5:
        return Unknown("it is hidden", HERE)
    start, end = sorted(draw.draw(st.tuples(*[st.integers(0, len(data))] * 2)))
    gap = Gap(f"hidden {draw.draw(st.integers(0, 10**9))}")
    return Unknown("it is hidden", HERE, tuple(part for part in (data[:start], gap, data[end:]) if part != ""))


@settings(max_examples=300)
@given(documents, askers, resources, st.data())
def test_what_is_hidden_makes_no_answer_wrong(made: Any, who: Any, resource: Any, draw: st.DataObject) -> None:
    whole = answer_of(document(*made), who, resource)
    hidden = answer_of(read(hide({"Statement": made}, draw), empty()), who, resource)

    assert hidden is Truth.UNKNOWN or whole in (Truth.UNKNOWN, hidden)


@settings(max_examples=200)
@given(documents, askers, resources, st.data())
def test_text_with_gaps_makes_no_answer_wrong(made: Any, who: Any, resource: Any, draw: st.DataObject) -> None:
    text = json.dumps({"Statement": made})
    whole = answer_of(document(*made), who, resource)
    strings = [index for index, sign in enumerate(text) if sign.isalnum() or sign in "*:/."]
    start = draw.draw(st.sampled_from(strings))
    end = start
    while end < len(text) and text[end] != '"' and draw.draw(st.booleans()):
        end += 1
    pieces = tuple(piece for piece in (text[:start], Gap("hidden"), text[end:]) if piece != "")
    hidden = answer_of(read(Unknown("it is hidden", HERE, pieces), empty()), who, resource)

    assert answer_of(read(Known(text, HERE), empty()), who, resource) is whole
    assert hidden is Truth.UNKNOWN or whole in (Truth.UNKNOWN, hidden)


@given(documents, statements, askers, resources)
def test_one_more_permission_takes_none_away(made: Any, more: Any, who: Any, resource: Any) -> None:
    extra = copy.deepcopy(more)
    extra["Effect"] = "Allow"
    before, after = answer_of(document(*made), who, resource), answer_of(document(*made, extra), who, resource)

    assert before is not Truth.YES or after is Truth.YES
    assert after is not Truth.NO or before is Truth.NO


@given(documents, askers, resources)
def test_a_denial_of_everything_wins(made: Any, who: Any, resource: Any) -> None:
    everything = {"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}

    assert answer_of(document(*made, everything), who, resource) is Truth.NO
