"""Buckets: documents, the audit of what was done with them, the site, and access logs of all that."""

from __future__ import annotations

from typing import Final

from constructs import Construct

from onetake.platforms.constructs import Bucket, Lock, access_logs, balancer_logs, statement
from onetake.platforms.constructs.buckets import bucket_logs
from onetake.platforms.constructs.policies import Statement
from onetake.platforms.context import Context
from onetake.platforms.financial.keys import Keys

SEVEN_YEARS: Final = 2557  # days


class Storage(Construct):
    """The buckets of the platform.

    Args:
        edge: the context of us-east-1, from where CloudFront's logs are delivered.
        keys: of the platform.
        distribution_arn: a reference to the distribution that reads the site.
    """

    def __init__(
        self, scope: Construct, name: str, *, context: Context, edge: Context, keys: Keys, distribution_arn: str
    ) -> None:
        super().__init__(scope, name)
        self._context = context
        self._edge = edge
        production = context.environment == "prod"
        self.logs = access_logs(self, context=context, component="logs", statements=self._writers)
        self.documents = Bucket(
            self,
            "documents",
            context=context,
            component="documents",
            kind="data",
            key=keys.data,
            logs=self.logs,
            archive=True,
        )
        # What is locked for good cannot be destroyed: outside prod it ends after a day and yields to a permission.
        self.audit = Bucket(
            self,
            "audit",
            context=context,
            component="audit",
            kind="audit",
            key=keys.data,
            logs=self.logs,
            lock=Lock("COMPLIANCE", SEVEN_YEARS) if production else Lock("GOVERNANCE", 1),
            archive=production,
        )
        self.site = Bucket(
            self,
            "site",
            context=context,
            component="site",
            kind="data",
            key=keys.site,
            logs=self.logs,
            statements=lambda arn: [
                statement(
                    "CloudFrontReads",
                    ["s3:GetObject"],
                    [f"{arn}/*"],
                    services=[context.service("cloudfront")],
                    when=[("StringEquals", "aws:SourceArn", [distribution_arn])],
                )
            ],
        )

    def _writers(self, arn: str) -> list[Statement]:
        context = self._context
        sources = f"arn:{context.partition}:logs:{self._edge.region}:{context.account}:delivery-source:*"
        delivered = statement(
            "CloudFrontLogs",
            ["s3:PutObject"],
            [f"{arn}/AWSLogs/{context.account}/CloudFront/*"],
            services=[context.service("delivery.logs")],
            when=[
                ("StringEquals", "s3:x-amz-acl", ["bucket-owner-full-control"]),
                ("StringEquals", "aws:SourceAccount", [context.account]),
                ("ArnLike", "aws:SourceArn", [sources]),
            ],
        )
        return [*bucket_logs(context)(arn), *balancer_logs(context)(arn), delivered]
