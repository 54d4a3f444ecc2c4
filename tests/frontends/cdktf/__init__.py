"""The CDKTF frontend."""
