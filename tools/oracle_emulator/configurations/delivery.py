"""Building and delivering, and what is operated: pipelines, experiments, patches."""

import json

from tools.oracle_emulator.building import Build, role, statement


def build(b: Build) -> None:
    """Every type of it."""
    _pipeline(b)
    _operations(b)


def _pipeline(b: Build) -> None:
    connection = b("aws_codeconnections_connection", name="github-dev", provider_type="GitHub")
    store = b("aws_s3_bucket", bucket="delivery-dev", force_destroy=True)
    builder = role(b, "codebuild", "build-dev")
    project = b("aws_codebuild_project", name="build-dev", service_role=builder.arn,
                artifacts={"type": "CODEPIPELINE"}, source={"type": "CODEPIPELINE", "buildspec": "version: 0.2"},
                environment={"compute_type": "BUILD_GENERAL1_SMALL", "image": "aws/codebuild/standard:7.0",
                             "type": "LINUX_CONTAINER", "privileged_mode": True})  # fmt: skip
    runner = role(b, "codepipeline", "pipeline-dev")
    source = {"name": "Source", "category": "Source", "owner": "AWS", "provider": "CodeStarSourceConnection",
              "version": "1", "output_artifacts": ["source"],
              "configuration": {"ConnectionArn": connection.arn, "FullRepositoryId": "o/r",
                                "BranchName": "main"}}  # fmt: skip
    make = {"name": "Build", "category": "Build", "owner": "AWS", "provider": "CodeBuild", "version": "1",
            "input_artifacts": ["source"], "output_artifacts": ["built"],
            "configuration": {"ProjectName": project.name}}  # fmt: skip
    approve = {"name": "Approve", "category": "Approval", "owner": "AWS", "provider": "Manual", "version": "1"}
    pipeline = b("aws_codepipeline", name="pipeline-dev", role_arn=runner.arn, pipeline_type="V2",
                 artifact_store={"location": store.bucket, "type": "S3"},
                 stage=[{"name": "Source", "action": [source]}, {"name": "Build", "action": [make]},
                        {"name": "Approve", "action": [approve]}])  # fmt: skip
    topic = b("aws_sns_topic", name="delivery-dev")
    b("aws_codestarnotifications_notification_rule", name="failed-dev", detail_type="BASIC", resource=pipeline.arn,
      event_type_ids=["codepipeline-pipeline-pipeline-execution-failed"], target=[{"address": topic.arn}])  # fmt: skip


def _operations(b: Build) -> None:
    document = {"schemaVersion": "2.2", "description": "d", "mainSteps": [
        {"action": "aws:runShellScript", "name": "s", "inputs": {"runCommand": ["true"]}}]}  # fmt: skip

    made = b("aws_ssm_document", name="run-dev", document_type="Command", document_format="JSON",
             content=json.dumps(document))  # fmt: skip
    b("aws_ssm_association", name=made.name, association_name="run-dev", schedule_expression="rate(1 day)",
      targets=[{"key": "tag:Env", "values": ["dev"]}])  # fmt: skip
    b("aws_ssm_patch_baseline", name="patch-dev", operating_system="AMAZON_LINUX_2023",
      approval_rule=[{"approve_after_days": 7, "compliance_level": "HIGH", "patch_filter": [
          {"key": "CLASSIFICATION", "values": ["Security"]}, {"key": "SEVERITY", "values": ["Critical"]}]}])  # fmt: skip
    b("aws_ssm_maintenance_window", name="window-dev", schedule="cron(0 3 ? * SUN *)", duration=3, cutoff=1)
    r = role(b, "fis", "fis-dev")
    b("aws_fis_experiment_template", description="stop", role_arn=r.arn, stop_condition=[{"source": "none"}],
      action=[{"name": "stop", "action_id": "aws:ecs:stop-task", "target": {"key": "Tasks", "value": "tasks"}}],
      target=[{"name": "tasks", "resource_type": "aws:ecs:task", "selection_mode": "COUNT(1)",
               "resource_tag": [{"key": "Env", "value": "dev"}]}])  # fmt: skip
    k = b("aws_paymentcryptography_key", exportable=True, key_attributes=[{
        "key_algorithm": "TDES_3KEY", "key_class": "SYMMETRIC_KEY", "key_usage": "TR31_P0_PIN_ENCRYPTION_KEY",
        "key_modes_of_use": [{"decrypt": True, "encrypt": True, "wrap": True, "unwrap": True}]}])  # fmt: skip
    b("aws_iam_policy", name="pay-dev",
      policy=statement(Action="payment-cryptography:EncryptData", Resource=k.arn))  # fmt: skip
