"""Paths and types of files: ~/notes/todo, the paths of Windows, .docx, "a .zip file"."""

from __future__ import annotations

import re

from exporter.normalize import CAPITALS, LETTER, MIXED, Parts, Rule, say
from exporter.normalize.english.address_words import say_address
from exporter.normalize.english.english_grammar import Variety
from exporter.normalize.toml_tables import load_table


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for paths and types of files."""
    lists = load_table("en", "web")
    listed_types = frozenset((*lists["files"].split(), *lists["dotfiles"].split()))

    def read_path(match: re.Match[str]) -> Parts:
        return say(match, say_address(variety, match.group()))

    def read_windows_path(match: re.Match[str]) -> Parts:
        """Read the path of a drive or of a server, with its backslashes."""
        drive = f"{match['drive'].upper()} colon " if match["drive"] else ""
        written = match.group()[len(match["drive"] or "") :].removeprefix(":")
        return say(match, drive + say_address(variety, written))

    def read_file_type(match: re.Match[str]) -> Parts | None:
        """Read a suffix of the list, and the name of a file that begins with a dot."""
        return say(match, f"dot {say_address(variety, match['type'])}") if match["type"] in listed_types else None

    return (
        # "~/notes/todo"
        Rule(
            "path",
            frozenset("/~."),
            r"(?<![^\s\"“‘'(=])(?:(?:~|\.{1,2})/(?=[\w.])|/(?=\w[\w.-]{0,60}/)|/(?=(?:etc|usr|var|home|bin|tmp|opt|dev|proc|root|mnt|lib|srv|boot|sys|api)\b))"
            r"(?:[\w.-]{1,60}/){0,12}(?:[\w.-]{0,60}\w)?",
            read_path,
        ),
        # Paths of Windows: "C:\\Users\\ann\\notes.txt", "\\\\server\\share", "HKLM\\Software"
        Rule(
            "path",
            frozenset({LETTER, CAPITALS, MIXED, "\\", "%", ".", *"cd"}),
            r"(?<![\w\\/.%])(?:(?P<drive>[A-Za-z]):(?=\\)|\\\\(?=\w)|\.{1,2}(?=\\\w)|%\w{1,20}%(?=\\)|HK\w{2,20}(?=\\))"
            r"(?:\\?(?:Program Files(?: \(x86\))?|Documents and Settings|[\w.$%-]{0,59}[\w$%-])){0,12}\\?(?!\w)",
            read_windows_path,
        ),
        # ".docx", ".gitignore"
        Rule("file type", frozenset("."), r"(?<![\w.])\.(?P<type>[a-z]{2,12})(?![\w/]|\.\w)", read_file_type),
        # "a .zip file"
        Rule(
            "file type",
            frozenset("."),
            r"(?<![\w.])\.(?P<type>[a-z]{2,5}\d?)(?=\s(?:files?|domains?|formats?|extensions?|images?|archives?|addresses|address)\b)",
            lambda match: say(match, f"dot {say_address(variety, match['type'])}"),
        ),
    )
