terraform {
  required_version = "~> 1.10"
  backend "s3" {
    bucket       = "acme-state"
    key          = "payments.tfstate"
    region       = "eu-west-1"
    use_lockfile = true
  }
}
