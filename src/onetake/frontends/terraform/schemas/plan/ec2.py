"""What is refused of volumes, fleets and placement groups."""

from onetake.frontends.terraform.schemas.plan.conditions import equal, every, given, lacking, unlike
from onetake.frontends.terraform.schemas.plan.sheets import Refusal, Sheet


def _not_of_type(name: str, *types: str) -> Refusal:
    return Refusal(
        name,
        every(unlike("type", *types), given(name)),
        f"'{name}' must not be set when 'type' is '{{type}}'",
        f"sets {name} without being of type {' or '.join(types)}",
        f"Take {name} away, or set type to one of {', '.join(types)}.",
        lasting=True,
    )


def _not_of_strategy(name: str, strategy: str) -> Refusal:
    return Refusal(
        name,
        every(unlike("strategy", strategy), given(name)),
        f'{name} must not be set when strategy = "{{strategy}}"',
        f'sets {name}, which is for the strategy "{strategy}" only',
        f'Take {name} away, or set strategy = "{strategy}".',
    )


SHEETS = (
    Sheet(
        ("aws_ebs_volume",),
        "internal/service/ec2/ebs_volume.go",
        (
            Refusal(
                "type",
                every(equal("type", "io1", "io2"), lacking("iops")),
                "'iops' must be set when 'type' is '{type}'",
                "is of type {type} and sets no iops",
                "Set iops, or choose the type gp3.",
                lasting=True,
            ),
            _not_of_type("iops", "gp3", "io1", "io2"),
            _not_of_type("multi_attach_enabled", "io1", "io2"),
            _not_of_type("throughput", "gp3"),
        ),
    ),
    Sheet(
        ("aws_ec2_fleet",),
        "internal/service/ec2/ec2_fleet.go",
        (
            Refusal(
                "spot_options.maintenance_strategies",
                every(unlike("type", "maintain"), given("spot_options.maintenance_strategies")),
                "EC2 Fleet has an invalid configuration and can not be created. Capacity Rebalance maintenance "
                "strategies can only be specified for fleets of type maintain.",
                "rebalances capacity, which only fleets of type maintain can",
                'Set type = "maintain", or take maintenance_strategies away.',
            ),
        ),
        {"type": "maintain"},
    ),
    Sheet(
        ("aws_placement_group",),
        "internal/service/ec2/ec2_placement_group.go",
        (_not_of_strategy("partition_count", "partition"), _not_of_strategy("spread_level", "spread")),
    ),
)
