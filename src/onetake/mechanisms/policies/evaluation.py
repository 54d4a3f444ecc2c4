"""Does a policy let this principal do this action on this resource? Yes, no, or unknown; never a guess."""

from __future__ import annotations

from onetake.mechanisms.policies.conditions import NOTHING, Context, hold
from onetake.mechanisms.policies.documents import Document, Element, Statement
from onetake.mechanisms.policies.matching import covers
from onetake.mechanisms.policies.names import ANY_TEXT, Subject, asked, parts, spelled, variables
from onetake.mechanisms.policies.principals import Principal, named
from onetake.model.language import Truth
from onetake.model.records import record
from onetake.model.stacks import Stack
from onetake.model.values import Known, Part, Value

Actions = str | tuple[str, ...]


@record
class _Request:
    principal: Principal | None
    action: str
    resource: Subject | None
    context: Context
    stack: Stack


def allows(
    document: Document | None,
    action: Actions,
    *,
    principal: Principal | None = None,
    resource: Subject | None = None,
    context: Context = NOTHING,
) -> Truth:
    """Does ``document`` allow ``action`` (each of them, if there are several)?

    ``principal`` is left out for identity policies. ``resource`` is an ARN, a view or pieces of text; ``"*"``
    asks whether it is allowed on everything, ``None`` whether it is allowed on anything. No document allows nothing.
    """
    if document is None:
        return Truth.NO
    answer = Truth.YES
    for one in (action,) if isinstance(action, str) else action:
        answer = answer & _allows(document, _request(document, one, principal, resource, context))
    return answer


def granting(
    document: Document | None,
    action: str,
    *,
    principal: Principal | None = None,
    resource: Subject | None = None,
    context: Context = NOTHING,
) -> tuple[Statement, ...]:
    """The statements that surely allow ``action``, to point at."""
    if document is None:
        return ()
    request = _request(document, action, principal, resource, context)
    allowing = [statement for statement in document.statements if effect(statement, "Allow") is Truth.YES]
    return tuple(statement for statement in allowing if _applies(statement, request, denies=False) is Truth.YES)


def effect(statement: Statement, name: str) -> Truth:
    """Is the statement's effect ``name`` (``Allow`` or ``Deny``)?

    IAM calls effects case-sensitive, but policies that say ``allow`` are deployed (AWS's Account Factory for Terraform
    has one): what such a statement does is left open.
    """
    match statement.effect:
        case Known(written) if written != name and str(written).lower() == name.lower():
            return Truth.UNKNOWN
        case Known(written):
            return Truth.of(written == name)
        case _:
            return Truth.UNKNOWN


def _request(
    document: Document, action: str, principal: Principal | None, resource: Subject | None, context: Context
) -> _Request:
    return _Request(principal, action, resource, context, document.stack)


def _allows(document: Document, request: _Request) -> Truth:
    others = Truth.NO if document.complete else Truth.UNKNOWN
    allowed = denied = others
    for statement in document.statements:
        allow, deny = effect(statement, "Allow"), effect(statement, "Deny")
        if allow is not Truth.NO:
            allowed = allowed | (allow & _applies(statement, request, denies=False))
        if deny is not Truth.NO:
            denied = denied | (deny & _applies(statement, request, denies=True))
            if denied is Truth.YES:
                return Truth.NO
    return allowed & ~denied


def _applies(statement: Statement, request: _Request, *, denies: bool) -> Truth:
    answer = acts(statement, request.action)
    if answer is not Truth.NO:
        answer = answer & _names(statement, request)
    if answer is not Truth.NO:
        answer = answer & _reaches(statement, request, denies=denies)
    if answer is not Truth.NO:
        answer = answer & hold(statement, request.context, request.stack)
    return answer


def acts(statement: Statement, action: str) -> Truth:
    """Is ``action`` among the actions of ``statement``?"""
    if statement.not_actions.written:
        return ~_has_action(statement.not_actions, action)
    return _has_action(statement.actions, action)


def _has_action(element: Element, action: str) -> Truth:
    answer = Truth.NO if element.complete else Truth.UNKNOWN
    for item in element.items:
        answer = answer | _is_action(item, action)
        if answer is Truth.YES:
            break
    return answer


def _is_action(item: Value[object], action: str) -> Truth:
    match item:
        case Known(str() as written):
            return covers((written.lower(),), (action.lower(),), wildcards=True)
        case Known():
            return Truth.NO
        case _:
            pieces = tuple(piece.lower() if isinstance(piece, str) else piece for piece in parts(item))
            return covers(pieces, (action.lower(),), wildcards=True)


def _names(statement: Statement, request: _Request) -> Truth:
    if request.principal is None:
        return Truth.YES
    if statement.not_principals.written:
        return ~named(statement.not_principals, request.principal, request.stack)
    return named(statement.principals, request.principal, request.stack)


def _reaches(statement: Statement, request: _Request, *, denies: bool) -> Truth:
    if statement.not_resources.written:
        return ~_has_resource(statement.not_resources, request, denies=not denies)
    if not statement.resources.written:
        # Trust policies and some resource policies name no resource: they mean the one they belong to.
        return Truth.YES
    return _has_resource(statement.resources, request, denies=denies)


def _has_resource(element: Element, request: _Request, *, denies: bool) -> Truth:
    answer = Truth.NO if element.complete else Truth.UNKNOWN
    for item in element.items:
        answer = answer | _is_resource(item, request, denies=denies)
        if answer is Truth.YES:
            break
    return answer


def _is_resource(item: Value[object], request: _Request, *, denies: bool) -> Truth:
    if request.resource is None:
        written = variables(spelled(item, request.stack))
        return covers(written, (ANY_TEXT,), wildcards=True) if denies else Truth.YES
    for nameless in (False, True):
        written = variables(spelled(item, request.stack, nameless=nameless))
        text = asked(request.resource, request.stack, nameless=nameless)
        found = covers(written, _some_of(text) if denies else text, wildcards=True)
        # Without names nothing new is found to match, but other resources are told apart.
        if found is not Truth.UNKNOWN and (found is Truth.NO or not nameless):
            return found
    return Truth.UNKNOWN


def _some_of(pieces: tuple[Part, ...]) -> tuple[Part, ...]:
    """What is denied on some of the resources asked for may or may not be denied on the one that counts."""
    found: list[Part] = []
    for piece in pieces:
        if isinstance(piece, str) and "*" in piece:
            first, *others = piece.split("*")
            found.append(first)
            for other in others:
                found.extend((ANY_TEXT, other))
        else:
            found.append(piece)
    return tuple(piece for piece in found if piece != "")
