"""Names of findings that stay the same when lines move: the rule, the file and the path of keys inside it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable

from onetake.model.report import Located


def fingerprints(findings: Iterable[Located]) -> list[str]:
    """One for each of ``findings``, all different; the order decides only among those alike in everything."""
    seen: Counter[str] = Counter()
    answers = []
    for located in findings:
        finding = located.finding
        identity = [finding.rule, finding.stack, finding.resource, finding.where.file, *map(str, finding.where.path)]
        seed = json.dumps(identity)
        seen[seed] += 1
        digest = hashlib.sha256(f"{seed}#{seen[seed]}".encode()).hexdigest()
        answers.append(digest[:32])
    return answers
