"""Reading the API packs: modules by Python and Go path, classes whole, what is inherited, names that are near."""

import sys
import zipfile
from typing import Any

import pytest

from onetake.knowledge import shelf
from onetake.knowledge.api.editions import PACKS, editions
from onetake.knowledge.api.libraries import Libraries
from onetake.knowledge.api.model import Class, Enumeration, Interface, Struct
from onetake.knowledge.api.types import Form, Type, parsed
from tools.oracle_source.names import wheel


def newest(*roots: str) -> Any:
    return Libraries(editions(root)[-1] for root in roots)


TERRAFORM: Any = newest("cdktf_cdktf_provider_aws", "cdktf", "constructs")
TERRAIN: Any = newest("cdktn_provider_aws", "cdktn", "constructs")
CDK: Any = newest("aws_cdk", "constructs")


def test_editions_stand_side_by_side():
    assert [str(one) for one in editions("cdktf")] == ["cdktf 0.20.12", "cdktf 0.21.0"]
    assert [str(one) for one in editions("cdktn")] == ["cdktn 0.24.0"]
    old: Any
    new: Any
    old, new = editions("cdktf_cdktf_provider_aws")
    assert "opsworks_instance" in old.modules
    assert old.module("opsworks_instance") is not None
    assert new.module("opsworks_instance") is None
    assert "region" not in old.module("s3_bucket").get("S3BucketConfig").fields
    assert "region" in new.module("s3_bucket").get("S3BucketConfig").fields
    assert editions("boto3") == ()


def test_a_resource_has_what_its_generator_wrote():
    module = TERRAIN.module("cdktn_provider_aws.s3_bucket_versioning")
    bucket = module.get("S3BucketVersioningA")
    assert isinstance(bucket, Class)
    assert [one.name for one in bucket.parameters or ()] == ["scope", "id", "config"]
    assert set(bucket.methods) == {
        "generateConfigForImport", "putVersioningConfiguration", "resetExpectedBucketOwner", "resetId", "resetMfa",
        "resetRegion", "synthesizeAttributes", "synthesizeHclAttributes",
    }  # fmt: skip
    assert bucket.properties["tfResourceType"].constant
    assert bucket.properties["versioningConfiguration"].type.name.endswith("OutputReference")
    reference = module.get("S3BucketVersioningVersioningConfigurationOutputReference")
    assert set(reference.properties) == {"mfaDelete", "mfaDeleteInput", "status", "statusInput", "internalValue"}
    assert set(reference.methods) == {"resetMfaDelete"}


def test_members_and_fields_are_inherited_across_libraries():
    module = TERRAFORM.module("cdktf_cdktf_provider_aws.s3_bucket")
    members, complete = TERRAFORM.members(module.get("S3Bucket"))
    assert complete
    assert {"bucket", "arn", "node", "addOverride", "overrideLogicalId", "toString"} <= set(members)
    fields, complete = TERRAFORM.fields(module.get("S3BucketConfig"))
    assert complete
    assert fields["bucket"].optional
    assert {"dependsOn", "lifecycle", "provider"} <= set(fields)
    members, complete = newest("cdktf_cdktf_provider_aws").members(module.get("S3Bucket"))
    assert not complete
    assert "node" not in members


def test_a_constructor_is_inherited():
    module = CDK.module("aws_cdk")
    stage = module.get("App")
    assert [one.name for one in CDK.constructor(stage)] == ["props"]
    runtime = CDK.module("aws_cdk.aws_lambda").get("Runtime")
    assert runtime.properties["PYTHON_3_12"].constant
    assert runtime.properties["PYTHON_3_12"].static


def test_every_kind_is_read():
    module = CDK.module("aws_cdk.aws_s3")
    assert isinstance(module.get("BucketProps"), Struct)
    assert isinstance(module.get("IBucket"), Interface)
    assert isinstance(module.get("BucketEncryption"), Enumeration)
    assert "KMS_MANAGED" in module.get("BucketEncryption").members
    nested = module.get("CfnBucket.CorsRuleProperty")
    assert not nested.fields["allowedMethods"].optional
    assert module.get("Buckett") is None


def test_go_finds_modules_by_their_path():
    assert CDK.go_module("github.com/aws/aws-cdk-go/awscdk/v2/awss3").path == "aws_s3"
    assert CDK.go_module("github.com/aws/aws-cdk-go/awscdk/v2").path == ""
    assert CDK.go_module("github.com/aws/constructs-go/constructs/v10").python == "constructs"
    path = "github.com/cdktf/cdktf-provider-aws-go/aws/v21/s3bucketversioning"
    assert TERRAFORM.go_module(path).path == "s3_bucket_versioning"
    assert TERRAFORM.go_module(path.replace("v21", "v20")) is None
    assert TERRAFORM.editions["cdktf"].go == "github.com/hashicorp/terraform-cdk-go/cdktf"
    edition = CDK.editions["aws_cdk"]
    assert edition.go_path("interfaces.aws_s3").endswith("/v2/interfaces/interfacesawss3")


@pytest.mark.parametrize("libraries", [TERRAFORM, TERRAIN])
def test_the_same_module_with_a_is_nearest(libraries):
    root = next(iter(libraries.editions))
    module = libraries.module(f"{root}.s3_bucket_versioning")
    near = [(other.path, name) for other, name in libraries.nearest("S3BucketVersioning", module)]
    assert near == [("s3_bucket_versioning", "S3BucketVersioningA"), ("s3_bucket", "S3BucketVersioning")]


def test_a_name_of_another_module_and_a_misspelt_one_are_near():
    module = CDK.module("aws_cdk.aws_ecs")
    near = [(other.path, name) for other, name in CDK.nearest("EnableScalingProps", module)]
    assert ("aws_applicationautoscaling", "EnableScalingProps") in near
    assert CDK.nearest("FargateServise", module)[0][1] == "FargateService"
    assert CDK.nearest("Wholly9Unlike", module) == ()


def test_types_are_read_back():
    assert parsed("[(s|.FooBar)").items[0].items == (Type(Form.SCALAR, "string"), Type(Form.NAMED, "FooBar"))
    assert parsed("{:aws_iam/CfnRole.PolicyProperty").items[0].module == "aws_iam"
    assert parsed("!Construct").library == "constructs"
    with pytest.raises(ValueError, match="is no type"):
        parsed("s|s")
    with pytest.raises(ValueError, match="is no type"):
        parsed("?")


def test_every_type_can_be_decoded():
    for root in ("constructs", "cdktf", "cdktn"):
        for edition in editions(root):
            every: Any = [edition.module(path) for path in edition.modules]
            assert all(module.get(name) is not None for module in every for name in module.names)


def test_packs_stay_small():
    assert sum(shelf.files()[name].stat().st_size for name in set(PACKS.values())) < 5_000_000


@pytest.mark.parametrize("root", ["constructs", "cdktf", "cdktn"])
def test_what_the_assembly_says_comes_back(root):
    """The whole way there and back: what is rebuilt is what the assembly describes."""
    from tools.packs.bindings import assembly

    edition = editions(root)[-1]
    path = wheel(edition)
    if path is None or not zipfile.is_zipfile(path):
        pytest.skip(f"the wheel of {edition} is not on this machine (ONETAKE_PACK_WORK)")
    compare(assembly(path), edition, sys.maxsize)


def compare(described: Any, edition: Any, most: int) -> None:
    for fqn, type_ in list(described["types"].items())[:most]:
        name = fqn.removeprefix(f"{described['name']}.")
        module = next((edition.module(path) for path in edition.modules if name in edition.module(path)), None)
        one = module.get(name) if module else None
        if one is None:
            assert "testing" in name.lower()
            continue
        own = {prop["name"] for prop in type_.get("properties", ())} | {m["name"] for m in type_.get("methods", ())}
        match one:
            case Struct():
                assert {f.name: f.optional for f in one.fields.values()} == {
                    prop["name"]: prop.get("optional", False) for prop in type_.get("properties", ())
                }
            case Class() | Interface():
                assert own == set(one.methods) | set(one.properties)
            case Enumeration():
                assert one.members == tuple(member["name"] for member in type_["members"])
