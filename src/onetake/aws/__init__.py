"""Views: resources seen as what they are on AWS, without judgement; one module per service."""
