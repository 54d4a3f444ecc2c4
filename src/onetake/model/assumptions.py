"""What is assumed of the world outside the program: the account, the region, the date."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from types import MappingProxyType

from onetake.model.language import Truth
from onetake.model.records import field, record

ACCOUNT_ID = "123456789012"
"""The account that AWS's documentation uses; assumed where a program asks and nothing is given."""

REGION = "us-east-1"
"""The region assumed where neither the program nor its user names one."""


@record
class Profile:
    """What an AWS account already has and allows.

    ``facts`` are answers by name (``service-linked-role:es.amazonaws.com``, ``codecommit-repository``);
    ``others`` is the answer for every fact that is not named; ``quotas`` are limits by name. ``account`` is its id and
    ``zones`` are the names of its availability zones, of every region that it is used in; empty where nobody said.
    """

    name: str
    facts: Mapping[str, Truth] = field(default_factory=lambda: MappingProxyType({}))
    others: Truth = Truth.UNKNOWN
    quotas: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    account: str = ""
    zones: tuple[str, ...] = ()

    def has(self, fact: str) -> Truth:
        """Does the account have what ``fact`` names?"""
        return self.facts.get(fact, self.others)


ANY_ACCOUNT = Profile("any-account")
NEW_ACCOUNT = Profile("new-account", others=Truth.NO)
USED_ACCOUNT = Profile("used-account", others=Truth.YES)


@record
class Assumptions:
    """Everything a verdict rests on besides the program and the knowledge; named in every report."""

    region: str = REGION
    account: str = ACCOUNT_ID
    profile: Profile = ANY_ACCOUNT
    as_of: datetime.date = field(default_factory=datetime.date.today)
    region_given: bool = False
    """Whether the user named the region; if not, a template's region is only assumed."""
    account_given: bool = False
    """Whether ``account`` is the one that is deployed to; a plan may tell."""
