"""What is refused of functions, their front doors, batch environments, clusters and builds."""

from onetake.frontends.terraform.schemas.plan.conditions import (
    differing,
    equal,
    every,
    given,
    lacking,
    no_object,
    some,
    unlike,
)
from onetake.frontends.terraform.schemas.plan.sheets import Refusal, Sheet


def _authorizer(name: str, *types: str) -> tuple[Refusal, ...]:
    return tuple(
        Refusal(
            "type",
            every(equal("type", type_), lacking(name)),
            f"{name} must be set non-empty when authorizer type is {type_}",
            f"is of type {type_} and sets no {name}",
            f"Set {name}.",
        )
        for type_ in types
    )


SHEETS = (
    Sheet(
        ("aws_lambda_function",),
        "internal/service/lambda/function.go",
        (
            Refusal(
                "package_type",
                every(equal("package_type", "Zip"), some(lacking("handler"), lacking("runtime"))),
                "handler and runtime must be set when PackageType is Zip",
                "runs code from an archive and lacks its handler or runtime",
                'Set handler and runtime, or package_type = "Image" for a container image.',
                lasting=True,
            ),
        ),
        {"package_type": "Zip"},
    ),
    Sheet(
        ("aws_lambda_invocation",),
        "internal/service/lambda/invocation.go",
        (
            Refusal(
                "input",
                every(unlike("lifecycle_scope", "CREATE_ONLY"), no_object("input")),
                'lifecycle_scope other than "CREATE_ONLY" requires input to be a JSON object',
                "is invoked again when it changes, and its input is no JSON object",
                'Write input as an object, or set lifecycle_scope = "CREATE_ONLY".',
            ),
        ),
        {"lifecycle_scope": "CREATE_ONLY"},
    ),
    Sheet(
        ("aws_api_gateway_authorizer",),
        "internal/service/apigateway/authorizer.go",
        (*_authorizer("authorizer_uri", "TOKEN", "REQUEST"), *_authorizer("provider_arns", "COGNITO_USER_POOLS")),
        {"type": "TOKEN"},
    ),
    Sheet(
        ("aws_batch_compute_environment",),
        "internal/service/batch/compute_environment.go",
        (
            Refusal(
                "compute_resources",
                every(equal("type", "UNMANAGED"), given("compute_resources")),
                'no `compute_resources` can be specified when `type` is "UNMANAGED"',
                "is unmanaged and describes compute resources",
                'Take compute_resources away, or set type = "MANAGED".',
            ),
        ),
    ),
    Sheet(
        ("aws_eks_cluster",),
        "internal/service/eks/cluster.go",
        (
            Refusal(
                "compute_config",
                differing(
                    "compute_config.enabled",
                    "kubernetes_network_config.elastic_load_balancing.enabled",
                    "storage_config.block_storage.enabled",
                ),
                "compute_config.enabled, kubernetes_networking_config.elastic_load_balancing.enabled, and "
                "storage_config.block_storage.enabled must all be set to either true or false",
                "turns on some parts of EKS Auto Mode and leaves others off",
                "Set compute_config.enabled, kubernetes_network_config.elastic_load_balancing.enabled and "
                "storage_config.block_storage.enabled to the same value.",
            ),
        ),
    ),
    Sheet(
        ("aws_codebuild_project",),
        "internal/service/codebuild/project.go",
        (
            Refusal(
                "cache",
                every(equal("cache.type", "S3"), lacking("cache.location")),
                'cache location is required when cache type is "S3"',
                "caches in S3 without naming a bucket",
                "Set location in the block cache.",
            ),
        ),
    ),
)
