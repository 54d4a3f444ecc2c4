"""AWS Config: conformance packs."""

from onetake.emulator.moto_extension.generic.hints import Hint

HINTS = {
    "ConformancePack": Hint(
        arn="arn:aws:config:{region}:{account}:conformance-pack/{ConformancePackName}/{id}",
        id="conformance-pack-{hex8}",
        values={"ConformancePackState": "CREATE_COMPLETE"},
    )
}
