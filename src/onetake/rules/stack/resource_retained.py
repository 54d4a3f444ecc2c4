"""Stateful resource that outlives its stack, in an environment that has to be removable.

What is retained stays, costs money, and its fixed name blocks the next deployment. Judged for named buckets, log
groups, tables and repositories outside production.
"""

from collections.abc import Iterator

from onetake.aws.view import Attribute, View
from onetake.mechanisms.environment import is_production
from onetake.model.findings import Action, Edit, Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.values import Absent, Known
from onetake.rules.rule import Answer, Fault, Rule


class Stateful(View):
    """A resource with a name of its own that CloudFormation can leave behind."""

    KINDS = {
        Language.CLOUDFORMATION: (
            "AWS::S3::Bucket",
            "AWS::Logs::LogGroup",
            "AWS::DynamoDB::Table",
            "AWS::ECR::Repository",
        ),
    }

    bucket = Attribute(str, tf=None, cfn="BucketName")
    group = Attribute(str, tf=None, cfn="LogGroupName")
    table = Attribute(str, tf=None, cfn="TableName")
    repository = Attribute(str, tf=None, cfn="RepositoryName")


def check(resource: Stateful) -> Iterator[Fault]:
    """Retained under a fixed name, surely outside production."""
    policy = resource.resource.settings.get("DeletionPolicy")
    names = [resource.bucket, resource.group, resource.table, resource.repository]
    named = next((name for name in names if not isinstance(name, Absent)), None)
    match policy:
        case Known("Retain", where) if named is not None and is_production(resource.stack) is Truth.NO:
            yield Fault(
                where,
                f"{resource.address} stays behind under its fixed name when the stack is deleted",
                edits=(Edit(resource.resource.where / "DeletionPolicy", Action.SET, "Delete"),),
            )


RULE = Rule(
    name="stack-resource-retained",
    view=Stateful,
    check=check,
    severity=Severity.MEDIUM,
    answers={Language.CLOUDFORMATION: Answer(Stage.DESTROY)},
    cause="A retained resource is left behind; the next deployment collides with its name.",
    fix="Delete it with the stack outside production (RemovalPolicy.DESTROY in the CDK), or let its name be generated.",
    evidence=("https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html",),
)
