package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsefs"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
)

func NewShopStack(scope constructs.Construct, id string) awscdk.Stack {
	stack := awscdk.NewStack(scope, &id, nil)
	awsefs.NewCfnMountTarget(stack, jsii.String("files"), &awsefs.CfnMountTargetProps{
		FileSystemId: jsii.String("fs-0123456789abcdef0"),
		SubnetId:     jsii.String("subnet-0123456789abcdef0"),
	})
	return stack
}

func main() {
	app := awscdk.NewApp(nil)
	NewShopStack(app, "shop")
	app.Synth(nil)
}
