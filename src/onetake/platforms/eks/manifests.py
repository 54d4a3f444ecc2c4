"""Kubernetes objects, written to files by the synthesis: planning the stack needs no cluster.

What is known only once the stack is deployed stands in them as ``${NAME}``; the output ``apply_manifests`` is the
command that fills it in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import yaml

from onetake.platforms.context import Context

PLACEHOLDERS: Final = ("AWS_ACCOUNT_ID", "AWS_PARTITION", "AWS_REGION")
FOLDER: Final = "manifests"
LABEL: Final = {"compute": "fargate"}
"""What a pod of a service carries, so that its Fargate profile takes it."""
_RESTRICTED: Final = {f"pod-security.kubernetes.io/{mode}": "restricted" for mode in ("enforce", "audit", "warn")}


def role_arn(name: str) -> str:
    """The ARN of a role of this account, to be filled in."""
    return f"arn:${{AWS_PARTITION}}:iam::${{AWS_ACCOUNT_ID}}:role/{name}"


def render(context: Context, services: Sequence[str], controller: str, pod_log: str) -> dict[str, list[dict[str, Any]]]:
    """The objects, by the name of their file.

    Args:
        context: the copy of the platform.
        services: the namespaces, each with a service account of the same name.
        controller: the name of the role of the load balancer controller.
        pod_log: the log group of pods.
    """
    files = {f"{number}-{service}.yaml": _service(context, service) for number, service in enumerate(services, 10)}
    files["00-load-balancer-controller.yaml"] = [
        _account("aws-load-balancer-controller", "kube-system", controller),
    ]
    files["01-logging.yaml"] = _logging(pod_log)
    return dict(sorted(files.items()))


def write(folder: Path, files: Mapping[str, list[dict[str, Any]]]) -> list[Path]:
    """Write the files into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, objects in files.items():
        (folder / name).write_text(yaml.safe_dump_all(objects, sort_keys=False, width=120), encoding="utf-8")
        written.append(folder / name)
    return written


def _service(context: Context, service: str) -> list[dict[str, Any]]:
    labels = {"app.kubernetes.io/part-of": context.names.of("services")}
    role = context.names.of(service, "role")
    dns = {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "kube-system"}}}
    return [
        {
            "apiVersion": "v1",
            "kind": "Namespace",
            "metadata": {"name": service, "labels": labels | _RESTRICTED},
        },
        _account(service, service, role),
        _policy(service, "deny-everything", {}, {"policyTypes": ["Ingress", "Egress"]}),
        _policy(
            service,
            "allow-balancer-and-dns",
            {},
            {
                "policyTypes": ["Ingress", "Egress"],
                "ingress": [{"ports": [{"protocol": "TCP", "port": 8080}]}],
                "egress": [
                    {"to": [dns], "ports": [{"protocol": kind, "port": 53} for kind in ("UDP", "TCP")]},
                    {"ports": [{"protocol": "TCP", "port": 443}]},
                ],
            },
        ),
    ]


def _account(name: str, namespace: str, role: str) -> dict[str, Any]:
    return {
        "apiVersion": "v1",
        "kind": "ServiceAccount",
        "metadata": {
            "name": name,
            "namespace": namespace,
            "annotations": {"eks.amazonaws.com/role-arn": role_arn(role)},
        },
    }


def _policy(namespace: str, name: str, pods: dict[str, Any], spec: dict[str, Any]) -> dict[str, Any]:
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": {"name": name, "namespace": namespace},
        "spec": {"podSelector": pods, **spec},
    }


def _logging(pod_log: str) -> list[dict[str, Any]]:
    # Fargate's own log router reads exactly this namespace and this map.
    output = f"""[OUTPUT]
    Name cloudwatch_logs
    Match *
    region ${{AWS_REGION}}
    log_group_name {pod_log}
    log_stream_prefix fargate-
    auto_create_group false
"""
    filters = """[FILTER]
    Name kubernetes
    Match kube.*
    Merge_Log On
    Keep_Log Off
    Buffer_Size 0
    Kube_Meta_Cache_TTL 300s
"""
    return [
        {
            "apiVersion": "v1",
            "kind": "Namespace",
            "metadata": {"name": "aws-observability", "labels": {"aws-observability": "enabled"} | _RESTRICTED},
        },
        {
            "apiVersion": "v1",
            "kind": "ConfigMap",
            "metadata": {"name": "aws-logging", "namespace": "aws-observability"},
            "data": {"flb_log_cw": "false", "filters.conf": filters, "output.conf": output},
        },
    ]
