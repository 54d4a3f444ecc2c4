"""How the ARNs of common resources are built, and which of their attributes are the ARN or the name.

Source: https://docs.aws.amazon.com/service-authorization/latest/reference/ (the resource types of each service),
the return values of each type in the CloudFormation reference and the attributes in the Terraform provider's
documentation; read on 2026-11-24.
"""

from __future__ import annotations

from onetake.model.records import record


@record
class ArnForm:
    """``arn:aws:<service>:<region>:<account>:<prefix><path><name>``."""

    service: str
    prefix: str
    name_argument: str
    """The argument that sets the name; empty where AWS always chooses it."""
    name_attributes: frozenset[str]
    """Attributes that return the name."""
    arn_attributes: frozenset[str]
    """Attributes that return the ARN."""
    regional: bool = True
    owned: bool = True
    """Whether the account is part of it."""
    prefix_argument: str = ""
    """The argument that sets how a generated name begins."""
    path_argument: str = ""
    arn_ending: str = ""
    """What ``Fn::GetAtt X.Arn`` adds at the end."""


def _tf(service: str, prefix: str, name: str, names: str, arns: str = "arn", **more: object) -> ArnForm:
    return ArnForm(service, prefix, name, frozenset(names.split()), frozenset(arns.split()), **more)  # type: ignore[arg-type]


FORMS: dict[str, ArnForm] = {
    "aws_s3_bucket": _tf("s3", "", "bucket", "id bucket", regional=False, owned=False, prefix_argument="bucket_prefix"),
    "AWS::S3::Bucket": _tf("s3", "", "BucketName", "Ref", "Arn", regional=False, owned=False),
    "aws_sqs_queue": _tf("sqs", "", "name", "name", prefix_argument="name_prefix"),
    "AWS::SQS::Queue": _tf("sqs", "", "QueueName", "QueueName", "Arn"),
    "aws_sns_topic": _tf("sns", "", "name", "name", "arn id", prefix_argument="name_prefix"),
    "AWS::SNS::Topic": _tf("sns", "", "TopicName", "TopicName", "Ref TopicArn"),
    "aws_lambda_function": _tf("lambda", "function:", "function_name", "function_name id"),
    "AWS::Lambda::Function": _tf("lambda", "function:", "FunctionName", "Ref", "Arn"),
    "aws_cloudwatch_log_group": _tf("logs", "log-group:", "name", "name id", prefix_argument="name_prefix"),
    "AWS::Logs::LogGroup": _tf("logs", "log-group:", "LogGroupName", "Ref", "Arn", arn_ending=":*"),
    "aws_iam_role": _tf(
        "iam", "role", "name", "name id", regional=False, prefix_argument="name_prefix", path_argument="path"
    ),
    "AWS::IAM::Role": _tf("iam", "role", "RoleName", "Ref", "Arn", regional=False, path_argument="Path"),
    "aws_iam_user": _tf("iam", "user", "name", "name id", regional=False, path_argument="path"),
    "AWS::IAM::User": _tf("iam", "user", "UserName", "Ref", "Arn", regional=False, path_argument="Path"),
    "aws_iam_policy": _tf(
        "iam", "policy", "name", "name", "arn id", regional=False, prefix_argument="name_prefix", path_argument="path"
    ),
    "AWS::IAM::ManagedPolicy": _tf(
        "iam", "policy", "ManagedPolicyName", "", "Ref PolicyArn", regional=False, path_argument="Path"
    ),
    "aws_kms_key": _tf("kms", "key/", "", "key_id id"),
    "AWS::KMS::Key": _tf("kms", "key/", "", "Ref KeyId", "Arn"),
    "aws_dynamodb_table": _tf("dynamodb", "table/", "name", "name id"),
    "AWS::DynamoDB::Table": _tf("dynamodb", "table/", "TableName", "Ref", "Arn"),
    "aws_kinesis_stream": _tf("kinesis", "stream/", "name", "name", "arn id"),
    "AWS::Kinesis::Stream": _tf("kinesis", "stream/", "Name", "Ref", "Arn"),
    "aws_kinesis_firehose_delivery_stream": _tf("firehose", "deliverystream/", "name", "name", "arn id"),
    "AWS::KinesisFirehose::DeliveryStream": _tf("firehose", "deliverystream/", "DeliveryStreamName", "Ref", "Arn"),
    "aws_sfn_state_machine": _tf("states", "stateMachine:", "name", "name", "arn id", prefix_argument="name_prefix"),
    "AWS::StepFunctions::StateMachine": _tf("states", "stateMachine:", "StateMachineName", "Name", "Ref Arn"),
    "aws_ecr_repository": _tf("ecr", "repository/", "name", "name id"),
    "AWS::ECR::Repository": _tf("ecr", "repository/", "RepositoryName", "Ref", "Arn"),
    "aws_ecs_cluster": _tf("ecs", "cluster/", "name", "name", "arn id"),
    "AWS::ECS::Cluster": _tf("ecs", "cluster/", "ClusterName", "Ref", "Arn"),
    "aws_eks_cluster": _tf("eks", "cluster/", "name", "name id"),
    "AWS::EKS::Cluster": _tf("eks", "cluster/", "Name", "Ref", "Arn"),
    "aws_cloudtrail": _tf("cloudtrail", "trail/", "name", "name"),
    "AWS::CloudTrail::Trail": _tf("cloudtrail", "trail/", "TrailName", "Ref", "Arn"),
    "aws_codebuild_project": _tf("codebuild", "project/", "name", "name", "arn id"),
    "AWS::CodeBuild::Project": _tf("codebuild", "project/", "Name", "Ref", "Arn"),
    "aws_cloudwatch_event_bus": _tf("events", "event-bus/", "name", "name id"),
    "AWS::Events::EventBus": _tf("events", "event-bus/", "Name", "Name Ref", "Arn"),
}
