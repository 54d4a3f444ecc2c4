"""The bucket in which Terraform keeps the state of platforms; a stack of its own, with its state beside the program."""

from __future__ import annotations

from collections.abc import Mapping

from constructs import Construct

from onetake.platforms.constructs import Bucket, KmsKey, Outputs, access_logs
from onetake.platforms.constructs.keys import through
from onetake.platforms.parameters import Environment
from onetake.platforms.stack import Platform


class StateBucket(Platform):
    """A versioned, encrypted bucket for state, its key, and the bucket of its access logs.

    Terraform locks state in the bucket itself (``use_lockfile``); there is no table.

    Args:
        scope: the app.
        environment_suffix: in the name of every resource; one bucket usually serves all environments: ``shared``.
        environment: its profile. In ``prod``, which is the default, nobody deletes it by a command.
        aws_region: where it stands.
        default_tags: more tags for everything.

    Raises:
        Refused: a parameter is missing or wrong.
    """

    def __init__(
        self,
        scope: Construct,
        *,
        environment_suffix: str,
        environment: Environment = "prod",
        aws_region: str = "us-east-1",
        default_tags: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(
            scope,
            prefix="tfstate",
            title="terraform-state",
            data_class="confidential",
            environment_suffix=environment_suffix,
            environment=environment,
            aws_region=aws_region,
            state=None,
            default_tags=default_tags,
            overrides=None,
            alarm_email=None,
            manage_account_singletons=False,
            alarms=False,
        )
        context = self.context
        key = KmsKey(
            self,
            "key",
            context=context,
            domain="state",
            description="State of Terraform",
            uses=[through("s3")],
        )
        logs = access_logs(self, context=context, component="logs")
        self.bucket = Bucket(self, "bucket", context=context, component="state", kind="data", key=key, logs=logs)
        table = f'[state]\nbucket = "{self.bucket.name}"\nkms_key_id = "{key.arn}"\nregion = "{aws_region}"'
        Outputs(
            self,
            "outputs",
            context=context,
            values={
                "bucket": (self.bucket.name, "Bucket for state"),
                "key_arn": (key.arn, "Key of that bucket"),
                "settings": (table, "What the settings of a platform say of it"),
            },
        )
