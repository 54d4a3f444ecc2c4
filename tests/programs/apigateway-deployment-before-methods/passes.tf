terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"
}

resource "aws_api_gateway_resource" "shop" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  parent_id   = aws_api_gateway_rest_api.shop.root_resource_id
  path_part   = "orders"
}

resource "aws_api_gateway_method" "get" {
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  resource_id   = aws_api_gateway_resource.shop.id
  http_method   = "GET"
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "get" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  resource_id = aws_api_gateway_resource.shop.id
  http_method = aws_api_gateway_method.get.http_method
  type        = "MOCK"
}

resource "aws_api_gateway_deployment" "shop" {
  rest_api_id = aws_api_gateway_rest_api.shop.id

  triggers = {
    redeployment = sha1(jsonencode([aws_api_gateway_method.get.id, aws_api_gateway_integration.get.id]))
  }
}

resource "aws_api_gateway_rest_api" "documented" {
  name = "documented"
  body = jsonencode({
    openapi = "3.0.1"
    info    = { title = "documented", version = "1.0" }
    paths = {
      "/orders" = {
        get = { "x-amazon-apigateway-integration" = { type = "mock" } }
      }
    }
  })
}

resource "aws_api_gateway_deployment" "documented" {
  rest_api_id = aws_api_gateway_rest_api.documented.id
}

variable "api" {
  type = string
}

resource "aws_api_gateway_deployment" "given" {
  rest_api_id = var.api
}

# Its methods are made elsewhere.
resource "aws_api_gateway_rest_api" "empty" {
  name = "empty"
}

resource "aws_api_gateway_deployment" "empty" {
  rest_api_id = aws_api_gateway_rest_api.empty.id
}
