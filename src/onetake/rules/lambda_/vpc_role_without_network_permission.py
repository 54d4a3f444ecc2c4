"""Function in a VPC whose role may not make network interfaces.

Lambda checks the execution role when the function is created. Judged when every policy of the role is known; a role
from elsewhere is not.
"""

from collections.abc import Iterator

from onetake.aws.awslambda import Function
from onetake.aws.iam import Role
from onetake.aws.lookup import target
from onetake.mechanisms.policies import role_allows
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

SAYS = "The provided execution role does not have permissions to call CreateNetworkInterface on EC2"
ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE, f"InvalidParameterValueException: {SAYS}"),
    Language.CLOUDFORMATION: Answer(
        Stage.CREATE,
        f'Resource handler returned message: "{SAYS} (Service: Lambda, Status Code: 400)" (HandlerErrorCode: '
        "InvalidRequest)",
    ),
}


def check(function: Function) -> Iterator[Fault]:
    """The function has subnets, and its role surely lacks the permission."""
    match function.subnets:
        case Known(subnets, where) if subnets:
            role = target(function.role, function.stack, Role)
            if role is not None and role_allows(role, "ec2:CreateNetworkInterface") is Truth.NO:
                yield Fault(
                    where,
                    f"{function.address} lies in a VPC, but its role {role.address} may not create network interfaces",
                    related=(role,),
                )


RULE = Rule(
    name="lambda-vpc-role-without-network-permission",
    view=Function,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="A function in a VPC reaches it through network interfaces that Lambda makes with the function's role.",
    fix="Attach AWSLambdaVPCAccessExecutionRole to the role.",
    evidence=(
        "https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions",
        "https://github.com/cloudposse/terraform-aws-lambda-function/issues/13",
        "https://github.com/aws/aws-sam-cli/issues/617",
    ),
)
