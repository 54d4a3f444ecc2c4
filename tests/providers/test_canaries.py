"""Which parameter an argument becomes: read from requests of every protocol, and asked of the real provider."""

import random

import pytest

from onetake.knowledge import shelf
from onetake.knowledge.terraform.api_enums import NAME, enumerated
from onetake.knowledge.terraform.constraints import Constraint, TypeConstraints, constraints
from onetake.knowledge.terraform.schema import AttributeSchema, BlockSchema
from onetake.knowledge.terraform.types import Type
from onetake.providers.mining.canaries import CANARY, canary, found_in, open_texts
from onetake.providers.mining.sink import Request

VERSION = "5.100.0"
ONE, TWO = canary(1), canary(2)


def request(body: str, **more: object) -> Request:
    return Request("POST", str(more.pop("path", "/")), "", body.encode(), **more)  # type: ignore[arg-type]


def test_canaries_differ_and_are_recognized():
    made = [canary(number) for number in range(5_000)]

    assert len(set(made)) == len(made)
    assert all(CANARY.fullmatch(one) for one in made)
    assert canary(0) == "OtAAAACy"


@pytest.mark.parametrize(
    ("sent", "place"),
    [
        (request(f'{{"Name": "{ONE}", "Other": "x{TWO}"}}'), "Name"),
        (request(f'{{"Items": [{{"Type": "{ONE}"}}], "n": 1}}'), "Items.Type"),
        (request(f"Action=Make&Version=1&Device.1.Type={ONE}&Text=a{TWO}"), "Device.1.Type"),
        (request(f"<Make xmlns='urn:x'><Items><Type>{ONE}</Type></Items></Make>"), "Items.Type"),
        (request("", query=f"kind={ONE}"), "kind"),
        (request("", headers={"X-Amz-Kind": ONE}), "X-Amz-Kind"),
        (request("", path=f"/v1/{ONE}"), "/2"),
    ],
)
def test_a_canary_is_found_in_every_protocol(sent, place):
    assert found_in(sent) == {ONE: [place]}


@pytest.mark.parametrize("body", ["{broken", "<broken", "binary \x00", ""])
def test_what_cannot_be_read_holds_no_canary(body):
    assert found_in(request(body + ONE)) == {}


def test_a_canary_in_two_places_is_found_in_both():
    assert found_in(request(f'{{"A": "{ONE}", "B": ["{ONE}", "{ONE}"]}}')) == {ONE: ["A", "B"]}


def test_arguments_with_values_of_their_own_are_not_open():
    text, number = Type("string"), Type("number")
    types = {"free": text, "short": text, "named": text, "many": Type("list", element=text), "size": number, "id": text}
    body = BlockSchema({name: AttributeSchema(name, type_, optional=True) for name, type_ in types.items()}, {})
    rules = {"short": [0], "named": [1]}
    found = TypeConstraints(
        (),
        ({"c": rules},),
        [Constraint("length", True, "", "", maximum=3), Constraint("enum", True, "", "")].__getitem__,
    )

    assert [place for place, _ in open_texts(body, found)] == [("free",), ("short",), ("many",)]


@pytest.mark.skipif(shelf.pack(NAME) is None, reason=f"there is no pack called {NAME}")
def test_the_provider_sends_what_the_pack_says(binary, schemas):
    """Twelve random types of the pack, asked anew."""
    pytest.importorskip("grpc")
    from onetake.providers.client import Provider
    from onetake.providers.mining.canaries import Watcher
    from onetake.providers.mining.sink import SETTINGS, Sink
    from onetake.providers.values import complete

    pack = shelf.pack(NAME)
    assert pack is not None
    names = [key for key in pack if not key.startswith("enum/") and len(schemas.resources[key].body.blocks) < 15]
    with Sink() as sink, Provider(binary, environment=sink.environment(), seconds=20) as provider:
        provider.configure(complete(SETTINGS, schemas.configuration.body))
        watcher = Watcher(provider, sink, lambda name: constraints(name, VERSION))
        for name in random.Random(5).sample(names, 12):
            sent = watcher.answers(schemas.resources[name])["sent"]
            for place, one in enumerated(name).items():
                assert sent[".".join(place)][0] == f"{one.service}.{one.operation}"
