"""What all platforms are made of: one stack, one provider block, one way to take their parameters."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import cdktn
from constructs import Construct

from onetake.model.records import record, replace
from onetake.platforms import parameters
from onetake.platforms.catalogue import PLATFORMS
from onetake.platforms.constructs.declaring import declare
from onetake.platforms.context import Context
from onetake.platforms.names import Names
from onetake.platforms.parameters import Environment
from onetake.platforms.profiles import Overrides, profile
from onetake.platforms.refusals import Refused

TERRAFORM: Final = ">=1.11.0"
"""Write-only arguments, ephemeral values and locking by the S3 backend itself came with it."""
PROVIDER: Final = ">= 5.100.0, < 7.0.0"
"""Platforms use what means the same in all of these; the lock file decides."""


@record
class State:
    """Where Terraform keeps its state: a bucket that is versioned and encrypted.

    Attributes:
        bucket: its name.
        kms_key_id: the ARN of the key that encrypts it.
        region: the bucket's.
    """

    bucket: str
    kms_key_id: str
    region: str


class App(cdktn.App):
    """An app that may use what Terraform 1.11 brought.

    Args:
        outdir: where it is synthesized; ``cdktf.out`` if not given.
    """

    def __init__(self, *, outdir: str | None = None) -> None:
        if outdir is not None:
            Path(outdir).mkdir(parents=True, exist_ok=True)
        super().__init__(outdir=outdir, context={"targetVersions": {"terraform": TERRAFORM}})


class Platform(cdktn.TerraformStack):
    """One copy of a platform, in one account and region.

    Args:
        scope: the app.
        prefix: of all names.
        title: what the platform is called in tags.
        data_class: how sensitive what it holds is, for tags.
        environment_suffix: in the name of every resource; tells two copies in one account apart.
        environment: the profile; derived from the suffix if not given.
        aws_region: where it stands.
        state: where Terraform keeps its state; beside the program if not given.
        default_tags: more tags for everything.
        overrides: settings that differ from the profile.
        alarm_email: where alarms go; prod needs one.
        manage_account_singletons: whether it creates what exists once in an account and region.
        alarms: whether it has any; only then does prod need somebody who reads them.

    Raises:
        Refused: a parameter is missing or wrong.
    """

    def __init__(
        self,
        scope: Construct,
        *,
        prefix: str,
        title: str,
        data_class: str,
        environment_suffix: str,
        environment: Environment | None,
        aws_region: str,
        state: State | None,
        default_tags: Mapping[str, str] | None,
        overrides: Overrides | None,
        alarm_email: str | None,
        manage_account_singletons: bool,
        alarms: bool = True,
    ) -> None:
        suffix = parameters.suffix(environment_suffix)
        chosen = parameters.environment(environment, suffix)
        region = parameters.region(aws_region)
        entry = PLATFORMS.get(title)
        usual, unused = (entry.profile.get(chosen), entry.unused) if entry else (None, ())
        settings = profile(chosen, overrides, usual=usual, unused=unused)
        self.alarm_email = parameters.email(alarm_email, chosen) if alarms else None
        self.manages_singletons = parameters.flag("manage_account_singletons", manage_account_singletons)
        tags = {
            "Project": "onetake",
            "Platform": title,
            "Environment": chosen,
            "EnvironmentSuffix": suffix,
            "ManagedBy": "onetake",
            "CostCenter": title,
            "DataClass": data_class,
        } | parameters.tags("default_tags", default_tags or {})
        if state is not None and not isinstance(state, State):
            raise Refused("state", state, "it has to be a State or None")

        super().__init__(scope, f"{prefix}-{suffix}")
        self.title = title
        self.tags_of_all = tags
        self._settle(state, f"{title}/{suffix}/terraform.tfstate")
        from cdktn_provider_aws.provider import AwsProvider

        AwsProvider(self, "aws", region=region, default_tags=[{"tags": tags}])
        self.context = Context(
            names=Names(prefix, suffix),
            environment=chosen,
            profile=settings,
            account=declare(self, "data.aws_caller_identity", "current").account_id,
            partition=declare(self, "data.aws_partition", "current").partition,
            # Not .region, which 5.x does not have, and not .name, which 6.x deprecates.
            region=declare(self, "data.aws_region", "current").id,
            region_name=region,
        )

    def elsewhere(self, alias: str, region: str, *, mark: str = "") -> Context:
        """The context of what stands in another region, by a provider of its own with the tags of all.

        Args:
            alias: of the provider.
            region: where it stands.
            mark: in the names of what the first region has too.
        """
        from cdktn_provider_aws.provider import AwsProvider

        tags = [{"tags": self.tags_of_all}]
        provider = AwsProvider(self, f"aws_{alias}", alias=alias, region=region, default_tags=tags)
        return replace(
            self.context,
            names=replace(self.context.names, mark=mark),
            region=declare(self, "data.aws_region", alias, provider=provider).id,
            region_name=region,
            provider=provider,
        )

    def _settle(self, state: State | None, key: str) -> None:
        self.add_override("terraform.required_version", TERRAFORM)
        self.add_override("terraform.required_providers.aws.version", PROVIDER)
        if state is None:
            # Relative: the same program synthesizes to the same bytes in every folder.
            cdktn.LocalBackend(self, path="terraform.tfstate")
            return
        cdktn.S3Backend(
            self,
            bucket=state.bucket,
            key=key,
            region=state.region,
            encrypt=True,
            kms_key_id=state.kms_key_id,
            use_lockfile=True,
        )
