"""Compare the values of generated expressions: ``python -m tools.oracle_language.expressions FOLDER``.

Writes ``expressions.json`` (every expression that the two disagree about, with both answers) to the folder and prints
how many there are of each kind; with ``--record`` the recorded sample and the summary that tests and pages read are
written, too. Answers of Terraform that the folder already has are not asked for again. Says why where there is no
``terraform``.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from tools.oracle_language import recording, surroundings
from tools.oracle_language.answering import Asked
from tools.oracle_language.asking import INFINITE, Answer, ask
from tools.oracle_language.grammar import generated

COUNTS = {"known": 8_000, "unknown": 3_500}
AROUND = {"known": surroundings.KNOWN, "unknown": surroundings.KNOWN + surroundings.UNKNOWN}


def verdict(real: Answer, mine: Answer) -> str:
    """How our answer stands to Terraform's."""
    if "crash" in mine:
        return "crashed"
    if "panic in function implementation" in real.get("detail", ""):
        return "same"
    if "error" in real:
        if "error" in mine:
            told = {real["error"], *real.get("others", "").split("\n")}
            return "same" if mine["error"] in told else "other summary"
        return "not refused, unknown" if mine["value"] == "?" else "not refused"
    if "error" in mine:
        return "refused wrongly"
    ours = mine["untyped"] if "partly" in real else mine["value"]
    if ours == real["value"] or (real["value"] == INFINITE and ours == "?"):
        return "same"
    if real["value"] == "?":
        return "not known there"
    if "?" in ours:
        return "not known here"
    return "not known there" if "?" in real["value"] else "other value"


def compared(which: str, folder: Path) -> list[dict[str, object]]:
    """Every expression with both answers."""
    store = folder / f"{which}.jsonl"
    answers: dict[str, Answer] = {}
    if store.exists():
        answers = dict(json.loads(line) for line in store.read_text(encoding="utf-8").splitlines())
    wanted = expressions(which, folder)
    open_ = [expression for expression in wanted if expression not in answers]
    with store.open("a", encoding="utf-8") as file:
        for expression, answer in ask(open_, AROUND[which]):
            answers[expression] = answer
            file.write(json.dumps([expression, answer], ensure_ascii=False) + "\n")
            file.flush()
    ours = Asked(AROUND[which])
    return [_row(expression, answers[expression], ours.answer(expression)) for expression in wanted]


def expressions(which: str, folder: Path) -> list[str]:
    """The generated expressions; the folder keeps them, since drawing them takes minutes."""
    kept = folder / f"{which}-expressions.json"
    if not kept.exists():
        kept.write_text(json.dumps(generated(COUNTS[which], unknown=which == "unknown"), ensure_ascii=False))
    found: list[str] = json.loads(kept.read_text())
    return found


def _row(expression: str, real: Answer, mine: Answer) -> dict[str, object]:
    return {"expression": expression, "terraform": real, "onetake": mine, "verdict": verdict(real, mine)}


def main(arguments: list[str]) -> int:
    """Run the comparison."""
    if shutil.which("terraform") is None:
        print("expressions: not compared, there is no terraform on the PATH")
        return 0
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    results: Mapping[str, list[dict[str, object]]] = {which: compared(which, folder) for which in COUNTS}
    different = [row for rows in results.values() for row in rows if row["verdict"] != "same"]
    (folder / "expressions.json").write_text(json.dumps(different, indent=1, ensure_ascii=False))
    for which, rows in results.items():
        print(which, len(rows), "expressions:", dict(Counter(str(row["verdict"]) for row in rows)))
    if "--record" in arguments:
        recording.record(results)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
