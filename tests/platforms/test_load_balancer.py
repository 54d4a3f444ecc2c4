"""The load balancer: TLS on the way in and on the way out, and nothing that no rule forwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from onetake.platforms.refusals import Refused
from tests.platforms.synthesized import key, plain

Synth = Callable[..., dict[str, Any]]
CERTIFICATE = "arn:aws:acm:eu-west-1:123456789012:certificate/00000000-0000-0000-0000-000000000000"


def balancer(stack: Any, context: Any, *, tiers: tuple[str, ...] = ("public", "app", "data"), **given: Any) -> Any:
    from onetake.platforms.constructs import LoadBalancer, Network, SecurityGroup, access_logs, balancer_logs

    network = Network(stack, "network", context=context, cidr="10.9.0.0/16", key=key(stack, context), tiers=tiers)  # type: ignore[arg-type]
    group = SecurityGroup(stack, "g", context=context, component="web", description="Test", vpc_id=network.id)
    logs = access_logs(stack, context=context, statements=balancer_logs(context))
    arguments: dict[str, Any] = {"component": "web", "certificate_arn": CERTIFICATE} | given
    return LoadBalancer(stack, "web", context=context, network=network, group=group, logs=logs, **arguments)


def test_it_speaks_tls_and_refuses_what_no_rule_forwards(synth: Synth):
    found = synth(balancer)["resource"]
    listeners = {name: plain(one) for name, one in found["aws_lb_listener"].items()}

    assert listeners["web_https"]["ssl_policy"] == "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"
    assert listeners["web_https"]["default_action"] == [
        {
            "type": "fixed-response",
            "fixed_response": {"content_type": "text/plain", "message_body": "Forbidden", "status_code": "403"},
        }
    ]
    assert listeners["web_redirect"]["default_action"] == [
        {"type": "redirect", "redirect": {"port": "443", "protocol": "HTTPS", "status_code": "HTTP_301"}}
    ]
    one = found["aws_lb"]["web"]
    assert one["drop_invalid_header_fields"] is True
    assert one["enable_deletion_protection"] is False
    assert one["access_logs"] == {"bucket": "${aws_s3_bucket.access_logs.id}", "enabled": True, "prefix": "web"}
    # Neither can be seen from its arguments.
    assert one["depends_on"] == ["aws_s3_bucket_policy.access_logs_policy", "aws_internet_gateway.network_internet"]
    assert synth(balancer, "prod")["resource"]["aws_lb"]["web"]["enable_deletion_protection"] is True


def test_rules_forward_by_header_host_and_path(synth: Synth):
    def build(stack: Any, context: Any) -> None:
        made = balancer(stack, context)
        group = made.target_group("app", port=8443, target_type="instance")
        made.forward("known", to=group, priority=10, headers={"x-origin": ["secret"]}, paths=["/api/*"])
        made.forward("all", to=group, priority=20)

    found = synth(build)["resource"]
    rules = {name: plain(one) for name, one in found["aws_lb_listener_rule"].items()}

    assert rules["web_known"]["condition"] == [
        {"http_header": {"http_header_name": "x-origin", "values": ["secret"]}},
        {"path_pattern": {"values": ["/api/*"]}},
    ]
    assert rules["web_all"]["condition"] == [{"path_pattern": {"values": ["/*"]}}]
    group = plain(found["aws_lb_target_group"]["web_app"])
    assert group["protocol"] == group["health_check"]["protocol"] == "HTTPS"
    assert "slow_start" not in group


def test_clients_show_certificates_where_a_bundle_is_given(synth: Synth):
    from onetake.platforms.constructs import CaBundle

    found = synth(
        lambda stack, context: balancer(stack, context, internal=True, ca_bundle=CaBundle("bundles", "clients.pem"))
    )["resource"]
    listener = plain(found["aws_lb_listener"]["web_https"])

    assert listener["mutual_authentication"] == {
        "mode": "verify",
        "trust_store_arn": "${aws_lb_trust_store.web_trust_store.arn}",
    }
    assert plain(found["aws_lb_trust_store"]["web_trust_store"]) == {
        "name": "tst-web-clients-dev",
        "ca_certificates_bundle_s3_bucket": "bundles",
        "ca_certificates_bundle_s3_key": "clients.pem",
    }
    one = found["aws_lb"]["web"]
    assert one["connection_logs"]["prefix"] == "web-connections"
    assert one["subnets"] == ["${aws_subnet.network_app_0.id}", "${aws_subnet.network_app_1.id}"]
    assert one["depends_on"] == ["aws_s3_bucket_policy.access_logs_policy"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"certificate_arn": None}, "certificate_arn=None: a load balancer that speaks TLS needs a certificate"),
        ({"tls_policy": "ELBSecurityPolicy-2016-08"}, "it has to offer TLS 1.3"),
        ({"tiers": ("app", "data")}, "it has no public subnets for this load balancer"),
        ({"internal": "no"}, "internal='no': it has to be True or False"),
        ({"idle_timeout": 0}, "idle_timeout=0: it has to be a whole number from 1 to 4000"),
        ({"component": "a-component-of-a-name-too-long"}, "at most 32 fit"),
    ],
)
def test_it_refuses_what_would_not_deploy(given: dict[str, Any], told: str, synth: Synth):
    with pytest.raises(Refused, match=told):
        synth(lambda stack, context: balancer(stack, context, **given))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"port": 0}, "port=0"),
        ({"protocol": "TCP"}, "protocol='TCP': it has to be one of 'HTTP', 'HTTPS'"),
        ({"health_path": "health"}, "health_path='health': it has to be a path"),
        ({"health_matcher": "2xx"}, "health_matcher='2xx': it has to be status codes"),
        ({"slow_start": 10}, "slow_start=10: it has to be a whole number from 30 to 900"),
    ],
)
def test_a_target_group_refuses_what_would_not_deploy(given: dict[str, Any], told: str, synth: Synth):
    with pytest.raises(Refused, match=told):
        synth(lambda stack, context: balancer(stack, context).target_group("app", **({"port": 443} | given)))
