"""Dutch: its tables and, in `dutch`, what tables cannot say."""

from exporter.normalize.languages.nl.dutch import Dutch

LANGUAGE = Dutch
