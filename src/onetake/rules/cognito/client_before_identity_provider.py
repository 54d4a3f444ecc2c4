"""User pool client that names an identity provider without waiting for it.

The provider must exist when the client is made. Named by a literal, nothing orders the two.
"""

from collections.abc import Iterator

from onetake.aws.cognito import Client, IdentityProvider
from onetake.aws.lookup import views
from onetake.mechanisms.ordering import surely_before
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

SAYS = "The provider {provider} does not exist for User Pool {pool}"
ANSWERS = {
    Language.TERRAFORM: Answer(Stage.CREATE, f"InvalidParameterException: {SAYS}."),
    Language.CLOUDFORMATION: Answer(
        Stage.CREATE,
        f'Resource handler returned message: "{SAYS}. (Service: CognitoIdentityProvider, Status Code: 400)" '
        "(InvalidParameterException)",
    ),
}


def check(client: Client) -> Iterator[Fault]:
    """A provider of the stack, named by text, that the client surely does not wait for."""
    match client.providers:
        case Known(names):
            pass
        case _:
            return
    for named in names:
        match named:
            case Known(name, where) if name != "COGNITO":
                for provider in views(client.stack, IdentityProvider):
                    same = isinstance(provider.name, Known) and provider.name.value == name
                    if same and surely_before(client.stack, provider, client) is Truth.NO:
                        yield Fault(
                            where,
                            f"{client.address} names {name}, but does not wait for {provider.address}",
                            related=(provider,),
                            words={"provider": name},
                        )
            case _:
                continue


RULE = Rule(
    name="cognito-client-before-identity-provider",
    view=Client,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="A literal name makes no dependency, so the client may be made before the provider.",
    fix="Refer to the provider (its provider_name, or Ref), or depend on it.",
    evidence=(
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-cognito-userpoolclient.html",
    ),
)
