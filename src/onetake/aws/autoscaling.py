"""Scaling: groups of instances, and whatever else scales."""

from onetake.aws.view import Attribute, Blocks, ListOf, View
from onetake.model.language import Language


class LifecycleHookBlock(View):
    """A pause in an instance's life, written inside its group."""

    name = Attribute(str, tf="name", cfn="LifecycleHookName")
    transition = Attribute(str, tf="lifecycle_transition", cfn="LifecycleTransition")
    target = Attribute(str, tf="notification_target_arn", cfn="NotificationTargetARN")
    role = Attribute(str, tf="role_arn", cfn="RoleARN")


class Group(View):
    """An Auto Scaling group."""

    KINDS = {
        Language.TERRAFORM: "aws_autoscaling_group",
        Language.CLOUDFORMATION: "AWS::AutoScaling::AutoScalingGroup",
    }
    IDENTITY = ("name",)

    name = Attribute(str, tf="name", cfn="AutoScalingGroupName")
    name_prefix = Attribute(str, tf="name_prefix", cfn=None)
    minimum = Attribute(int, tf="min_size", cfn="MinSize")
    maximum = Attribute(int, tf="max_size", cfn="MaxSize")
    desired = Attribute(int, tf="desired_capacity", cfn="DesiredCapacity")
    subnets = ListOf(str, tf="vpc_zone_identifier", cfn="VPCZoneIdentifier")
    zones = ListOf(str, tf="availability_zones", cfn="AvailabilityZones")
    launch_configuration = Attribute(str, tf="launch_configuration", cfn="LaunchConfigurationName")
    launch_template = Attribute(str, tf="launch_template.id", cfn="LaunchTemplate.LaunchTemplateId")
    launch_template_name = Attribute(str, tf="launch_template.name", cfn="LaunchTemplate.LaunchTemplateName")
    launch_template_version = Attribute(str, tf="launch_template.version", cfn="LaunchTemplate.Version")
    mixed_template = Attribute(
        str,
        tf="mixed_instances_policy.launch_template.launch_template_specification.launch_template_id",
        cfn="MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification.LaunchTemplateId",
    )
    mixed = Attribute(object, tf="mixed_instances_policy", cfn="MixedInstancesPolicy")
    target_groups = ListOf(str, tf="target_group_arns", cfn="TargetGroupARNs")
    classic_load_balancers = ListOf(str, tf="load_balancers", cfn="LoadBalancerNames")
    health_check = Attribute(str, tf="health_check_type", cfn="HealthCheckType", default="EC2")
    grace_period = Attribute(int, tf="health_check_grace_period", cfn="HealthCheckGracePeriod")
    scale_in_protection = Attribute(
        bool, tf="protect_from_scale_in", cfn="NewInstancesProtectedFromScaleIn", default=False
    )
    service_linked_role = Attribute(str, tf="service_linked_role_arn", cfn="ServiceLinkedRoleARN")
    wait_timeout = Attribute(str, tf="wait_for_capacity_timeout", cfn=None)
    force_delete = Attribute(bool, tf="force_delete", cfn=None, default=False)
    hooks = Blocks(LifecycleHookBlock, tf="initial_lifecycle_hook", cfn="LifecycleHookSpecificationList")


class LaunchConfiguration(View):
    """The older way to say how instances are made."""

    KINDS = {
        Language.TERRAFORM: "aws_launch_configuration",
        Language.CLOUDFORMATION: "AWS::AutoScaling::LaunchConfiguration",
    }
    IDENTITY = ("name",)

    name = Attribute(str, tf="name", cfn="LaunchConfigurationName")
    image = Attribute(str, tf="image_id", cfn="ImageId")
    instance_type = Attribute(str, tf="instance_type", cfn="InstanceType")
    security_groups = ListOf(str, tf="security_groups", cfn="SecurityGroups")
    instance_profile = Attribute(str, tf="iam_instance_profile", cfn="IamInstanceProfile")
    public_ip = Attribute(bool, tf="associate_public_ip_address", cfn="AssociatePublicIpAddress")
    key_name = Attribute(str, tf="key_name", cfn="KeyName")
    user_data = Attribute(str, tf="user_data", cfn="UserData")


class LifecycleHook(View):
    """A pause in an instance's life, as a resource of its own."""

    KINDS = {
        Language.TERRAFORM: "aws_autoscaling_lifecycle_hook",
        Language.CLOUDFORMATION: "AWS::AutoScaling::LifecycleHook",
    }

    group = Attribute(str, tf="autoscaling_group_name", cfn="AutoScalingGroupName")
    transition = Attribute(str, tf="lifecycle_transition", cfn="LifecycleTransition")
    target = Attribute(str, tf="notification_target_arn", cfn="NotificationTargetARN")
    role = Attribute(str, tf="role_arn", cfn="RoleARN")


class GroupAttachment(View):
    """A target group of an Auto Scaling group, as Terraform's resource of its own."""

    KINDS = {Language.TERRAFORM: "aws_autoscaling_attachment"}

    group = Attribute(str, tf="autoscaling_group_name", cfn=None)
    target_group = Attribute(str, tf="lb_target_group_arn", cfn=None)


class GroupPolicy(View):
    """How a group of instances scales."""

    KINDS = {Language.TERRAFORM: "aws_autoscaling_policy", Language.CLOUDFORMATION: "AWS::AutoScaling::ScalingPolicy"}

    group = Attribute(str, tf="autoscaling_group_name", cfn="AutoScalingGroupName")
    kind = Attribute(str, tf="policy_type", cfn="PolicyType", default="SimpleScaling")
    adjustment_type = Attribute(str, tf="adjustment_type", cfn="AdjustmentType")
    metric = Attribute(
        str,
        tf="target_tracking_configuration.predefined_metric_specification.predefined_metric_type",
        cfn="TargetTrackingConfiguration.PredefinedMetricSpecification.PredefinedMetricType",
    )
    label = Attribute(
        str,
        tf="target_tracking_configuration.predefined_metric_specification.resource_label",
        cfn="TargetTrackingConfiguration.PredefinedMetricSpecification.ResourceLabel",
    )


class ScalableTarget(View):
    """Something that Application Auto Scaling scales: ``service/cluster/name``, ``table/orders``."""

    KINDS = {
        Language.TERRAFORM: "aws_appautoscaling_target",
        Language.CLOUDFORMATION: "AWS::ApplicationAutoScaling::ScalableTarget",
    }

    target = Attribute(str, tf="resource_id", cfn="ResourceId")
    dimension = Attribute(str, tf="scalable_dimension", cfn="ScalableDimension")
    namespace = Attribute(str, tf="service_namespace", cfn="ServiceNamespace")
    minimum = Attribute(int, tf="min_capacity", cfn="MinCapacity")
    maximum = Attribute(int, tf="max_capacity", cfn="MaxCapacity")
    role = Attribute(str, tf="role_arn", cfn="RoleARN")


class ScalingPolicy(View):
    """How such a thing scales."""

    KINDS = {
        Language.TERRAFORM: "aws_appautoscaling_policy",
        Language.CLOUDFORMATION: "AWS::ApplicationAutoScaling::ScalingPolicy",
    }

    name = Attribute(str, tf="name", cfn="PolicyName")
    kind = Attribute(str, tf="policy_type", cfn="PolicyType", default="StepScaling")
    target = Attribute(str, tf="resource_id", cfn="ResourceId")
    scaling_target = Attribute(str, tf=None, cfn="ScalingTargetId")
    dimension = Attribute(str, tf="scalable_dimension", cfn="ScalableDimension")
    namespace = Attribute(str, tf="service_namespace", cfn="ServiceNamespace")
    tracking = Attribute(
        object,
        tf="target_tracking_scaling_policy_configuration",
        cfn="TargetTrackingScalingPolicyConfiguration",
    )
    steps = Attribute(object, tf="step_scaling_policy_configuration", cfn="StepScalingPolicyConfiguration")
    metric = Attribute(
        str,
        tf="target_tracking_scaling_policy_configuration.predefined_metric_specification.predefined_metric_type",
        cfn="TargetTrackingScalingPolicyConfiguration.PredefinedMetricSpecification.PredefinedMetricType",
    )
    label = Attribute(
        str,
        tf="target_tracking_scaling_policy_configuration.predefined_metric_specification.resource_label",
        cfn="TargetTrackingScalingPolicyConfiguration.PredefinedMetricSpecification.ResourceLabel",
    )
