variable "zones" {
  type    = list(string)
  default = ["a", "b"]
}
locals {
  names = { for index, zone in var.zones : zone => format("%s-%02d", upper(zone), index) if zone != "c" }
  text  = <<-EOT
    %{for name in values(local.names)~}
    ${name}
    %{endfor~}
  EOT
}
resource "aws_subnet" "each" {
  for_each   = local.names
  cidr_block = cidrsubnet("10.0.0.0/16", 8, index(keys(local.names), each.key))
  vpc_id     = try(aws_vpc.main[0].id, null)
  dynamic "timeouts" {
    for_each = length(var.zones) > 1 ? [1] : []
    content { create = "10m" }
  }
}
resource "aws_vpc" "main" {
  count      = 1
  cidr_block = "10.0.0.0/16"
}
