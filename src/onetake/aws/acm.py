"""Certificates."""

from onetake.aws.view import Attribute, Blocks, ListOf, View
from onetake.model.language import Language


class ValidationOption(View):
    """How one name of a certificate is proved."""

    domain = Attribute(str, tf="domain_name", cfn="DomainName")
    validation_domain = Attribute(str, tf="validation_domain", cfn="ValidationDomain")
    zone = Attribute(str, tf=None, cfn="HostedZoneId")


class Certificate(View):
    """A certificate, issued or imported."""

    KINDS = {Language.TERRAFORM: "aws_acm_certificate", Language.CLOUDFORMATION: "AWS::CertificateManager::Certificate"}

    domain = Attribute(str, tf="domain_name", cfn="DomainName")
    alternative_names = ListOf(str, tf="subject_alternative_names", cfn="SubjectAlternativeNames")
    validation_method = Attribute(str, tf="validation_method", cfn="ValidationMethod")
    """CloudFormation proves by e-mail where nothing is written."""
    key_algorithm = Attribute(str, tf="key_algorithm", cfn="KeyAlgorithm", default="RSA_2048")
    private_authority = Attribute(str, tf="certificate_authority_arn", cfn="CertificateAuthorityArn")
    imported_body = Attribute(str, tf="certificate_body", cfn=None)
    options = Blocks(ValidationOption, tf="validation_option", cfn="DomainValidationOptions")


class CertificateValidation(View):
    """Terraform's wait until a certificate is issued."""

    KINDS = {Language.TERRAFORM: "aws_acm_certificate_validation"}

    certificate = Attribute(str, tf="certificate_arn", cfn=None)
    record_names = ListOf(str, tf="validation_record_fqdns", cfn=None)


class CertificateLookup(View):
    """The data source that looks a certificate up by its domain."""

    KINDS = {Language.TERRAFORM: "data.aws_acm_certificate"}

    domain = Attribute(str, tf="domain", cfn=None)
