package main

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/instance"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

func NewShop(scope constructs.Construct, id string) cdktf.TerraformStack {
	stack := cdktf.NewTerraformStack(scope, &id)
	instance.NewInstance(stack, jsii.String("web"), &instance.InstanceConfig{
		Ami:          jsii.String("ami-0123456789abcdef0"),
		InstanceType: jsii.String("t3.micro"),
		UserData:     jsii.String("#!/bin/bash\necho $${HOME}\n"),
		Tags: &map[string]*string{
			"Script": jsii.String(`$${PATH:-/usr/bin}`),
			"Format": jsii.String("%%{host}"),
			"Range":  jsii.String(`${cidrsubnet("10.0.0.0/16", 8, 1)}`),
		},
	})
	return stack
}

func main() {
	app := cdktf.NewApp(nil)
	NewShop(app, "shop")
	app.Synth()
}
