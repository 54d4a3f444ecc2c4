variable "secret_key" {
  type = string
}

provider "aws" {
  region     = "eu-west-1"
  access_key = "test"
  secret_key = "test"
}

provider "aws" {
  alias      = "given"
  region     = "eu-west-1"
  access_key = "AKIAIOSFODNN7EXAMPLE"
  secret_key = var.secret_key
}
