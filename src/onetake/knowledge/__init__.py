"""Facts about AWS and its tools, as data, with typed and lazy access."""
