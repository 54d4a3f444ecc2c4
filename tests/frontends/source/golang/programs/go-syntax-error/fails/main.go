package main

import (
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdktf/cdktf-provider-aws-go/aws/v19/s3bucket"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

func NewShop(scope constructs.Construct, id string) cdktf.TerraformStack {
	stack := cdktf.NewTerraformStack(scope, &id)
	s3bucket.NewS3Bucket(stack, jsii.String("orders"), &s3bucket.S3BucketConfig{
		Bucket: jsii.String(id)
	})
	return stack
}

func main() {
	app := cdktf.NewApp(nil)
	NewShop(app, "shop")
	app.Synth()
}
