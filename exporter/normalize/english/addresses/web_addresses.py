"""Internet addresses: URLs, domains, e-mail, IP addresses, hosts with ports, file names, handles and hashtags."""

from __future__ import annotations

import re
import unicodedata

from exporter.normalize import CAPITALS, LETTER, MIXED, TIED, Parts, Rule, say
from exporter.normalize.english import english_numerals
from exporter.normalize.english.english_grammar import Variety, has_vowel, spell_letters
from exporter.normalize.toml_tables import load_table
from exporter.script import Word

_ADDRESS_PIECE = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_")
_CAMEL_CASE_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_]+|_")
_HOST_BEFORE = re.compile(r"(?<![\w.@-])[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\Z")
_FILE_BEFORE = re.compile(r"(?<![\w.@/-])[A-Za-z0-9](?:[\w./+-]*\w)?\Z")
_MAILBOX_BEFORE = re.compile(r"(?<![\w.@-])[A-Za-z0-9](?:[\w.+-]*\w)?\Z")


# Nouns before "#A-1147", which make it a number.
_NUMBERED_NOUN_BEFORE = re.compile(
    r"\b(?:lot|case|unit|model|serial|order|part|item|permit|invoice|ticket|file|badge|suite|apt\.?|room|docket|report|policy|bill|claim|exhibit)\s\Z",
    re.IGNORECASE,
)


class _WebAddressReader:
    """Reads Internet addresses."""

    def __init__(self, variety: Variety) -> None:
        self.variety = variety
        lists = load_table("en", "web")
        self.signs: dict[str, str] = lists["signs"]
        self.spelled, self.domains, self.files, self.dotfiles = (
            frozenset(lists[name].split()) for name in ("spelled", "domains", "files", "dotfiles")
        )
        self.initialisms = frozenset(load_table("en", "initialisms")["spelled"].split())

    def say_address(self, written: str) -> str:
        return " ".join(
            said for piece in _ADDRESS_PIECE.findall(_fold_digits(written)) if (said := self.say_piece(piece))
        )

    def say_piece(self, piece: str) -> str:
        if piece.isdecimal():
            return (
                self.variety.say_cardinal(int(piece))
                if len(piece) < 3 and piece[0] != "0"
                else english_numerals.say_digits(piece)
            )
        if piece.isalpha():
            return spell_letters(piece.upper()) if piece.lower() in self.spelled or _is_spelled(piece) else piece
        return self.signs.get(piece, "")

    def read_url(self, match: re.Match[str]) -> Parts:
        """Read a URL; its protocol is read only if the URL is the whole text."""
        protocol = match["protocol"] or ""
        alone = match.end() - match.start() == len(match.string.strip())
        return say(match, self.say_address(match.group() if alone else match.group()[len(protocol) :]))

    def read_path(self, match: re.Match[str]) -> Parts:
        return say(match, self.say_address(match.group()))

    def read_windows_path(self, match: re.Match[str]) -> Parts:
        """Read the path of a drive or of a server, with its backslashes."""
        drive = f"{match['drive'].upper()} colon " if match["drive"] else ""
        written = match.group()[len(match["drive"] or "") :].removeprefix(":")
        return say(match, drive + self.say_address(written))

    def read_doi(self, match: re.Match[str]) -> Parts:
        """Read the number of a publication digit by digit."""
        said = (
            english_numerals.say_digits(piece) if piece.isdecimal() else self.signs.get(piece, piece)
            for piece in _ADDRESS_PIECE.findall(match.group()[len(match["label"]) :])
        )
        label = "D-O-I " if match["label"] else ""
        return say(match, label + " ".join(said))

    def read_cashtag(self, match: re.Match[str]) -> Parts:
        return say(match, spell_letters(match["name"]))

    def read_file_type(self, match: re.Match[str]) -> Parts | None:
        """Read a suffix of the list, and the name of a file that begins with a dot."""
        listed = match["type"] in self.files or match["type"] in self.dotfiles
        return say(match, f"dot {self.say_address(match['type'])}") if listed else None

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
        return (Word(self.say_address(found.group() + match.group()), match.start() - len(found.group()), match.end()),)

    def read_ip_address(self, match: re.Match[str]) -> Parts:
        said = " dot ".join(english_numerals.say_digits(group) for group in match["ip"].split("."))
        if match["port"]:
            said += f" colon {english_numerals.say_designation(match['port'])}"
        return say(match, f"{said} slash {self.variety.say_number(match['mask'])}" if match["mask"] else said)

    def read_host(self, match: re.Match[str]) -> Parts:
        return say(
            match,
            f"localhost colon {english_numerals.say_pairs(int(match['port']))}"
            + (f" {self.say_address(match['path'])}" if match["path"] else ""),
        )

    def read_hashtag(self, match: re.Match[str]) -> Parts | None:
        if _NUMBERED_NOUN_BEFORE.search(match.string[max(0, match.start() - 10) : match.start()]):
            return None
        announced = match.string[max(0, match.start() - 9) : match.start()].lower().endswith(("hashtag ", "hashtags "))
        return say(
            match, self.say_camel_case(match["name"]) if announced else f"hashtag {self.say_camel_case(match['name'])}"
        )

    def read_handle(self, match: re.Match[str]) -> Parts:
        return say(match, f"at {self.say_camel_case(match['name'])}")

    def is_initialism(self, capitals: str) -> bool:
        return capitals.lower() in self.spelled or capitals in self.initialisms or _is_spelled(capitals)

    def say_camel_case(self, name: str) -> str:
        said = []
        for hump in _CAMEL_CASE_PART.findall(_fold_digits(name)):
            if hump == "_":
                said.append(self.signs[hump])
            elif hump.isdecimal():
                said.append(
                    english_numerals.say_year(int(hump))
                    if len(hump) == 4 and hump[0] in "12"
                    else self.variety.say_number(hump)
                )
            elif hump.isupper() and 1 < len(hump) < 5 and self.is_initialism(hump):
                said.append(spell_letters(hump))
            else:
                said.append(hump)
        return " ".join(said)


def _make_address_rules(reader: _WebAddressReader) -> tuple[Rule, ...]:
    """Return the rules for addresses on the Internet and in a file system."""
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
        # "~/notes/todo"
        Rule(
            "path",
            frozenset("/~."),
            r"(?<![^\s\"“‘'(=])(?:(?:~|\.{1,2})/(?=[\w.])|/(?=\w[\w.-]{0,60}/)|/(?=(?:etc|usr|var|home|bin|tmp|opt|dev|proc|root|mnt|lib|srv|boot|sys|api)\b))"
            r"(?:[\w.-]{1,60}/){0,12}(?:[\w.-]{0,60}\w)?",
            reader.read_path,
        ),
        # Paths of Windows: "C:\\Users\\ann\\notes.txt", "\\\\server\\share", "HKLM\\Software"
        Rule(
            "path",
            frozenset({LETTER, CAPITALS, MIXED, "\\", "%", ".", *"cd"}),
            r"(?<![\w\\/.%])(?:(?P<drive>[A-Za-z]):(?=\\)|\\\\(?=\w)|\.{1,2}(?=\\\w)|%\w{1,20}%(?=\\)|HK\w{2,20}(?=\\))"
            r"(?:\\?(?:Program Files(?: \(x86\))?|Documents and Settings|[\w.$%-]{0,59}[\w$%-])){0,12}\\?(?!\w)",
            reader.read_windows_path,
        ),
        # ".docx", ".gitignore"
        Rule("file type", frozenset("."), r"(?<![\w.])\.(?P<type>[a-z]{2,12})(?![\w/]|\.\w)", reader.read_file_type),
        # "a .zip file"
        Rule(
            "file type",
            frozenset("."),
            r"(?<![\w.])\.(?P<type>[a-z]{2,5}\d?)(?=\s(?:files?|domains?|formats?|extensions?|images?|archives?|addresses|address)\b)",
            lambda match: say(match, f"dot {reader.say_address(match['type'])}"),
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


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for Internet addresses, hashtags, cashtags and handles."""
    reader = _WebAddressReader(variety)
    return (
        *_make_address_rules(reader),
        # "#ClimateWeek"
        Rule(
            "hashtag",
            frozenset({"#"}),
            r"(?<![\w&])#(?P<name>(?!\d{1,40}[A-Z]?(?!\w))(?=\w{0,100}[^\W\d_])\w{1,100})",
            reader.read_hashtag,
        ),
        # "$QXRT": a stock.
        Rule(
            "cashtag",
            frozenset("$"),
            r"(?<![\w$])\$(?!(?:BN|MM|MN|TN|[KMBT])\b)(?P<name>[A-Z]{1,5})(?![\w$]|\s?\d)",
            reader.read_cashtag,
        ),
        # "@newsdesk"
        Rule("handle", frozenset({"@"}), r"(?<![\w.])@(?P<name>\w{1,50})", reader.read_handle),
    )


def _fold_digits(written: str) -> str:
    """Replace raised and circled digits by plain ones."""
    return written if written.isascii() else unicodedata.normalize("NFKC", written)


def _is_spelled(piece: str) -> bool:
    return len(piece) < 6 and not has_vowel(piece)
