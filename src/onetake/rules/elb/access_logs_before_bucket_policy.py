"""Load balancer that does not wait for the policy which lets it write its access logs.

Elastic Load Balancing writes a test object when logs are turned on. Without an order between the two the policy may
come too late: in CloudFormation sometimes, and in Terraform, whose provider turns logs on once the load balancer is
active, seldom. A policy that waits for the load balancer comes too late for certain.
"""

from collections.abc import Iterator

from onetake.aws.elb import LoadBalancer
from onetake.mechanisms.ordering import surely_before
from onetake.mechanisms.policies import bucket_policies
from onetake.model.findings import Severity
from onetake.model.language import Truth
from onetake.model.values import Known
from onetake.rules.elb.access_logs_bucket_refuses import ANSWERS, log_bucket
from onetake.rules.rule import Fault, Rule

QUESTION = "Does the policy come before logs are turned on? Nothing orders the two."


def check(balancer: LoadBalancer) -> Iterator[Fault]:
    """Every policy of the bucket is surely not waited for."""
    bucket = log_bucket(balancer)
    if bucket is None:
        return
    policies = bucket_policies(bucket)
    late = [one for one in policies if surely_before(balancer.stack, one, balancer) is Truth.NO]
    if late and policies.complete and len(late) == len(policies):
        name = bucket.name.value if isinstance(bucket.name, Known) else bucket.address
        yield Fault(
            balancer.access_logs_bucket,
            f"{balancer.address} does not wait for {late[0].address}, which lets it write its access logs",
            related=(late[0], bucket),
            condition=""
            if all(surely_before(balancer.stack, balancer, one) is Truth.YES for one in late)
            else QUESTION,
            words={"bucket": name},
        )


RULE = Rule(
    name="elb-access-logs-before-bucket-policy",
    view=LoadBalancer,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="A test object is written when access logs are turned on; nothing makes the policy come first.",
    fix="Make the load balancer depend on the bucket policy.",
    evidence=(
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html",
        "https://github.com/awsdocs/elastic-beanstalk-samples/pull/15",
        "https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/elbv2/load_balancer.go",
    ),
)
