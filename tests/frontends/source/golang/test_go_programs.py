"""Go programs against the libraries' own declarations, their packages and their modules."""

import json
from pathlib import Path

import pytest

import onetake
from onetake.frontends.files import Options, Unreadable
from onetake.frontends.source import read
from onetake.frontends.source.golang import syntax
from onetake.model.findings import Finding, Severity, Stage

ANSWERS = json.loads((Path(__file__).parent / "go_types.json").read_text(encoding="utf-8"))
"""What Go's own type checker (1.19, with the bindings that jsii writes) said of these lines, as it was recorded."""
CDKTF = "github.com/hashicorp/terraform-cdk-go/cdktf"
AWS = "github.com/cdktf/cdktf-provider-aws-go/aws/v19"
MOD = f"""module example.com/shop

go 1.23

require (
	github.com/aws/constructs-go/constructs/v10 v10.8.1
	github.com/aws/jsii-runtime-go v1.112.0
	{AWS} v19.65.1
	{CDKTF} v0.20.12
	github.com/aws/aws-cdk-go/awscdk/v2 v2.275.0
)
"""
HEAD = f"""package main

import (
	"fmt"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"{AWS}/s3bucket"
	"{AWS}/securitygroup"
	"{AWS}/sqsqueue"
	"{CDKTF}"
)

type Shop struct {{
	cdktf.TerraformStack
	Name string
}}

func Queue(scope constructs.Construct, name string, long bool) sqsqueue.SqsQueue {{
	return sqsqueue.NewSqsQueue(scope, jsii.String(name), nil)
}}

func NewShop(scope constructs.Construct, id string) *Shop {{
	stack := &Shop{{cdktf.NewTerraformStack(scope, &id), id}}
	bucket := s3bucket.NewS3Bucket(stack, jsii.String("b"), &s3bucket.S3BucketConfig{{
		Tags: &map[string]*string{{"for": jsii.String(fmt.Sprintf("%s", id))}},
	}})
	group := securitygroup.NewSecurityGroup(stack, jsii.String("g"), &securitygroup.SecurityGroupConfig{{
		Ingress: &[]*securitygroup.SecurityGroupIngress{{{{FromPort: jsii.Number(1), ToPort: jsii.Number(2)}}}},
	}})
	_, _ = bucket.Arn(), group
"""
TAIL = """	return stack
}

func main() {
	app := cdktf.NewApp(nil)
	NewShop(app, "shop")
	app.Synth()
}
"""


def found(folder: Path, text: str, mod: str = MOD) -> list[Finding]:
    (folder / "main.go").write_text(text, encoding="utf-8")
    (folder / "go.mod").write_text(mod, encoding="utf-8")
    return [located.finding for located in onetake.check(folder, root=folder).findings]


def of_lines(folder: Path, *lines: str) -> list[Finding]:
    body = "".join(f"\t{line}\n" for line in lines)
    return found(folder, f"{HEAD}{body}{TAIL}")


def test_what_compiles_is_silent(tmp_path: Path) -> None:
    assert of_lines(tmp_path) == []


@pytest.mark.parametrize(
    ("line", "rule", "message", "fix"),
    [
        (
            's3bucket.NewS3Bucket(stack, jsii.String("c"), &s3bucket.S3BucketConfig{Bucket: "c"})',
            "go-wrong-kind",
            "Bucket takes *string, not a text",
            'write jsii.String("c")',
        ),
        (
            's3bucket.NewS3Bucket(stack, "c", nil)',
            "go-wrong-kind",
            "argument to s3bucket.NewS3Bucket takes *string, not a text",
            'write jsii.String("c")',
        ),
        (
            's3bucket.NewS3Bucket(stack, jsii.String("c"), s3bucket.S3BucketConfig{})',
            "go-wrong-kind",
            "argument to s3bucket.NewS3Bucket takes *s3bucket.S3BucketConfig, not s3bucket.S3BucketConfig",
            "write &s3bucket.S3BucketConfig{}",
        ),
        (
            'sqsqueue.NewSqsQueue(stack, jsii.String("c"), &sqsqueue.SqsQueueConfig{DelaySeconds: "30"})',
            "go-wrong-kind",
            "DelaySeconds takes *float64, not a text",
            "write jsii.Number(30)",
        ),
        (
            'sqsqueue.NewSqsQueue(stack, jsii.String("c"), &sqsqueue.SqsQueueConfig{Name: bucket.Arn})',
            "go-wrong-kind",
            "Name takes *string, not a function",
            "call it: bucket.Arn()",
        ),
        (
            'Queue(stack, jsii.String("jobs"), true)',
            "go-wrong-kind",
            "argument to Queue takes string, not *string",
            'write "jobs"',
        ),
        ("jsii.String(bucket.Arn())", "go-wrong-kind", "argument to jsii.String takes string, not *string", ""),
        ('var name *string = "a"; _ = name', "go-wrong-kind", "variable declaration takes *string", ""),
        ("bucket.SetBucket(jsii.Number(1))", "go-wrong-kind", "takes *string, not *float64", ""),
        (
            's3bucket.NewS3Bucket(stack, jsii.String("c"))',
            "go-wrong-argument-count",
            "s3bucket.NewS3Bucket takes 3 arguments",
            "Go has no optional arguments: give nil for what is left out",
        ),
        ("Queue(stack)", "go-wrong-argument-count", "Queue takes 3 arguments", ""),
        (
            's3bucket.NewS3Bucket(stack, jsii.String("c"), &s3bucket.S3BucketConfig{BucketNam: nil})',
            "go-unknown-field",
            "s3bucket.S3BucketConfig has no field BucketNam",
            "use Bucket",
        ),
        ("bucket.GetArn()", "go-unknown-member", "s3bucket.S3Bucket has no GetArn", ""),
        ("stack.Nme = id", "go-unknown-member", "Shop has no Nme", "use Name"),
        (
            "s3bucket.NewS3Buckets(stack, nil, nil)",
            "go-unknown-name",
            "there is no s3bucket.NewS3Buckets",
            "NewS3Bucket",
        ),
        ("_ = jsii.Int(3)", "go-unknown-name", "there is no jsii.Int", "use jsii.Number"),
        (
            "_ = s3bucket.SqsQueueConfig{}",
            "go-unknown-name",
            "there is no s3bucket.SqsQueueConfig",
            f'use sqsqueue.SqsQueueConfig (import "{AWS}/sqsqueue")',
        ),
        ('_ = os.Getenv("X")', "go-missing-import", "os is not imported", 'import "os"'),
        ("snstopic.NewSnsTopic(stack, nil, nil)", "go-missing-import", "snstopic is not imported", "v19/snstopic"),
        ("_ = region", "go-undefined-name", "nothing declares region", ""),
        ('queue := Queue(stack, "jobs", true)', "go-unused-variable", "nothing reads queue", ""),
        (
            "securitygroup.NewSecurityGroup(stack, nil, &securitygroup.SecurityGroupConfig{"
            "Ingress: &securitygroup.SecurityGroupIngress{}})",
            "go-not-a-list",
            "Ingress takes a list, not one securitygroup.SecurityGroupIngress",
            "put it into a list: &[]*securitygroup.SecurityGroupIngress{...}",
        ),
        (
            "securitygroup.NewSecurityGroup(stack, nil, &securitygroup.SecurityGroupConfig{"
            'Ingress: []interface{}{map[string]interface{}{"from_port": 1}}})',
            "go-map-key-dropped",
            "the key from_port is dropped",
            "write a &securitygroup.SecurityGroupIngress{FromPort: ...}, or the key fromPort",
        ),
    ],
)
def test_what_is_wrong_is_found(tmp_path: Path, line: str, rule: str, message: str, fix: str) -> None:
    (one,) = of_lines(tmp_path, line)
    assert (one.rule, one.condition) == (rule, "")
    assert one.message.startswith(message) or message in one.message
    assert fix in one.fix
    told = ANSWERS["refused"][line]
    assert bool(told) == (one.stage is Stage.BUILD), "what Go compiles stops later"
    if one.verbatim and not one.verbatim.startswith("undefined"):
        assert told.startswith(one.verbatim)


GROUP = "securitygroup.NewSecurityGroup(stack, nil, &securitygroup.SecurityGroupConfig{Ingress: %s})"


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (('rules := []interface{}{map[string]interface{}{"from_port": 1}}', GROUP % "rules"), ["from_port"]),
        (('rules := []interface{}{map[string]interface{}{"from_port": 1}}', GROUP % "&rules"), ["from_port"]),
        (('rule := map[string]interface{}{"from_port": 1}', GROUP % "[]interface{}{rule}"), ["from_port"]),
        (('rule := map[string]interface{}{"fromPort": 1}', GROUP % "[]interface{}{rule}"), []),
        # What is done with it in between may be anything.
        (
            (
                'rule := map[string]interface{}{"from_port": 1}',
                'delete(rule, "from_port")',
                GROUP % "[]interface{}{rule}",
            ),
            [],
        ),
        (('rule, other := map[string]interface{}{"from_port": 1}, 2', GROUP % "[]interface{}{rule, other}"), []),
    ],
)
def test_a_map_behind_a_name_is_judged_as_if_it_stood_there(tmp_path: Path, lines: tuple[str, ...], told) -> None:
    findings = of_lines(tmp_path, *lines)
    assert [one.where.path[1] for one in findings if one.rule == "go-map-key-dropped"] == told
    assert [one.rule for one in findings if one.rule not in ("go-map-key-dropped", "go-wrong-kind")] == []


@pytest.mark.parametrize(
    "lines",
    [
        ("for i, tag := range []string{id} { fmt.Println(i, tag) }",),
        ("for _, tag := range *cdktf.Fn_Tolist(nil) { _ = tag }",),
        ('name := "a"', "_ = sqsqueue.NewSqsQueue(stack, &name, &sqsqueue.SqsQueueConfig{Name: &name})"),
        ("tags := map[string]*string{}", 'tags["a"] = bucket.Arn()', "bucket.SetTags(&tags)"),
        (
            "config := sqsqueue.SqsQueueConfig{}",
            "config.Name = jsii.String(id)",
            "Queue(stack, id, config.FifoQueue == nil)",
        ),
        ("func() { queue := Queue(stack, id, false); fmt.Println(queue.Url()) }()",),
        ('switch v := interface{}(id).(type) { case string: fmt.Println(v); default: fmt.Println("none") }',),
        ("stack.AddOverride(jsii.String(id), map[string]interface{}{})",),
        ("if value, ok := map[string]int{}[id]; ok { fmt.Println(value) }",),
        ("var found []cdktf.TerraformStack", "found = append(found, stack.TerraformStack)", "fmt.Println(len(found))"),
        ("bucket := Queue(stack, bucket.ToString2(), false)", "_ = bucket"),
    ],
)
def test_what_compiles_is_left_alone(tmp_path: Path, lines: tuple[str, ...]) -> None:
    findings = of_lines(tmp_path, *lines)
    if "ToString2" in lines[0]:
        # The new name is not yet known on its own right side.
        assert [one.rule for one in findings] == ["go-unknown-member"]
    else:
        assert findings == []
        assert " ; ".join(lines) in ANSWERS["accepted"]


def test_a_module_that_is_not_required_is_told_once(tmp_path: Path) -> None:
    mod = MOD.replace(f"\t{AWS} v19.65.1\n", "")
    (one,) = found(tmp_path, HEAD + TAIL, mod)
    assert (one.rule, one.fix, one.stage) == ("go-missing-requirement", f"run go get {AWS}", Stage.BUILD)


def test_another_major_version_is_told(tmp_path: Path) -> None:
    text = HEAD.replace('"github.com/aws/constructs-go/constructs/v10"', '"github.com/aws/constructs-go/constructs/v3"')
    (one,) = found(tmp_path, text + TAIL)
    assert one.fix == 'import "github.com/aws/constructs-go/constructs/v10"'


@pytest.mark.parametrize("asked", ["", '{"language": "go", "codeMakerOutput": "generated"}'])
def test_bindings_that_nothing_generates(tmp_path: Path, asked: str) -> None:
    if asked:
        (tmp_path / "cdktf.json").write_text(asked, encoding="utf-8")
    findings = found(tmp_path, (HEAD + TAIL).replace(f'"{AWS}/s3bucket"', '"example.com/shop/generated/aws/s3bucket"'))
    assert [(one.rule, one.fix) for one in findings] == [("go-missing-package", f'import "{AWS}/s3bucket"')]


def test_bindings_that_cdktf_generates_are_left_alone(tmp_path: Path) -> None:
    told = '{"language": "go", "codeMakerOutput": "generated", "terraformProviders": ["aws@~> 5.0"]}'
    (tmp_path / "cdktf.json").write_text(told, encoding="utf-8")
    text = (HEAD + TAIL).replace(f'"{AWS}/s3bucket"', '"example.com/shop/generated/aws/s3bucket"')
    assert found(tmp_path, text) == []


def test_a_package_that_the_bindings_do_not_have(tmp_path: Path) -> None:
    (one,) = found(tmp_path, (HEAD + TAIL).replace(f"{AWS}/sqsqueue", f"{AWS}/sqs_queue"))
    assert (one.rule, one.fix) == ("go-unknown-package", f'import "{AWS}/sqsqueue"')


def test_imports_that_nothing_uses(tmp_path: Path) -> None:
    text = (HEAD + TAIL).replace('\t"fmt"\n', '\t"fmt"\n\t"os"\n\tqueues "example.com/x"\n', 1)
    rules = sorted((one.rule, one.severity) for one in found(tmp_path, text, MOD + "\nrequire example.com/x v1.0.0\n"))
    assert rules == [("go-unused-import", Severity.CRITICAL)] * 2


def test_another_version_is_a_risk(tmp_path: Path) -> None:
    mod = MOD.replace("v19.65.1", "v19.70.0")
    text = f"{HEAD}\tbucket.GetArn()\n{TAIL}"
    (one,) = found(tmp_path, text, mod)
    assert one.condition == "does it hold for v19.70.0, too? Only 19.65.1 is known here"


def test_types_that_later_releases_widen_are_left_alone(tmp_path: Path) -> None:
    text = (
        "package main\n\nimport (\n"
        '\t"github.com/aws/aws-cdk-go/awscdk/v2/awsefs"\n\t"github.com/aws/jsii-runtime-go"\n)\n\n'
        'func main() {\n\tawsefs.NewCfnMountTarget(nil, jsii.String("m"), &awsefs.CfnMountTargetProps{\n'
        '\t\tFileSystemId: jsii.String("f"), SubnetId: jsii.String("s"),\n'
        '\t\tSecurityGroups: &[]*string{jsii.String("g")},\n\t})\n}\n'
    )
    assert [one.rule for one in found(tmp_path, text)] == ["go-wrong-kind"]
    assert found(tmp_path, text, MOD.replace("v2.275.0", "v2.80.0")) == []


def test_what_is_needed_when_it_runs(tmp_path: Path) -> None:
    text = (
        "package main\n\nimport (\n"
        '\t"github.com/aws/aws-cdk-go/awscdk/v2/awsefs"\n\t"github.com/aws/jsii-runtime-go"\n)\n\n'
        'func main() {\n\tawsefs.NewCfnMountTarget(nil, jsii.String("m"), &awsefs.CfnMountTargetProps{\n'
        '\t\tFileSystemId: jsii.String("f"), SubnetId: jsii.String("s"),\n\t})\n}\n'
    )
    (one,) = found(tmp_path, text)
    assert (one.rule, one.stage, one.fix) == ("go-missing-field", Stage.SYNTH, "set SecurityGroups")


def test_a_file_that_is_not_valid_is_told_and_left(tmp_path: Path) -> None:
    (one,) = found(tmp_path, (HEAD + TAIL).replace("app.Synth()", "app.Synth("))
    assert one.rule == "go-syntax-error"


def test_files_of_one_package_see_each_other(tmp_path: Path) -> None:
    other = "package main\n\nfunc helper(a *string) string { return *a }\n"
    (tmp_path / "other.go").write_text(other, encoding="utf-8")
    (one,) = of_lines(tmp_path, "fmt.Println(helper(id))")
    assert (one.rule, one.fix) == ("go-wrong-kind", "write jsii.String(id)")


def test_files_that_are_built_under_conditions_are_left_alone(tmp_path: Path) -> None:
    text = "//go:build ignore\n\n" + (HEAD + TAIL).replace("app.Synth()", "app.Synth(1)")
    assert found(tmp_path, text) == []


def test_without_tree_sitter_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise syntax.NoParser

    syntax.parsed.cache_clear()
    monkeypatch.setattr(syntax, "_parser", missing)
    (tmp_path / "main.go").write_text(HEAD + TAIL, encoding="utf-8")
    options = Options(root=tmp_path)
    with pytest.raises(Unreadable, match="tree-sitter"):
        read(tmp_path / "main.go", options)
    syntax.parsed.cache_clear()
