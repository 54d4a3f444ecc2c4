"""Resources, data sources and providers compared with what Terraform's AWS provider offers.

Do the names exist, in the right form and number (``bodies``)? Do the values fit the types (``values``)? Does what
expressions take from a resource exist (``uses``)? Each is asked for every major version of the provider that the
program admits: what is wrong in all of them is a mistake, what is wrong in the newest alone is a risk.
"""

from onetake.frontends.terraform.schemas.judging import mistakes

__all__ = ["mistakes"]
