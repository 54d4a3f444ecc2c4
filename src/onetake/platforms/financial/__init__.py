"""Financial transactions: CloudFront, a load balancer, instances and Aurora PostgreSQL, as PCI DSS asks for it."""

from onetake.platforms.bindings import prepare

prepare()

from onetake.platforms.financial.stack import FinancialPlatform  # noqa: E402 - after prepare()

__all__ = ["FinancialPlatform"]
