"""What is refused of streams, warehouses, migrations and models."""

from onetake.frontends.terraform.schemas.plan.conditions import equal, every, given, lacking, that
from onetake.frontends.terraform.schemas.plan.sheets import Refusal, Sheet

_DESTINATIONS = (
    "elasticsearch",
    "extended_s3",
    "http_endpoint",
    "iceberg",
    "opensearch",
    "opensearchserverless",
    "redshift",
    "snowflake",
    "splunk",
)
_SETTINGS = {
    "elasticsearch": "elasticsearch_settings",
    "kafka": "kafka_settings",
    "kinesis": "kinesis_settings",
    "mongodb": "mongodb_settings",
    "opensearch": "elasticsearch_settings",
    "redis": "redis_settings",
    "s3": "s3_settings",
}


def _delivered(destination: str) -> Refusal:
    return Refusal(
        "destination",
        every(equal("destination", destination), lacking(f"{destination}_configuration")),
        f"when destination is '{destination}', {destination}_configuration is required",
        f"delivers to {destination} without the block {destination}_configuration",
        f"Give a block {destination}_configuration.",
    )


def _configured(engine: str, settings: str) -> Refusal:
    return Refusal(
        "engine_name",
        every(equal("engine_name", engine), lacking(settings)),
        f'{settings} must be set when engine_name = "{engine}"',
        f"is an endpoint of {engine} without the block {settings}",
        f"Give a block {settings}.",
    )


def _encrypted(settings: str) -> Refusal:
    key, engine = f"{settings}.server_side_encryption_kms_key_id", settings.partition("_")[0]
    return Refusal(
        f"{settings}.encryption_mode",
        every(equal("engine_name", engine), equal(f"{settings}.encryption_mode", "SSE_KMS"), lacking(key)),
        f'{key} is required when encryption_mode is "SSE_KMS"',
        "encrypts with KMS and names no key",
        "Set server_side_encryption_kms_key_id.",
    )


def _of_custom_source(name: str) -> Refusal:
    return Refusal(
        name,
        every(equal("type", "CUSTOM"), given(name)),
        f"{name} must not be set when type is CUSTOM",
        f"is a custom source and sets {name}",
        f"Take {name} away.",
    )


def _tested(name: str, other: str) -> Refusal:
    return Refusal(
        f"input_data_config.{other}.test_s3_uri",
        every(
            given(f"input_data_config.{other}.test_s3_uri"),
            given(f"input_data_config.{name}"),
            lacking(f"input_data_config.{name}.test_s3_uri"),
        ),
        f"input_data_config.{name}.test_s3_uri must be set when input_data_config.{other}.test_s3_uri is set",
        f"has {other} for testing and no {name}",
        f"Set test_s3_uri in the block {name}, too.",
    )


SHEETS = (
    Sheet(
        ("aws_kinesis_stream",),
        "internal/service/kinesis/stream.go",
        (
            Refusal(
                "shard_count",
                every(
                    equal("stream_mode_details.stream_mode", "PROVISIONED"),
                    that("shard_count", lambda value: (value or 0) < 1),
                ),
                "shard_count must be at least 1 when stream_mode is PROVISIONED",
                "is a provisioned stream without shards",
                'Set shard_count, or stream_mode = "ON_DEMAND".',
                lasting=True,
            ),
            Refusal(
                "shard_count",
                every(
                    equal("stream_mode_details.stream_mode", "ON_DEMAND"),
                    that("shard_count", lambda value: (value or 0) > 0),
                ),
                "shard_count must not be set when stream_mode is ON_DEMAND",
                "is an on-demand stream and counts its shards",
                'Take shard_count away, or set stream_mode = "PROVISIONED".',
                lasting=True,
            ),
        ),
        {"stream_mode_details.stream_mode": "PROVISIONED"},
    ),
    Sheet(
        ("aws_kinesis_firehose_delivery_stream",),
        "internal/service/firehose/delivery_stream.go",
        tuple(map(_delivered, _DESTINATIONS)),
    ),
    Sheet(
        ("aws_redshift_cluster",),
        "internal/service/redshift/cluster.go",
        (
            Refusal(
                "multi_az",
                every(given("availability_zone_relocation_enabled"), given("multi_az")),
                "`availability_zone_relocation_enabled` and `multi_az` cannot be both true",
                "spans zones and may be moved to another one",
                "Take one of multi_az and availability_zone_relocation_enabled away.",
            ),
        ),
    ),
    Sheet(
        ("aws_quicksight_data_set",),
        "internal/service/quicksight/data_set.go",
        (
            Refusal(
                "refresh_properties",
                every(equal("import_mode", "DIRECT_QUERY"), given("refresh_properties")),
                "refresh_properties cannot be set when import_mode is 'DIRECT_QUERY'",
                "is queried directly and is to be refreshed",
                'Take refresh_properties away, or set import_mode = "SPICE".',
            ),
        ),
    ),
    Sheet(
        ("aws_kendra_data_source",),
        "internal/service/kendra/data_source.go",
        tuple(map(_of_custom_source, ("configuration", "role_arn", "schedule"))),
    ),
    Sheet(
        ("aws_comprehend_document_classifier",),
        "internal/service/comprehend/document_classifier.go",
        (
            Refusal(
                "input_data_config.label_delimiter",
                every(equal("mode", "MULTI_CLASS"), given("input_data_config.label_delimiter")),
                "input_data_config.label_delimiter must not be set when mode is MULTI_CLASS",
                "gives every document one class and sets a delimiter between classes",
                'Take label_delimiter away, or set mode = "MULTI_LABEL".',
            ),
        ),
        {"mode": "MULTI_CLASS"},
    ),
    Sheet(
        ("aws_comprehend_entity_recognizer",),
        "internal/service/comprehend/entity_recognizer.go",
        (_tested("annotations", "documents"), _tested("documents", "annotations")),
    ),
    Sheet(
        ("aws_dms_endpoint",),
        "internal/service/dms/endpoint.go",
        (
            *(_configured(engine, settings) for engine, settings in _SETTINGS.items()),
            Refusal(
                "kms_key_arn",
                every(equal("engine_name", "s3"), given("kms_key_arn")),
                'kms_key_arn must not be set when engine is "s3". Use s3_settings.server_side_encryption_kms_key_id '
                "instead",
                "is an endpoint of S3 and sets kms_key_arn",
                "Set server_side_encryption_kms_key_id in the block s3_settings instead.",
            ),
            _encrypted("redshift_settings"),
            _encrypted("s3_settings"),
        ),
    ),
    Sheet(
        ("aws_sagemaker_endpoint_configuration",),
        "internal/service/sagemaker/endpoint_configuration.go",
        (
            Refusal(
                "data_capture_config.capture_content_type_header",
                every(
                    given("data_capture_config.capture_content_type_header"),
                    lacking("data_capture_config.capture_content_type_header.csv_content_types"),
                    lacking("data_capture_config.capture_content_type_header.json_content_types"),
                ),
                "Invalid Attribute Combination\n\nAt least one attribute out of [csv_content_types, "
                "json_content_types] must be specified\n\nPath: data_capture_config.capture_content_type_header",
                "captures by content type and names none",
                "Set csv_content_types or json_content_types.",
            ),
        ),
    ),
)
