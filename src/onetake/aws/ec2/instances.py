"""Instances, launch templates, volumes."""

from onetake.aws.view import Attribute, Blocks, ListOf, View
from onetake.model.language import Language


class BlockDevice(View):
    """A disk of an instance or launch template that is not the root of an ``aws_instance``."""

    device = Attribute(str, tf="device_name", cfn="DeviceName")
    size = Attribute(int, tf="volume_size", cfn="Ebs.VolumeSize")
    kind = Attribute(str, tf="volume_type", cfn="Ebs.VolumeType")
    iops = Attribute(int, tf="iops", cfn="Ebs.Iops")
    encrypted = Attribute(bool, tf="encrypted", cfn="Ebs.Encrypted")
    kms_key = Attribute(str, tf="kms_key_id", cfn="Ebs.KmsKeyId")
    snapshot = Attribute(str, tf="snapshot_id", cfn="Ebs.SnapshotId")


class InstanceInterface(View):
    """A network interface of an instance."""

    device_index = Attribute(int, tf="device_index", cfn="DeviceIndex")
    interface = Attribute(str, tf="network_interface_id", cfn="NetworkInterfaceId")
    subnet = Attribute(str, tf=None, cfn="SubnetId")
    security_groups = ListOf(str, tf=None, cfn="GroupSet")
    public_ip = Attribute(bool, tf=None, cfn="AssociatePublicIpAddress")


class Instance(View):
    """A virtual machine."""

    KINDS = {Language.TERRAFORM: "aws_instance", Language.CLOUDFORMATION: "AWS::EC2::Instance"}

    image = Attribute(str, tf="ami", cfn="ImageId")
    instance_type = Attribute(str, tf="instance_type", cfn="InstanceType")
    key_name = Attribute(str, tf="key_name", cfn="KeyName")
    subnet = Attribute(str, tf="subnet_id", cfn="SubnetId")
    zone = Attribute(str, tf="availability_zone", cfn="AvailabilityZone")
    security_groups = ListOf(str, tf="vpc_security_group_ids", cfn="SecurityGroupIds")
    security_group_names = ListOf(str, tf="security_groups", cfn="SecurityGroups")
    public_ip = Attribute(bool, tf="associate_public_ip_address", cfn=None)
    instance_profile = Attribute(str, tf="iam_instance_profile", cfn="IamInstanceProfile")
    user_data = Attribute(str, tf="user_data", cfn="UserData")
    user_data_base64 = Attribute(str, tf="user_data_base64", cfn=None)
    ebs_optimized = Attribute(bool, tf="ebs_optimized", cfn="EbsOptimized")
    termination_protection = Attribute(bool, tf="disable_api_termination", cfn="DisableApiTermination", default=False)
    http_tokens = Attribute(str, tf="metadata_options.http_tokens", cfn="MetadataOptions.HttpTokens")
    source_dest_check = Attribute(bool, tf="source_dest_check", cfn="SourceDestCheck", default=True)
    cpu_credits = Attribute(str, tf="credit_specification.cpu_credits", cfn="CreditSpecification.CPUCredits")
    launch_template_name = Attribute(str, tf="launch_template.name", cfn="LaunchTemplate.LaunchTemplateName")
    launch_template = Attribute(str, tf="launch_template.id", cfn="LaunchTemplate.LaunchTemplateId")
    private_ip = Attribute(str, tf="private_ip", cfn="PrivateIpAddress")
    interfaces = Blocks(InstanceInterface, tf="network_interface", cfn="NetworkInterfaces")
    devices = Blocks(BlockDevice, tf="ebs_block_device", cfn="BlockDeviceMappings")
    root_size = Attribute(int, tf="root_block_device.volume_size", cfn=None)
    root_type = Attribute(str, tf="root_block_device.volume_type", cfn=None)
    root_iops = Attribute(int, tf="root_block_device.iops", cfn=None)


class TemplateInterface(View):
    """A network interface of a launch template."""

    device_index = Attribute(int, tf="device_index", cfn="DeviceIndex")
    public_ip = Attribute(bool, tf="associate_public_ip_address", cfn="AssociatePublicIpAddress")
    subnet = Attribute(str, tf="subnet_id", cfn="SubnetId")
    security_groups = ListOf(str, tf="security_groups", cfn="Groups")
    interface = Attribute(str, tf="network_interface_id", cfn="NetworkInterfaceId")


class TemplateDevice(View):
    """A disk of a launch template."""

    device = Attribute(str, tf="device_name", cfn="DeviceName")
    size = Attribute(int, tf="ebs.volume_size", cfn="Ebs.VolumeSize")
    kind = Attribute(str, tf="ebs.volume_type", cfn="Ebs.VolumeType")
    iops = Attribute(int, tf="ebs.iops", cfn="Ebs.Iops")
    encrypted = Attribute(bool, tf="ebs.encrypted", cfn="Ebs.Encrypted")
    kms_key = Attribute(str, tf="ebs.kms_key_id", cfn="Ebs.KmsKeyId")


class LaunchTemplate(View):
    """How instances are to be made."""

    KINDS = {Language.TERRAFORM: "aws_launch_template", Language.CLOUDFORMATION: "AWS::EC2::LaunchTemplate"}
    IDENTITY = ("name",)

    name = Attribute(str, tf="name", cfn="LaunchTemplateName")
    name_prefix = Attribute(str, tf="name_prefix", cfn=None)
    image = Attribute(str, tf="image_id", cfn="LaunchTemplateData.ImageId")
    instance_type = Attribute(str, tf="instance_type", cfn="LaunchTemplateData.InstanceType")
    key_name = Attribute(str, tf="key_name", cfn="LaunchTemplateData.KeyName")
    security_groups = ListOf(str, tf="vpc_security_group_ids", cfn="LaunchTemplateData.SecurityGroupIds")
    instance_profile_arn = Attribute(
        str, tf="iam_instance_profile.arn", cfn="LaunchTemplateData.IamInstanceProfile.Arn"
    )
    instance_profile_name = Attribute(
        str, tf="iam_instance_profile.name", cfn="LaunchTemplateData.IamInstanceProfile.Name"
    )
    user_data = Attribute(str, tf="user_data", cfn="LaunchTemplateData.UserData")
    http_tokens = Attribute(str, tf="metadata_options.http_tokens", cfn="LaunchTemplateData.MetadataOptions.HttpTokens")
    market_type = Attribute(
        str, tf="instance_market_options.market_type", cfn="LaunchTemplateData.InstanceMarketOptions.MarketType"
    )
    requirements = Attribute(object, tf="instance_requirements", cfn="LaunchTemplateData.InstanceRequirements")
    interfaces = Blocks(TemplateInterface, tf="network_interfaces", cfn="LaunchTemplateData.NetworkInterfaces")
    devices = Blocks(TemplateDevice, tf="block_device_mappings", cfn="LaunchTemplateData.BlockDeviceMappings")


class KeyPair(View):
    """A key to log in with."""

    KINDS = {Language.TERRAFORM: "aws_key_pair", Language.CLOUDFORMATION: "AWS::EC2::KeyPair"}
    IDENTITY = ("name",)

    name = Attribute(str, tf="key_name", cfn="KeyName")
    public_key = Attribute(str, tf="public_key", cfn="PublicKeyMaterial")


class Volume(View):
    """A disk."""

    KINDS = {Language.TERRAFORM: "aws_ebs_volume", Language.CLOUDFORMATION: "AWS::EC2::Volume"}

    zone = Attribute(str, tf="availability_zone", cfn="AvailabilityZone")
    size = Attribute(int, tf="size", cfn="Size")
    kind = Attribute(str, tf="type", cfn="VolumeType")
    iops = Attribute(int, tf="iops", cfn="Iops")
    throughput = Attribute(int, tf="throughput", cfn="Throughput")
    encrypted = Attribute(bool, tf="encrypted", cfn="Encrypted")
    kms_key = Attribute(str, tf="kms_key_id", cfn="KmsKeyId")
    snapshot = Attribute(str, tf="snapshot_id", cfn="SnapshotId")
    multi_attach = Attribute(bool, tf="multi_attach_enabled", cfn="MultiAttachEnabled", default=False)


class VolumeAttachment(View):
    """A disk at an instance; both in one zone."""

    KINDS = {Language.TERRAFORM: "aws_volume_attachment", Language.CLOUDFORMATION: "AWS::EC2::VolumeAttachment"}

    device = Attribute(str, tf="device_name", cfn="Device")
    instance = Attribute(str, tf="instance_id", cfn="InstanceId")
    volume = Attribute(str, tf="volume_id", cfn="VolumeId")
