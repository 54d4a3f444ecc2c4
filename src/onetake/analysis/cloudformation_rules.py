"""The facts of AWS's own template validator that predict a failing deployment, under names of ours.

Each line: the validator's rule, our name for it, and the stage that stops. What is not here is not reported:

- best practice, tags, hard-coded values, deprecation without an end: nothing fails for them;
- E0001: it refuses serverless templates that ``sam package`` has yet to complete;
- E1022: it refuses ``Fn::Join`` of ``Fn::GetAZs``, which CloudFormation takes;
- E1029: ``${...}`` outside ``Fn::Sub`` is text, and often meant as such (IAM policy variables, shell scripts);
- E1051, E1052: where dynamic references may stand is looser than it says;
- E2531, E2533: when a runtime is refused is a dated fact, which rules judge as of the day that is assumed;
- E7001: keys of mappings may hold more than letters and digits under the language extensions;
- E9003: a type that *may* not fit is no prediction;
- E9006: it combines the values of conditions that exclude each other (engine and version of a database);
- F0000, F1101: the reader finds repeated keys and syntax errors itself, with their places.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from onetake.model.findings import Stage


class Fact(NamedTuple):
    """What a rule of the validator is to us."""

    name: str
    stage: Stage


OWN = {
    "F1010": "cloudformation-unresolved-reference",
    "F1018": "cloudformation-unresolved-reference",
    "F1020": "cloudformation-unresolved-reference",
    "E3005": "cloudformation-unresolved-reference",
    "F3004": "cloudformation-circular-dependency",
    "E3001": "cloudformation-structure",
    "F0001": "cloudformation-structure",
}
"""Facts that the reader tells too: left out where it did."""

_REGIONAL = """
    F3006 E3025 E3062 E3617 E3620 E3621 E3628 E3635 E3640 E3641 E3642 E3643 E3644 E3647 E3652 E3653 E3667 E3670
    E3672 E3675 E3694
"""
REGIONAL = frozenset(_REGIONAL.split())
"""Facts that differ between regions: without a region they count only where they hold in several."""

_VALIDATE = """
E1002 template-too-large
E1005 transform-invalid
E1011 find-in-map-operand
E1015 get-azs-operand
E1016 import-value-operand
E1017 select-operand
E1018 split-operand
E1019 sub-variable-type
E1021 base64-operand
E1024 cidr-operand
E1027 secure-reference-unsupported
E1028 condition-of-if-undeclared
E1030 length-operand
E1031 to-json-string-operand
E1033 stack-output-operand
E1050 dynamic-reference-format
E2001 parameter-invalid
E3001 resource-attribute-unknown
E3005 depends-on-undeclared
E3010 too-many-resources
E3016 update-policy-invalid
E3038 serverless-transform-missing
E3055 creation-policy-invalid
E5001 module-invalid
E6001 output-invalid
E6003 outputs-invalid
E6005 condition-of-output-undeclared
E8001 conditions-invalid
E8002 condition-of-resource-undeclared
E8003 equals-operand
E8004 and-operand
E8005 not-operand
E8006 or-operand
E8007 condition-reference-invalid
E9004 attribute-unknown
E9101 function-nesting-invalid
E9106 condition-circular
F0001 resources-missing
F0002 format-version-invalid
F0003 too-many-parameters
F0004 too-many-outputs
F0005 section-unknown
F0006 logical-id-not-alphanumeric
F0007 too-many-resources
F0008 too-many-mappings
F0009 too-many-conditions
F0010 sub-variables-invalid
F0011 description-too-long
F0013 if-operand
F0014 condition-function-invalid
F0015 parameter-default-type
F0016 parameter-allowed-value-type
F0017 mapping-invalid
F0018 update-replace-policy-invalid
F0040 output-value-missing
F0050 mapping-invalid
F1004 description-invalid
F1010 reference-undeclared
F1012 mapping-undeclared
F1018 sub-variable-undeclared
F1020 reference-undeclared
F1030 language-extensions-missing
F1031 language-extensions-missing
F1032 language-extensions-missing
F1050 select-index-negative
F2002 parameter-type-unknown
F2003 parameter-name-not-alphanumeric
F2011 parameter-name-too-long
F2012 parameter-default-not-allowed
F2015 parameter-default-out-of-bounds
F3004 dependency-circular
F3006 resource-type-unknown
F3007 logical-id-repeated
F3016 deletion-policy-invalid
F6004 output-name-not-alphanumeric
F6005 export-name-invalid
F6011 output-name-too-long
F6101 output-value-type
F7002 mapping-name-too-long
F8600 rules-invalid
F8601 rules-invalid
F8603 rule-assertions-missing
F8604 rule-assertions-invalid
F8605 rule-assertions-invalid
F8606 rule-condition-invalid
F8607 rule-assertions-invalid
F8609 rule-assertions-invalid
F8610 rule-assertions-invalid
F8611 rule-function-not-allowed
W1103 function-unknown
"""

_CREATE = """
E1040 attribute-format
E1041 reference-format
E1103 value-format
E1150 security-group-id-format
E1151 vpc-id-format
E1152 image-id-format
E1153 security-group-name-format
E1154 subnet-id-format
E1155 log-group-name-format
E1156 role-arn-format
E2504 sqs-fifo-queue-name
E2529 logs-too-many-subscription-filters
E2530 lambda-snapstart-runtime
E3002 property-invalid
E3003 property-missing
E3011 property-name-invalid
E3012 property-type
E3013 cloudfront-alias-invalid
E3019 primary-identifier-repeated
E3022 subnet-route-table-repeated
E3023 route53-record-invalid
E3024 tags-invalid
E3025 rds-instance-class
E3026 elasticache-cluster-mode
E3027 events-schedule-expression
E3029 route53-alias-invalid
E3030 property-value-not-allowed
E3031 property-pattern
E3032 property-item-count
E3034 property-number-out-of-bounds
E3039 dynamodb-attribute-mismatch
E3040 property-read-only
E3041 route53-record-outside-zone
E3042 ecs-no-essential-container
E3044 ecs-daemon-on-fargate
E3045 s3-acl-without-ownership
E3047 ecs-fargate-cpu-memory
E3048 ecs-fargate-task-property
E3050 iam-reference-with-path
E3051 ssm-document-invalid
E3052 ecs-network-configuration-missing
E3053 ecs-host-port
E3054 ecs-fargate-task-incompatible
E3057 cloudfront-origin-undeclared
E3059 subnet-outside-vpc
E3060 subnets-overlap
E3061 s3-tiering-days
E3062 rds-instance-class-for-engine
E3501 sqs-queue-property
E3502 sqs-dead-letter-queue-type
E3504 backup-lifecycle-too-short
E3505 sqs-visibility-below-function-timeout
E3510 iam-policy-invalid
E3511 iam-role-arn-invalid
E3512 resource-policy-invalid
E3513 ecr-policy-invalid
E3530 iam-trust-policy-invalid
E3601 state-machine-invalid
E3617 managedblockchain-instance-type
E3620 docdb-instance-class
E3621 appstream-instance-type
E3628 ec2-instance-type
E3635 neptune-instance-class
E3636 codebuild-location-missing
E3639 dynamodb-throughput-missing
E3640 sagemaker-processing-instance-type
E3641 gamelift-instance-type
E3642 sagemaker-hosting-instance-type
E3643 sagemaker-transform-instance-type
E3644 sagemaker-cluster-instance-type
E3647 elasticache-node-type
E3652 elasticsearch-instance-type
E3653 opensearch-instance-type
E3660 apigateway-name-missing
E3663 lambda-reserved-environment-key
E3667 redshift-node-type
E3670 amazonmq-instance-type
E3671 ec2-block-device-invalid
E3672 dax-node-type
E3675 emr-instance-type
E3676 elb-certificate-missing
E3677 lambda-inline-code-runtime
E3679 elb-classic-certificate-missing
E3680 elb-too-few-subnets
E3685 lambda-image-property
E3687 security-group-ports
E3689 rds-monitoring-incomplete
E3694 rds-cluster-instance-class
E3698 apigateway-stage-of-other-api
E3699 apigateway-authorizer-of-other-api
E3700 codepipeline-source-stage
E3701 codepipeline-artifact-name
E3702 codepipeline-artifact-count
E3703 codepipeline-action-configuration
E3704 elasticache-valkey-encryption-missing
E3705 lambda-fifo-batch-size
E3706 autoscaling-max-below-min
E3707 rds-instance-engine-mismatch
E3708 apigateway-authorizer-type
E3710 service-shut-down
E3715 ec2-virtual-name
E3717 lambda-timeout
E3718 apigateway-authorizer-ttl
E3719 rds-backup-retention
E3723 apigateway-method-setting-path
E9002 security-group-ports
E9014 events-pattern-invalid
F3002 property-unknown
F3003 property-missing
F3012 property-type
F3014 property-choice
F3017 property-value-not-allowed
F3018 property-choice
F3020 property-conflict
F3021 property-dependency-missing
F3030 property-value-not-allowed
F3031 property-pattern
F3032 property-item-count
F3033 property-length
F3034 property-number-out-of-bounds
F3037 property-items-repeated
F3058 property-choice-missing
W2533 lambda-zip-property-missing
W3030 property-value-not-allowed
"""


@cache
def facts() -> dict[str, Fact]:
    """What each of the validator's rules that count is to us."""
    found: dict[str, Fact] = {}
    for stage, lines in ((Stage.VALIDATE, _VALIDATE), (Stage.CREATE, _CREATE)):
        for line in lines.strip().splitlines():
            rule, name = line.split()
            found[rule] = Fact(f"cfn-{name}", stage)
    return found
