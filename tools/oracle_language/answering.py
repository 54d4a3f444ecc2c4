"""Our answers to what Terraform is asked."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from onetake.frontends.files import Limits, Options
from onetake.frontends.terraform.evaluation import Failure, evaluate
from onetake.frontends.terraform.loading import read_folder
from onetake.frontends.terraform.program import Program
from onetake.frontends.terraform.scoping import in_expression
from onetake.frontends.terraform.syntax.bodies import parse_file
from onetake.frontends.terraform.variables import unset
from onetake.model.values import Span
from tools.oracle_language.asking import Answer, output
from tools.oracle_language.notation import of_value

_OUTPUT = re.compile(r"\binput += .*")
"""While Terraform validates it does not know of what type the output of a ``terraform_data`` is going to be."""


class Asked:
    """A program in which expressions are evaluated."""

    def __init__(self, text: str) -> None:
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            (folder / "surroundings.tf").write_text(text)
            options = Options(root=folder, limits=Limits(nodes=10**12))
            self.root = Program(read_folder(folder, options), folder, options).root
            (folder / "surroundings.tf").write_text(_OUTPUT.sub("input = var.untyped", text))
            self.unset = Program(read_folder(folder, options), folder, options).root
            for name, block in self.unset.configuration.variables.items():
                self.unset.supply(name, unset(block, f"var.{name}"))

    def answer(self, expression: str) -> Answer:
        """The value of an expression, or why it is refused."""
        try:
            return self._answer(expression)
        except Exception as error:  # whatever it is, it is a fault of ours to report
            return {"crash": repr(error)}

    def _answer(self, expression: str) -> Answer:
        body, problems = parse_file(output(expression))
        if problems:
            return {"error": problems[0].summary, "detail": problems[0].detail}
        node = next(body.of_type("output")).body.arguments["value"].value
        refused = in_expression(node, self.root)
        if refused:
            return {"error": refused[1], "detail": refused[2]}
        where = Span("main.tf", ("value",))
        try:
            # Terraform looks for mistakes before it knows what the variables are, and tells of these alone.
            evaluate(node, self.unset.scope, where)
            value = evaluate(node, self.root.scope, where)
        except Failure as failure:
            return {"error": failure.summary, "detail": str(failure)}
        return {"value": of_value(value), "untyped": of_value(value, typed=False)}
