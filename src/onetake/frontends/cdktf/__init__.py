"""Programs synthesized by CDKTF and cdktn (``cdktf.out``)."""
