"""``python -m exporter``: the same as the command `exporter`."""

from exporter.cli import main

if __name__ == "__main__":
    main()
