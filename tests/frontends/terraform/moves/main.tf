moved {
  from = module.m
  to   = module.m[0]
}
module "m" {
  source = "./m"
}
moved {
  from = module.n[0]
  to   = module.n["a"]
}
module "n" {
  source = "./m"
  count  = 1
}
moved {
  from = module.o
  to   = module.p
}
module "o" {
  source = "./m"
  count  = 1
}
moved {
  from = terraform_data.a
  to   = terraform_data.b
}
resource "terraform_data" "a" { for_each = toset(["x"]) }
moved {
  from = terraform_data.c["x"]
  to   = terraform_data.c["y"]
}
resource "terraform_data" "c" { for_each = toset(["x"]) }
