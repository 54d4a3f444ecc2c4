"""What the names of one framework are called in another: code is often written for the wrong one."""

from __future__ import annotations

_OF_CDK = {
    "Stack": "TerraformStack",
    "CfnOutput": "TerraformOutput",
    "CfnParameter": "TerraformVariable",
    "CfnResource": "TerraformResource",
    "Stage": "TerraformStack, one for each stage",
}
_OF_TERRAFORM = {
    "TerraformStack": "Stack",
    "TerraformOutput": "CfnOutput",
    "TerraformVariable": "CfnParameter",
    "TerraformResource": "CfnResource",
    "TerraformLocal": "a variable of Python",
}
_IN_NO_TERRAFORM = frozenset({"Duration", "RemovalPolicy", "Tags", "SecretValue", "Size", "Environment", "StackProps"})
"""Names of the AWS CDK for which cdktf and cdktn have plain values or other means."""


def told(root: str, name: str) -> str:
    """What to write for a name of another framework; empty for others."""
    if name == "Construct":
        return "import Construct from constructs"
    if root in ("cdktf", "cdktn"):
        if name in _IN_NO_TERRAFORM:
            return f"{name} is of the AWS CDK; {root} takes plain values, and the arguments of the provider"
        return f"{name} is of the AWS CDK; use {_OF_CDK[name]}" if name in _OF_CDK else ""
    if root == "aws_cdk" and name in _OF_TERRAFORM:
        return f"{name} is of cdktf and cdktn; use {_OF_TERRAFORM[name]}"
    return ""
