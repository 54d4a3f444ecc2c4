"""CodeCommit repository in an account that may have none yet.

AWS closed CodeCommit to new customers on 2024-07-25: an account (or organization) without a repository could not
create its first one. AWS is reported to have reopened the service late in 2025; documentation pages still carry the
notice. So this is a risk that the account's owner decides (``--profile``), and none for a date before the closing.
"""

import datetime
from collections.abc import Iterator

from onetake.aws.codecommit import Repository
from onetake.mechanisms.account import CODECOMMIT_REPOSITORY, has
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.rules.rule import Answer, Fault, Rule

CLOSED = datetime.date(2024, 7, 25)
SAYS = (
    "CreateRepository request is not allowed because there is no existing repository in this AWS account or AWS "
    "Organization"
)
ANSWERS = {Language.TERRAFORM: Answer(Stage.CREATE, SAYS), Language.CLOUDFORMATION: Answer(Stage.CREATE, SAYS)}


def check(repository: Repository) -> Iterator[Fault]:
    """After the closing, in an account that is not known to have a repository."""
    if repository.stack.assumptions.as_of < CLOSED or has(repository.stack, CODECOMMIT_REPOSITORY) is Truth.YES:
        return
    yield Fault(
        repository,
        f"{repository.address} may not be created where no CodeCommit repository exists yet (as known on 2026-11-24)",
        condition=f"{CODECOMMIT_REPOSITORY.question} If not, has AWS reopened CodeCommit to it?",
    )


RULE = Rule(
    name="codecommit-first-repository-refused",
    view=Repository,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="CodeCommit was closed to new customers on 2024-07-25 and is reported to have reopened late in 2025.",
    fix="Take the source from a CodeConnections connection (GitHub, GitLab, Bitbucket) or from an S3 bucket.",
    evidence=("https://docs.amazonaws.cn/AWSCloudFormation/latest/UserGuide/aws-resource-codecommit-repository.html",),
)
