terraform {
  required_version = ">= 1.10.0"
  backend "s3" {
    bucket = "acme-state"
    key    = "payments.tfstate"
    region = "eu-west-1"
  }
}
