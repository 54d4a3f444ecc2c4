"""SQS: queues and their policies."""

from onetake.aws.view import Attribute, ListOf, View
from onetake.model.language import Language


class Queue(View):
    """A queue."""

    KINDS = {Language.TERRAFORM: "aws_sqs_queue", Language.CLOUDFORMATION: "AWS::SQS::Queue"}
    IDENTITY = ("name",)

    name = Attribute(str, tf="name", cfn="QueueName")
    name_prefix = Attribute(str, tf="name_prefix", cfn=None)
    fifo = Attribute(bool, tf="fifo_queue", cfn="FifoQueue", default=False)
    content_based_deduplication = Attribute(
        bool, tf="content_based_deduplication", cfn="ContentBasedDeduplication", default=False
    )
    deduplication_scope = Attribute(str, tf="deduplication_scope", cfn="DeduplicationScope")
    throughput_limit = Attribute(str, tf="fifo_throughput_limit", cfn="FifoThroughputLimit")
    visibility_timeout = Attribute(int, tf="visibility_timeout_seconds", cfn="VisibilityTimeout", default=30)
    retention_seconds = Attribute(int, tf="message_retention_seconds", cfn="MessageRetentionPeriod", default=345600)
    delay_seconds = Attribute(int, tf="delay_seconds", cfn="DelaySeconds", default=0)
    wait_seconds = Attribute(int, tf="receive_wait_time_seconds", cfn="ReceiveMessageWaitTimeSeconds", default=0)
    maximum_message_bytes = Attribute(int, tf="max_message_size", cfn="MaximumMessageSize")
    key = Attribute(str, tf="kms_master_key_id", cfn="KmsMasterKeyId")
    sse_sqs = Attribute(bool, tf="sqs_managed_sse_enabled", cfn="SqsManagedSseEnabled")
    written_policy = Attribute(object, tf="policy", cfn=None)
    redrive = Attribute(object, tf="redrive_policy", cfn="RedrivePolicy")
    """``deadLetterTargetArn`` and ``maxReceiveCount``: JSON text or an object."""
    redrive_allow = Attribute(object, tf="redrive_allow_policy", cfn="RedriveAllowPolicy")


class QueuePolicy(View):
    """A policy of one queue (Terraform) or of several (CloudFormation)."""

    KINDS = {Language.TERRAFORM: "aws_sqs_queue_policy", Language.CLOUDFORMATION: "AWS::SQS::QueuePolicy"}

    queue = Attribute(str, tf="queue_url", cfn=None)
    queues = ListOf(str, tf=None, cfn="Queues")
    document = Attribute(object, tf="policy", cfn="PolicyDocument")


class RedrivePolicy(View):
    """Where one queue's failed messages go, as a resource of its own."""

    KINDS = {Language.TERRAFORM: "aws_sqs_queue_redrive_policy"}

    queue = Attribute(str, tf="queue_url", cfn=None)
    document = Attribute(object, tf="redrive_policy", cfn=None)
