"""What a synthesized platform costs a month at AWS's list prices, as far as that is known before it is used."""

from onetake.platforms.costs.estimate import Charge, Estimate, estimate
from onetake.platforms.costs.prices import Price, prices

__all__ = ["Charge", "Estimate", "Price", "estimate", "prices"]
