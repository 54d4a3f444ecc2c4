"""Cloud assemblies synthesized by the AWS CDK (``cdk.out``)."""
