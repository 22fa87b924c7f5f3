"""Internet addresses: URLs, domains and names of files, e-mail, IP addresses, hosts with ports, DOIs."""

from __future__ import annotations

import re

from exporter.normalize import TIED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.address_words import ADDRESS_PIECE, load_signs, say_address
from exporter.normalize.english.english_grammar import Variety
from exporter.normalize.toml_tables import load_table
from exporter.script import Word

_HOST_BEFORE = re.compile(r"(?<![\w.@-])[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\Z")
_FILE_BEFORE = re.compile(r"(?<![\w.@/-])[A-Za-z0-9](?:[\w./+-]*\w)?\Z")
_MAILBOX_BEFORE = re.compile(r"(?<![\w.@-])[A-Za-z0-9](?:[\w.+-]*\w)?\Z")


class _WebAddressReader:
    """Reads Internet addresses."""

    def __init__(self, variety: Variety) -> None:
        self.variety = variety
        lists = load_table("en", "web")
        self.domains, self.files = (frozenset(lists[name].split()) for name in ("domains", "files"))

    def read_url(self, match: re.Match[str]) -> Parts:
        """Read a URL; its protocol is read only if the URL is the whole text."""
        protocol = match["protocol"] or ""
        alone = match.end() - match.start() == len(match.string.strip())
        return say(match, say_address(self.variety, match.group() if alone else match.group()[len(protocol) :]))

    def read_doi(self, match: re.Match[str]) -> Parts:
        """Read the number of a publication digit by digit."""
        said = (
            english_numerals.say_digits(piece) if piece.isdecimal() else load_signs().get(piece, piece)
            for piece in ADDRESS_PIECE.findall(match.group()[len(match["label"]) :])
        )
        label = "D-O-I " if match["label"] else ""
        return say(match, label + " ".join(said))

    def read_domain(self, match: re.Match[str]) -> Parts | None:
        last = match["top"].lower()
        if (last not in self.domains and last not in self.files) or (
            not match["top"].islower() and not match["top"].isupper()
        ):
            return None
        return self.read_with_start(match, _FILE_BEFORE if last in self.files else _HOST_BEFORE)

    def read_email(self, match: re.Match[str]) -> Parts | None:
        return self.read_with_start(match, _MAILBOX_BEFORE)

    def read_with_start(self, match: re.Match[str], first: re.Pattern[str]) -> Parts | None:
        """Read an address together with the name before the sign it was found by."""
        found = first.search(match.string[max(0, match.start() - 64) : match.start()])
        if not found:
            return None
        return (
            Word(
                say_address(self.variety, found.group() + match.group()),
                match.start() - len(found.group()),
                match.end(),
            ),
        )

    def read_ip_address(self, match: re.Match[str]) -> Parts:
        said = " dot ".join(english_numerals.say_digits(group) for group in match["ip"].split("."))
        if match["port"]:
            said += f" colon {english_numerals.say_designation(match['port'])}"
        return say(match, f"{said} slash {self.variety.say_number(match['mask'])}" if match["mask"] else said)

    def read_host(self, match: re.Match[str]) -> Parts:
        return say(
            match,
            f"localhost colon {english_numerals.say_pairs(int(match['port']))}"
            + (f" {say_address(self.variety, match['path'])}" if match["path"] else ""),
        )


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for Internet addresses."""
    reader = _WebAddressReader(variety)
    end = r"[^\s.,;:!?\"'”’<>()\[\]]"
    label = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    tail = rf"(?:/(?:[^\s<>\"”]{{0,500}}{end})?|\?[^\s<>\"”]{{0,500}}{end})?"
    return (
        # With a protocol: "https://example.com/news".
        Rule(
            "URL",
            frozenset({"http", "https", "ftp", "file"}),
            rf"(?<![\w./:-])(?P<protocol>(?i:https?|ftp|file):///?)[^\s<>\"”]{{0,1000}}{end}/?",
            reader.read_url,
        ),
        # The number of a publication: "doi:10.1234/abc.56".
        Rule(
            "DOI", frozenset({"doi"}), rf"(?<!\w)(?P<label>(?i:doi):\s?)10\.[^\s<>\"”]{{1,100}}{end}", reader.read_doi
        ),
        # The same without a label: "10.1038/s41586-020-2649-2".
        Rule(
            "DOI", frozenset({TIED}), rf"(?<![\w./])(?P<label>)10\.\d{{4,5}}/[^\s<>\"”]{{1,100}}{end}", reader.read_doi
        ),
        # "www.example.org/help"
        Rule(
            "URL",
            frozenset({"www"}),
            rf"(?<![\w./:-])(?P<protocol>)(?i:www)\.[^\s<>\"”]{{1,1000}}{end}/?",
            reader.read_url,
        ),
        # "press@example.com"
        Rule(
            "e-mail",
            frozenset({"@"}),
            rf"(?<=\w)@{label}(?:\.{label}){{1,5}}{tail}",
            reader.read_email,
        ),
        # "10.0.0.1"
        Rule(
            "IP address",
            frozenset({TIED}),
            r"(?<![\w.])(?P<ip>\d{1,3}(?:\.\d{1,3}){3})(?::(?P<port>\d{1,5})|/(?P<mask>\d{1,2}))?(?!\w|\.\d)",
            reader.read_ip_address,
        ),
        # A host with its port: "localhost:8080/docs".
        Rule("host", frozenset({"localhost"}), rf"localhost:(?P<port>\d{{2,5}})(?P<path>{tail})", reader.read_host),
        # "example.com/news", "budget_v3.pdf"
        Rule(
            "domain",
            frozenset({"."}),
            rf"(?<=\w)\.(?:{label}\.){{0,3}}(?P<top>[A-Za-z]{{2,10}})(?![\w@]|\.\w)(?::(?P<port>\d{{2,5}})(?!\d))?{tail}",
            reader.read_domain,
        ),
    )
