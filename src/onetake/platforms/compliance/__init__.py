"""Which requirement of a standard is met by which resources of a synthesized platform."""

from onetake.platforms.compliance.report import Row, judge, markdown
from onetake.platforms.compliance.requirement import Requirement, Standard
from onetake.platforms.compliance.standards import STANDARDS, standards

__all__ = ["STANDARDS", "Requirement", "Row", "Standard", "judge", "markdown", "standards"]
