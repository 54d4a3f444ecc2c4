"""Properties that the service's own API takes in another form than CloudFormation does."""

from __future__ import annotations

import json
import secrets
import string
from collections.abc import Callable, Mapping
from typing import Any

Properties = Mapping[str, Any]


def prepared(type_: str, properties: Properties) -> Properties:
    """``properties`` as the API wants them."""
    change = _CHANGES.get(type_)
    return change(properties) if change else properties


def _secret(given: Properties) -> Properties:
    """CloudFormation makes up the value, and puts it into a document."""
    wanted = given.get("GenerateSecretString")
    if wanted is None:
        return given
    rest = {name: value for name, value in given.items() if name != "GenerateSecretString"}
    letters = [
        one for one in string.ascii_letters + string.digits if one not in str(wanted.get("ExcludeCharacters", ""))
    ]
    made = "".join(secrets.choice(letters) for _ in range(int(wanted.get("PasswordLength", 32))))
    key = wanted.get("GenerateStringKey")
    if not key:
        return {**rest, "SecretString": made}
    document = json.loads(wanted.get("SecretStringTemplate") or "{}")
    return {**rest, "SecretString": json.dumps({**document, str(key): made})}


def _cluster(given: Properties) -> Properties:
    logging = (given.get("Logging") or {}).get("ClusterLogging") or {}
    types = [one["Type"] for one in logging.get("EnabledTypes") or []]
    if not types:
        return {name: value for name, value in given.items() if name != "Logging"}
    return {**given, "Logging": {"ClusterLogging": [{"Types": types, "Enabled": True}]}}


def _fargate_profile(given: Properties) -> Properties:
    selectors = [
        {**one, "Labels": {label["Key"]: label["Value"] for label in one.get("Labels") or []}}
        for one in given.get("Selectors") or []
    ]
    return {**given, "Selectors": selectors}


def _distribution(given: Properties) -> Properties:
    config = {"Comment": "", "CallerReference": secrets.token_hex(8), **(given.get("DistributionConfig") or {})}
    if config.get("Logging"):
        config["Logging"] = {"Enabled": True, "IncludeCookies": False, "Prefix": "", **config["Logging"]}
    restriction = (config.get("Restrictions") or {}).get("GeoRestriction")
    if restriction:
        places = restriction.get("Locations") or []
        whole = {"RestrictionType": restriction["RestrictionType"], "Quantity": len(places), "Items": places}
        config["Restrictions"] = {"GeoRestriction": whole}
    config["Origins"] = [_origin(one) for one in config.get("Origins") or []]
    return {**given, "DistributionConfig": config}


def _origin(given: Properties) -> Properties:
    custom = given.get("CustomOriginConfig")
    headers = given.get("OriginCustomHeaders")
    found = dict(given)
    if custom:
        found["CustomOriginConfig"] = {"HTTPPort": 80, "HTTPSPort": 443, **custom}
    if headers:
        found["CustomHeaders"] = headers
    return found


def _gateway_account(given: Properties) -> Properties:
    role = given.get("CloudWatchRoleArn", "")
    return {"PatchOperations": [{"op": "replace", "path": "/cloudwatchRoleArn", "value": role}]}


def _without_validation(given: Properties) -> Properties:
    return {name: value for name, value in given.items() if name != "DomainValidationOptions"}


def _scaling_policy(given: Properties) -> Properties:
    """A target that the template makes tells its service, its id and its dimension in one text."""
    resource, _, rest = str(given.get("ScalingTargetId", "")).partition("|")
    dimension, _, service = rest.partition("|")
    if not service:
        return given
    return {**given, "ResourceId": resource, "ScalableDimension": dimension, "ServiceNamespace": service}


_CHANGES: Mapping[str, Callable[[Properties], Properties]] = {
    "AWS::ApiGateway::Account": _gateway_account,
    "AWS::ApplicationAutoScaling::ScalingPolicy": _scaling_policy,
    "AWS::CertificateManager::Certificate": _without_validation,
    "AWS::CloudFront::Distribution": _distribution,
    "AWS::EKS::Cluster": _cluster,
    "AWS::EKS::FargateProfile": _fargate_profile,
    "AWS::SecretsManager::Secret": _secret,
}
