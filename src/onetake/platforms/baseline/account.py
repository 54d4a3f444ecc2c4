"""Settings that an account or region has once, and that everything created there later falls under."""

from __future__ import annotations

from collections.abc import Mapping

from constructs import Construct

from onetake.model.records import record
from onetake.platforms.constructs import KmsKey, declare


@record
class Contact:
    """Whom AWS tells about the account besides its owner.

    Attributes:
        name: a person or team.
        title: what they are.
        email: where they read.
        phone: where they answer.
    """

    name: str
    title: str
    email: str
    phone: str


class Account(Construct):
    """Passwords, public access, encryption and metadata of instances by default, and contacts.

    Args:
        key: encrypts volumes of which nobody says otherwise.
        contacts: by kind: ``SECURITY``, ``OPERATIONS`` or ``BILLING``.
    """

    def __init__(self, scope: Construct, name: str, *, key: KmsKey, contacts: Mapping[str, Contact]) -> None:
        super().__init__(scope, name)
        declare(
            self,
            "aws_iam_account_password_policy",
            "passwords",
            minimum_password_length=14,
            require_lowercase_characters=True,
            require_uppercase_characters=True,
            require_numbers=True,
            require_symbols=True,
            allow_users_to_change_password=True,
            password_reuse_prevention=24,
            max_password_age=90,
        )
        declare(
            self,
            "aws_s3_account_public_access_block",
            "public_access",
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
        )
        encryption = declare(self, "aws_ebs_encryption_by_default", "volumes", enabled=True)
        declare(self, "aws_ebs_default_kms_key", "volumes_key", key_arn=key.arn, depends_on=[encryption])
        declare(self, "aws_ebs_snapshot_block_public_access", "snapshots", state="block-all-sharing")
        declare(
            self,
            "aws_ec2_instance_metadata_defaults",
            "metadata",
            http_tokens="required",
            http_put_response_hop_limit=1,
        )
        for kind, contact in contacts.items():
            declare(
                self,
                "aws_account_alternate_contact",
                kind.lower(),
                alternate_contact_type=kind,
                name=contact.name,
                title=contact.title,
                email_address=contact.email,
                phone_number=contact.phone,
            )
