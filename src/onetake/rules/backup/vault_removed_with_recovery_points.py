"""Backup vault that a plan deletes or replaces as it is, though it may hold recovery points.

AWS Backup deletes only empty vaults. The provider deletes the recovery points first where the state has
``force_destroy = true``; that the same plan sets it comes too late.

Judged on plans, whose prior state tells what was applied. Whether the vault holds recovery points, it does not tell:
this is a question.
"""

from collections.abc import Iterator

from onetake.aws.view import Attribute, View
from onetake.mechanisms.succession import fate, forced, removed
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule


class Vault(View):
    """A vault, as far as its deletion goes."""

    KINDS = {Language.TERRAFORM: "aws_backup_vault"}

    emptied = Attribute(bool, tf="force_destroy", cfn=None, default=False)


def check(vault: Vault) -> Iterator[Fault]:
    """Nothing empties it before it goes."""
    match vault.emptied:
        case Known(False) if removed(vault):
            yield Fault(
                vault,
                f"{vault.address} {fate(vault)}, and its recovery points are not deleted first{forced(vault)}",
                condition=f"Does {vault.address} hold recovery points?",
            )


RULE = Rule(
    name="backup-vault-removed-with-recovery-points",
    view=Vault,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(
            Stage.DESTROY,
            "InvalidRequestException: Backup vault cannot be deleted because it contains recovery points.",
        ),
    },
    deployed=True,
    cause="AWS Backup does not delete a vault that holds recovery points, and the provider reads force_destroy from "
    "the state.",
    fix="Delete the recovery points, or apply force_destroy = true first and delete the vault with the next plan.",
    evidence=(
        "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/backup_vault#force_destroy",
        "https://github.com/hashicorp/terraform-provider-aws/issues/37774",
    ),
)
