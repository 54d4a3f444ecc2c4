"""What the account has already: service-linked roles, settings, singletons, limits.

A verdict that rests on the account is a risk with a question, unless the profile decides it
(``--profile new-account``) or the program itself makes what is needed.
"""

from __future__ import annotations

from onetake.knowledge.tables import table
from onetake.model.language import Truth
from onetake.model.records import record
from onetake.model.stacks import Stack


@record
class Need:
    """Something of the account that a deployment needs.

    Attributes:
        fact: its name in profiles.
        question: what to ask the account's owner.
    """

    fact: str
    question: str


def service_linked_role(service: str) -> Need:
    """The service-linked role of ``service`` (``opensearchservice.amazonaws.com``)."""
    return Need(
        f"service-linked-role:{service}", f"Does the account already have the service-linked role of {service}?"
    )


API_GATEWAY_LOG_ROLE = Need(
    "api-gateway-log-role", "Do API Gateway's account settings in this region already name a CloudWatch Logs role?"
)
CODECOMMIT_REPOSITORY = Need(
    "codecommit-repository", "Does the account, or its organization, already have a CodeCommit repository?"
)
DEFAULT_VPC = Need("default-vpc", "Does the account have a default VPC in this region?")


def has(stack: Stack, need: Need) -> Truth:
    """Does the assumed account have what is needed?"""
    return stack.assumptions.profile.has(need.fact)


def limit(stack: Stack, name: str) -> int:
    """The account's limit called ``name``: what the profile says, or AWS's default.

    Raises:
        KeyError: no such limit is known.
    """
    given = stack.assumptions.profile.quotas.get(name)
    return given if given is not None else int(table("quotas").values[name]["default"])


def limit_is_given(stack: Stack, name: str) -> bool:
    """Whether the profile itself states the limit, so that exceeding it is certain."""
    return name in stack.assumptions.profile.quotas
