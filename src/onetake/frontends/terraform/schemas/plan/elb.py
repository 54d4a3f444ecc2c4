"""What is refused of target groups, listeners and their rules."""

from onetake.frontends.terraform.schemas.plan.conditions import equal, every, given, lacking, that
from onetake.frontends.terraform.schemas.plan.sheets import Refusal, Sheet

_COMBINATION = "Invalid Attribute Combination\n\n"
_ACTIONS = {
    "authenticate-cognito": "authenticate_cognito",
    "authenticate-oidc": "authenticate_oidc",
    "fixed-response": "fixed_response",
    "redirect": "redirect",
}


def _without(name: str) -> Refusal:
    return Refusal(
        name,
        every(equal("target_type", "alb", "instance", "ip"), lacking(name), *_EARLIER[name]),
        f'{_COMBINATION}Attribute "{name}" must be specified when "target_type" is "{{target_type}}".\n\n'
        "Path: target_type",
        f"has targets of type {{target_type}} and no {name}",
        f"Set {name}.",
        lasting=True,
    )


_EARLIER = {"port": (), "protocol": (given("port"),), "vpc_id": (given("port"), given("protocol"))}
"""The provider looks at one after the other, and stops at the first that is missing."""


def _checked_by_tcp(name: str) -> Refusal:
    return Refusal(
        f"health_check.{name}",
        every(that("health_check.protocol", _is_tcp), given(f"health_check.{name}")),
        f'{_COMBINATION}Attribute "health_check[0].{name}" cannot be specified when "health_check[0].protocol" is '
        f'"{{health_check.protocol}}".\n\nPath: health_check[0].{name}',
        f"checks health by TCP, which has no {name}",
        f"Take {name} away, or check by HTTP.",
        lasting=True,
    )


def _is_tcp(protocol: object) -> bool:
    return str(protocol).upper() == "TCP"


def _actions(block: str) -> tuple[Refusal, ...]:
    forward = Refusal(
        "type",
        every(equal("type", "forward"), lacking("target_group_arn"), lacking("forward")),
        f'{_COMBINATION}Either "{{@}}.target_group_arn" or "{{@}}.forward" must be specified when "{{@}}.type" is '
        '"forward".\n\nPath: {@}.type',
        "forwards without naming a target group",
        "Set target_group_arn, or give a block forward.",
        inside=block,
    )
    return (forward, *(_action(block, type_, name) for type_, name in _ACTIONS.items()))


def _action(block: str, type_: str, name: str) -> Refusal:
    return Refusal(
        "type",
        every(equal("type", type_), lacking(name)),
        f'{_COMBINATION}Attribute "{{@}}.{name}" must be specified when "{{@}}.type" is "{type_}".\n\nPath: {{@}}.type',
        f"has an action {type_} without the block {name}",
        f"Give a block {name}.",
        inside=block,
    )


SHEETS = (
    Sheet(
        ("aws_lb_target_group", "aws_alb_target_group"),
        "internal/service/elbv2/target_group.go",
        (
            *map(_without, _EARLIER),
            *map(_checked_by_tcp, ("matcher", "path")),
            Refusal(
                "health_check.protocol",
                every(equal("protocol", "HTTP", "HTTPS"), that("health_check.protocol", _is_tcp)),
                'Attribute "health_check[0].protocol" cannot have value "TCP" when "protocol" is "{protocol}".',
                "serves {protocol} and checks health by TCP",
                "Check health by HTTP or HTTPS.",
                lasting=True,
            ),
            Refusal(
                "health_check.protocol",
                every(equal("target_type", "lambda"), equal("health_check.protocol", "TCP")),
                'Attribute "health_check[0].protocol" cannot have value "TCP" when "target_type" is "lambda".',
                "checks the health of a function by TCP",
                "Check health by HTTP or HTTPS.",
                lasting=True,
            ),
        ),
        {"target_type": "instance"},
    ),
    Sheet(("aws_lb_listener", "aws_alb_listener"), "internal/service/elbv2/listener.go", _actions("default_action")),
    Sheet(
        ("aws_lb_listener_rule", "aws_alb_listener_rule"), "internal/service/elbv2/listener_rule.go", _actions("action")
    ),
)
