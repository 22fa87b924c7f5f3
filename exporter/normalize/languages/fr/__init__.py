"""French: its tables and, in `french`, what tables cannot say."""

from exporter.normalize.languages.fr.french import French

LANGUAGE = French
