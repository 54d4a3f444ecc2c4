"""The typed model of infrastructure programs; imports nothing from the other rooms."""
