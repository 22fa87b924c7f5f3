"""The languages that share one set of rules: all that have rules except English.

A language is one folder, named by its tag: ``speech.toml`` and ``abbreviations.toml`` (what the rules say),
``sentences.toml`` (where sentences end and who is quoted), ``formulas.toml`` (formulas), and, if tables do not
suffice, one module with a subclass of `Language`, which the folder's ``__init__`` names `LANGUAGE`. The rules in
`shared_rules` ask the `Language` and name no tag.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module

from exporter.normalize import toml_tables
from exporter.normalize.languages.language import Language, merge_region


def has_language(primary: str) -> bool:
    """Whether a language (the first subtag of its tag) has a folder with a ``speech.toml``."""
    return bool(toml_tables.load_table(primary, "speech"))


def has_region(primary: str, region: str) -> bool:
    """Whether a language has words of its own for a region, in lower case."""
    return region in toml_tables.load_table(primary, "speech").get("regions", {})


@cache
def load_language(tag: str) -> Language:
    """Return the language of a BCP 47 tag in lower case; the language must have a ``speech.toml``."""
    primary, _, region = tag.partition("-")
    kind: type[Language] = Language
    if (toml_tables.LANGUAGES_FOLDER / primary / "__init__.py").is_file():
        kind = import_module(f"{__name__}.{primary}").LANGUAGE
    return kind(primary, merge_region(toml_tables.load_table(primary, "speech"), region))
