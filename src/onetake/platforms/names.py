"""The names of everything: ``{prefix}-{component}-{suffix}``, within the limits that AWS sets for each kind."""

from __future__ import annotations

import re
from typing import Final

from onetake.model.records import record
from onetake.platforms.refusals import Refused


@record
class Limit:
    """What a kind of name may be.

    Attributes:
        longest: characters.
        form: what the whole name has to match.
        meaning: the form in words.
    """

    longest: int
    form: re.Pattern[str]
    meaning: str


_PLAIN: Final = re.compile(r"[A-Za-z0-9-]+")
_WIDE: Final = re.compile(r"[\w+=,.@-]+")

LIMITS: Final = {
    "load balancer": Limit(32, re.compile(r"(?!internal-|-).*(?<!-)"), "not beginning with internal- or a hyphen"),
    "target group": Limit(32, re.compile(r"(?!-)[A-Za-z0-9-]+(?<!-)"), "letters, digits and hyphens"),
    "replication group": Limit(40, re.compile(r"[a-z](?!.*--)[a-z0-9-]*(?<!-)"), "from a letter, no double hyphen"),
    "database": Limit(63, re.compile(r"[a-z](?!.*--)[a-z0-9-]*(?<!-)"), "from a letter, no double hyphen"),
    "bucket": Limit(63, re.compile(r"(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9][a-z0-9-]*[a-z0-9]"), "lower case, no dots"),
    "role": Limit(64, _WIDE, "letters, digits and + = , . @ - _"),
    "group": Limit(128, _WIDE, "letters, digits and + = , . @ - _"),
    "policy": Limit(128, _WIDE, "letters, digits and + = , . @ - _"),
    "instance profile": Limit(128, _WIDE, "letters, digits and + = , . @ - _"),
    "function": Limit(64, re.compile(r"[A-Za-z0-9-_]+"), "letters, digits, hyphens and underscores"),
    "security group": Limit(255, re.compile(r"(?!sg-)[A-Za-z0-9-]+"), "not beginning with sg-"),
    "web ACL": Limit(128, re.compile(r"[A-Za-z0-9-_]+"), "letters, digits, hyphens and underscores"),
    "firewall log group": Limit(512, re.compile(r"aws-waf-logs-.+"), "beginning with aws-waf-logs-"),
    "log group": Limit(512, re.compile(r"(?!aws/)[\w./#-]+"), "letters, digits and . - _ / #"),
    "secret": Limit(512, re.compile(r"(?!.*-[A-Za-z0-9]{6}$)[\w/+=.@-]+"), "not ending in a hyphen and six characters"),
    "key alias": Limit(256, re.compile(r"alias/(?!aws/)[\w/-]+"), "alias/ and letters, digits, / _ -"),
    "topic": Limit(256, re.compile(r"[A-Za-z0-9-_]+"), "letters, digits, hyphens and underscores"),
    "queue": Limit(80, re.compile(r"[A-Za-z0-9-_]+(\.fifo)?"), "letters, digits, hyphens and underscores"),
    "backup vault": Limit(50, re.compile(r"[A-Za-z0-9-_]{2,}"), "letters, digits, hyphens and underscores"),
    "trail": Limit(128, re.compile(r"[A-Za-z0-9](?!.*[._-]{2})[A-Za-z0-9._-]*[A-Za-z0-9]"), "3 to 128 characters"),
    "cluster": Limit(100, re.compile(r"[A-Za-z0-9][A-Za-z0-9-_]*"), "letters, digits, hyphens and underscores"),
    "repository": Limit(256, re.compile(r"[a-z0-9]+(?:[._/-][a-z0-9]+)*"), "lower case"),
    "rule": Limit(64, re.compile(r"[\w.-]+"), "letters, digits and . - _"),
    "alarm": Limit(255, re.compile(r".+"), "anything"),
    "dashboard": Limit(255, re.compile(r"[A-Za-z0-9-_]+"), "letters, digits, hyphens and underscores"),
    "parameter": Limit(1011, re.compile(r"/(?!aws|ssm)[\w./-]+"), "beginning with /"),
    "other": Limit(63, _PLAIN, "letters, digits and hyphens"),
}
"""By kind. The sources are the API references of the services; the provider refuses most of them while planning."""

ACCOUNT_LENGTH: Final = 12
_TOKEN: Final = re.compile(r"\$\{[^}]*\}")


@record
class Names:
    """Names of one copy of a platform.

    Attributes:
        prefix: of the platform, such as ``base``.
        suffix: of the copy, such as ``dev``.
        mark: in the names of what a second region has too, where all regions of an account share names.
    """

    prefix: str
    suffix: str
    mark: str = ""

    def of(self, component: str, kind: str = "other") -> str:
        """``{prefix}-{component}-{suffix}``, with the region's mark behind the component.

        Raises:
            Refused: AWS does not take such a name for such a kind.
        """
        marked = f"{component}-{self.mark}" if self.mark else component
        return self.checked(f"{self.prefix}-{marked}-{self.suffix}", kind)

    def bucket(self, component: str, account: str, region: str) -> str:
        """A bucket's name, which no other account may have: it ends in the account's id and the region."""
        return self.checked(f"{self.prefix}-{component}-{self.suffix}-{account}-{region}", "bucket")

    def path(self, *components: str, kind: str = "log group") -> str:
        """``/{prefix}/{suffix}/...``, for what is named by paths: log groups and parameters."""
        return self.checked("/" + "/".join((self.prefix, self.suffix, *components)), kind)

    def slashed(self, *components: str, kind: str) -> str:
        """``{prefix}/{suffix}/...``, for secrets and repositories."""
        return self.checked("/".join((self.prefix, self.suffix, *components)), kind)

    def checked(self, name: str, kind: str) -> str:
        """The name, if AWS takes it; a reference in it counts as the account's id."""
        limit = LIMITS[kind]
        shown = _TOKEN.sub("0" * ACCOUNT_LENGTH, name)
        if len(shown) > limit.longest:
            raise Refused(f"name of a {kind}", shown, f"it has {len(shown)} characters, at most {limit.longest} fit")
        if not limit.form.fullmatch(shown):
            raise Refused(f"name of a {kind}", shown, limit.meaning)
        return name
