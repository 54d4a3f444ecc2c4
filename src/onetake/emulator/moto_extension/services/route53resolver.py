"""Route 53 Resolver: the DNS firewall, and logs of queries."""

import re
from collections.abc import Mapping
from typing import Any

from onetake.emulator.moto_extension.calls import Call, not_found
from onetake.emulator.moto_extension.generic.hints import Hint
from onetake.emulator.moto_extension.generic.store import Store

_BASE = "arn:aws:route53resolver:{region}:{account}"
HINTS = {
    "FirewallDomainList": Hint(
        arn=_BASE + ":firewall-domain-list/{id}", id="rslvr-fdl-{hex16}", values={"Status": "COMPLETE"}
    ),
    "FirewallRuleGroup": Hint(
        arn=_BASE + ":firewall-rule-group/{id}",
        id="rslvr-frg-{hex16}",
        values={"Status": "COMPLETE", "ShareStatus": "NOT_SHARED", "OwnerId": "{account}"},
    ),
    "FirewallRuleGroupAssociation": Hint(
        arn=_BASE + ":firewall-rule-group-association/{id}",
        id="rslvr-frgassoc-{hex16}",
        values={"Status": "COMPLETE", "MutationProtection": "DISABLED"},
    ),
    "FirewallRule": Hint(key=("FirewallRuleGroupId", "FirewallDomainListId")),
    "ResolverQueryLogConfig": Hint(
        arn=_BASE + ":resolver-query-log-config/{id}",
        id="rqlc-{hex16}",
        values={"Status": "CREATED", "ShareStatus": "NOT_SHARED", "OwnerId": "{account}"},
    ),
}
OWN = {"ResolverQueryLogConfig"}
_DOMAINS, _GROUPS, _LOGS = "domains", "group associations", "log associations"


def _update(call: Call, store: Store) -> Mapping[str, Any]:
    identity = str(call.get("FirewallDomainListId"))
    held = store.table(call, _DOMAINS).setdefault(identity, [])
    given = [str(one) for one in call.get("Domains", [])]
    match call.get("Operation"):
        case "ADD":
            held += [one for one in given if one not in held]
        case "REMOVE":
            held[:] = [one for one in held if one not in given]
        case _:
            held[:] = given
    return {"Id": identity, "Status": "COMPLETE", "Name": "", "StatusMessage": ""}


def _domains(call: Call, store: Store) -> Mapping[str, Any]:
    return {"Domains": store.table(call, _DOMAINS).get(str(call.get("FirewallDomainListId")), [])}


def _associate(call: Call, store: Store) -> Mapping[str, Any]:
    made = store.make(call, "FirewallRuleGroupAssociation", HINTS["FirewallRuleGroupAssociation"])
    told = {**call.parameters, "Id": made.id, "Arn": made.arn, "Status": "COMPLETE"}
    told.setdefault("MutationProtection", "DISABLED")
    told.pop("Tags", None)
    store.table(call, _GROUPS)[made.id] = told
    return {"FirewallRuleGroupAssociation": told}


def _association(call: Call, store: Store) -> Mapping[str, Any]:
    found = store.table(call, _GROUPS).get(str(call.get("FirewallRuleGroupAssociationId")))
    if found is None:
        raise not_found(call.operation, "there is no such association")
    if call.name.startswith("Update"):
        found.update({name: value for name, value in call.parameters.items() if name in found})
    return {"FirewallRuleGroupAssociation": found}


def _disassociate(call: Call, store: Store) -> Mapping[str, Any]:
    found = _association(call, store)["FirewallRuleGroupAssociation"]
    del store.table(call, _GROUPS)[found["Id"]]
    store.forget(call, "FirewallRuleGroupAssociation", found["Id"])
    return {"FirewallRuleGroupAssociation": {**found, "Status": "DELETING"}}


def _log(call: Call, store: Store) -> Mapping[str, Any]:
    made = store.make(call, "ResolverQueryLogConfigAssociation", Hint(id="rqlca-{hex16}"))
    told = {
        "Id": made.id,
        "ResolverQueryLogConfigId": call.get("ResolverQueryLogConfigId"),
        "ResourceId": call.get("ResourceId"),
        "Status": "ACTIVE",
        "Error": "NONE",
    }
    store.table(call, _LOGS)[made.id] = told
    return {"ResolverQueryLogConfigAssociation": told}


def _logged(call: Call, store: Store) -> Mapping[str, Any]:
    found = store.table(call, _LOGS).get(str(call.get("ResolverQueryLogConfigAssociationId")))
    if found is None:
        raise not_found(call.operation, "there is no such association")
    return {"ResolverQueryLogConfigAssociation": found}


def _unlog(call: Call, store: Store) -> Mapping[str, Any]:
    held = store.table(call, _LOGS)
    for identity, one in [*held.items()]:
        if all(one[name] == call.get(name) for name in ("ResolverQueryLogConfigId", "ResourceId")):
            del held[identity]
            store.forget(call, "ResolverQueryLogConfigAssociation", identity)
            return {"ResolverQueryLogConfigAssociation": {**one, "Status": "DELETING"}}
    raise not_found(call.operation, "there is no such association")


def _tags(call: Call, store: Store) -> Mapping[str, Any] | None:
    arn = str(call.get("ResourceArn"))
    if not re.search(r":(firewall-|resolver-query-log-config/)", arn):
        return None
    return {"Tags": [{"Key": key, "Value": value} for key, value in store.tags.get(arn, {}).items()]}


THINGS = (_GROUPS, _LOGS)
OPERATIONS = {
    "ListTagsForResource": _tags,
    "UpdateFirewallDomains": _update,
    "ListFirewallDomains": _domains,
    "AssociateFirewallRuleGroup": _associate,
    "GetFirewallRuleGroupAssociation": _association,
    "UpdateFirewallRuleGroupAssociation": _association,
    "DisassociateFirewallRuleGroup": _disassociate,
    "AssociateResolverQueryLogConfig": _log,
    "GetResolverQueryLogConfigAssociation": _logged,
    "DisassociateResolverQueryLogConfig": _unlog,
}
