"""What a stack costs a month, resource by resource."""

from __future__ import annotations

from collections.abc import Iterator

from onetake.model.records import record
from onetake.platforms.costs.prices import Price, by_use, prices
from onetake.platforms.costs.quantities import QUANTITIES, Quantity
from onetake.platforms.synthesized import Resource, Synthesized


@record
class Charge:
    """One line of an estimate.

    Attributes:
        resource: what is paid for.
        what: of it.
        quantity: how many, all the time; a fraction for what does not run all the time.
        price: of one.
    """

    resource: Resource
    what: str
    quantity: float
    price: Price

    @property
    def monthly(self) -> float:
        """US dollars a month."""
        return self.quantity * self.price.monthly


@record
class Estimate:
    """What a stack costs.

    Attributes:
        charges: for what is paid while it stands.
        by_use: types that are paid for by use, and how.
        unpriced: addresses of resources that cost something while they stand, and whose price is not in the table.
    """

    charges: tuple[Charge, ...]
    by_use: dict[str, str]
    unpriced: tuple[str, ...]

    @property
    def monthly(self) -> float:
        """US dollars a month, of the charges alone."""
        return sum(one.monthly for one in self.charges)

    def modules(self) -> dict[str, float]:
        """US dollars a month by module, the dearest first."""
        found: dict[str, float] = {}
        for one in self.charges:
            found[one.resource.module] = found.get(one.resource.module, 0.0) + one.monthly
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def estimate(stack: Synthesized) -> Estimate:
    """What a stack costs at list prices, with everything at its smallest size."""
    table, used = prices(), by_use()
    charges: list[Charge] = []
    unpriced: list[str] = []
    for resource in stack.resources:
        for one in _quantities(resource, stack):
            if one.price in table:
                charges.append(Charge(resource, one.what, one.count, table[one.price]))
            else:
                unpriced.append(f"{resource.address} ({one.price})")
    kinds = sorted({one.kind for one in stack.resources})
    return Estimate(tuple(charges), {kind: used[kind] for kind in kinds if kind in used}, tuple(unpriced))


def _quantities(resource: Resource, stack: Synthesized) -> Iterator[Quantity]:
    count = QUANTITIES.get(resource.kind)
    if count is not None:
        yield from (one for one in count(resource, stack) if one.count)
