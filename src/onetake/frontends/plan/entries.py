"""What a plan says of one resource: the step that it takes with it, and what the resource is before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from onetake.frontends.plan.document import Document, mapping, text, texts
from onetake.model.changes import Change, Step
from onetake.model.records import record

_STEPS = {
    ("no-op",): Step.NOTHING,
    ("create",): Step.CREATE,
    ("read",): Step.READ,
    ("update",): Step.UPDATE,
    ("delete",): Step.DELETE,
    ("forget",): Step.FORGET,
    ("create", "delete"): Step.REPLACE,
    ("delete", "create"): Step.REPLACE,
    # The old one leaves the state and stays on AWS: for the plan, only the new one counts.
    ("create", "forget"): Step.CREATE,
}
_CREATES_FIRST = ["create", "delete"]


@record
class Entry:
    """A resource or data source that the plan knows of."""

    address: str
    type: str
    data: bool
    step: Step
    change: Mapping[str, Any]
    """``before``, ``after`` and what is said about them, as the plan writes it."""
    previous: str = ""
    """The address that it was moved from."""
    reason: str = ""

    @property
    def after(self) -> dict[str, Any] | None:
        """What there will be, if it stays in the state."""
        after = self.change.get("after")
        return after if isinstance(after, dict) and self.step not in (Step.DELETE, Step.FORGET) else None

    @property
    def before(self) -> dict[str, Any] | None:
        """What is deployed now."""
        before = self.change.get("before")
        return before if isinstance(before, dict) and self.step is not Step.CREATE and not self.data else None

    def told(self) -> Change:
        """The change as rules see it."""
        paths = self.change.get("replace_paths")
        forced = [
            tuple(key for key in path if isinstance(key, (str, int)))
            for path in (paths if isinstance(paths, list) else ())
            if isinstance(path, list)
        ]
        return Change(
            self.step, self.change.get("actions") == _CREATES_FIRST, tuple(forced), self._changed(), self.reason
        )

    def _changed(self) -> frozenset[str]:
        if self.step is not Step.UPDATE:
            return frozenset()
        before, after = mapping(self.change.get("before")), mapping(self.change.get("after"))
        unknown = mapping(self.change.get("after_unknown"))
        names = (*before, *after, *unknown)
        return frozenset(name for name in names if before.get(name) != after.get(name) or unknown.get(name))


def entries(document: Document) -> Iterator[Entry]:
    """Everything that the plan knows of, once: its changes, then what it leaves alone."""
    seen = set()
    for one in document.changes():
        change = mapping(one.get("change"))
        step = _STEPS.get(tuple(texts(change.get("actions"))))
        if step is not None and one["address"] not in seen:
            seen.add(one["address"])
            yield _entry(one, step, change)
    for one in (*document.deployed(), *document.planned()):
        if one["address"] not in seen:
            seen.add(one["address"])
            values, masked = mapping(one.get("values")), one.get("sensitive_values")
            same = {"before": values, "after": values, "before_sensitive": masked, "after_sensitive": masked}
            yield _entry(one, Step.NOTHING, same)


def _entry(one: dict[str, Any], step: Step, change: Mapping[str, Any]) -> Entry:
    return Entry(
        address=one["address"],
        type=text(one.get("type")),
        data=one.get("mode") == "data",
        step=step,
        change=change,
        previous=text(one.get("previous_address")),
        reason=text(one.get("action_reason")),
    )
