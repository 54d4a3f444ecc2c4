"""The targets of the fuzzer take every seed, and what becomes of it when bytes change, without a crash."""

import random
from pathlib import Path

import pytest

from tools.fuzz import SEEDS
from tools.fuzz_targets import TARGETS

SEEDED = [(name, path) for name in TARGETS for path in sorted((SEEDS / name).iterdir())]
TOKENS = (b"{", b"}", b"[", b'"', b"${", b": ", b"\n", b"null", b"0", b"-1", b"*", b"\xff", b"\x00", b"!Ref ", b"for")


@pytest.mark.parametrize(("target", "seed"), SEEDED, ids=lambda given: getattr(given, "name", given))
def test_a_seed_is_read_and_judged(target: str, seed: Path) -> None:
    TARGETS[target](seed.read_bytes())


@pytest.mark.parametrize("target", TARGETS)
def test_fifty_changed_seeds_are_read_or_refused(target: str) -> None:
    chance = random.Random(0)
    seeds = [path.read_bytes() for name, path in SEEDED if name == target]
    for _ in range(50):
        TARGETS[target](mutated(chance.choice(seeds), chance))


def mutated(data: bytes, chance: random.Random) -> bytes:
    """``data`` with up to four stretches cut out, doubled or replaced by a token."""
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(data) + 1)
        end = min(len(data), start + chance.choice((0, 1, 8, 40)))
        replaced = chance.choice((b"", data[start:end] * 2, chance.choice(TOKENS)))
        data = data[:start] + replaced + data[end:]
    return data
