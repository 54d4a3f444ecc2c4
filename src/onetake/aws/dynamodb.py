"""DynamoDB: tables, their keys and indexes."""

from collections.abc import Iterator

from onetake.aws.view import Attribute, Blocks, Items, View
from onetake.model.language import Language
from onetake.model.values import Absent, Value


class KeyElement(View):
    """One attribute of a key."""

    name = Attribute(str, tf="attribute_name", cfn="AttributeName")
    kind = Attribute(str, tf="key_type", cfn="KeyType")


class AttributeDefinition(View):
    """An attribute that keys may use, and its type."""

    name = Attribute(str, tf="name", cfn="AttributeName")
    kind = Attribute(str, tf="type", cfn="AttributeType")


class _Keyed(View):
    """Whatever has a key: a table or one of its indexes."""

    hash_key = Attribute(str, tf="hash_key", cfn=None)
    range_key = Attribute(str, tf="range_key", cfn=None)
    key: Blocks[KeyElement] = Blocks(KeyElement, tf="key_schema", cfn="KeySchema")

    @property
    def keys(self) -> Iterator[Value[str]]:
        """The names of the key's attributes, as far as the list of them is known."""
        for written in (self.hash_key, self.range_key, *(element.name for element in self.key)):
            if not isinstance(written, Absent):
                yield written

    @property
    def key_complete(self) -> bool:
        """Whether the key has surely no other attributes."""
        return self.key.complete


class Index(_Keyed):
    """A secondary index."""

    name = Attribute(str, tf="name", cfn="IndexName")


class Table(_Keyed):
    """A table."""

    KINDS = {Language.TERRAFORM: "aws_dynamodb_table", Language.CLOUDFORMATION: "AWS::DynamoDB::Table"}
    IDENTITY = ("name",)

    name = Attribute(str, tf="name", cfn="TableName")
    billing = Attribute(str, tf="billing_mode", cfn="BillingMode", default="PROVISIONED")
    attributes = Blocks(AttributeDefinition, tf="attribute", cfn="AttributeDefinitions")
    global_indexes = Blocks(Index, tf="global_secondary_index", cfn="GlobalSecondaryIndexes")
    local_indexes = Blocks(Index, tf="local_secondary_index", cfn="LocalSecondaryIndexes")

    @property
    def indexes(self) -> Items[Index]:
        """All secondary indexes."""
        both = (self.global_indexes, self.local_indexes)
        return Items(
            tuple(index for items in both for index in items), all(items.complete for items in both), self.where
        )
