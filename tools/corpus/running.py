"""Running many programs: several in one process, each with a time limit, a crash costing only its own answer."""

from __future__ import annotations

import multiprocessing
import resource
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from multiprocessing.connection import Connection

from tools.corpus.outcomes import Outcome
from tools.corpus.programs import Program

Ask = Callable[[Program], Outcome]

_FORK = multiprocessing.get_context("fork")
_GIB = 1024**3


class Worker:
    """A process that answers for one program after the other, and is replaced when it hangs or dies."""

    def __init__(self, ask: Ask, memory: int) -> None:
        self._ask = ask
        self._memory = memory
        self._start()

    def _start(self) -> None:
        self._pipe, theirs = _FORK.Pipe()
        self._process = _FORK.Process(target=_serve, args=(theirs, self._ask, self._memory), daemon=True)
        self._process.start()
        theirs.close()

    def answer(self, program: Program, seconds: float) -> Outcome:
        """What is said of ``program`` within ``seconds``, or that nothing was."""
        try:
            self._pipe.send(program)
            if self._pipe.poll(seconds):
                answer = self._pipe.recv()
                assert isinstance(answer, Outcome)
                return answer
            outcome = Outcome(program.path, stopped="timeout", detail=f"no answer in {seconds:g} s", seconds=seconds)
        except (EOFError, OSError):
            self._process.join(5)
            outcome = Outcome(program.path, stopped="crash", detail=f"the process ended ({self._process.exitcode})")
        self.stop()
        self._start()
        return outcome

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()
        self._pipe.close()


def _serve(pipe: Connection, ask: Ask, memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    while True:
        try:
            program = pipe.recv()
        except EOFError:
            return
        pipe.send(_guarded(ask, program))


def _guarded(ask: Ask, program: Program) -> Outcome:
    try:
        return ask(program)
    except (Exception, RecursionError, MemoryError) as error:  # whatever it is: it is what we are here to count
        last = traceback.extract_tb(error.__traceback__)[-1]
        detail = f"{type(error).__name__}: {error} (in {last.name}, {last.filename.rsplit('/', 1)[-1]}:{last.lineno})"
        return Outcome(program.path, stopped="crash", detail=detail)


def run(chosen: Iterable[Program], ask: Ask, *, seconds: float = 20.0, memory: int = 4 * _GIB) -> Iterator[Outcome]:
    """The outcome of each program, in their order.

    Args:
        chosen: the programs.
        ask: what answers for one; it runs in a process of its own.
        seconds: the time limit for one program.
        memory: the address space of that process, in bytes.
    """
    worker = Worker(ask, memory)
    try:
        for program in chosen:
            outcome = worker.answer(program, seconds)
            yield replace(outcome, sha256=program.digest(), source=program.source)
    finally:
        worker.stop()
