"""Reports built by hand: an ordinary one, and one in which everything is hostile."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from onetake.model.assembly import Assembly, Judged, Waiver
from onetake.model.assumptions import NEW_ACCOUNT, Assumptions
from onetake.model.findings import Action, Confidence, Crash, Edit, Finding, Note, Position, Severity, Stage
from onetake.model.language import Language
from onetake.model.places import Place
from onetake.model.report import Problem, Report, Versions
from onetake.model.resources import Provider, Resource
from onetake.model.stacks import Engine, Stack
from onetake.model.values import Key, Known, Span

ASSUMED = Assumptions(as_of=datetime.date(2026, 11, 24), profile=NEW_ACCOUNT)
VERSIONS = Versions("0.1.0", datetime.date(2026, 11, 1))


@dataclass
class Source:
    """A file whose places are told beforehand."""

    text: str
    places: Mapping[tuple[Key, ...], Position] = field(default_factory=dict)

    def locate(self, path: tuple[Key, ...]) -> Position | None:
        return self.places.get(path)


def at(line: int, column: int, end_column: int, end_line: int = 0) -> Position:
    return Position(line, column, end_line or line, end_column)


def resource(stack_file: str, address: str, depends_on: tuple[str, ...] = ()) -> Resource:
    where = Span(stack_file, (address,))
    provider = Provider("aws", Known("us-east-1", where))
    return Resource(Language.TERRAFORM, address, address.partition(".")[0], where, {}, provider, depends_on=depends_on)


def stack(name: str, file: str, source: Source, resources: list[Resource], **more: object) -> Stack:
    return Stack(
        name=name,
        language=Language.TERRAFORM,
        where=Span(file),
        engine=Engine("terraform", ">= 1.5.0"),
        resources={one.address: one for one in resources},
        assumptions=ASSUMED,
        sources={file: source},
        **more,  # type: ignore[arg-type]
    )


PAYMENTS = """{
  "resource": {
    "aws_eks_cluster": {
      "main": {"name": "payments", "version": "1.29"}
    },
    "aws_eks_addon": {
      "cni": {
        "cluster_name": "${aws_eks_cluster.main.name}",
        "addon_name": "vpc-cni",
        "addon_version": "v1.15.0-eksbuild.2"
      }
    },
    "aws_sqs_queue": {
      "jobs": {"name": "jobs", "fifo_queue": true}
    },
    "aws_db_instance": {
      "ledger": {
        "username": "ledger",
        "password": "correct-horse-battery",
        "engine": "postgres"
      }
    }
  }
}
"""

FILE = "cdktf.out/stacks/payments/cdk.tf.json"
FIFO = Finding(
    rule="example-fifo-name",
    severity=Severity.CRITICAL,
    stage=Stage.PLAN,
    confidence=Confidence.EXACT,
    where=Span(FILE, ("resource", "aws_sqs_queue", "jobs", "name")),
    resource="aws_sqs_queue.jobs",
    message='FIFO queue is named "jobs", without the .fifo suffix',
    verbatim="Error: invalid queue name: jobs",
    cause="SQS takes a FIFO queue only under a name that ends in .fifo.",
    fix='Rename it to "jobs.fifo".',
    edits=(Edit(Span(FILE, ("resource", "aws_sqs_queue", "jobs", "name")), Action.SET, "jobs.fifo"),),
    evidence=("https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html",),
    stack="payments",
    construct="payments/queues/jobs",
)
ADDON = Finding(
    rule="example-addon-version",
    severity=Severity.CRITICAL,
    stage=Stage.CREATE,
    confidence=Confidence.MODEL,
    where=Span(FILE, ("resource", "aws_eks_addon", "cni", "addon_version")),
    resource="aws_eks_addon.cni",
    message='add-on vpc-cni "v1.15.0-eksbuild.2" is not offered for Kubernetes 1.29',
    verbatim="Error: creating EKS Add-On (payments:vpc-cni): InvalidParameterException: Addon version specified is "
    "not supported",
    cause="EKS offers each add-on version for some Kubernetes versions only.",
    fix="Leave addon_version out, so that EKS takes the default of the cluster version.",
    related=("aws_eks_cluster.main",),
    related_spans=(Span(FILE, ("resource", "aws_eks_cluster", "main")),),
    edits=(Edit(Span(FILE, ("resource", "aws_eks_addon", "cni", "addon_version")), Action.REMOVE),),
    evidence=("https://docs.aws.amazon.com/eks/latest/userguide/managing-add-ons.html",),
    stack="payments",
    construct="payments/cluster/cni",
)
LEDGER = Span(FILE, ("resource", "aws_db_instance", "ledger"))
PASSWORD = Finding(
    rule="example-password-literal",
    severity=Severity.HIGH,
    stage=Stage.RUN,
    confidence=Confidence.DOCUMENTED,
    where=LEDGER / "password",
    resource="aws_db_instance.ledger",
    message='the master password is the literal "correct-horse-battery"',
    cause="Whoever can read the code or the state can read the password.",
    fix="Set manage_master_user_password, so that RDS keeps it in Secrets Manager.",
    stack="payments",
    sensitive=True,
)
LINKED_ROLE = Finding(
    rule="example-linked-role",
    severity=Severity.CRITICAL,
    stage=Stage.CREATE,
    confidence=Confidence.DOCUMENTED,
    where=LEDGER,
    resource="aws_db_instance.ledger",
    message="RDS needs its service-linked role",
    condition="Does the account have the role AWSServiceRoleForRDS?",
    cause="A new account has no service-linked roles.",
    fix="Create it once: aws iam create-service-linked-role --aws-service-name rds.amazonaws.com",
    stack="payments",
)
ENGINE = Finding(
    rule="example-engine-open",
    severity=Severity.LOW,
    stage=Stage.RUN,
    confidence=Confidence.DOCUMENTED,
    where=LEDGER / "engine",
    resource="aws_db_instance.ledger",
    message="the engine version is left to AWS",
    cause="The default moves with time.",
    fix="Set engine_version.",
    stack="payments",
)


def payments() -> Stack:
    source = Source(
        PAYMENTS,
        {
            FIFO.where.path: at(14, 16, 30),
            ADDON.where.path: at(10, 9, 46),
            ADDON.related_spans[0].path: at(4, 7, 55),
            PASSWORD.where.path: at(19, 9, 44),
            LEDGER.path: at(17, 7, 8, end_line=21),
            ENGINE.where.path: at(20, 9, 29),
        },
    )
    resources = [
        resource(FILE, "aws_eks_cluster.main"),
        resource(FILE, "aws_eks_addon.cni", depends_on=("aws_eks_cluster.main",)),
        resource(FILE, "aws_eks_fargate_profile.system", depends_on=("aws_eks_addon.cni",)),
        resource(FILE, "aws_eks_addon.coredns", depends_on=("aws_eks_fargate_profile.system",)),
        resource(FILE, "aws_sqs_queue.jobs"),
        resource(FILE, "aws_db_instance.ledger"),
    ]
    note = Note(Span(FILE, ("module", "registry")), "the module registry/vpc is not here; nothing is said about it")
    return stack("payments", FILE, source, resources, construct_tool="cdktf", notes=(note,), whole=False)


def correct(_stack: Stack, finding: Finding) -> str:
    return '      "jobs": {"name": "jobs.fifo", "fifo_queue": true}' if finding is FIFO else ""


def ordinary() -> Report:
    """A synthesized program that fails twice, and a plain one that would deploy."""
    assembly = Assembly(ASSUMED, VERSIONS, correct)
    waiver = Waiver(ENGINE, "the platform team pins it", FILE, 20)
    found = [PASSWORD, LINKED_ROLE, ADDON, FIFO]
    assembly.read("cdktf.out", "cdktf", [Judged(payments(), found, [waiver])])
    empty = stack("network", "network/main.tf", Source(""), [resource("network/main.tf", "aws_vpc.main")])
    assembly.read("network", "terraform", [Judged(empty, [])])
    return assembly.report([Note(Span("app/main.py"), "CDK source is not executed; give cdk.out")])


def clean() -> Report:
    """One program, nothing wrong with it."""
    assembly = Assembly(ASSUMED, VERSIONS)
    fine = stack("network", "network/main.tf", Source(""), [resource("network/main.tf", "aws_vpc.main")])
    assembly.read("network", "terraform", [Judged(fine, [])])
    return assembly.report()


EVIL = "\x1b[2J\x1b]0;owned\x07| `x` ``` <b>&</b> ]]> --> \u202egnp\u2028 %0A::error::\r\n# zwölf 数据 \ud800"
"""What a name may hold: terminal codes, every quoting sign, reversed text, half a character."""


def evil_finding(**changes: object) -> Finding:
    values: dict[str, object] = {
        "rule": "name-of-a-rule",
        "severity": Severity.CRITICAL,
        "stage": Stage.CREATE,
        "confidence": Confidence.SCHEMA,
        "where": Span(f"dir/{EVIL}.tf", ("resource", EVIL)),
        "resource": f"aws_sqs_queue.{EVIL}",
        "message": f"queue {EVIL} is wrong",
        "verbatim": f"Error: {EVIL}\nsecond line\x9b31m",
        "cause": f"cause {EVIL}",
        "fix": f"fix {EVIL}",
        "condition": "",
        "related": (EVIL, "x" * 300),
        "related_spans": (Span(f"other/{EVIL}", (0,)),),
        "edits": (Edit(Span(f"dir/{EVIL}.tf", ("resource", EVIL, 0)), Action.APPEND, {EVIL: [EVIL, None, 1.5]}),),
        "evidence": (f"https://example.com/{EVIL}",),
        "stack": f"stack {EVIL}",
        "construct": f"app/{EVIL}",
    }
    return Finding(**{**values, **changes})  # type: ignore[arg-type]


def hostile() -> Report:
    """Everything at once: broken names, a minified line, an unreadable program, a fault of ours."""
    file = f"dir/{EVIL}.tf"
    long = "a" * 5000 + f'"{EVIL}"' + "b" * 5000
    lines = long.split("\n", maxsplit=1)[0] + "\n\t" + EVIL.replace("\n", "") + "数据库\n```\n| end |\n"
    source = Source(lines, {("resource", EVIL): at(1, 5001, 5020), ("second",): at(2, 2, 12)})
    judged = stack(f"stack {EVIL}", file, source, [resource(file, f"aws_sqs_queue.{EVIL}")])
    second = evil_finding(where=Span(file, ("second",)), edits=(), severity=Severity.HIGH, condition=f"is it {EVIL}?")
    assembly = Assembly(ASSUMED, VERSIONS)
    crash = Crash("a-broken-rule", f"KeyError: {EVIL}", {"traceback": "Traceback\n  File x"})
    waiver = Waiver(evil_finding(where=Span(file, ("gone",))), f"because {EVIL}", file, 3)
    assembly.read(EVIL, "terraform", [Judged(judged, [evil_finding(), second], [waiver], [crash])])
    problem = Problem(f"{EVIL} is not UTF-8 text", f"save {EVIL}", Place(EVIL, 3, 4, 3, 4))
    assembly.unread(f"broken/{EVIL}.yaml", "cloudformation", problem)
    assembly.failed(Crash("terraform", "RecursionError: too deep"))
    return assembly.report([Note(Span(EVIL), f"not read: {EVIL}")])


SAMPLES = {"ordinary": ordinary, "clean": clean, "hostile": hostile}


def with_text(text: str) -> Report:
    """One finding in which every word is ``text``."""
    file = f"{text}.tf"
    finding = evil_finding(
        where=Span(file, ("resource", text)),
        resource=text,
        message=text,
        verbatim=text,
        cause=text,
        fix=text,
        condition=text,
        related=(text,),
        related_spans=(Span(text),),
        edits=(Edit(Span(file, (text,)), Action.SET, text),),
        evidence=(text,),
        stack=text,
        construct=text,
    )
    lines = f"{text}\n{text}\n"
    count = lines.count("\n")
    judged = stack(text, file, Source(lines, {("resource", text): at(1, 1, 2, count)}), [resource(file, text)])
    assembly = Assembly(ASSUMED, VERSIONS, lambda _stack, _finding: text)
    waiver = Waiver(finding, text, text, 1)
    assembly.read(text, "terraform", [Judged(judged, [finding], [waiver], [Crash(text, text)])])
    assembly.unread(f"{text}/broken", "terraform", Problem(text, text, Place(text, 1, 1, 1, 1)))
    return assembly.report([Note(Span(text), text)])
