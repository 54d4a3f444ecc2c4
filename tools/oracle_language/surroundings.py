"""The configuration around the compared expressions: variables, locals and resources that they may name."""

from __future__ import annotations

KNOWN = """
variable "name" {
  type    = string
  default = "web"
}
variable "port" {
  type    = number
  default = "8080"
}
variable "on" {
  type    = bool
  default = "true"
}
variable "zones" {
  type    = list(string)
  default = ["c", "a", "b"]
}
variable "ports" {
  type    = list(number)
  default = [443, "80"]
}
variable "none" {
  type    = list(string)
  default = []
}
variable "tags" {
  type    = map(string)
  default = { Name = "x", Count = 3, "with space" = true }
}
variable "no_tags" {
  type    = map(string)
  default = {}
}
variable "ids" {
  type    = set(string)
  default = ["b", "a", "b", "ä"]
}
variable "numbers" {
  type    = set(number)
  default = [10, 9, 2.5, "2.5"]
}
variable "rules" {
  type = list(object({
    from     = number
    to       = optional(number)
    protocol = optional(string, "tcp")
    cidrs    = optional(list(string), [])
  }))
  default = [
    { from = 80 },
    { from = "443", to = 444, protocol = null, cidrs = ["10.0.0.0/8"], extra = true },
  ]
}
variable "config" {
  type = object({
    name   = optional(string, "d")
    nested = optional(object({ a = optional(number, "1"), b = optional(set(string), ["q", "p"]) }), {})
    labels = optional(map(any), {})
  })
  default = {}
}
variable "buckets" {
  type = map(object({
    versioned = optional(bool, false)
    size      = optional(number)
  }))
  default = { logs = {}, data = { versioned = "true", size = "10" } }
}
variable "anything" {
  type    = any
  default = { a = [1, "x"], b = null }
}
variable "untyped" {
  default = ["u", 1]
}
variable "secret" {
  type      = string
  default   = "hush"
  sensitive = true
}
variable "pair" {
  type    = tuple([string, number])
  default = [1, "2"]
}
variable "nothing" {
  type    = string
  default = null
}
variable "no_list" {
  type    = list(string)
  default = null
}
variable "some" {
  type    = list(any)
  default = [1, "a", true]
}
variable "some_map" {
  type    = map(any)
  default = { a = 1, b = "x" }
}
variable "never_null" {
  type     = string
  default  = "kept"
  nullable = false
}
locals {
  mixed      = [1, "a", true, null]
  nested     = { a = { b = { c = [1, 2, { d = "deep" }] } }, "k-1" = 7 }
  objects    = [{ id = "i-1", n = 1, tags = ["x"] }, { id = "i-2", n = 2, tags = [] }]
  empty      = []
  empty_map  = {}
  text       = "Grüße, 世界"
  lines      = "one\\ntwo\\n\\nthree"
  half       = 0.5
  large      = 123456789012345678901234567890
  zone_index = { for index, zone in var.zones : zone => index }
  pieces     = split("-", "eu-west-1")
  prefix     = "${var.name}-${var.port}"
  numbers    = tolist([3, 1, 2])
  typed_map  = tomap({ x = 1, y = 2 })
  typed_set  = toset(["n", "m"])
}
"""

UNKNOWN = """
resource "terraform_data" "one" {
  input = "i"
}
resource "terraform_data" "counted" {
  count = 2
}
resource "terraform_data" "keyed" {
  for_each = toset(["k", "l"])
  input    = each.key
}
locals {
  later       = terraform_data.one.output
  later_id    = terraform_data.one.id
  later_list  = ["a", terraform_data.one.id]
  later_map   = { a = 1, b = terraform_data.one.id }
  later_text  = "arn:${terraform_data.one.id}"
  later_split = split("-", terraform_data.one.id)
  later_objs  = [{ id = terraform_data.one.id, n = 1 }, { id = "x", n = 2 }]
}
"""
