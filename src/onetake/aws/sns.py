"""SNS: topics, subscriptions and policies."""

from onetake.aws.view import Attribute, Blocks, ListOf, View
from onetake.model.language import Language


class InlineSubscription(View):
    """A subscription written inside its topic."""

    protocol = Attribute(str, tf=None, cfn="Protocol")
    endpoint = Attribute(str, tf=None, cfn="Endpoint")


class Topic(View):
    """A topic."""

    KINDS = {Language.TERRAFORM: "aws_sns_topic", Language.CLOUDFORMATION: "AWS::SNS::Topic"}
    IDENTITY = ("name",)

    name = Attribute(str, tf="name", cfn="TopicName")
    name_prefix = Attribute(str, tf="name_prefix", cfn=None)
    display_name = Attribute(str, tf="display_name", cfn="DisplayName")
    fifo = Attribute(bool, tf="fifo_topic", cfn="FifoTopic", default=False)
    content_based_deduplication = Attribute(
        bool, tf="content_based_deduplication", cfn="ContentBasedDeduplication", default=False
    )
    key = Attribute(str, tf="kms_master_key_id", cfn="KmsMasterKeyId")
    written_policy = Attribute(object, tf="policy", cfn=None)
    inline_subscriptions = Blocks(InlineSubscription, tf=None, cfn="Subscription")


class Subscription(View):
    """What receives a topic's messages."""

    KINDS = {Language.TERRAFORM: "aws_sns_topic_subscription", Language.CLOUDFORMATION: "AWS::SNS::Subscription"}

    topic = Attribute(str, tf="topic_arn", cfn="TopicArn")
    protocol = Attribute(str, tf="protocol", cfn="Protocol")
    endpoint = Attribute(str, tf="endpoint", cfn="Endpoint")
    raw_delivery = Attribute(bool, tf="raw_message_delivery", cfn="RawMessageDelivery", default=False)
    role = Attribute(str, tf="subscription_role_arn", cfn="SubscriptionRoleArn")
    filter_policy = Attribute(object, tf="filter_policy", cfn="FilterPolicy")
    filter_scope = Attribute(str, tf="filter_policy_scope", cfn="FilterPolicyScope")
    redrive = Attribute(object, tf="redrive_policy", cfn="RedrivePolicy")


class TopicPolicy(View):
    """A policy of one topic (Terraform) or of several (CloudFormation)."""

    KINDS = {Language.TERRAFORM: "aws_sns_topic_policy", Language.CLOUDFORMATION: "AWS::SNS::TopicPolicy"}

    topic = Attribute(str, tf="arn", cfn=None)
    topics = ListOf(str, tf=None, cfn="Topics")
    document = Attribute(object, tf="policy", cfn="PolicyDocument")
