package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
)

func NewShopStack(scope constructs.Construct, id string) awscdk.Stack {
	stack := awscdk.NewStack(scope, &id, nil)
	bucket := awss3.NewBucket(stack, jsii.String("orders"), nil)
	bucket.AddLifecycleRule(nil)
	return stack
}

func main() {
	app := awscdk.NewApp(nil)
	NewShopStack(app, "shop")
	app.Synth(nil)
}
