"""German: its tables and, in `german`, what tables cannot say."""

from exporter.normalize.languages.de.german import German

LANGUAGE = German
