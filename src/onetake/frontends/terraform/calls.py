"""Function calls: carried out when all arguments are known, as far as possible when some are not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, cast

from onetake.frontends.terraform.evaluation import Failure, Scope, evaluate, gap, placed, wording
from onetake.frontends.terraform.partly_known import PARTLY, Arguments
from onetake.frontends.terraform.syntax.nodes import Call, Node
from onetake.frontends.terraform.unification import type_of, undecided
from onetake.frontends.terraform.values import (
    ListItems,
    MapFields,
    Null,
    SetItems,
    TooLarge,
    holding,
    lift,
    lower,
    typed,
)
from onetake.model.records import replace
from onetake.model.values import Absent, Gap, Known, Span, Unknown, Value

if TYPE_CHECKING:
    from onetake.frontends.terraform.functions import FunctionError
    from onetake.frontends.terraform.modules import Module

_EXPANDING = "Invalid expanding argument value"


def call(node: Call, scope: Scope, where: Span) -> Value[object]:
    """The value of a call.

    Raises:
        Failure: Terraform refuses it.
    """
    if node.name == "try":
        return _try(node, scope, where)
    if node.name == "can":
        return _can(node, scope, where)
    arguments = _arguments(node, scope, where)
    name = node.name.removeprefix("core::")
    if name == "templatefile":
        return _template_file(node, arguments, scope, where)
    if name == "issensitive" and _may_be_sensitive(node.arguments, scope.module, set()):
        return gap(node, "what is sensitive is not followed", where, scope, "bool")
    special = PARTLY.get(name)
    found = special(arguments, where) if special is not None else None
    if found is None:
        return _called(node, name, arguments, scope, where)
    if type(found) is Unknown and found.type == "any":
        return replace(found, type=_promised(node, name, arguments))
    return found


def _promised(node: Call, name: str, arguments: Arguments) -> object:
    """The type of a call whose arguments are not all known.

    Raises:
        Failure: Terraform refuses it for what is known of them.
    """
    from onetake.frontends.terraform import functions

    try:
        plain = [typed(argument, type_of) for argument in arguments]
        return functions.promise(name, plain)
    except (functions.Undetermined, TooLarge):
        return "any"
    except functions.FunctionError as error:
        if any(isinstance(one, Known) and undecided(one) for one in arguments):
            return "any"
        raise _refused(error, node, plain) from error


def _called(node: Call, name: str, arguments: Arguments, scope: Scope, where: Span) -> Value[object]:
    """The value of a call with nothing but known arguments; else it is not known."""
    from onetake.frontends.terraform import functions

    if not functions.is_pure(name):
        place = f" at {where.file} {where.path}" if name in ("uuid", "bcrypt") else ""
        why, kind = f"{name}() gives another value at every run", _promised(node, name, arguments)
        return Unknown(why, where, (Gap(wording(node, scope) + place),), type=kind)
    try:
        plain = [lower(argument) for argument in arguments]
    except LookupError as error:
        return gap(node, str(error), where, scope, _promised(node, name, arguments))
    try:
        result = functions.call(name, plain, scope.module.files)
    except functions.Undetermined as error:
        return gap(node, str(error) or "only the deployment knows it", where, scope)
    except functions.FunctionError as error:
        raise _refused(error, node, plain) from error
    if result is None:
        # A null is of the type that the call has for every other value of the type of its argument.
        return Null(where, _promised(node, name, [_of_its_type(one) for one in arguments]))
    if result or not isinstance(result, (functions.TerraformList, functions.TerraformMap, functions.TerraformSet)):
        return lift(result, where)
    element = cast("tuple[str, object]", functions.promise(name, plain))[1:]
    return Known(holding(_collection(lift(result, where)), element[0] if element else "any"), where)


def _of_its_type(value: Value[object]) -> Value[object]:
    return Unknown("it is null", value.where, type=value.type) if isinstance(value, Null) else value


def _collection(value: Value[object]) -> ListItems | SetItems | MapFields:
    return cast("ListItems | SetItems | MapFields", cast("Known[object]", value).value)


def _refused(error: FunctionError, node: Call, arguments: list[object]) -> Failure:
    """The failure of a call, at the place that Terraform marks."""
    from onetake.frontends.terraform.functions.calling import load
    from onetake.frontends.terraform.functions.table import NEEDS_FILES
    from onetake.frontends.terraform.functions.values import LIMIT
    from onetake.frontends.terraform.places import opening

    name = node.name.removeprefix("core::")
    # Names of functions are looked at where they are used, evaluated or not, but for branches that may not be taken.
    unknown = error.summary in ("Call to unknown function", "Unknown provider function")
    # What is too large for us is not for Terraform.
    ours = f"more than {LIMIT}" in error.message
    failure = Failure(error.message, "" if unknown or ours else error.summary)
    failure.untold = error.summary if unknown else ""
    failure.exact = error.exact
    failure.at = node.start, node.start + len(node.name) + 1
    given = len(node.arguments)
    match error.summary:
        case "Not enough function arguments":
            failure.at = node.end - 1, node.end
        case "Too many function arguments":
            fixed = len(load(name)[0])
            failure.at = opening(node.arguments[min(fixed, given - 1)])
        case "Invalid function argument":
            names = [parameter.name for parameter in load(name)[0]]
            place = names.index(error.parameter) if error.parameter in names else given
            failure.at = opening(node.arguments[place]) if place < given else failure.at
        case _:
            pass
    if name in NEEDS_FILES and arguments and ("no file exists" in error.message or "no such file" in error.message):
        failure.missing = str(arguments[0])
    return failure


def _may_be_sensitive(nodes: Iterable[Node], module: Module, seen: set[str]) -> bool:
    """Do expressions use anything that is marked as sensitive, or whose marks are not written here?"""
    from onetake.frontends.terraform.references import CALL, uses

    for root, *rest in uses(nodes):
        if root == CALL:
            if rest[0] == "sensitive":
                return True
        elif root == "var" and rest:
            block = module.configuration.variables.get(rest[0])
            if block is None or "sensitive" in block.fields or module.parent is not None:
                return True
        elif root == "local" and rest:
            if rest[0] in seen:
                continue
            seen.add(rest[0])
            declared = module.configuration.locals.get(rest[0])
            if declared is None or _may_be_sensitive((declared[0],), module, seen):
                return True
        elif root not in ("path", "terraform"):
            return True
    return False


def _arguments(node: Call, scope: Scope, where: Span) -> Arguments:
    arguments = [evaluate(argument, scope, where) for argument in node.arguments]
    if not node.expand or not arguments:
        return arguments
    match arguments.pop():
        case Known(tuple() as items):
            return [*arguments, *items]
        case Unknown(why):
            return [*arguments, Unknown(why, where)]
        case Absent():
            raise Failure("The expanding argument (indicated by ...) must not be null.", _EXPANDING, node.arguments[-1])
        case _:
            detail = "The expanding argument (indicated by ...) must be of a tuple, list, or set type."
            raise Failure(detail, _EXPANDING, node.arguments[-1])


def _template_file(node: Call, arguments: Arguments, scope: Scope, where: Span) -> Value[object]:
    """The template in a file, rendered with variables of which some may be unknown."""
    from onetake.frontends.terraform.functions import Undetermined
    from onetake.frontends.terraform.syntax.nodes import SyntaxProblem

    match arguments:
        case [Known(str() as path), Known(Mapping() as variables)]:
            pass
        case _:
            return gap(node, "the template is not known", where, scope)
    try:
        template = scope.module.program.template(path)
    except (OSError, UnicodeDecodeError) as error:
        return gap(node, f"{path} cannot be read: {type(error).__name__}", where, scope)
    except Undetermined as error:
        return gap(node, str(error), where, scope)
    except SyntaxProblem as error:
        raise Failure(f"{path}: {error.problem.summary}") from error
    inside = Scope(scope.module, variables, None, scope.depth + 1, f"{scope.label}/{where.file}{where.path}")
    try:
        return placed(evaluate(template, inside, where), where)
    except Failure as failure:
        # Its place lies in the template, which is not shown.
        raise Failure(f"{path}: {failure}") from failure


def _try(node: Call, scope: Scope, where: Span) -> Value[object]:
    for argument in node.arguments:
        try:
            found = evaluate(argument, scope, where)
            # Terraform does not trust a type before it knows that no other argument is going to be taken.
            return replace(found, type="any") if type(found) is Unknown and found.type != "any" else found
        except Failure:
            continue
    detail = 'Call to function "try" failed: no expression succeeded.'
    if not node.arguments:
        detail = 'Call to function "try" failed: at least one argument is required.'
    raise Failure(detail, "Error in function call")


def _can(node: Call, scope: Scope, where: Span) -> Value[object]:
    if len(node.arguments) != 1:
        detail = f'Function "can" expects {"only " if node.arguments else ""}1 argument(s).'
        raise Failure(detail, f"{'Too many' if node.arguments else 'Not enough'} function arguments")
    try:
        found = evaluate(node.arguments[0], scope, where)
    except Failure:
        return Known(False, where)
    return gap(node, found.why, where, scope, "bool") if isinstance(found, Unknown) else Known(True, where)
