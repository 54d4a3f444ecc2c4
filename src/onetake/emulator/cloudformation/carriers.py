"""Who makes and deletes a resource: moto's model of its type, or calls of the service's API."""

from __future__ import annotations

import contextlib
import copy
import hashlib
import json
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

from onetake.emulator import clients
from onetake.emulator.cloudformation import fitting, preparing
from onetake.emulator.cloudformation.recipes import NOWHERE, Also, Recipe, recipe
from onetake.emulator.cloudformation.resolving import Untold
from onetake.emulator.environment import ACCOUNT
from onetake.emulator.moto_extension.generic.hints import plain
from onetake.model.records import field, record

_NO_BUCKET = "S3 Error Code: NoSuchBucket"
"""What a template does not make may be in the user's account: the bucket of cdk bootstrap."""
_HOLE = re.compile(r"\{([\w.]+)\}")


class Refused(Exception):
    """A service refuses, with what it says."""


@record(frozen=False, eq=False, slots=False)
class Made:
    """A resource that stands in the account."""

    logical_id: str
    type: str
    ref: Any
    properties: Mapping[str, Any]
    """As they were when it was made."""
    name: str = ""
    """What was made up for it."""
    answer: Mapping[str, Any] = field(default_factory=dict)
    """What its creation answered."""
    model: Any = None
    """moto's model of it, if that made it."""

    def written(self, now: Mapping[str, Any]) -> Mapping[str, Any]:
        """Its properties as its template gave them: without a name that was made up, where ``now`` gives none."""
        return {key: value for key, value in self.properties.items() if key in now or value != self.name}


@record
class Place:
    """Where a stack is deployed."""

    stack: str
    region: str
    url: str
    """Where the emulator listens."""


class Carrier(Protocol):
    """Carries one type out."""

    def make(self, logical_id: str, properties: Mapping[str, Any], place: Place) -> Made:
        """Create a resource.

        Raises:
            Refused: the service refuses.
            Untold: the emulator cannot.
        """

    def delete(self, made: Made, place: Place) -> None:
        """Delete it.

        Raises:
            Refused: the service refuses.
            Untold: the emulator cannot.
        """

    def attribute(self, made: Made, name: str) -> Any:
        """What ``Fn::GetAtt`` returns.

        Raises:
            Untold: the emulator does not know.
        """


def warm_up() -> None:
    """Load moto's models of all types, which takes seconds that belong to no resource."""
    from moto.cloudformation.parsing import get_model_map

    get_model_map()


def carrier(type_: str) -> Carrier | None:
    """Who carries a type out; ``None`` when nobody here can."""
    found = recipe(type_)
    if found and (found.create or found.after):
        return ApiCarrier(type_, found)
    from moto.cloudformation.parsing import get_model_map

    model = get_model_map().get(type_)
    return MotoCarrier(type_, model, found) if model and type_ not in _NEVER else None


_NEVER = frozenset({"AWS::CloudFormation::Stack", "AWS::SERVICE::RESOURCE", "?"})


@contextlib.contextmanager
def _judged(what: str) -> Iterator[None]:
    """Tell what services refuse from what the emulator cannot do."""
    from botocore.exceptions import BotoCoreError, ClientError
    from moto.core.exceptions import ServiceException
    from werkzeug.exceptions import HTTPException

    from onetake.emulator import gaps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (Refused, Untold):
        raise
    except ClientError as error:
        code, text = error.response["Error"]["Code"], error.response["Error"]["Message"]
        if code == gaps.MARK:
            raise Untold(text) from error
        raise Refused(f"{text} (Service: {what}, Code: {code})") from error
    except (ServiceException, HTTPException) as error:
        told = str(getattr(error, "message", "") or error)
        if _NO_BUCKET in told:
            raise Untold("the bucket that its code lies in is not in the emulated account") from error
        raise Refused(told) from error
    except BotoCoreError as error:
        raise Untold(f"the emulator cannot hand on what {what} is given: {error}") from error
    except Exception as error:  # moto is not ours: whatever happens in it is told as a limit of the emulator
        raise Untold(f"the emulator failed at {what}: {type(error).__name__}: {error}") from error


class MotoCarrier:
    """By moto's model of the type; deleted by a recipe where the model cannot."""

    def __init__(self, type_: str, model: Any, undo: Recipe | None) -> None:
        self._type = type_
        self._model = model
        self._undo = ApiCarrier(type_, undo, self.attribute) if undo else None

    def make(self, logical_id: str, properties: Mapping[str, Any], place: Place) -> Made:
        """Create a resource."""
        from moto.cloudformation.parsing import generate_resource_name

        _repair(self._type)
        # Some models change what they are given.
        body = {"Type": self._type, "Properties": copy.deepcopy(dict(properties))}
        name = generate_resource_name(self._type, place.stack, logical_id)
        property_ = self._model.cloudformation_name_type()
        name = properties.get(property_, name) if property_ else name
        with _judged(self._type):
            model = self._model.create_from_cloudformation_json(
                name, body, ACCOUNT, place.region, LogicalId=logical_id, StackId=place.stack, ResourceType=self._type
            )
            model.cf_resource_type, model.logical_resource_id = self._type, logical_id
        # Some models have no physical id.
        return Made(logical_id, self._type, getattr(model, "physical_resource_id", name), properties, name, model=model)

    def delete(self, made: Made, place: Place) -> None:
        """Delete it."""
        if self._undo:
            self._undo.delete(made, place)
            return
        body = {"Type": self._type, "Properties": dict(made.properties)}
        own = getattr(made.model, "delete", None)
        with _judged(self._type):
            if own is not None:
                # It may be a method of the same name that is for something else.
                with contextlib.suppress(TypeError, AttributeError):
                    own(ACCOUNT, place.region)
                    return
            if hasattr(self._model.delete_from_cloudformation_json, "__isabstractmethod__"):
                raise Untold(f"the emulator does not delete {self._type}")
            self._model.delete_from_cloudformation_json(made.ref, body, ACCOUNT, place.region)

    def attribute(self, made: Made, name: str) -> Any:
        """What ``Fn::GetAtt`` returns."""
        try:
            found = made.model.get_cfn_attribute(name)
        except Exception as error:  # each model says in its own way that it does not know
            raise Untold(f"the emulator does not tell {name} of {self._type}") from error
        if found is None:
            raise Untold(f"the emulator does not tell {name} of {self._type}")
        return found


class ApiCarrier:
    """By calls of the service's API, as a recipe says."""

    def __init__(self, type_: str, by: Recipe, told: Callable[[Made, str], Any] | None = None) -> None:
        self._type = type_
        self._recipe = by
        self._told = told or self.attribute

    def make(self, logical_id: str, properties: Mapping[str, Any], place: Place) -> Made:
        """Create a resource."""
        name = _name(place.stack, logical_id, self._recipe.named)
        given = dict(properties)
        if self._recipe.named:
            given.setdefault(self._recipe.named, name)
        made = Made(logical_id, self._type, "", given, name)
        if self._recipe.create:
            another = (operation for name, operation in self._recipe.instead.items() if given.get(name))
            operation = next(another, self._recipe.create)
            made.answer = self._called(operation, given, self._recipe.fixed, made, place)
        for also in self._recipe.after:
            self._also(also, made, place)
        made.ref = self._filled(self._recipe.ref, made, place)
        made.properties = {
            **properties,
            **({} if not self._recipe.named else {self._recipe.named: given[self._recipe.named]}),
        }
        return made

    def delete(self, made: Made, place: Place) -> None:
        """Delete it."""
        if self._recipe.delete == NOWHERE:
            return
        for also in self._recipe.first:
            self._also(also, made, place)
        self._called(self._recipe.delete, {}, self._recipe.gone, made, place)

    def attribute(self, made: Made, name: str) -> Any:
        """What ``Fn::GetAtt`` returns."""
        template = self._recipe.attributes.get(name)
        found = self._filled(template, made, None) if template else _member(made.answer, plain(name))
        if found in (None, ""):
            raise Untold(f"the emulator does not tell {name} of {self._type}")
        return found

    def _also(self, also: Also, made: Made, place: Place) -> None:
        items = made.properties.get(also.each) or [] if also.each else [""]
        for item in items if isinstance(items, list) else [items]:
            self._called(also.operation, {}, also.given, made, place, item)

    def _called(  # noqa: PLR0913, PLR0917 - what a call is made of
        self,
        operation: str,
        properties: Mapping[str, Any],
        more: Mapping[str, Any],
        made: Made,
        place: Place,
        item: Any = "",
    ) -> Mapping[str, Any]:
        what = f"{self._recipe.service}:{operation}"
        with _judged(what):
            client = clients.client(place.url, self._recipe.service, place.region)
            shape = client.meta.service_model.operation_model(operation).input_shape
            given = fitting.parameters(shape, self._whole(properties), self._recipe.renamed) if properties else {}
            for name, template in more.items():
                value = self._put_in(template, made, place, item)
                if value not in (None, ""):
                    given[name] = fitting.fitted(shape.members[name], value)
            answer: Mapping[str, Any] = client._make_api_call(operation, given)  # noqa: SLF001 - by the model's name
            return answer

    def _whole(self, properties: Mapping[str, Any]) -> Mapping[str, Any]:
        ready = preparing.prepared(self._type, properties)
        return {self._recipe.inside: ready} if self._recipe.inside else ready

    def _put_in(self, template: Any, made: Made, place: Place, item: Any) -> Any:
        if isinstance(template, Mapping):
            return {name: self._put_in(one, made, place, item) for name, one in template.items()}
        return item if template == "{item}" else self._filled(str(template), made, place)

    def _filled(self, template: str, made: Made, place: Place | None) -> Any:
        whole = _HOLE.fullmatch(template)
        if whole:
            return self._hole(whole[1], made, place)
        return _HOLE.sub(lambda hole: _text(self._hole(hole[1], made, place)), template)

    def _hole(self, name: str, made: Made, place: Place | None) -> Any:
        kind, _, rest = name.partition(".")
        match kind:
            case "p":
                given = made.properties.get(rest)
                return given if given is not None else preparing.prepared(self._type, made.properties).get(rest)
            case "r":
                return _at(made.answer, rest.split("."))
            case "a":
                return self._told(made, rest)
            case "ref":
                return made.ref
            case "name":
                return made.name
            case "account":
                return ACCOUNT
            case _:
                return place.region if place else ""


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _at(data: Any, path: list[str]) -> Any:
    for key in path:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data


def _member(data: Any, key: str) -> Any:
    """The nearest member of this name; ``arn`` is also ``clusterArn`` of a cluster."""
    if not isinstance(data, Mapping):
        return None
    for name, value in data.items():
        here = plain(name)
        if not isinstance(value, Mapping | list) and (here == key or (key == "arn" and here.endswith("arn"))):
            return value
    return next((found for value in data.values() if (found := _member(value, key)) is not None), None)


def _name(stack: str, logical_id: str, named: str) -> str:
    """A name like those that CloudFormation makes up; the same each time."""
    digest = hashlib.sha256(f"{stack}/{logical_id}".encode()).hexdigest()[:12]
    if named in _LOWER:
        # These have at most 28 to 40 small letters, digits and hyphens.
        return f"a{logical_id[:14]}-{digest}"[:28].lower()
    return f"{stack[:40]}-{logical_id[:40]}-{digest.upper()}"


_LOWER = frozenset(
    {
        "DomainName",
        "DBInstanceIdentifier",
        "DBClusterIdentifier",
        "ReplicationGroupId",
        "CacheSubnetGroupName",
        "CacheParameterGroupName",
    }
)


def _repair(type_: str) -> None:
    """Mend what is known to be wrong in moto's models of the service."""
    from onetake.emulator.moto_extension import services

    name = type_.split("::")[1].lower()
    services.of(
        {"elasticloadbalancingv2": "elbv2", "applicationautoscaling": "application-autoscaling"}.get(name, name)
    )
