"""What Terraform says of ``${...}`` and ``%{...}`` that it cannot read (hcl: hclsyntax/parser_template.go)."""

from __future__ import annotations

from onetake.frontends.terraform.suggestions import meant
from onetake.frontends.terraform.syntax.nodes import SyntaxProblem

ENDS = ("else", "endif", "endfor")
INVALID_FOR = "Invalid 'for' directive"
NO_KEYWORD = 'A template directive keyword ("if", "for", etc) is expected at the beginning of a %{ sequence.'
EXTRA = "Expected a closing brace to end the sequence, but found extra characters."
NO_BRACE = (
    "There is no closing brace for this interpolation sequence before the end of the {}. This might be caused by "
    "incorrect nesting inside the given expression."
)
COLON = (
    "Template interpolation doesn't expect a colon at this location. Did you intend this to be a literal sequence to "
    'be processed as part of another language? If so, you can escape it by starting with "$${" instead of just "${".'
)
OTHER_LANGUAGE = (
    "Expected a closing brace to end the interpolation expression, but found extra characters.\n\nThis can happen when "
    "you include interpolation syntax for another language, such as shell scripting, but forget to escape the "
    "interpolation start token. If this is an embedded sequence for another language, escape it by starting with "
    '"$${" instead of just "${".'
)
_UNBALANCED = "The control directives within this template are unbalanced."


def unknown(word: str, place: int) -> SyntaxProblem:
    """A directive that there is not."""
    near = meant(word, ("if", "for", *ENDS))
    hint = f' Did you mean "{near}"?' if near else ""
    detail = f'"{word}" is not a valid template control keyword.{hint}'
    return SyntaxProblem("Invalid template control keyword", detail, place)


def unexpected(word: str, place: int, begun: str, until: tuple[str, ...]) -> SyntaxProblem:
    """An end where none, or another one, is expected.

    Args:
        word: the end.
        place: where it stands.
        begun: the directive that it should end; empty for none.
        until: the ends that would do.
    """
    summary, detail = f"Unexpected {word} directive", _UNBALANCED
    if begun == "if":
        detail = "Expecting an endif directive for the if started at <place>."
        if word == "else" and until == ("endif",):
            detail = "Already in the else clause for the if started at <place>."
    elif begun == "for":
        detail = "Expecting an endfor directive corresponding to the for directive at <place>."
        if word == "else":
            detail = "An else clause is not expected for a for directive."
    return SyntaxProblem(summary, detail, place)


def unended(word: str, place: int) -> SyntaxProblem:
    """A template that ends inside of a directive."""
    detail = f"The {word} directive at <place> is missing its corresponding end{word} directive."
    return SyntaxProblem("Unexpected end of template", detail, place)
