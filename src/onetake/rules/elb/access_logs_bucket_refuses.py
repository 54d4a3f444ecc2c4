"""Load balancer whose log bucket surely does not let it write.

Application load balancers write as the regional ELB account in older regions, and as
``logdelivery.elasticloadbalancing.amazonaws.com`` everywhere newer; a policy that admits neither (often only
``delivery.logs.amazonaws.com``, which network load balancers use) makes the load balancer fail.
"""

from collections.abc import Iterator

from onetake.aws.elb import LoadBalancer
from onetake.aws.lookup import target
from onetake.aws.s3 import Bucket
from onetake.knowledge.elb_accounts import ELB_ACCOUNTS
from onetake.mechanisms.placement import region
from onetake.mechanisms.policies import ANY_TEXT, Account, Principal, Service, resource_allows
from onetake.model.findings import Severity, Stage
from onetake.model.language import Language, Truth
from onetake.model.values import Known
from onetake.rules.rule import Answer, Fault, Rule

ANSWERS = {
    Language.TERRAFORM: Answer(
        Stage.CREATE,
        "InvalidConfigurationRequest: Access Denied for bucket: {bucket}. Please check S3bucket permission",
    ),
    Language.CLOUDFORMATION: Answer(
        Stage.CREATE,
        "Access Denied for bucket: {bucket}. Please check S3bucket permission (Service: AmazonElasticLoadBalancing; "
        "Status Code: 400; Error Code: InvalidConfigurationRequest)",
    ),
}
SERVICE = "logdelivery.elasticloadbalancing.amazonaws.com"


def check(balancer: LoadBalancer) -> Iterator[Fault]:
    """Logs are on, the bucket is of the stack, and nobody who could write may."""
    bucket = log_bucket(balancer)
    if bucket is None or not (isinstance(balancer.kind, Known) and balancer.kind.value == "application"):
        return
    where = region(balancer)
    account = ELB_ACCOUNTS.get(where.value) if isinstance(where, Known) else None
    if account is None:
        return  # an unknown region, or a newer one, where only the service writes
    writers: tuple[Principal, ...] = (Service(SERVICE), Account(account))
    answers = [
        resource_allows(bucket, writer, "s3:PutObject", resource=(bucket, "/AWSLogs/", ANY_TEXT)) for writer in writers
    ]
    if all(answer is Truth.NO for answer in answers):
        name = bucket.name.value if isinstance(bucket.name, Known) else bucket.address
        yield Fault(
            balancer.access_logs_bucket,
            f"{balancer.address} writes its access logs to {bucket.address}, whose policy does not let it",
            related=(bucket,),
            words={"bucket": name},
        )


def log_bucket(balancer: LoadBalancer) -> Bucket | None:
    """The bucket of the stack that the load balancer surely logs to."""
    match balancer.access_logs_enabled:
        case Known(True):
            return target(balancer.access_logs_bucket, balancer.stack, Bucket)
        case _:
            return None


RULE = Rule(
    name="elb-access-logs-bucket-refuses",
    view=LoadBalancer,
    check=check,
    severity=Severity.CRITICAL,
    answers=ANSWERS,
    cause="Elastic Load Balancing writes a test object when access logs are turned on, and is refused.",
    fix="Let the ELB account of the region (aws_elb_service_account) put objects into the bucket.",
    evidence=("https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html",),
)
