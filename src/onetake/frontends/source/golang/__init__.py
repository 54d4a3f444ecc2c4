"""Go programs judged by their text alone: those that import cdktf, cdktn or the AWS CDK."""
