"""User pool client that names an identity provider without waiting for it.

The provider must exist when the client is made. Named by a literal, nothing orders the two. Pools may have providers of
the same name: judged is a provider that surely belongs to the client's own pool.
"""

from collections.abc import Iterator

from onetake.aws.cognito import Client, IdentityProvider, UserPool
from onetake.aws.lookup import target, views
from onetake.mechanisms.ordering import surely_before
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.text import same
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
                    named_so = isinstance(provider.name, Known) and provider.name.value == name
                    if (
                        named_so
                        and _of_one_pool(client, provider)
                        and surely_before(client.stack, provider, client) is Truth.NO
                    ):
                        yield Fault(
                            where,
                            f"{client.address} names {name}, but does not wait for {provider.address}",
                            related=(provider,),
                            words={"provider": name},
                        )
            case _:
                continue


def _of_one_pool(client: Client, provider: IdentityProvider) -> bool:
    pool = target(client.pool, client.stack, UserPool)
    if pool is not None:
        return target(provider.pool, client.stack, UserPool) is pool
    return same(client.pool, provider.pool) is Truth.YES


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
