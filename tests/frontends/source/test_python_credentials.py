"""Credentials that are written into Python programs."""

import json
from pathlib import Path

import pytest

import onetake
from onetake.model.findings import Severity, Stage
from onetake.reports import json_report

RULE = "python-credential-in-source"
HEAD = (
    "import json\nimport os\n\n"
    "import aws_cdk as cdk\n"
    "from aws_cdk import SecretValue, aws_rds as rds, aws_secretsmanager as sm\n"
    "from cdktn import TerraformStack, TerraformVariable\n"
    "from cdktn_provider_aws.db_instance import DbInstance\n"
    "from cdktn_provider_aws.elasticache_user import ElasticacheUser, ElasticacheUserAuthenticationMode\n"
    "from cdktn_provider_aws.instance import Instance\n"
    "from cdktn_provider_aws.provider import AwsProvider\n"
    "from cdktn_provider_aws.rds_cluster import RdsCluster\n"
    "from cdktn_provider_aws.secretsmanager_secret_version import SecretsmanagerSecretVersion as Version\n"
    "from cdktn_provider_aws.ssm_parameter import SsmParameter\n\n"
    'WORD = "Sup3rGeheim"\n\n\n'
)
BODY = "".join("MIIEowIBAAKCAQEAy8Dbv8prpJ"[at % 26] for at in range(64))  # of no key
PRIVATE = f"-----BEGIN RSA PRIVATE KEY-----\\n{BODY}\\n"
ID = "AKIA" + "ZQ3DR7WX5LTN2VKM"  # in two parts: it is nobody's, and looks as if it were somebody's


def rules(folder: Path, line: str, name: str = "main.py") -> list[str]:
    (folder / name).write_text(f"{HEAD}def build(self, given):\n    {line}\n", encoding="utf-8")
    findings = onetake.check(folder / name, root=folder).findings
    return [one.finding.message for one in findings if one.finding.rule == RULE]


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ('RdsCluster(self, "c", master_password="Sup3rGeheim")', "master_password of RdsCluster"),
        ('RdsCluster(self, "c", master_password=WORD)', "master_password of RdsCluster"),
        ('DbInstance(self, "c", instance_class="db.t3.micro", password="changeme")', "password of DbInstance"),
        ('ElasticacheUserAuthenticationMode(type=given, passwords=["Sup3rGeheim"])', "passwords of Elasti"),
        ('Version(self, "v", secret_id="s", secret_string="Sup3rGeheim")', "secret_string of Version"),
        ('Version(self, "v", secret_id="s", secret_string=json.dumps({"password": "geheim"}))', "secret_string of Ver"),
        ("Version(self, 'v', secret_id='s', secret_string='{\"password\": \"geheim\"}')", "secret_string of Version"),
        ('SsmParameter(self, "p", name="/p", type="SecureString", value="geheim")', "value of SsmParameter"),
        ('AwsProvider(self, "aws", access_key=given, secret_key="Z" * 0 or given)', ""),
        (f'AwsProvider(self, "aws", access_key=given, secret_key="{"aZ5+" * 10}")', "secret_key of AwsProvider"),
        ('rds.CfnDBInstance(self, "d", master_user_password="Sup3rGeheim")', "master_user_password of rds.CfnDB"),
        ('rds.Credentials.from_password("u", password=SecretValue.unsafe_plain_text("geheim"))', "password of rds"),
        ('given(access={"master_user_password": SecretValue.unsafe_plain_text("geheim")})', "master_user_password"),
        (f'Instance(self, "i", user_data="export AWS_ACCESS_KEY_ID={ID}")', "the id of an AWS access key"),
        (f'Instance(self, "i", user_data="{PRIVATE}")', "a private key"),
    ],
)
def test_secrets_in_literals(tmp_path, line, named):
    found = rules(tmp_path, line)

    assert len(found) == bool(named)
    assert all(named in one for one in found)


@pytest.mark.parametrize(
    "line",
    [
        'RdsCluster(self, "c", master_password="")',
        'RdsCluster(self, "c", master_password=given)',
        'RdsCluster(self, "c", master_password=os.environ["PASSWORD"])',
        'RdsCluster(self, "c", master_password=os.environ.get("PASSWORD", "none"))',
        'RdsCluster(self, "c", master_password=TerraformVariable(self, "p").string_value)',
        'RdsCluster(self, "c", master_password="${var.password}")',
        'RdsCluster(self, "c", master_password="first", lifecycle={"ignore_changes": ["master_password"]})',
        'RdsCluster(self, "c", manage_master_user_password=True, master_username="admin")',
        'RdsCluster(self, "c", master_user_secret_kms_key_id="alias/secret")',
        'Version(self, "v", secret_id="s", secret_string="REPLACE_ME")',
        'Version(self, "v", secret_id="s", secret_string=json.dumps({"host": "db", "password": given}))',
        "Version(self, 'v', secret_id='s', secret_string='{\"password\": \"<to be set>\"}')",
        'SsmParameter(self, "p", name="/p", type="String", value="eu-west-1")',
        'AwsProvider(self, "aws", access_key="test", secret_key="test")',
        'rds.CfnDBInstance(self, "d", master_user_password="{{resolve:secretsmanager:db:SecretString:password}}")',
        'sm.Secret(self, "s", secret_name="db-password")',
        'sm.Secret(self, "s", secret_object_value={"user": SecretValue.unsafe_plain_text("admin")})',
        'Instance(self, "i", user_data="export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE")',
        'Instance(self, "i", user_data="export AWS_ACCESS_KEY_ID=AKIAXXXXXXXXXXXXXXXX")',
        'Instance(self, "i", user_data="-----BEGIN RSA PRIVATE KEY-----\\n...")',
    ],
)
def test_what_is_no_secret(tmp_path, line):
    assert rules(tmp_path, line) == []


def test_tests_hold_what_they_like(tmp_path):
    (tmp_path / "tests").mkdir()
    line = 'RdsCluster(self, "c", master_password="Sup3rGeheim")'

    assert rules(tmp_path, line, "test_main.py") == rules(tmp_path, line, "tests/helpers.py") == []


def test_a_secret_is_never_printed(tmp_path):
    rules(tmp_path, f'RdsCluster(self, "c", master_password=WORD, master_username="{ID}")')
    report = onetake.check(tmp_path / "main.py", root=tmp_path)
    told = [one.finding for one in report.findings if one.finding.rule == RULE]

    assert [(one.severity, one.stage) for one in told] == [(Severity.HIGH, Stage.RUN)] * 2
    text = json.dumps(json_report.document(report), default=str)
    assert "Sup3rGeheim" not in text
    assert ID not in text
