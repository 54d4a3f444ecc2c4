"""What a process costs: CPU seconds, since machines are shared, the time that passes, and the peak of memory."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

LIMIT = 120
"""CPU seconds after which a process is given up."""


@dataclass(frozen=True)
class Cost:
    """The medians over some runs of one process; ``failed`` says why there are none."""

    cpu: float = 0.0
    wall: float = 0.0
    megabytes: float = 0.0
    failed: str = ""


def process(command: Sequence[str], runs: int, *, cwd: Path | None = None, codes: Sequence[int] = (0, 1)) -> Cost:
    """The cost of ``command``, which has done its work when it exits with one of ``codes``."""
    costs: list[Cost] = []
    for _ in range(runs):
        cost = _once(command, cwd, codes)
        if cost.failed:
            return cost
        costs.append(cost)
    return Cost(*(statistics.median(getattr(cost, name) for cost in costs) for name in ("cpu", "wall", "megabytes")))


LAUNCHER = """
import os, sys, time
quiet = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)]
start = time.perf_counter()
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet)
_, status, usage = os.wait4(child, 0)
wall = time.perf_counter() - start
print(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss, os.waitstatus_to_exitcode(status))
"""
"""Starts what is measured. The kernel counts the memory of whoever starts a process as that process's own peak, so
it must be started by something smaller than itself, not by the benchmark, which has held the large programs."""


def _once(command: Sequence[str], cwd: Path | None, codes: Sequence[int]) -> Cost:
    launched = [sys.executable, "-I", "-S", "-c", LAUNCHER, *command]
    limited = ["/bin/sh", "-c", f'ulimit -t {LIMIT}; exec "$@"', "sh", *launched]
    told = subprocess.run(limited, cwd=cwd, capture_output=True, text=True, check=False).stdout.split()
    if len(told) != 4:
        return Cost(failed="could not be started")
    cpu, wall, peak, code = float(told[0]), float(told[1]), float(told[2]), int(told[3])
    if code < 0 or code not in codes:
        return Cost(failed=f"over {LIMIT} s" if cpu > LIMIT * 0.95 else f"failed (exit code {code})")
    # Kilobytes on Linux, bytes on macOS.
    return Cost(cpu, wall, peak / (1024 * 1024 if sys.platform == "darwin" else 1024))


def inside(code: str, *arguments: str) -> Mapping[str, float]:
    """What ``code`` prints as JSON, run in a fresh interpreter."""
    child = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)
    if child.returncode:
        print(child.stderr[-500:], file=sys.stderr)
        return {}
    return dict(json.loads(child.stdout.splitlines()[-1]))


WARM = """
import json, statistics, sys, time
from pathlib import Path
from onetake.api import check
path, runs = Path(sys.argv[1]), int(sys.argv[2])
def measured(work):
    work()  # imports, tables, compiled patterns
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)
result = {}
file = path / "cdk.tf.json" if path.is_dir() else path
text = file.read_text()
if file.suffix == ".json":
    result["parse"] = measured(lambda: json.loads(text))
else:
    import yaml
    result["parse"] = measured(lambda: yaml.load(text, yaml.CSafeLoader))
if not path.is_dir():
    from cloudformation_validate import CelEngine
    engine = CelEngine()
    result["validate"] = measured(lambda: engine.validate_template(str(path)))
del text
# No report may live on while others are made: the garbage collector would walk it again and again.
result["check"] = measured(lambda: check(path, config=False))
if path.is_dir():
    from onetake.frontends.terraform import checks, schemas
    asked, spent = schemas.mistakes, []
    def timed(program, modules):
        start = time.process_time()
        found = list(asked(program, modules))
        spent.append(time.process_time() - start)
        return found
    checks.schemas.mistakes = timed
    for _ in range(runs):
        check(path, config=False)
    result["schemas"] = statistics.median(spent)
print(json.dumps(result))
"""

MANY = """
import json, sys, time
from onetake.api import check
start = time.process_time()
report = check(sys.argv[1], config=False)
seconds = time.process_time() - start
print(json.dumps({"programs": len(report.programs), "seconds": seconds}))
"""

VALIDATE = "import sys; from cloudformation_validate import CelEngine; CelEngine().validate_template(sys.argv[1])"
