"""What is refused of DynamoDB tables.

That keys and attributes go together is told by rules of their own.
"""

from onetake.frontends.terraform.schemas.plan.conditions import equal, every, given, lacking, that, unwritten
from onetake.frontends.terraform.schemas.plan.sheets import Refusal, Sheet

_NEW = every(unwritten("restore_source_name"), unwritten("restore_source_table_arn"))
"""What is restored is billed as it was."""


def _too_little(name: str) -> Refusal:
    return Refusal(
        name,
        every(equal("billing_mode", "PROVISIONED"), that(name, lambda value: (value or 0) < 1), _NEW),
        f'{name} must be at least 1 when billing_mode is "PROVISIONED"',
        f"is billed by provisioned capacity and has no {name}",
        f'Set {name}, or billing_mode = "PAY_PER_REQUEST".',
        lasting=True,
    )


def _too_much(name: str) -> Refusal:
    return Refusal(
        name,
        every(equal("billing_mode", "PAY_PER_REQUEST"), given(name)),
        f'{name} can not be set when billing_mode is "PAY_PER_REQUEST"',
        f"is billed by request and sets {name}",
        f'Take {name} away, or set billing_mode = "PROVISIONED".',
        lasting=True,
    )


SHEETS = (
    Sheet(
        ("aws_dynamodb_table",),
        "internal/service/dynamodb/table.go",
        (
            *map(_too_little, ("read_capacity", "write_capacity")),
            *map(_too_much, ("read_capacity", "write_capacity")),
            Refusal(
                "stream_enabled",
                every(given("stream_enabled"), lacking("stream_view_type")),
                "stream_view_type is required when stream_enabled = true",
                "has a stream without saying what is written to it",
                "Set stream_view_type, for instance to NEW_AND_OLD_IMAGES.",
            ),
            Refusal(
                "ttl.enabled",
                every(given("ttl.enabled"), unwritten("ttl.attribute_name")),
                'Invalid Attribute Combination\n\nAttribute "ttl[0].attribute_name" must be specified when '
                '"ttl[0].enabled" is "true".\n\nPath: ttl[0].enabled',
                "lets items expire without naming the attribute that holds the time",
                "Set attribute_name in the block ttl.",
            ),
            Refusal(
                "ttl.attribute_name",
                every(given("ttl.enabled"), equal("ttl.attribute_name", "")),
                'Invalid value\n\nAttribute "ttl[0].attribute_name" cannot have an empty value\n\nPath: '
                "ttl[0].attribute_name",
                "lets items expire by an attribute without a name",
                "Name the attribute that holds the time.",
            ),
        ),
        {"billing_mode": "PROVISIONED"},
    ),
)
