"""Calls in Python sources against the libraries' classes, and against what the program itself defines."""

import json
from pathlib import Path

import pytest

import onetake
from onetake.model.findings import Finding, Stage
from onetake.model.values import Key

PINS = "cdktn==0.24.0\ncdktn-provider-aws==25.8.1\nconstructs==10.8.1\n"
COUNTS = Path(__file__).parent / "calls.json"
HEAD = (
    "from cdktn import App, Fn, TerraformStack\n"
    "from cdktn_provider_aws.security_group import SecurityGroup, SecurityGroupIngress\n"
    "from cdktn_provider_aws.sqs_queue import SqsQueue\n"
    "from cdktn_provider_aws.vpc import Vpc\n\n\n"
    "class Stack(TerraformStack):\n"
    "    def __init__(self, scope, id):\n"
    "        super().__init__(scope, id)\n"
    '        self.vpc = Vpc(self, "vpc", cidr_block="10.0.0.0/16")\n'
)
TAIL = '\n\nStack(App(), "s")\n'


def found(folder: Path, text: str, pins: str = PINS) -> list[Finding]:
    (folder / "main.py").write_text(text, encoding="utf-8")
    (folder / "requirements.txt").write_text(pins, encoding="utf-8")
    return [located.finding for located in onetake.check(folder / "main.py", root=folder).findings]


def of_line(folder: Path, line: str) -> tuple[str, str, str]:
    """Rule, words and fix of the one finding about a line of a stack."""
    (one,) = found(folder, f"{HEAD}        {line}\n{TAIL}")
    return one.rule, one.verbatim, one.fix


@pytest.mark.parametrize(
    ("line", "rule", "verbatim", "fix"),
    [
        (
            'SqsQueue(self, "q", fifoQueue=True)',
            "python-unknown-argument",
            "TypeError: SqsQueue.__init__() got an unexpected keyword argument 'fifoQueue'",
            "use fifo_queue",
        ),
        (
            'SqsQueue(self, "q", "name")',
            "python-unknown-argument",
            "TypeError: SqsQueue.__init__() takes 3 positional arguments but 4 were given",
            "",
        ),
        (
            "SqsQueue(self)",
            "python-missing-argument",
            "TypeError: SqsQueue.__init__() missing 1 required positional argument: 'id_'",
            "",
        ),
        (
            "self.vpc.override_logical_id()",
            "python-missing-argument",
            "TypeError: TerraformElement.override_logical_id() missing 1 required positional argument: "
            "'new_logical_id'",
            "",
        ),
        (
            'SqsQueue(self, "q", delay_seconds="30")',
            "python-wrong-kind",
            "TypeError: type of argument delay_seconds must be one of (int, float, NoneType); got str instead",
            "write 30 without quotes",
        ),
        ('SqsQueue(self, "q", name=self.vpc)', "python-wrong-kind", "", ""),
        (
            'SecurityGroup(self, "g", ingress=SecurityGroupIngress(from_port=1))',
            "python-wrong-kind",
            "",
            "put it into a list: [...]",
        ),
        (
            'SecurityGroupIngress(self, "i")',
            "python-struct-as-construct",
            "TypeError: SecurityGroupIngress.__init__() takes 1 positional argument but 3 were given",
            "give it to ingress of SecurityGroup",
        ),
        (
            "print(self.vpc.cidrs)",
            "python-unknown-attribute",
            "AttributeError: 'Vpc' object has no attribute 'cidrs'",
            "",
        ),
        (
            "print(Vpc.ARN)",
            "python-unknown-attribute",
            "AttributeError: type object 'Vpc' has no attribute 'ARN'",
            "use arn",
        ),
        ("print(vcp)", "python-undefined-name", "NameError: name 'vcp' is not defined", ""),
    ],
)
def test_faults_are_told_in_the_words_of_python(tmp_path: Path, line: str, rule: str, verbatim: str, fix: str) -> None:
    assert of_line(tmp_path, line) == (rule, verbatim, fix)


@pytest.mark.parametrize(
    "line",
    [
        'SqsQueue(self, "q", name="q", delay_seconds=30, fifo_queue=True, tags={"a": "b"})',
        'SqsQueue(self, "q", **{"nome": 1})',
        'SqsQueue(*(self, "q"))',
        'SqsQueue(self, "q", lifecycle={"prevent_destroy": True})',
        'SecurityGroup(self, "g", vpc_id=self.vpc.id, ingress=[SecurityGroupIngress(from_port=1)])',
        "print(self.vpc.arn, self.vpc.node, self.vpc._private, Vpc.TF_RESOURCE_TYPE)",
        "self.vpc.add_override('a', 1)",
        "try:\n            self.vpc.nothing\n        except AttributeError:\n            pass",
        "Fn.element(self.vpc.tags, 0)",
    ],
)
def test_what_may_be_right_is_left_alone(tmp_path: Path, line: str) -> None:
    assert found(tmp_path, f"{HEAD}        {line}\n{TAIL}") == []


def test_keys_that_are_lost_in_a_list_are_told(tmp_path: Path) -> None:
    line = 'SecurityGroup(self, "g", ingress=[{"from_port": 1, "toPort": 2, "colour": "red"}])'

    lost = found(tmp_path, f"{HEAD}        {line}\n{TAIL}")

    assert [(one.rule, one.severity.value, one.fix) for one in lost] == [
        ("python-dict-key-dropped", "high", "write SecurityGroupIngress(from_port=...)"),
        ("python-dict-key-dropped", "high", ""),
    ]


@pytest.mark.parametrize(
    ("tags", "told"),
    [
        ('[{"tags": {"Team": "x"}}]', []),
        ('[AwsProviderDefaultTags(tags={"Team": "x"})]', []),
        ('{"Team": "x"}', ["give a list: [AwsProviderDefaultTags(tags=...)]"]),
        ('{"tags": {"Team": "x"}}', ["put it into a list: [...]"]),
        ('AwsProviderDefaultTags(tags={"Team": "x"})', ["put it into a list: [...]"]),
        ('[{"Team": "x"}]', ["write AwsProviderDefaultTags(tags={...}) around the keys"]),
        ('[{"Tags": {"Team": "x"}}]', ["write AwsProviderDefaultTags(tags=...)"]),
        ('[AwsProviderDefaultTags(Team="x")]', [""]),
        ('[("Team", "x")]', [""]),
    ],
)
def test_shapes_of_default_tags(tmp_path: Path, tags: str, told: list[str]) -> None:
    text = (
        "from cdktn_provider_aws.provider import AwsProvider, AwsProviderDefaultTags\n\n\n"
        f'def build(stack):\n    AwsProvider(stack, "aws", default_tags={tags})\n'
    )

    assert [one.fix for one in found(tmp_path, text)] == told
    assert not any("not a list" in one.message for one in found(tmp_path, text))


def test_what_is_assigned_twice_is_not_known(tmp_path: Path) -> None:
    line = "self.vpc = None\n        print(self.vpc.cidrs)"

    assert found(tmp_path, f"{HEAD}        {line}\n{TAIL}") == []


def test_another_release_makes_it_a_risk(tmp_path: Path) -> None:
    text = f'{HEAD}        SqsQueue(self, "q", colour="red")\n{TAIL}'

    (same,) = found(tmp_path, text, PINS.replace("25.8.1", "25.1.0"))
    assert same.condition == "is it in cdktn-provider-aws ==25.1.0, too? Only 25.8.1 is known here"
    (later,) = found(tmp_path, text, PINS.replace("==25.8.1", ""))
    assert later.condition.startswith("is a release of cdktn-provider-aws later than 25.8.1 installed")
    assert found(tmp_path, text, PINS.replace("25.8.1", "12.0.0")) == []


OWN = "from cdktn import App, TerraformStack\n\n\nclass Net(TerraformStack):\n"
OWN += "    def __init__(self, scope, id, *, suffix, size=1):\n        super().__init__(scope, id)\n\n\n"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ('Net(App(), "n")', "TypeError: Net.__init__() missing 1 required keyword-only argument: 'suffix'"),
        ('Net(App(), suffix="a")', "TypeError: Net.__init__() missing 1 required positional argument: 'id'"),
        ('Net(App(), "n", sufix="a")', "TypeError: Net.__init__() got an unexpected keyword argument 'sufix'"),
        ('Net(App(), "n", suffix="a", size=2)', ""),
    ],
)
def test_own_classes_are_called_as_they_are_defined(tmp_path: Path, call: str, words: str) -> None:
    said = [one.verbatim for one in found(tmp_path, OWN + call + "\n")]

    assert said == ([words] if words else [])


def test_tests_are_compared_with_the_stack_that_they_import(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "net.py").write_text(OWN)
    (tmp_path / "test_net.py").write_text('from cdktn import App\nfrom lib.net import Net\n\nNet(App(), "n")\n')
    (tmp_path / "requirements.txt").write_text(PINS)

    (one,) = [located.finding for located in onetake.check(tmp_path, root=tmp_path).findings]

    assert (one.rule, one.stage) == ("python-missing-argument", Stage.UNIT_TEST)


def test_a_broken_file_is_told_and_the_rest_of_it_judged(tmp_path: Path) -> None:
    text = "from cdktn import App, Apps\n\nclass A(App:\n    pass\n\napp = App()\n"

    broken, unknown = sorted(found(tmp_path, text), key=lambda one: one.rule)

    assert (broken.rule, broken.verbatim.partition(":")[0]) == ("python-syntax-error", "SyntaxError")
    assert unknown.rule == "python-unknown-name"


@pytest.mark.parametrize("line", ["x = {{cookiecutter.name}}", "{% if a %}", "print(f'{x!r:{'a'}}')"])
def test_what_newer_pythons_or_templates_may_mean_is_no_syntax_error(tmp_path: Path, line: str) -> None:
    assert found(tmp_path, f"import cdktn\n{line}\n") == []


def test_the_place_is_that_of_the_argument(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text(PINS)
    (tmp_path / "main.py").write_text(f'{HEAD}        SqsQueue(self, "q", nome="x")\n{TAIL}')

    (located,) = onetake.check(tmp_path / "main.py", root=tmp_path).findings
    path: tuple[Key, ...] = located.finding.where.path

    assert (located.line, path[0]) == (11, "nome")


def test_the_library_itself_agrees() -> None:
    """As ``make oracle-source`` recorded it: programs were generated, judged by their text, and run."""
    counts = json.loads(COUNTS.read_text())

    assert counts["programs"] >= 2000
    assert counts["classes"] >= 300
    assert counts["precision"] >= 0.99
    assert counts["recall"] >= 0.95


@pytest.mark.parametrize(
    ("head", "line", "count"),
    [
        ("import uuid\n", 'SqsQueue(self, "q", name=f"q-{uuid.uuid4().hex[:8]}")', 1),
        ("from datetime import datetime\n", 'SqsQueue(self, "q", name="q" + datetime.now().isoformat())', 1),
        (
            "import random\n\n\ndef draw():\n    return random.randint(1, 9)\n",
            'SqsQueue(self, "q", name=f"{draw()}")',
            1,
        ),
        ("import random\n\nrandom.seed(1)\n", 'SqsQueue(self, "q", name=f"{random.random()}")', 0),
        ("import uuid\n", 'SqsQueue(self, "q", name=id or str(uuid.uuid4()))', 0),
        ("import uuid\n", 'SqsQueue(self, "q", name=str(uuid.uuid5(uuid.NAMESPACE_DNS, "q")))', 0),
        ("import uuid\n", 'SqsQueue(self, "q", tags={"run": str(uuid.uuid4())})', 0),
    ],
)
def test_values_that_change_at_every_synthesis(tmp_path, head, line, count):
    rules = [one.rule for one in found(tmp_path, f"{head}{HEAD}        {line}\n{TAIL}")]

    assert rules == ["python-value-changes-at-synthesis"] * count


def test_a_lost_order_is_no_question_of_versions(tmp_path):
    body = '        other = SqsQueue(self, "q")\n        other.node.add_dependency(self.vpc)\n'
    (one,) = found(tmp_path, f"{HEAD}{body}{TAIL}", pins="")

    assert (one.rule, one.condition) == ("python-dependency-without-effect", "")
    assert found(tmp_path, f"{HEAD.replace('App,', 'App, Aspects,')}{body}{TAIL}", pins="") == []


@pytest.mark.parametrize(
    ("statement", "fixes"),
    [
        ('{"rateBasedStatement": {"limit": 2000, "aggregate_key_type": "IP"}}', ["write rate_based_statement"]),
        ('{"rate_based_statement": {"limit": 2000, "aggregateKeyType": "IP"}}', ["write aggregate_key_type"]),
        ('{"not_statement": {"statement": [{"geoMatch": {}}]}}', [""]),
        ('{"rate_based_statement": {"limit": 2000, "aggregate_key_type": "IP"}}', []),
        ('{"statement_of_tomorrow": {}}', []),
        ('{"and_statement": {"statement": [{"geo_match_statement": {"country_codes": ["DE"]}}]}}', []),
        ('{name: {"limit": 1} for name in ["rate_based_statement"]}', []),
    ],
)
def test_keys_of_untyped_dicts_are_terraforms(tmp_path, statement, fixes):
    line = f'Wafv2WebAclRule(name="r", priority=1, visibility_config=given, statement={statement})'
    text = f"from cdktn_provider_aws.wafv2_web_acl import Wafv2WebAclRule\n\n\ndef rule(given):\n    return {line}\n"

    assert [one.fix for one in found(tmp_path, text) if one.rule == "python-untyped-key-unknown"] == fixes
    assert len(found(tmp_path, text)) == len(fixes)


NAMED = """from cdktn import App, TerraformStack
from cdktn_provider_aws.provider import AwsProvider, AwsProviderDefaultTags

app = App()
stack = TerraformStack(app, "s")
{given}
AwsProvider(stack, "aws", region="eu-west-1", default_tags=tags)
{more}
"""


@pytest.mark.parametrize(
    ("given", "more", "told"),
    [
        ('tags = {"tags": {"Project": "shop"}}', "", ["python-wrong-kind"]),
        ('tags = [{"Project": "shop"}]', "", ["python-dict-key-dropped"]),
        ('tags = [{"tags": {"Project": "shop"}}]', "", []),
        ('tags = [AwsProviderDefaultTags(tags={"Project": "shop"})]', "", []),
        ('tags = [{"Project": "shop"}]\ntags[0] = AwsProviderDefaultTags(tags={})', "", []),  # changed
        ('tags = [{"Project": "shop"}]\nprepare(tags)', "", []),  # perhaps changed
        ('tags = {"tags": {}}\ntags = [AwsProviderDefaultTags(tags={})]', "", []),  # bound twice
        ('tags = {"a": "b"}', 'AwsProvider(stack, "two", alias="two", default_tags=tags)', ["python-wrong-kind"]),
    ],
)
def test_what_stands_behind_a_name_is_judged(tmp_path: Path, given: str, more: str, told: list[str]) -> None:
    (tmp_path / "main.py").write_text(
        "def prepare(tags):\n    return tags\n\n\n" * ("prepare" in given) + NAMED.format(given=given, more=more),
        encoding="utf-8",
    )
    (tmp_path / "requirements.txt").write_text("cdktn==0.24.0\ncdktn-provider-aws==25.8.1\n", encoding="utf-8")
    report = onetake.check(tmp_path / "main.py", root=tmp_path, config=False)

    assert [one.finding.rule for one in report.findings] == told
