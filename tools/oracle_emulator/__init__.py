"""Which resource types the emulator carries out: each is applied, planned again and destroyed by the real Terraform."""
