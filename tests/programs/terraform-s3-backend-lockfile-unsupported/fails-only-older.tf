terraform {
  required_version = ">= 1.5.0, < 1.10.0"
  backend "s3" {
    bucket       = "acme-state"
    key          = "orders.tfstate"
    region       = "eu-west-1"
    use_lockfile = true
  }
}
