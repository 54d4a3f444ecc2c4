provider "aws" {
  region = "eu-west-1"
  default_tags {
    tags = { Team = "payments" }
  }
}

provider "aws" {
  alias  = "plain"
  region = "us-east-1"
}
