"""Provider whose ``default_tags`` hold no tags.

Usually the tags were written one level too high: CDKTF drops keys that it does not know, so the artefact says
``default_tags: [{}]``, everything deploys, and nothing is tagged.
"""

from collections.abc import Iterator

from onetake.aws.settings import AwsProvider
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language
from onetake.model.values import Absent, Known
from onetake.rules.rule import Answer, Fault, Rule


def check(provider: AwsProvider) -> Iterator[Fault]:
    """A block without ``tags``, or with an empty map."""
    for block in provider.default_tags:
        match block.tags:
            case Absent():
                yield Fault(block, f"default_tags of {provider.address} hold no tags: nothing gets any")
            case Known(tags, where) if not tags:
                yield Fault(where, f"default_tags of {provider.address} hold no tags: nothing gets any")


RULE = Rule(
    name="terraform-default-tags-empty",
    view=AwsProvider,
    check=check,
    severity=Severity.MEDIUM,
    answers={Language.TERRAFORM: Answer(Stage.RUN)},
    cause="default_tags wants its tags in an argument called tags; CDKTF silently drops what is written beside it.",
    fix='Write the tags as default_tags { tags = { ... } }; in CDKTF for Python [{"tags": {...}}].',
    evidence=("https://registry.terraform.io/providers/hashicorp/aws/latest/docs#default_tags-configuration-block",),
)
