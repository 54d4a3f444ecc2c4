package main

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/securitygroup"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

func NewShop(scope constructs.Construct, id string) cdktf.TerraformStack {
	stack := cdktf.NewTerraformStack(scope, &id)
	securitygroup.NewSecurityGroup(stack, jsii.String("web"), &securitygroup.SecurityGroupConfig{
		Ingress: &[]*securitygroup.SecurityGroupIngress{{
			FromPort:   jsii.Number(443),
			ToPort:     jsii.Number(443),
			Protocol:   jsii.String("tcp"),
			CidrBlocks: jsii.Strings("10.0.0.0/8"),
		}},
	})
	return stack
}

func main() {
	app := cdktf.NewApp(nil)
	NewShop(app, "shop")
	app.Synth()
}
