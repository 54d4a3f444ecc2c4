terraform {
  required_version = ">= 1.5.0"
  backend "s3" {
    bucket         = "acme-state"
    key            = "payments.tfstate"
    region         = "eu-west-1"
    dynamodb_table = "locks"
  }
}
