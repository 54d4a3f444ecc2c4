"""``python -m onetake``."""

from onetake.cli.entry import main

if __name__ == "__main__":
    main()
