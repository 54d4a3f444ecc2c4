"""Repository that a plan deletes or replaces as it is, though it may hold images.

ECR deletes only empty repositories, unless it is told to force it. The provider does where the state has
``force_delete = true``; that the same plan sets it comes too late.

Judged on plans, whose prior state tells what was applied. Whether the repository holds images, it does not tell: this
is a question.
"""

from collections.abc import Iterator

from onetake.aws.view import Attribute, View
from onetake.mechanisms.succession import fate, forced, removed
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule


class Repository(View):
    """A repository, as far as its deletion goes."""

    KINDS = {Language.TERRAFORM: "aws_ecr_repository"}

    name = Attribute(str, tf="name", cfn=None)
    registry = Attribute(str, tf="registry_id", cfn=None)
    emptied = Attribute(bool, tf="force_delete", cfn=None, default=False)


def check(repository: Repository) -> Iterator[Fault]:
    """Nothing empties it before it goes."""
    match repository.emptied:
        case Known(False) if removed(repository):
            named = {"name": repository.name, "account": repository.registry}
            yield Fault(
                repository,
                f"{repository.address} {fate(repository)}, and its images are not deleted first{forced(repository)}",
                condition=f"Does {repository.address} hold images?",
                words={word: value.value for word, value in named.items() if isinstance(value, Known)},
            )


RULE = Rule(
    name="ecr-repository-removed-with-images",
    view=Repository,
    check=check,
    severity=Severity.CRITICAL,
    answers={
        Language.TERRAFORM: Answer(
            Stage.DESTROY,
            "ECR Repository ({name}) not empty, consider using force_delete: RepositoryNotEmptyException: The "
            "repository with name '{name}' in registry with id '{account}' cannot be deleted because it still "
            "contains images",
        ),
    },
    deployed=True,
    cause="ECR does not delete a repository that holds images, and the provider reads force_delete from the state.",
    fix="Delete the images, or apply force_delete = true first and delete the repository with the next plan.",
    evidence=(
        "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecr_repository#force_delete",
        "https://github.com/hashicorp/terraform-provider-aws/issues/33523",
    ),
)
