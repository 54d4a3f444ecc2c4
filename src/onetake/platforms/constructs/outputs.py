"""Outputs by fixed names, and the same as parameters that other programs read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cdktn import TerraformOutput, TerraformStack
from constructs import Construct

from onetake.platforms.constructs.declaring import declare
from onetake.platforms.context import Context


class Outputs(Construct):
    """Outputs of a stack, and SSM parameters ``/{prefix}/{suffix}/{name}`` of the same names and values.

    Args:
        values: by name, with what each is; a list becomes a parameter of the type StringList. Never a secret.
    """

    def __init__(
        self, scope: Construct, name: str, *, context: Context, values: Mapping[str, tuple[str | Sequence[str], str]]
    ) -> None:
        super().__init__(scope, name)
        stack = TerraformStack.of(scope)
        for key, (value, description) in values.items():
            single = isinstance(value, str)
            output = TerraformOutput(stack, f"output-{key}", value=value, description=description)
            output.override_logical_id(key)
            declare(
                self,
                "aws_ssm_parameter",
                key,
                name=context.names.path(key, kind="parameter"),
                description=description,
                type="String" if single else "StringList",
                value=value if single else ",".join(value),
                provider=context.provider,
            )
