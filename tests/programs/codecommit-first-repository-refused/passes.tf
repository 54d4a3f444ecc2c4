resource "aws_codestarconnections_connection" "app" {
  name          = "app"
  provider_type = "GitHub"
}
