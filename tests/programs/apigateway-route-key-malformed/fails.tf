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

resource "aws_apigatewayv2_api" "shop" {
  name          = "shop"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_route" "pictures" {
  api_id    = aws_apigatewayv2_api.shop.id
  route_key = "POST pictures"
}

resource "aws_apigatewayv2_route" "orders" {
  api_id    = aws_apigatewayv2_api.shop.id
  route_key = "POST/orders"
}

resource "aws_apigatewayv2_route" "path" {
  api_id    = aws_apigatewayv2_api.shop.id
  route_key = "/orders"
}

resource "aws_apigatewayv2_route" "fetch" {
  api_id    = aws_apigatewayv2_api.shop.id
  route_key = "FETCH /orders"
}
