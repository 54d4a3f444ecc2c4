"""Create-only properties, as AWS's schemas have them."""

from onetake.knowledge.replacements import create_only, own_name


def test_what_is_never_changed_and_what_is_a_name():
    assert create_only("AWS::IAM::Role") == ("Path", "RoleName")
    assert own_name("AWS::IAM::Role") == "RoleName"
    assert own_name("AWS::EC2::VPC") is None
    assert create_only("AWS::Nothing::AtAll") == ()
