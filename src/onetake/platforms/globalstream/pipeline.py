"""How a change gets to both regions: built once, tried in the first, then deployed to the second."""

from __future__ import annotations

import json
from typing import Any, Final

from constructs import Construct

from onetake.platforms.constructs import Bucket, LogGroup, Role, access_logs, declare, statement
from onetake.platforms.globalstream.compute import SERVICE, Compute
from onetake.platforms.globalstream.region import Region

IMAGE: Final = "aws/codebuild/amazonlinux-aarch64-standard:3.0"
_EVENTS: Final = (
    "codepipeline-pipeline-pipeline-execution-failed",
    "codepipeline-pipeline-manual-approval-needed",
    "codepipeline-pipeline-pipeline-execution-succeeded",
)
_BUILD: Final = {
    "version": "0.2",
    "phases": {
        "pre_build": {
            "commands": [
                "TAG=$(echo $CODEBUILD_RESOLVED_SOURCE_VERSION | cut -c1-12)",
                "for repository in $PRIMARY $SECONDARY; do aws ecr get-login-password "
                "--region $(echo $repository | cut -d. -f4) | docker login --username AWS --password-stdin "
                "$(echo $repository | cut -d/ -f1); done",
            ]
        },
        "build": {"commands": ["docker build --tag $CONTAINER:$TAG ."]},
        # Each region pulls from its own repository: the second has to start tasks when the first is lost.
        "post_build": {
            "commands": [
                "for region in PRIMARY SECONDARY; do eval repository=\\$$region; "
                "docker tag $CONTAINER:$TAG $repository:$TAG; docker push $repository:$TAG; "
                'printf \'[{"name":"%s","imageUri":"%s"}]\' $CONTAINER $repository:$TAG > $region.json; done',
            ]
        },
    },
    "artifacts": {"files": ["PRIMARY.json", "SECONDARY.json"]},
}
_CURL: Final = "curl --fail --silent --show-error --retry 10 --max-time 10 https://$DOMAIN/health"
_SMOKE: Final = {
    "version": "0.2",
    "phases": {"build": {"commands": [_CURL]}},
}


class Pipeline(Construct):
    """A pipeline from a repository at GitHub or GitLab to the services of both regions.

    The connection to the repository is made pending: somebody has to finish it once, in the console.

    Args:
        primary: where the pipeline stands, and what it deploys to first.
        secondary: what it deploys to at last.
        compute: the services and the repository of their images.
        domain_name: that is asked whether the first deployment works.
        repository: as ``owner/name``.
        branch: that is deployed.
        host: where the repository is: ``GitHub`` or ``GitLab``.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        primary: Region,
        secondary: Region,
        compute: Compute,
        domain_name: str,
        repository: str,
        branch: str,
        host: str,
    ) -> None:
        super().__init__(scope, name)
        self._context = primary.context
        self._key = primary.keys.data
        self.connection = declare(
            self,
            "aws_codeconnections_connection",
            "source",
            name=_short(self._context.names.of("source")),
            provider_type=host,
        )
        regions = {"primary": primary}
        if compute.secondary is not None:
            regions["secondary"] = secondary
        self.artifacts = {
            side: Bucket(
                self,
                f"{side}_artifacts",
                context=region.context,
                component="artifacts",
                kind="artifact",
                key=region.keys.data,
                logs=access_logs(self, context=region.context, component="artifact-logs", name=f"{side}_logs"),
                expire_after=90,
            )
            for side, region in regions.items()
        }
        self.builds = self._build_projects(primary, compute, domain_name)
        self.role = self._role(primary, secondary, compute)
        self.pipeline = declare(
            self,
            "aws_codepipeline",
            "pipeline",
            name=self._context.names.of("release"),
            pipeline_type="V2",
            execution_mode="QUEUED",
            role_arn=self.role.arn,
            artifact_store=[
                {
                    "location": self.artifacts[side].id,
                    "type": "S3",
                    # A pipeline that stays in its region names none.
                    "region": region.context.region_name if len(regions) > 1 else None,
                    "encryption_key": {"id": region.keys.data.arn, "type": "KMS"},
                }
                for side, region in regions.items()
            ],
            stage=self._stages(primary, secondary, compute, repository, branch),
            depends_on=self.role.grants,
        )
        declare(
            self,
            "aws_codestarnotifications_notification_rule",
            "told",
            name=self._context.names.of("release"),
            resource=self.pipeline.arn,
            detail_type="BASIC",
            event_type_ids=list(_EVENTS),
            target=[{"address": primary.topic.arn}],
            depends_on=[primary.topic.policy],
        )

    def _stages(
        self, primary: Region, secondary: Region, compute: Compute, repository: str, branch: str
    ) -> list[dict[str, Any]]:
        context = self._context
        source = _action("Source", "Source", "AWS", "CodeStarSourceConnection", outputs=["source"]) | {
            "configuration": {
                "ConnectionArn": self.connection.arn,
                "FullRepositoryId": repository,
                "BranchName": branch,
                "OutputArtifactFormat": "CODEBUILD_CLONE_REF",
            }
        }
        build = _action("Build", "Build", "AWS", "CodeBuild", inputs=["source"], outputs=["images"]) | {
            "configuration": {"ProjectName": self.builds["build"].name}
        }
        smoke = _action("Smoke", "Test", "AWS", "CodeBuild", inputs=["source"]) | {
            "configuration": {"ProjectName": self.builds["smoke"].name}
        }
        stages = [{"name": "Source", "action": [source]}, {"name": "Build", "action": [build]}]
        if context.environment == "prod":
            approve = _action("Approve", "Approval", "AWS", "Manual")
            stages.append({"name": "Approve", "action": [approve]})
        stages.append({"name": "DeployPrimary", "action": [_deploy(primary, "primary")]})
        stages.append({"name": "SmokeTest", "action": [smoke]})
        if compute.secondary is not None:
            stages.append({"name": "DeploySecondary", "action": [_deploy(secondary, "secondary")]})
        return stages

    def _build_projects(self, primary: Region, compute: Compute, domain_name: str) -> dict[str, Any]:
        context = self._context
        repositories = compute.repositories
        log = LogGroup(self, "log", context=context, group=context.names.path("builds"), key=primary.keys.logs)
        own = ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"]
        push = [
            *("ecr:BatchCheckLayerAvailability", "ecr:InitiateLayerUpload", "ecr:UploadLayerPart"),
            *("ecr:CompleteLayerUpload", "ecr:PutImage", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"),
        ]
        self.builder = Role(
            self,
            "builder",
            context=context,
            component="builds",
            description="Builds and tries images",
            services=["codebuild"],
            allows={
                "build": [
                    statement("WriteLogs", ["logs:CreateLogStream", "logs:PutLogEvents"], [log.arn, f"{log.arn}:*"]),
                    statement("Artifacts", own, [f"{self.artifacts['primary'].arn}/*"]),
                    statement("UseKey", ["kms:Decrypt", "kms:GenerateDataKey"], [self._key.arn]),
                    statement("SignIn", ["ecr:GetAuthorizationToken"], ["*"]),
                    statement("Push", push, [one.arn for one in repositories.values()]),
                    statement("Clone", ["codeconnections:UseConnection"], [self.connection.arn]),
                ]
            },
        )
        made = {}
        variables = {
            "build": {side.upper(): one.repository_url for side, one in repositories.items()} | {"CONTAINER": SERVICE},
            "smoke": {"DOMAIN": domain_name},
        }
        for name, specification in (("build", _BUILD), ("smoke", _SMOKE)):
            made[name] = declare(
                self,
                "aws_codebuild_project",
                name,
                name=context.names.of(name),
                service_role=self.builder.arn,
                build_timeout=30,
                encryption_key=self._key.arn,
                source={"type": "CODEPIPELINE", "buildspec": json.dumps(specification)},
                artifacts={"type": "CODEPIPELINE"},
                environment={
                    "type": "ARM_CONTAINER",
                    "compute_type": "BUILD_GENERAL1_SMALL",
                    "image": IMAGE,
                    # Building an image needs a Docker of its own; nothing else does.
                    "privileged_mode": name == "build",
                    "environment_variable": [{"name": key, "value": value} for key, value in variables[name].items()],
                },
                logs_config={"cloudwatch_logs": {"group_name": log.name, "stream_name": name}},
            )
        return made

    def _role(self, primary: Region, secondary: Region, compute: Compute) -> Role:
        context = self._context
        buckets = [bucket.arn for bucket in self.artifacts.values()]
        keys = [primary.keys.data.arn, secondary.keys.data.arn]
        services = [one for one in (compute.primary, compute.secondary) if one is not None]
        tasks = [role.arn for service in services for role in (service.role, service.starter)]
        regions = (primary, secondary) if compute.secondary is not None else (primary,)
        deployed = [
            one.context.arn("ecs", f"service/{one.cluster.name}/{one.context.names.of(SERVICE)}") for one in regions
        ]
        # These know no single resource before it is there.
        register = [
            *("ecs:DescribeTaskDefinition", "ecs:RegisterTaskDefinition", "ecs:TagResource"),
            *("ecs:DescribeTasks", "ecs:ListTasks"),
        ]
        handed = [("StringEquals", "iam:PassedToService", [context.service("ecs-tasks")])]
        objects = ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"]
        return Role(
            self,
            "role",
            context=context,
            component="release",
            description="Carries changes to both regions",
            services=["codepipeline"],
            allows={
                "release": [
                    statement("Artifacts", objects, [f"{arn}/*" for arn in buckets]),
                    statement("Buckets", ["s3:GetBucketVersioning", "s3:ListBucket"], buckets),
                    statement("UseKeys", ["kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"], keys),
                    statement("Connect", ["codeconnections:UseConnection"], [self.connection.arn]),
                    statement(
                        "Build",
                        ["codebuild:StartBuild", "codebuild:BatchGetBuilds"],
                        [build.arn for build in self.builds.values()],
                    ),
                    statement("Deploy", ["ecs:DescribeServices", "ecs:UpdateService"], deployed),
                    statement("Register", register, ["*"]),
                    statement("PassRoles", ["iam:PassRole"], tasks, when=handed),
                ]
            },
        )


def _action(
    name: str,
    category: str,
    owner: str,
    provider: str,
    *,
    inputs: list[str] | None = None,
    outputs: list[str] | None = None,
) -> dict[str, Any]:
    return {
        "name": name,
        "category": category,
        "owner": owner,
        "provider": provider,
        "version": "1",
        "input_artifacts": inputs,
        "output_artifacts": outputs,
    }


def _deploy(region: Region, side: str) -> dict[str, Any]:
    context = region.context
    return _action(f"Deploy{side.capitalize()}", "Deploy", "AWS", "ECS", inputs=["images"]) | {
        "region": context.region_name,
        "configuration": {
            "ClusterName": region.cluster.name,
            "ServiceName": context.names.of(SERVICE),
            "FileName": f"{side.upper()}.json",
        },
    }


def _short(name: str) -> str:
    """A connection's name has at most 32 characters."""
    return name[:32]
