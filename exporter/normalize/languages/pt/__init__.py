"""Portuguese: its tables and, in `portuguese`, what tables cannot say."""

from exporter.normalize.languages.pt.portuguese import Portuguese

LANGUAGE = Portuguese
