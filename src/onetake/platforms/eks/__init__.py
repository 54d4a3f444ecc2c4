"""Microservices on EKS and Fargate."""

from onetake.platforms.bindings import prepare

prepare()

from onetake.platforms.eks.stack import EksMicroservices  # noqa: E402 - after prepare()

__all__ = ["EksMicroservices"]
