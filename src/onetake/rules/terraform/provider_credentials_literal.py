"""Credentials written into the provider's configuration.

A literal access key is in version control, in every plan and in the state of whoever can read them.
"""

from collections.abc import Iterator

from onetake.aws.settings import AwsProvider
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

PLACEHOLDERS = frozenset({"", "test", "mock", "fake", "dummy", "localstack", "mock_access_key", "mock_secret_key"})
"""What people write for emulators of AWS, which take any key."""


def check(provider: AwsProvider) -> Iterator[Fault]:
    """A secret key that is a literal, and not one for an emulator."""
    match provider.secret_key:
        case Known(secret, where) if secret.lower() not in PLACEHOLDERS and len(secret) == SECRET_LENGTH:
            yield Fault(where, f"{provider.address} holds a literal secret key")


SECRET_LENGTH = 40
RULE = Rule(
    name="terraform-provider-credentials-literal",
    view=AwsProvider,
    check=check,
    severity=Severity.HIGH,
    answers={Language.TERRAFORM: Answer(Stage.RUN)},
    cause="Hard-coded credentials leak with the code; the provider's documentation advises against them.",
    fix="Remove access_key and secret_key; let the provider take a role, a profile or environment variables.",
    evidence=("https://registry.terraform.io/providers/hashicorp/aws/latest/docs#provider-configuration",),
    sensitive=True,
)
