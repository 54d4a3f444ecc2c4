"""IAM Access Analyzer, which moto does not have."""

from onetake.emulator.moto_extension.generic.hints import Hint

HINTS = {"Analyzer": Hint(arn="arn:aws:access-analyzer:{region}:{account}:analyzer/{analyzerName}")}
