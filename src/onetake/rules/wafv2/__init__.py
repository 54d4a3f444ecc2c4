"""Rules about the web application firewall."""
