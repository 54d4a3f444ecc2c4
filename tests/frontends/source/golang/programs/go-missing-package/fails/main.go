package main

import (
	"example.com/shop/generated/aws/s3bucket"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
)

func NewShop(scope constructs.Construct, id string) cdktf.TerraformStack {
	stack := cdktf.NewTerraformStack(scope, &id)
	bucket := s3bucket.NewS3Bucket(stack, jsii.String("orders"), &s3bucket.S3BucketConfig{
		ForceDestroy: jsii.Bool(true),
		Bucket:       jsii.String("orders"),
	})
	_ = bucket
	return stack
}

func main() {
	app := cdktf.NewApp(nil)
	NewShop(app, "shop")
	app.Synth()
}
