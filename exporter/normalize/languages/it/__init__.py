"""Italian: its tables and, in `italian`, what tables cannot say."""

from exporter.normalize.languages.it.italian import Italian

LANGUAGE = Italian
