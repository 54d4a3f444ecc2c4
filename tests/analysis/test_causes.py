"""A cause that shows in the source and in what was synthesized from it is told once, at the line of the source."""

import json
from pathlib import Path

import onetake

SOURCE = """from cdktn_provider_aws.wafv2_web_acl import Wafv2WebAclRule


def rule(given):
    return Wafv2WebAclRule(
        name="r", priority=1, visibility_config=given, statement={"rateBasedStatement": {"limit": 2000}}
    )
"""
METRICS = {"cloudwatch_metrics_enabled": True, "metric_name": "m", "sampled_requests_enabled": True}
RULE = {
    "action": {"block": {}},
    "name": "r",
    "priority": 1,
    "statement": {"rateBasedStatement": {"limit": 2000}},
    "visibility_config": METRICS,
}


def artefact(name: str) -> str:
    acl = {
        "//": {"metadata": {"path": "s/firewall", "uniqueId": "firewall"}},
        "default_action": {"allow": {}},
        "name": "a",
        "rule": [{**RULE, "statement": {name: {"limit": 2000}}}],
        "scope": "REGIONAL",
        "visibility_config": METRICS,
    }
    metadata = {"metadata": {"backend": "local", "stackName": "s", "version": "0.24.0"}}
    return json.dumps({"//": metadata, "resource": {"aws_wafv2_web_acl": {"firewall": acl}}})


def told(folder: Path, name: str) -> list[tuple[str, str, str]]:
    (folder / "main.py").write_text(SOURCE, encoding="utf-8")
    (folder / "cdk.tf.json").write_text(artefact(name), encoding="utf-8")
    report = onetake.check(folder, root=folder, config=False)
    return [(one.file, one.finding.rule, one.finding.construct) for one in report.findings]


def test_one_cause_is_told_at_the_source(tmp_path: Path) -> None:
    assert told(tmp_path, "rateBasedStatement") == [("main.py", "python-untyped-key-unknown", "s/firewall")]


def test_another_cause_in_the_artefact_stays(tmp_path: Path) -> None:
    files = [file for file, _, _ in told(tmp_path, "geoMatchStatement")]

    assert set(files) == {"main.py", "cdk.tf.json"}


def test_a_password_in_both_is_told_at_the_source(tmp_path: Path) -> None:
    head = "from cdktn_provider_aws.rds_cluster import RdsCluster\n\n\ndef build(s):\n    "
    call = 'RdsCluster(s, "c", engine="aurora-mysql", master_username="admin", master_password="Sup3rGeheim")\n'
    cluster = {
        "//": {"metadata": {"path": "s/c", "uniqueId": "c"}},
        "engine": "aurora-mysql",
        "master_username": "admin",
        "master_password": "Sup3rGeheim",
        "skip_final_snapshot": True,
    }
    metadata = {"metadata": {"backend": "local", "stackName": "s", "version": "0.24.0"}}
    (tmp_path / "main.py").write_text(head + call, encoding="utf-8")
    (tmp_path / "cdk.tf.json").write_text(
        json.dumps({"//": metadata, "resource": {"aws_rds_cluster": {"c": cluster}}}), encoding="utf-8"
    )

    report = onetake.check(tmp_path, root=tmp_path, config=False)
    about = [one for one in report.findings if "password" in one.finding.message]

    assert [(one.file, one.finding.rule, one.finding.construct) for one in about] == [
        ("main.py", "python-credential-in-source", "s/c")
    ]


def test_a_text_that_terraform_misreads_is_told_at_the_source(tmp_path: Path) -> None:
    head = "from cdktn_provider_aws.instance import Instance\n\n\ndef build(s):\n"
    call = '    Instance(s, "{0}", ami="ami-0123456789abcdef0", instance_type="t3.micro", user_data="echo ${{HOME}}")\n'
    metadata = {"metadata": {"backend": "local", "stackName": "s", "version": "0.24.0"}}

    def instance(name: str, data: str) -> dict[str, object]:
        given = {"ami": "ami-0123456789abcdef0", "instance_type": "t3.micro", "user_data": data}
        return {"//": {"metadata": {"path": f"s/{name}", "uniqueId": name}}, **given}

    made = {name: instance(name, "echo ${HOME}") for name in ("a", "b")} | {"c": instance("c", "echo ${PATH:-}")}
    (tmp_path / "main.py").write_text(head + call.format("a") + call.format("b"), encoding="utf-8")
    (tmp_path / "cdk.tf.json").write_text(
        json.dumps({"//": metadata, "resource": {"aws_instance": made}}), encoding="utf-8"
    )

    report = onetake.check(tmp_path, root=tmp_path, config=False)

    assert sorted((one.file, one.finding.construct) for one in report.findings) == [
        ("cdk.tf.json", ""),
        ("main.py", "s/a"),
        ("main.py", "s/b"),
    ]
