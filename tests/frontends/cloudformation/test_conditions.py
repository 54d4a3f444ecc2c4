"""Conditions in three values, and the resources under them."""

import pytest

from tests.frontends.cloudformation.templates import stack

TEMPLATE = """
Parameters:
  Env: {Type: String, Default: dev}
  Name: {Type: String}
Conditions:
  Yes: !Equals [a, a]
  No: !Equals [!Ref Env, prod]
  Maybe: !Equals [!Ref Name, x]
  Tested: %s
Resources:
  R: {Type: AWS::SQS::Queue, Condition: Tested}
"""


@pytest.mark.parametrize(
    ("condition", "exists"),
    [
        ("!Condition Yes", "yes"),
        ("!Condition No", "no"),
        ("!Condition Maybe", "unknown"),
        ("!Not [!Condition No]", "yes"),
        ("!Not [!Condition Maybe]", "unknown"),
        ("!And [!Condition Maybe, !Condition No]", "no"),
        ("!And [!Condition Maybe, !Condition Yes]", "unknown"),
        ("!And [!Condition Yes, !Condition Yes]", "yes"),
        ("!Or [!Condition Maybe, !Condition Yes]", "yes"),
        ("!Or [!Condition Maybe, !Condition No]", "unknown"),
        ("!Equals [true, 'true']", "yes"),
        ("!Equals [1, '1']", "yes"),
        ("!Equals [!Ref Name, !Ref Name]", "yes"),
        ("!Equals [!Sub 'a-${Name}', !Sub 'b-${Name}']", "no"),
        ("!Equals [!Ref AWS::Region, eu-west-1]", "unknown"),
        ("!Condition Undeclared", "unknown"),
        ("!Condition Tested", "unknown"),
        ("nonsense", "unknown"),
    ],
)
def test_a_resource_exists(condition: str, exists: str) -> None:
    found = stack(TEMPLATE % condition).resources

    assert (found["R"].exists.value if "R" in found else "no") == exists
