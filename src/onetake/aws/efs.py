"""Elastic File System."""

from onetake.aws.view import Attribute, Blocks, ListOf, View
from onetake.model.language import Language


class ReplicationDestination(View):
    """Where a file system is copied to."""

    target_region = Attribute(str, tf="region", cfn="Region")
    zone = Attribute(str, tf="availability_zone_name", cfn="AvailabilityZoneName")
    file_system = Attribute(str, tf="file_system_id", cfn="FileSystemId")
    kms_key = Attribute(str, tf="kms_key_id", cfn="KmsKeyId")


class FileSystem(View):
    """A file system."""

    KINDS = {Language.TERRAFORM: "aws_efs_file_system", Language.CLOUDFORMATION: "AWS::EFS::FileSystem"}

    creation_token = Attribute(str, tf="creation_token", cfn=None)
    encrypted = Attribute(bool, tf="encrypted", cfn="Encrypted", default=False)
    kms_key = Attribute(str, tf="kms_key_id", cfn="KmsKeyId")
    performance_mode = Attribute(str, tf="performance_mode", cfn="PerformanceMode", default="generalPurpose")
    throughput_mode = Attribute(str, tf="throughput_mode", cfn="ThroughputMode", default="bursting")
    provisioned_throughput = Attribute(float, tf="provisioned_throughput_in_mibps", cfn="ProvisionedThroughputInMibps")
    zone = Attribute(str, tf="availability_zone_name", cfn="AvailabilityZoneName")
    """Set for One Zone file systems, which have one mount target."""
    policy = Attribute(object, tf=None, cfn="FileSystemPolicy")
    overwrite_protection = Attribute(
        str, tf="protection.replication_overwrite", cfn="FileSystemProtection.ReplicationOverwriteProtection"
    )
    destinations = Blocks(ReplicationDestination, tf=None, cfn="ReplicationConfiguration.Destinations")


class FileSystemPolicy(View):
    """Who may use a file system."""

    KINDS = {Language.TERRAFORM: "aws_efs_file_system_policy"}

    file_system = Attribute(str, tf="file_system_id", cfn=None)
    policy = Attribute(object, tf="policy", cfn=None)


class MountTarget(View):
    """A file system's address in a zone of a network."""

    KINDS = {Language.TERRAFORM: "aws_efs_mount_target", Language.CLOUDFORMATION: "AWS::EFS::MountTarget"}

    file_system = Attribute(str, tf="file_system_id", cfn="FileSystemId")
    subnet = Attribute(str, tf="subnet_id", cfn="SubnetId")
    security_groups = ListOf(str, tf="security_groups", cfn="SecurityGroups")
    ip_address = Attribute(str, tf="ip_address", cfn="IpAddress")


class AccessPoint(View):
    """A door into a file system: user and root directory are set by it."""

    KINDS = {Language.TERRAFORM: "aws_efs_access_point", Language.CLOUDFORMATION: "AWS::EFS::AccessPoint"}

    file_system = Attribute(str, tf="file_system_id", cfn="FileSystemId")
    root_path = Attribute(str, tf="root_directory.path", cfn="RootDirectory.Path", default="/")
    owner_uid = Attribute(int, tf="root_directory.creation_info.owner_uid", cfn="RootDirectory.CreationInfo.OwnerUid")
    owner_gid = Attribute(int, tf="root_directory.creation_info.owner_gid", cfn="RootDirectory.CreationInfo.OwnerGid")
    permissions = Attribute(
        str, tf="root_directory.creation_info.permissions", cfn="RootDirectory.CreationInfo.Permissions"
    )
    uid = Attribute(int, tf="posix_user.uid", cfn="PosixUser.Uid")
    gid = Attribute(int, tf="posix_user.gid", cfn="PosixUser.Gid")


class ReplicationConfiguration(View):
    """The copying of a file system, as Terraform's resource of its own."""

    KINDS = {Language.TERRAFORM: "aws_efs_replication_configuration"}

    source = Attribute(str, tf="source_file_system_id", cfn=None)
    destinations = Blocks(ReplicationDestination, tf="destination", cfn=None)
