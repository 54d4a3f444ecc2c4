"""The interfaces of construct libraries: what a program can import, construct and call, without running it."""
