"""The construct libraries themselves as judge of what is said about programs that use them."""
