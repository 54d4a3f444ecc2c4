"""Names that only one resource of a kind may have, and what AWS or the provider says when one is taken."""

from __future__ import annotations

from collections.abc import Mapping

from onetake.aws.view import View, convert
from onetake.model.language import Language
from onetake.model.values import Known, known

_ENTITY = "EntityAlreadyExists: "
TAKEN: Mapping[str, tuple[str, str]] = {
    "aws_iam_role": ("name", f"{_ENTITY}Role with name {{taken}} already exists."),
    "aws_iam_policy": (
        "name",
        f"{_ENTITY}A policy called {{taken}} already exists. Duplicate names are not allowed.",
    ),
    "aws_iam_instance_profile": ("name", f"{_ENTITY}Instance Profile {{taken}} already exists."),
    "aws_launch_template": (
        "name",
        "InvalidLaunchTemplateName.AlreadyExistsException: Launch template name already in use.",
    ),
    "aws_lb": ("name", "ELBv2 Load Balancer ({taken}) already exists"),
    "aws_lb_target_group": ("name", "ELBv2 Target Group ({taken}) already exists"),
    "aws_security_group": (
        "name",
        "InvalidGroup.Duplicate: The security group '{taken}' already exists for VPC '{vpc}'",
    ),
    "aws_db_instance": ("identifier", "DBInstanceAlreadyExists: DB instance already exists"),
    "aws_db_subnet_group": ("name", "DBSubnetGroupAlreadyExists: The DB subnet group '{taken}' already exists."),
    "aws_db_parameter_group": ("name", "DBParameterGroupAlreadyExists: Parameter group {taken} already exists"),
    "aws_dynamodb_table": ("name", "ResourceInUseException: Table already exists: {taken}"),
    "aws_lambda_function": ("function_name", "ResourceConflictException: Function already exist: {taken}"),
    "aws_cloudwatch_log_group": (
        "name",
        "ResourceAlreadyExistsException: The specified log group already exists",
    ),
    "aws_eks_cluster": ("name", "ResourceInUseException: Cluster already exists with name: {taken}"),
    "aws_secretsmanager_secret": (
        "name",
        "ResourceExistsException: The operation failed because the secret {taken} already exists.",
    ),
}
"""By type: the argument that holds the name, and the answer."""


class Named(View):
    """A resource whose name no other of its kind may have."""

    KINDS = {Language.TERRAFORM: tuple(TAKEN)}

    @property
    def argument(self) -> str:
        """The argument that holds the name."""
        return TAKEN[self.resource.type][0]

    @property
    def name(self) -> str:
        """The name, if it is known."""
        return self._text(self.argument)

    @property
    def vpc(self) -> str:
        """The VPC in which the name is unique; empty where it is unique in the region."""
        return self._text("vpc_id") if self.resource.type == "aws_security_group" else ""

    def _text(self, argument: str) -> str:
        value = convert(self.resource.argument(argument), str)
        return str(value.value) if isinstance(value, Known) else ""

    def takes(self, other: Named) -> bool:
        """Whether it surely has the name of ``other``, in the same place."""
        if not self.name or (self.resource.type, self.name) != (other.resource.type, other.name):
            return False
        if self.resource.type == "aws_security_group" and (not self.vpc or self.vpc != other.vpc):
            return False
        same = self.resource.provider.alias == other.resource.provider.alias
        return same and known(self.region) == known(other.region)

    def answer(self) -> str:
        """What is said when the name is taken."""
        return TAKEN[self.resource.type][1].format(taken=self.name, vpc=self.vpc)
