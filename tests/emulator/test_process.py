"""One command of the engine: its events, its log, and its end when the time is over."""

import os
import sys
from pathlib import Path

from onetake.emulator import process

EVENT = '{"type":"apply_start","hook":{"resource":{"addr":"a.b","resource_type":"a"},"action":"create"}}'


def run(
    tmp_path: Path, body: str, budget: float = 60.0, hopeless: process.Hopeless | None = None
) -> tuple[process.Ran, list[str]]:
    heard: list[str] = []
    ran = process.run(
        [sys.executable, "-c", body],
        folder=tmp_path,
        environment=os.environ,
        log=tmp_path / "log",
        budget=budget,
        listen=lambda event: heard.append(event.type),
        hopeless=hopeless,
    )
    return ran, heard


def test_events_are_told_and_the_rest_is_kept(tmp_path: Path):
    ran, heard = run(tmp_path, f"print('''{EVENT}'''); print('panic'); raise SystemExit(3)")
    assert (ran.code, heard, ran.output, ran.out_of_time) == (3, ["apply_start"], "panic\n", False)
    assert ran.ledger.unfinished == ("a.b",)
    assert (tmp_path / "log").read_text() == f"{EVENT}\npanic\n"


def test_a_command_that_hangs_is_interrupted(tmp_path: Path):
    ran, _ = run(tmp_path, "import time; time.sleep(600)", budget=0.5)
    assert ran.out_of_time
    assert ran.code != 0


def test_one_that_does_not_mind_is_killed(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(process, "GRACE", 0.5)
    body = "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); print('x', flush=True); time.sleep(600)"
    ran, _ = run(tmp_path, body, budget=2.0)
    assert ran.out_of_time
    assert ran.code == -9


def test_one_that_waits_for_nothing_is_interrupted(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(process, "LOOKS", 0.05)
    body = f"import time; print('''{EVENT}''', flush=True); time.sleep(600)"
    ran, _ = run(tmp_path, body, hopeless=lambda ledger: ledger.unfinished == ("a.b",))
    assert (ran.given_up, ran.out_of_time) == (True, False)
    assert ran.code != 0


def test_one_that_ends_is_not_given_up(tmp_path: Path):
    ran, _ = run(tmp_path, "pass", hopeless=lambda _: True)
    assert (ran.code, ran.given_up) == (0, False)
