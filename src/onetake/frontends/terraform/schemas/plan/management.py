"""What is refused of alarms, recorders and devices."""

from onetake.frontends.terraform.schemas.plan.conditions import equal, every, given, lacking, unlike
from onetake.frontends.terraform.schemas.plan.sheets import Refusal, Sheet


def _signed(name: str, *others: str) -> Refusal:
    return Refusal(
        name,
        every(lacking("signing_disabled"), lacking(name), *(given(other) for other in others)),
        f'"{name}" is required when signing is enabled',
        f"demands signed tokens without {name}",
        f"Set {name}, or signing_disabled = true.",
    )


_USE_ONLY = "recording_group.recording_strategy.use_only"
_LISTED = "recording_group.resource_types"
_LEFT_OUT = "recording_group.exclusion_by_resource_types.resource_types"
_STRATEGY = given(_USE_ONLY)
"""Without a strategy nothing is looked at."""


def _supporting(name: str, does: str) -> Refusal:
    what = _LISTED if name == "resource_types" else _LEFT_OUT
    return Refusal(
        f"recording_group.{name}",
        every(equal(_USE_ONLY, "ALL_SUPPORTED_RESOURCE_TYPES"), given("recording_group.all_supported"), given(what)),
        f" Invalid record group , all_supported must be set to false when {name} is set ",
        f"records all types and {does}",
        "Set all_supported = false.",
    )


def _by(name: str, strategy: str) -> Refusal:
    what = _LISTED if name == "resource_types" else _LEFT_OUT
    return Refusal(
        _USE_ONLY,
        every(_STRATEGY, lacking("recording_group.all_supported"), given(what), unlike(_USE_ONLY, strategy)),
        f" Invalid record group strategy ,  use only must be set to {strategy}",
        f"sets {name} and records by another strategy",
        f'Set use_only = "{strategy}".',
    )


SHEETS = (
    Sheet(
        ("aws_cloudwatch_metric_alarm",),
        "internal/service/cloudwatch/metric_alarm.go",
        (
            Refusal(
                "metric_name",
                every(given("metric_name"), lacking("statistic"), lacking("extended_statistic")),
                "One of `statistic` or `extended_statistic` must be set for a cloudwatch metric alarm",
                "watches a metric without saying by which statistic",
                "Set statistic or extended_statistic.",
                lasting=True,
            ),
            Refusal(
                "metric",
                every(given("expression"), given("metric")),
                "No metric_query may have both `expression` and a `metric` specified",
                "has a query that is both an expression and a metric",
                "Take expression or metric away.",
                inside="metric_query",
                lasting=True,
            ),
        ),
    ),
    Sheet(
        ("aws_config_configuration_recorder",),
        "internal/service/configservice/configuration_recorder.go",
        (
            _supporting("resource_types", "lists types"),
            _supporting("exclusion_by_resource_types", "leaves types out"),
            _by("resource_types", "INCLUSION_BY_RESOURCE_TYPES"),
            _by("exclusion_by_resource_types", "EXCLUSION_BY_RESOURCE_TYPES"),
            Refusal(
                "recording_group",
                every(given(_LISTED), given(_LEFT_OUT), equal(_USE_ONLY, "EXCLUSION_BY_RESOURCE_TYPES")),
                " Invalid record group , resource_types must not be set when exclusion_by_resource_types is set ",
                "lists types and leaves types out",
                "Take resource_types or exclusion_by_resource_types away.",
            ),
            Refusal(
                _USE_ONLY,
                every(
                    _STRATEGY,
                    given("recording_group.all_supported"),
                    unlike(_USE_ONLY, "ALL_SUPPORTED_RESOURCE_TYPES"),
                ),
                " Invalid record group strategy  , all_supported must be set to true  ",
                "records all types by a strategy for some",
                'Set use_only = "ALL_SUPPORTED_RESOURCE_TYPES".',
            ),
        ),
        {"recording_group.all_supported": True},
    ),
    Sheet(
        ("aws_iot_authorizer",),
        "internal/service/iot/authorizer.go",
        (_signed("token_key_name"), _signed("token_signing_public_keys", "token_key_name")),
    ),
    Sheet(
        ("aws_iot_ca_certificate",),
        "internal/service/iot/ca_certificate.go",
        (
            Refusal(
                "verification_certificate_pem",
                every(equal("certificate_mode", "DEFAULT"), lacking("verification_certificate_pem")),
                '"verification_certificate_pem" is required when certificate_mode is "DEFAULT"',
                "registers a certificate authority without proving that it is owned",
                'Set verification_certificate_pem, or certificate_mode = "SNI_ONLY".',
            ),
        ),
        {"certificate_mode": "DEFAULT"},
    ),
)
