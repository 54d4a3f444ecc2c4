"""CloudTrail: trails."""

from onetake.aws.view import Attribute, View
from onetake.model.language import Language


class Trail(View):
    """A trail, which writes what was done in an account to a bucket."""

    KINDS = {Language.TERRAFORM: "aws_cloudtrail", Language.CLOUDFORMATION: "AWS::CloudTrail::Trail"}
    IDENTITY = ("name",)

    name = Attribute(str, tf="name", cfn="TrailName")
    bucket = Attribute(str, tf="s3_bucket_name", cfn="S3BucketName")
    key_prefix = Attribute(str, tf="s3_key_prefix", cfn="S3KeyPrefix")
    key = Attribute(str, tf="kms_key_id", cfn="KMSKeyId")
    log_group = Attribute(str, tf="cloud_watch_logs_group_arn", cfn="CloudWatchLogsLogGroupArn")
    log_role = Attribute(str, tf="cloud_watch_logs_role_arn", cfn="CloudWatchLogsRoleArn")
    all_regions = Attribute(bool, tf="is_multi_region_trail", cfn="IsMultiRegionTrail", default=False)
    organization = Attribute(bool, tf="is_organization_trail", cfn="IsOrganizationTrail", default=False)
