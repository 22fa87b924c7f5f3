"""A plug-in for exporter: counts the words of each section, and reads dialogues."""
