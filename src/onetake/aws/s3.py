"""S3: buckets, and the settings that Terraform keeps in resources of their own."""

from collections.abc import Callable
from typing import TypeVar

from onetake.aws.lookup import companions, settled
from onetake.aws.view import Attribute, Blocks, Items, View, blocks, dig
from onetake.model.language import Language
from onetake.model.values import Known, Unknown, Value

P = TypeVar("P", bound=View)
V = TypeVar("V", bound=View)


class BucketPolicy(View):
    """A bucket's policy."""

    KINDS = {Language.TERRAFORM: "aws_s3_bucket_policy", Language.CLOUDFORMATION: "AWS::S3::BucketPolicy"}

    bucket = Attribute(str, tf="bucket", cfn="Bucket")
    document = Attribute(object, tf="policy", cfn="PolicyDocument")


class BucketVersioning(View):
    """Versioning, as a resource of its own."""

    KINDS = {Language.TERRAFORM: "aws_s3_bucket_versioning"}

    bucket = Attribute(str, tf="bucket", cfn=None)
    status = Attribute(str, tf="versioning_configuration.status", cfn=None)
    mfa_delete = Attribute(str, tf="versioning_configuration.mfa_delete", cfn=None)


class BucketOwnership(View):
    """Object ownership, as a resource of its own."""

    KINDS = {Language.TERRAFORM: "aws_s3_bucket_ownership_controls"}

    bucket = Attribute(str, tf="bucket", cfn=None)
    ownership = Attribute(str, tf="rule.object_ownership", cfn=None)


class BucketAcl(View):
    """An access control list, as a resource of its own."""

    KINDS = {Language.TERRAFORM: "aws_s3_bucket_acl"}

    bucket = Attribute(str, tf="bucket", cfn=None)
    acl = Attribute(str, tf="acl", cfn=None)
    access_control_policy = Attribute(object, tf="access_control_policy", cfn=None)


class PublicAccessBlock(View):
    """The four switches against public access; in templates a block of the bucket."""

    KINDS = {Language.TERRAFORM: "aws_s3_bucket_public_access_block"}

    bucket = Attribute(str, tf="bucket", cfn=None)
    # A switch that a resource or block leaves out is off; a bucket without any block has all four on.
    block_public_acls = Attribute(bool, tf="block_public_acls", cfn="BlockPublicAcls", default=False)
    block_public_policy = Attribute(bool, tf="block_public_policy", cfn="BlockPublicPolicy", default=False)
    ignore_public_acls = Attribute(bool, tf="ignore_public_acls", cfn="IgnorePublicAcls", default=False)
    restrict_public_buckets = Attribute(bool, tf="restrict_public_buckets", cfn="RestrictPublicBuckets", default=False)


class EncryptionRule(View):
    """How new objects are encrypted unless the request says otherwise."""

    algorithm = Attribute(
        str,
        tf="apply_server_side_encryption_by_default.sse_algorithm",
        cfn="ServerSideEncryptionByDefault.SSEAlgorithm",
    )
    key = Attribute(
        str,
        tf="apply_server_side_encryption_by_default.kms_master_key_id",
        cfn="ServerSideEncryptionByDefault.KMSMasterKeyID",
    )
    bucket_key = Attribute(bool, tf="bucket_key_enabled", cfn="BucketKeyEnabled", default=False)


class BucketEncryption(View):
    """Default encryption, as a resource of its own."""

    KINDS = {Language.TERRAFORM: "aws_s3_bucket_server_side_encryption_configuration"}

    bucket = Attribute(str, tf="bucket", cfn=None)
    rules = Blocks(EncryptionRule, tf="rule", cfn=None)


class LifecycleRule(View):
    """One rule of a bucket's lifecycle."""

    id = Attribute(str, tf="id", cfn="Id")
    status = Attribute(str, tf="status", cfn="Status")
    prefix = Attribute(str, tf="prefix", cfn="Prefix")
    filter = Attribute(object, tf="filter", cfn=None)
    expiration_days = Attribute(int, tf="expiration.days", cfn="ExpirationInDays")
    expiration = Attribute(object, tf="expiration", cfn=None)
    transition = Attribute(object, tf="transition", cfn="Transition")
    transitions = Attribute(object, tf="transition", cfn="Transitions")


class BucketLifecycle(View):
    """Lifecycle rules, as a resource of their own."""

    KINDS = {Language.TERRAFORM: "aws_s3_bucket_lifecycle_configuration"}

    bucket = Attribute(str, tf="bucket", cfn=None)
    rules = Blocks(LifecycleRule, tf="rule", cfn=None)


class BucketLogging(View):
    """Server access logging, as a resource of its own."""

    KINDS = {Language.TERRAFORM: "aws_s3_bucket_logging"}

    bucket = Attribute(str, tf="bucket", cfn=None)
    target_bucket = Attribute(str, tf="target_bucket", cfn=None)
    target_prefix = Attribute(str, tf="target_prefix", cfn=None)


class QueueTarget(View):
    """A queue that hears of a bucket's events."""

    target = Attribute(str, tf="queue_arn", cfn="Queue")


class TopicTarget(View):
    """A topic that hears of a bucket's events."""

    target = Attribute(str, tf="topic_arn", cfn="Topic")


class FunctionTarget(View):
    """A function that hears of a bucket's events."""

    target = Attribute(str, tf="lambda_function_arn", cfn="Function")


class BucketNotification(View):
    """Event notifications: a resource of its own, or the block of a bucket in a template."""

    KINDS = {Language.TERRAFORM: "aws_s3_bucket_notification"}

    bucket = Attribute(str, tf="bucket", cfn=None)
    queues = Blocks(QueueTarget, tf="queue", cfn="QueueConfigurations")
    topics = Blocks(TopicTarget, tf="topic", cfn="TopicConfigurations")
    functions = Blocks(FunctionTarget, tf="lambda_function", cfn="LambdaConfigurations")
    eventbridge = Attribute(bool, tf="eventbridge", cfn="EventBridgeConfiguration.EventBridgeEnabled", default=False)


class ReplicationRule(View):
    """One rule of a bucket's replication."""

    id = Attribute(str, tf="id", cfn="Id")
    status = Attribute(str, tf="status", cfn="Status")
    destination = Attribute(str, tf="destination.bucket", cfn="Destination.Bucket")
    destination_account = Attribute(str, tf="destination.account", cfn="Destination.Account")
    replica_key = Attribute(
        str,
        tf="destination.encryption_configuration.replica_kms_key_id",
        cfn="Destination.EncryptionConfiguration.ReplicaKmsKeyID",
    )


class BucketReplication(View):
    """Replication: a resource of its own, or the block of a bucket in a template."""

    KINDS = {Language.TERRAFORM: "aws_s3_bucket_replication_configuration"}

    bucket = Attribute(str, tf="bucket", cfn=None)
    role = Attribute(str, tf="role", cfn="Role")
    rules = Blocks(ReplicationRule, tf="rule", cfn="Rules")


class BucketObjectLock(View):
    """Object lock's default retention, as a resource of its own."""

    KINDS = {Language.TERRAFORM: "aws_s3_bucket_object_lock_configuration"}

    bucket = Attribute(str, tf="bucket", cfn=None)
    mode = Attribute(str, tf="rule.default_retention.mode", cfn=None)
    days = Attribute(int, tf="rule.default_retention.days", cfn=None)


class BucketObject(View):
    """An object that the program puts into a bucket."""

    KINDS = {Language.TERRAFORM: ("aws_s3_object", "aws_s3_bucket_object")}

    bucket = Attribute(str, tf="bucket", cfn=None)
    key = Attribute(str, tf="key", cfn=None)
    acl = Attribute(str, tf="acl", cfn=None)


class Bucket(View):
    """A bucket; its settings are asked for in one way, wherever they are written."""

    KINDS = {Language.TERRAFORM: "aws_s3_bucket", Language.CLOUDFORMATION: "AWS::S3::Bucket"}
    IDENTITY = ("name",)

    name = Attribute(str, tf="bucket", cfn="BucketName")
    name_prefix = Attribute(str, tf="bucket_prefix", cfn=None)
    force_destroy = Attribute(bool, tf="force_destroy", cfn=None, default=False)
    object_lock = Attribute(bool, tf="object_lock_enabled", cfn="ObjectLockEnabled", default=False)
    written_acl = Attribute(str, tf="acl", cfn="AccessControl")
    written_policy = Attribute(object, tf="policy", cfn=None)
    inline_ownership = Attribute(str, tf=None, cfn="OwnershipControls.Rules.ObjectOwnership")
    inline_versioning = Attribute(str, tf=None, cfn="VersioningConfiguration.Status")
    inline_versioning_flag = Attribute(bool, tf="versioning.enabled", cfn=None)
    website = Attribute(object, tf="website", cfn="WebsiteConfiguration")
    inline_log_bucket = Attribute(str, tf="logging.target_bucket", cfn="LoggingConfiguration.DestinationBucketName")

    @property
    def versioning(self) -> Value[str]:
        """``Enabled`` or ``Suspended``; absent when it was never turned on."""
        return settled(self._inline_versioning, self, BucketVersioning, "bucket", lambda beside: beside.status)

    @property
    def _inline_versioning(self) -> Value[str]:
        match self.inline_versioning_flag:
            case Known(flag, where):
                return Known("Enabled" if flag else "Suspended", where)
            case Unknown() as unknown:
                return unknown
            case _:
                return self.inline_versioning

    @property
    def object_ownership(self) -> Value[str]:
        """Absent when AWS's default, ``BucketOwnerEnforced``, holds."""
        return settled(self.inline_ownership, self, BucketOwnership, "bucket", lambda beside: beside.ownership)

    @property
    def acl(self) -> Value[str]:
        """The canned list (``private``, ``LogDeliveryWrite``: each language spells it in its own way)."""
        return settled(self.written_acl, self, BucketAcl, "bucket", lambda beside: beside.acl)

    @property
    def public_access_block(self) -> Items[PublicAccessBlock]:
        """The switches against public access; surely empty when the default, all four on, holds."""
        return self._part(PublicAccessBlock, tf=None, cfn="PublicAccessBlockConfiguration")

    @property
    def encryption_rules(self) -> Items[EncryptionRule]:
        """The rules of default encryption; surely empty when AWS's default, SSE-S3, holds."""
        if self.language is Language.CLOUDFORMATION:
            path: tuple[str, ...] = ("BucketEncryption", "ServerSideEncryptionConfiguration")
        else:
            path = ("server_side_encryption_configuration", "rule")
        return self._rules(path, BucketEncryption, EncryptionRule, lambda beside: beside.rules)

    @property
    def lifecycle_rules(self) -> Items[LifecycleRule]:
        """The rules of its lifecycle."""
        cfn = self.language is Language.CLOUDFORMATION
        path = ("LifecycleConfiguration", "Rules") if cfn else ("lifecycle_rule",)
        return self._rules(path, BucketLifecycle, LifecycleRule, lambda beside: beside.rules)

    @property
    def log_bucket(self) -> Value[str]:
        """The bucket that gets its access logs."""
        return settled(self.inline_log_bucket, self, BucketLogging, "bucket", lambda beside: beside.target_bucket)

    @property
    def notifications(self) -> Items[BucketNotification]:
        """Its event notifications."""
        return self._part(BucketNotification, tf=None, cfn="NotificationConfiguration")

    @property
    def replication(self) -> Items[BucketReplication]:
        """Its replication."""
        return self._part(BucketReplication, tf="replication_configuration", cfn="ReplicationConfiguration")

    @property
    def policies(self) -> Items[BucketPolicy]:
        """The policies that are resources of their own."""
        return companions(self, BucketPolicy, "bucket")

    def _part(self, kind: type[P], *, tf: str | None, cfn: str | None) -> Items[P]:
        """What is a block of the bucket in one language and a resource beside it in the other."""
        name = cfn if self.language is Language.CLOUDFORMATION else tf
        nothing: Items[P] = Items((), True, self.where)
        inside = blocks(dig(self, (name,)), self, kind) if name else nothing
        if self.language not in kind.KINDS:
            return inside
        beside = companions(self, kind, "bucket")
        return Items((*inside.known, *beside.known), inside.complete and beside.complete, self.where)

    def _rules(self, path: tuple[str, ...], kind: type[P], rule: type[V], rules: Callable[[P], Items[V]]) -> Items[V]:
        """Rules written in the bucket, or in a resource beside it."""
        inside = blocks(dig(self, path), self, rule)
        if self.language not in kind.KINDS:
            return inside
        beside = companions(self, kind, "bucket")
        found = [rules(other) for other in beside]
        known = (*inside.known, *(one for items in found for one in items))
        complete = inside.complete and beside.complete and all(items.complete for items in found)
        return Items(known, complete, self.where)
