resource "terraform_data" "one" {
  count = 1
}
moved {
  from = terraform_data.one
  to   = terraform_data.one[0]
}
resource "terraform_data" "two" {}
moved {
  from = terraform_data.two
  to   = terraform_data.two[0]
}
resource "terraform_data" "three" { count = 2 }
moved {
  from = terraform_data.three[0]
  to   = terraform_data.three
}
resource "terraform_data" "four" { count = 2 }
moved {
  from = terraform_data.four
  to   = terraform_data.other[0]
}
resource "terraform_data" "five" { count = 2 }
moved {
  from = terraform_data.five[1]
  to   = terraform_data.other5[0]
}
resource "terraform_data" "six" {}
moved {
  from = terraform_data.six[1]
  to   = terraform_data.six
}
resource "terraform_data" "seven" { for_each = toset(["a"]) }
moved {
  from = terraform_data.seven
  to   = terraform_data.seven["a"]
}
