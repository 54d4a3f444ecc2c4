"""What the AWS provider refuses while it plans: what its functions look at that its schema cannot say.

Each refusal is one small rule on the *sheet* of its resource type. A sheet is loaded when a program has the type.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from onetake.frontends.terraform.schemas.plan.arguments import Arguments, given_by
from onetake.frontends.terraform.schemas.plan.sheets import Refusal, Sheet
from onetake.frontends.terraform.schemas.problems import PLAN_REFUSED, Problem
from onetake.frontends.terraform.schemas.subjects import Subject, known_at
from onetake.knowledge.terraform.schema import TypeSchema
from onetake.model.findings import Stage

ASKED = "5.100.0"
"""The version of the provider that was asked about every refusal."""
MODULES = {
    "analytics": "aws_kinesis_stream aws_kinesis_firehose_delivery_stream aws_redshift_cluster aws_quicksight_data_set "
    "aws_kendra_data_source aws_comprehend_document_classifier aws_comprehend_entity_recognizer aws_dms_endpoint "
    "aws_sagemaker_endpoint_configuration",
    "compute": "aws_lambda_function aws_lambda_invocation aws_batch_compute_environment aws_eks_cluster "
    "aws_codebuild_project aws_api_gateway_authorizer",
    "desktops": "aws_appstream_stack aws_workspaces_directory",
    "dynamodb": "aws_dynamodb_table",
    "ec2": "aws_ebs_volume aws_ec2_fleet aws_placement_group",
    "elasticache": "aws_elasticache_cluster aws_elasticache_replication_group aws_elasticache_global_replication_group",
    "elb": "aws_lb_target_group aws_alb_target_group aws_lb_listener aws_alb_listener aws_lb_listener_rule "
    "aws_alb_listener_rule",
    "fsx": "aws_fsx_lustre_file_system aws_fsx_openzfs_file_system",
    "management": "aws_cloudwatch_metric_alarm aws_config_configuration_recorder aws_iot_authorizer "
    "aws_iot_ca_certificate",
    "messaging": "aws_mq_broker aws_sns_topic aws_sns_topic_subscription aws_sqs_queue",
    "network": "aws_nat_gateway aws_dx_public_virtual_interface aws_dx_hosted_public_virtual_interface",
    "rds": "aws_db_instance",
}
"""The resource types with refusals, by the module that has their sheet."""
_MODULE_OF = {name: module for module, names in MODULES.items() for name in names.split()}


def sheets(module: str) -> tuple[Sheet, ...]:
    """The sheets of one module."""
    found: tuple[Sheet, ...] = import_module(f"{__name__}.{module}").SHEETS
    return found


def refused(subject: Subject, schema: TypeSchema, major: int, *, installed: bool) -> Iterator[Problem]:
    """What the provider refuses to plan of a resource, once for all its instances.

    ``major`` is the major version by which it is judged; ``installed`` tells whether the version that was asked may be
    the one that is installed.
    """
    module = _MODULE_OF.get(schema.name)
    if module is None or subject.block.kind != "resource":
        return
    sheet = next(one for one in sheets(module) if schema.name in one.types)
    told = set()
    for arguments in given_by(subject, schema.body, sheet.defaults):
        for refusal in sheet.refusals:
            if refusal in told:
                continue
            question = "" if (refusal.lasting if major > int(ASKED[0]) else installed) else QUESTION
            for problem in _refused(refusal, arguments, subject, question):
                told.add(refusal)
                yield problem


QUESTION = f"Does the AWS provider that is installed refuse it, as version {ASKED} does?"


def _refused(refusal: Refusal, arguments: Arguments, subject: Subject, question: str) -> Iterator[Problem]:
    for one in arguments.each(refusal.inside) if refusal.inside else (arguments,):
        if refusal.when(one) is not True:
            continue
        if subject.module.program.library and _rests_on_inputs(arguments, subject):
            continue  # whoever uses the module gives its inputs other values
        words = one.filled(refusal.words)
        if words is not None:
            where = one.place(refusal.about)
            message, fix = one.filled(refusal.message) or "", one.filled(refusal.fix) or ""
            yield Problem(PLAN_REFUSED, where, words, "", message, fix, stage=Stage.PLAN, question=question)


def _rests_on_inputs(arguments: Arguments, subject: Subject) -> bool:
    uses = subject.block.uses
    return any(
        known_at(uses.get(name, frozenset()), subject.module) is Stage.PLAN
        for name in arguments.looked_at
        if name in subject.block.fields
    )
