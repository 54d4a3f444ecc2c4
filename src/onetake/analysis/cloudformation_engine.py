"""AWS's own template validator, made ready once for each process, beside other work if there is time."""

from __future__ import annotations

import atexit
import threading
from collections.abc import Mapping
from typing import Any

from onetake.frontends.cloudformation.scope import Scope
from onetake.model.records import record


@record
class Diagnostic:
    """What the validator says about one place."""

    rule: str
    message: str
    path: str
    """Dotted, below the resource; with slashes, from the top of the template."""
    entity: str
    """The logical id it is about; empty for the template as a whole."""
    of_resource: bool
    fix: str
    scenario: Mapping[str, bool]
    """The conditions under which it holds."""
    page: str


class _Engine:
    """The validator; building it takes some 0.2 s, nearly all of it outside Python's lock."""

    def __init__(self) -> None:
        self._ready: Any = None
        self._lock = threading.Lock()

    def get(self) -> Any:
        with self._lock:
            if self._ready is None:
                from cloudformation_validate import CelEngine

                # Of the engines that judge alike this is the cheapest, to build and to ask.
                self._ready = CelEngine()
                atexit.register(self._release)
            return self._ready

    def _release(self) -> None:
        """Let it go while the modules are still there that it needs for that."""
        with self._lock:
            self._ready = None

    def validate(self, text: str, settings: Any) -> Any:
        from cloudformation_validate import TemplateContent

        engine = self.get()
        with self._lock:
            return engine.validate_template(TemplateContent(text), settings)


_ENGINE = _Engine()


def prepare() -> None:
    """Begin to build the validator in the background: for who knows that a template will be judged."""
    threading.Thread(target=_ENGINE.get, daemon=True).start()


def diagnostics(text: str, scope: Scope, given: Mapping[str, str], region: str | None) -> list[Diagnostic]:
    """What the validator finds in a template, with these parameters, in this region."""
    from cloudformation_validate import PseudoParameterOverrides, RuleFilterConfig, Severity, ValidateConfig

    from onetake.analysis.cloudformation_rules import facts

    settings = ValidateConfig(
        include=RuleFilterConfig(ids=sorted(facts())),
        severity_level=Severity.WARN,
        parameter_overrides=dict(given),
        pseudo_parameter_overrides=PseudoParameterOverrides(account_id=scope.account, region=region),
    )
    return [_diagnostic(found) for found in _ENGINE.validate(text, settings).diagnostics]


def _diagnostic(found: Any) -> Diagnostic:
    entity = found.entity
    page = found.documentation_url or ""
    return Diagnostic(
        rule=found.rule_id,
        message=" ".join(found.message.split()),
        path=found.property_path or "",
        entity=entity.logical_id if entity else "",
        of_resource=bool(entity and entity.entity_type.name == "RESOURCE"),
        fix=found.suggested_fix or "",
        scenario=dict(found.condition_scenario or {}),
        page=page if page.startswith("https://docs.aws.amazon.com/") else "",
    )
