"""What exporter knows of a folder of outputs: places and layouts, names and who owns them, stamps of files."""
