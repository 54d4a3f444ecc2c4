package main

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/subnet"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

func NewShop(scope constructs.Construct, id string) cdktf.TerraformStack {
	stack := cdktf.NewTerraformStack(scope, &id)
	subnet.NewSubnet(stack, jsii.String("web"), &subnet.SubnetConfig{
		VpcId:     jsii.String("${aws_vpc.main.id}"),
		CidrBlock: jsii.String(`${cidrsubnet("10.0.0.0/16", 8, 1)}`),
	})
	return stack
}

func main() {
	app := cdktf.NewApp(nil)
	NewShop(app, "shop")
	app.Synth()
}
