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
  route_key = "POST /pictures"
}

resource "aws_apigatewayv2_route" "root" {
  api_id    = aws_apigatewayv2_api.shop.id
  route_key = "GET /"
}

resource "aws_apigatewayv2_route" "rest" {
  api_id    = aws_apigatewayv2_api.shop.id
  route_key = "ANY /{proxy+}"
}

resource "aws_apigatewayv2_route" "other" {
  api_id    = aws_apigatewayv2_api.shop.id
  route_key = "$default"
}

resource "aws_apigatewayv2_api" "chat" {
  name                       = "chat"
  protocol_type              = "WEBSOCKET"
  route_selection_expression = "$request.body.action"
}

resource "aws_apigatewayv2_route" "chat" {
  api_id    = aws_apigatewayv2_api.chat.id
  route_key = "send message"
}

variable "path" {
  type = string
}

resource "aws_apigatewayv2_route" "given" {
  api_id    = aws_apigatewayv2_api.shop.id
  route_key = "GET ${var.path}"
}
