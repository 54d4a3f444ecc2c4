"""Security groups against a brute-force check of packets, and with parts hidden."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from onetake.aws.ec2 import SecurityGroup
from onetake.aws.lookup import view
from onetake.mechanisms.reachability import End, Groups, Port, admits, made_group
from onetake.model.assumptions import Assumptions
from onetake.model.language import Language, Truth
from onetake.model.resources import Provider, Resource
from onetake.model.stacks import Engine, Stack
from onetake.model.values import Absent, Known, Reference, Span, Unknown, Value

HERE = Span("main.tf")
NAMES = ("a", "b", "c")
CIDRS = ("10.0.0.0/16", "10.0.0.0/24", "10.0.1.0/24", "0.0.0.0/0", "192.168.0.0/16", "::/0")
ENDS = ("10.0.0.0/24", "10.0.1.0/24", "10.0.0.0/16")
HIDDEN = Unknown("it is hidden", HERE)


@dataclass(frozen=True)
class Rule:
    """A rule, and where it is written: in its group, or as either kind of resource."""

    owner: str
    form: str
    protocol: str
    first: int
    last: int
    cidr: str | None
    peer: str | None


RULES = st.builds(
    Rule,
    st.sampled_from(NAMES),
    st.sampled_from(["inline", "older", "newer"]),
    st.sampled_from(["tcp", "udp", "-1", "6"]),
    st.integers(1, 3),
    st.integers(2, 4),
    st.sampled_from(CIDRS),
    st.none(),
) | st.builds(
    Rule,
    st.sampled_from(NAMES),
    st.sampled_from(["inline", "older", "newer"]),
    st.sampled_from(["tcp", "-1"]),
    st.integers(1, 3),
    st.integers(2, 4),
    st.none(),
    st.sampled_from(NAMES),
)


def identity(name: str) -> Value[object]:
    return Unknown("AWS names it", HERE, (Reference(name, "id"),))


def known(value: object) -> Value[object]:
    return Known(value, HERE)


def listed(*values: Value[object]) -> Value[object]:
    return Known(values, HERE)


def body(rule: Rule) -> dict[str, Value[object]]:
    if rule.form == "newer":
        found = {"ip_protocol": known(rule.protocol), "from_port": known(rule.first), "to_port": known(rule.last)}
        if rule.cidr:
            found["cidr_ipv6" if ":" in rule.cidr else "cidr_ipv4"] = known(rule.cidr)
        if rule.peer:
            found["referenced_security_group_id"] = identity(rule.peer)
        return {**found, "security_group_id": identity(rule.owner)}
    found = {"protocol": known(rule.protocol), "from_port": known(rule.first), "to_port": known(rule.last)}
    if rule.cidr:
        found["ipv6_cidr_blocks" if ":" in rule.cidr else "cidr_blocks"] = listed(known(rule.cidr))
    if rule.form == "older":
        if rule.peer:
            found["source_security_group_id"] = identity(rule.peer)
        return {**found, "security_group_id": identity(rule.owner), "type": known("ingress")}
    if rule.peer == rule.owner:
        found["self"] = known(True)
    elif rule.peer:
        found["security_groups"] = listed(identity(rule.peer))
    return found


def stack_of(rules: list[Rule], hidden: Mapping[int, str]) -> Stack:
    """The stack of ``rules``; of some of them, by place, an argument or the existence is hidden."""
    provider = Provider("aws", Absent(HERE))
    inline: dict[str, list[Value[object]]] = {name: [] for name in NAMES}
    resources: dict[str, Resource] = {}
    types = {"older": "aws_security_group_rule", "newer": "aws_vpc_security_group_ingress_rule"}
    for place, rule in enumerate(rules):
        what = hidden.get(place, "")
        found: dict[str, Value[object]] = {
            key: HIDDEN if what and what in key else value for key, value in body(rule).items()
        }
        if rule.form == "inline":
            inline[rule.owner].append(HIDDEN if what == "exists" else Known(found, HERE))
        else:
            exists = Truth.UNKNOWN if what == "exists" else Truth.YES
            name = f"r{place}"
            resources[name] = Resource(Language.TERRAFORM, name, types[rule.form], HERE, found, provider, exists=exists)
    for name in NAMES:
        arguments = {"ingress": listed(*inline[name])}
        resources[name] = Resource(Language.TERRAFORM, name, "aws_security_group", HERE, arguments, provider)
    return Stack("one", Language.TERRAFORM, HERE, Engine("terraform"), resources, Assumptions())


def passes(rules: list[Rule], owner: str, port: int, group: str, address: ipaddress.IPv4Address) -> bool:
    """Whether one packet gets in: some rule of the group speaks of its protocol, port and sender."""
    for rule in rules:
        every = rule.protocol == "-1"
        right = every or (rule.protocol in ("tcp", "6") and rule.first <= port <= rule.last)
        sender = rule.peer == group or (rule.cidr is not None and address in ipaddress.ip_network(rule.cidr))
        if rule.owner == owner and right and sender:
            return True
    return False


def ask(stack: Stack, owner: str, port: int, group: str, cidr: str) -> Truth:
    def one(name: str) -> Groups:
        return Groups((made_group(view(stack.resources[name], stack, SecurityGroup)),), True)

    return admits(one(owner), Port(port), End(one(group), (Known(cidr, HERE),)))


QUESTIONS = st.tuples(st.sampled_from(NAMES), st.integers(1, 4), st.sampled_from(NAMES), st.sampled_from(ENDS))


@given(st.lists(RULES, max_size=5), QUESTIONS)
def test_the_answer_is_that_of_every_packet(rules: list[Rule], question: tuple[str, int, str, str]) -> None:
    owner, port, group, cidr = question
    senders = [next(ipaddress.ip_network(part).hosts()) for part in ("10.0.0.0/24", "10.0.1.0/24", "10.0.9.0/24")]
    packets = {
        passes(rules, owner, port, group, sender)
        for sender in senders
        if isinstance(sender, ipaddress.IPv4Address) and sender in ipaddress.ip_network(cidr)
    }
    answer = ask(stack_of(rules, {}), owner, port, group, cidr)

    # Two rules that together cover a range are not added up: that is not said, never said wrongly.
    assert answer is (Truth.of(packets.pop()) if len(packets) == 1 else Truth.UNKNOWN) or (
        answer is Truth.UNKNOWN and packets in ({True}, set())
    )


@given(
    st.lists(RULES, max_size=5),
    st.dictionaries(
        st.integers(0, 4),
        st.sampled_from(["exists", "port", "protocol", "cidr", "group", "self", "type", "security_group_id"]),
    ),
    QUESTIONS,
)
def test_hiding_a_part_never_flips_a_certain_answer(
    rules: list[Rule], hidden: dict[int, str], question: tuple[str, int, str, str]
) -> None:
    whole = ask(stack_of(rules, {}), *question)
    partly = ask(stack_of(rules, hidden), *question)

    assert partly in (Truth.UNKNOWN, whole)


@given(st.lists(RULES, max_size=4), QUESTIONS)
def test_nothing_is_missing_from_a_program_that_was_not_wholly_read(
    rules: list[Rule], question: tuple[str, int, str, str]
) -> None:
    stack = stack_of(rules, {})
    stack.whole = False

    assert ask(stack, *question) is not Truth.NO
