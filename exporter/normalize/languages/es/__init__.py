"""Spanish: its tables and, in `spanish`, what tables cannot say."""

from exporter.normalize.languages.es.spanish import Spanish

LANGUAGE = Spanish
