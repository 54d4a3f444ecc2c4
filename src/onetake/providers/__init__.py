"""Terraform providers as the programs they are: servers on this machine that answer over their plugin protocol."""
