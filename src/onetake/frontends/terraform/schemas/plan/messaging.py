"""What is refused of topics, queues and brokers.

That names of FIFO queues end in ``.fifo`` is told by a rule of its own, which says more.
"""

from onetake.frontends.terraform.schemas.plan.conditions import equal, every, given, lacking, some, unmatched
from onetake.frontends.terraform.schemas.plan.sheets import Refusal, Sheet


def _of_fifo(name: str, what: str, words: str) -> Refusal:
    return Refusal(
        name,
        every(lacking("fifo_topic"), given(name)),
        f"{words} can only be set for FIFO topics",
        f"is no FIFO topic and sets {name}, {what}",
        f"Take {name} away, or set fifo_topic = true.",
        lasting=True,
    )


def _named(kind: str, flag: str, longest: int) -> Refusal:
    plain, fifo = f"[0-9A-Za-z_-]{{1,{longest}}}", rf"[0-9A-Za-z_-]{{1,{longest - 5}}}\.fifo"
    return Refusal(
        "name",
        some(every(lacking(flag), unmatched("name", plain)), every(given(flag), unmatched("name", fifo))),
        f"invalid {kind} name: {{name}}",
        f'is called "{{name}}", which is no name of a {kind}',
        f"Use up to {longest} letters, digits, - and _; names of FIFO {kind}s, and only those, end in .fifo.",
        lasting=True,
    )


SHEETS = (
    Sheet(
        ("aws_sqs_queue",),
        "internal/service/sqs/queue.go",
        (
            _named("queue", "fifo_queue", 80),
            Refusal(
                "content_based_deduplication",
                every(lacking("fifo_queue"), given("content_based_deduplication")),
                "content-based deduplication can only be set for FIFO queue",
                "is no FIFO queue and deduplicates by content",
                "Take content_based_deduplication away, or set fifo_queue = true.",
                lasting=True,
            ),
        ),
    ),
    Sheet(
        ("aws_sns_topic",),
        "internal/service/sns/topic.go",
        (
            _named("topic", "fifo_topic", 256),
            _of_fifo("archive_policy", "a policy of its archive", "message archive policy"),
            _of_fifo("content_based_deduplication", "which is for those only", "content-based deduplication"),
            _of_fifo("fifo_throughput_scope", "which is for those only", "FIFO throughput scope"),
        ),
    ),
    Sheet(
        ("aws_sns_topic_subscription",),
        "internal/service/sns/topic_subscription.go",
        (
            Refusal(
                "filter_policy_scope",
                every(given("filter_policy_scope"), lacking("filter_policy")),
                "filter_policy is required when filter_policy_scope is set",
                "says what its filter looks at and has no filter",
                "Set filter_policy, or take filter_policy_scope away.",
            ),
        ),
    ),
    Sheet(
        ("aws_mq_broker",),
        "internal/service/mq/broker.go",
        (
            Refusal(
                "logs.audit",
                every(equal("engine_type", "RabbitMQ", "RABBITMQ"), equal("logs.audit", "true")),
                "logs.audit: Can not be configured when engine is RabbitMQ",
                "writes audit logs, which RabbitMQ does not have",
                "Take audit away.",
            ),
        ),
    ),
)
