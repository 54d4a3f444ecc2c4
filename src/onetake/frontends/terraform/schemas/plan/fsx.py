"""What is refused of FSx file systems."""

from collections.abc import Sequence

from onetake.frontends.terraform.schemas.plan.conditions import equal, every, given, unlike
from onetake.frontends.terraform.schemas.plan.sheets import Refusal, Sheet

_SINGLE = (64, 128, 256, 512, 1024, 2048, 3072, 4096)
_NEWER = (160, 320, 640, 1280, 2560, 3840, 5120, 7680, 10240)
_CAPACITIES = {
    "SINGLE_AZ_1": _SINGLE,
    "SINGLE_AZ_2": _NEWER,
    "MULTI_AZ_1": _NEWER,
}


def _capacity(kind: str, taken: Sequence[int]) -> Refusal:
    listed = " ".join(map(str, taken))
    return Refusal(
        "throughput_capacity",
        every(equal("deployment_type", kind), given("throughput_capacity"), unlike("throughput_capacity", *taken)),
        f'{{throughput_capacity}} is not a valid value for `throughput_capacity` when `deployment_type` is "{kind}". '
        f"Valid values: [{listed}]",
        f"is of type {kind} and has a throughput of {{throughput_capacity}} MB/s, which that does not offer",
        f"Take one of {listed.replace(' ', ', ')}.",
    )


SHEETS = (
    Sheet(
        ("aws_fsx_lustre_file_system",),
        "internal/service/fsx/lustre_file_system.go",
        (
            Refusal(
                "metadata_configuration",
                every(unlike("deployment_type", "PERSISTENT_2"), given("metadata_configuration")),
                "metadata_configuration can only be set when deployment type is PERSISTENT_2",
                "configures metadata without being of type PERSISTENT_2",
                'Set deployment_type = "PERSISTENT_2", or take metadata_configuration away.',
            ),
        ),
        {"deployment_type": "SCRATCH_1"},
    ),
    Sheet(
        ("aws_fsx_openzfs_file_system",),
        "internal/service/fsx/openzfs_file_system.go",
        tuple(_capacity(kind, taken) for kind, taken in _CAPACITIES.items()),
    ),
)
