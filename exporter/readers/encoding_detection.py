"""Character encodings: their names, and what bytes are that are neither UTF-8 nor in the encoding that they state.

A short text in one byte a character gives statistics nothing to count, so each encoding is judged by what a reader
would object to: a capital within a word, a sign of trade between two letters, a quotation mark that closes nothing.
Among those to which nobody would object, the language of the words decides.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping, Sequence
from functools import cache
from string import ascii_letters

from exporter.readers.language_detection import vote_by_words

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# What browsers read under these names (WHATWG Encoding Standard): supersets of what the names once meant.
_BROWSER_CODECS = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030",
    "shift_jis": "cp932", "euc_kr": "cp949", "iso8859-11": "cp874", "tis-620": "cp874",
}  # fmt: skip

# Labels of the same standard, and of old editors, that Python does not have.
_LABELS = {
    "unicode-1-1-utf-8": "utf-8", "unicode11utf8": "utf-8", "unicode20utf8": "utf-8", "x-unicode20utf8": "utf-8",
    "windows-31j": "cp932", "gbk": "gb18030", "sjis": "cp932", "eucjp": "euc_jp", "cseucpkdfmtjapanese": "euc_jp",
    "csgb2312": "gb18030", "gb_2312": "gb18030", "gb_2312-80": "gb18030", "cn-big5": "big5hkscs", "x-big5": "big5hkscs",
    "big5": "big5hkscs", "cseuckr": "cp949", "csksc56011987": "cp949", "iso-ir-149": "cp949", "ks_c_5601-1989": "cp949",
    "ksc_5601": "cp949", "windows-949": "cp949", "euckr": "cp949", "koi": "koi8_r", "koi8": "koi8_r",
    "koi8-ru": "koi8_u", "csmacintosh": "mac_roman", "mac": "mac_roman", "mac-roman": "mac_roman",
    "macroman": "mac_roman", "mac-cyrillic": "mac_cyrillic", "mac-ukrainian": "mac_cyrillic", "mac-ce": "mac_latin2",
    "mac-centraleurroman": "mac_latin2", "mac-greek": "mac_greek", "mac-turkish": "mac_turkish", "dos-874": "cp874",
    "iso88592": "iso8859-2", "iso88595": "iso8859-5", "iso885915": "iso8859-15", "csisolatin9": "iso8859-15",
    "iso-8859-6-e": "iso8859-6", "iso-8859-6-i": "iso8859-6", "csiso88596e": "iso8859-6", "csiso88596i": "iso8859-6",
    "iso-8859-8-e": "iso8859-8", "iso-8859-8-i": "iso8859-8", "csiso88598e": "iso8859-8", "csiso88598i": "iso8859-8",
    "visual": "iso8859-8", "logical": "iso8859-8", "sun_eu_greek": "iso8859-7", "ansi": "cp1252",
}  # fmt: skip
_CODE_PAGE = re.compile(r"(?:windows|win|cp|dos|ibm)[-_]?(\d{3,4})(?:-http)?")
_NON_TEXT_CODECS = frozenset({"base64", "hex", "rot13", "zlib", "bz2", "uu", "quopri", "unicode_escape", "idna"})

SEVEN_BIT_CODECS = frozenset({"iso2022_jp", "iso2022_jp_2", "iso2022_kr", "hz"})
"""Encodings whose every text is valid ASCII, so that only their label shows them."""


# The letters above ASCII of each language; of English, Dutch and Scandinavian ones also those of their loan words.
_LETTERS = {
    "en": "éèêàâçïîôöüñ", "de": "äöüß", "fr": "àâæçéèêëîïôœùûüÿ", "es": "áéíñóúü", "it": "àèéìíîòóùú",
    "pt": "ãáàâçéêíóôõúü", "nl": "ëïéèüöóá", "da": "æøåéü", "no": "æøåéóòô", "sv": "åäöéü", "fi": "äöå",
    "is": "áðéíóúýþæö", "ca": "àçèéíïòóúü", "pl": "ąćęłńóśźż", "cs": "áčďéěíňóřšťúůýž", "sk": "áäčďéíľĺňóôŕšťúýž",
    "hu": "áéíóöőúüű", "hr": "čćđšž", "ro": "ăâîșşțţ", "tr": "çğıİöşüâîû", "lt": "ąčęėįšųūž", "lv": "āčēģīķļņšūž",
    "et": "äöõüšž", "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюяё", "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "sr": "абвгдђежзијклљмнњопрстћуфхцчџш", "mk": "ѓѕќ", "be": "ў", "el": "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ",
    "he": "אבגדהוזחטיךכלםמןנסעףפץצקרשת", "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأؤإئ", "fa": "پچژگ",
    "th": "".join(map(chr, range(0x0E01, 0x0E5C))),
}  # fmt: skip

# Encodings of the same letters, the likeliest first, and the languages that use them.
_FAMILIES = (
    (("cp1254",), "tr"),  # before the next, which differs only in Icelandic letters
    (("cp1252", "mac-roman", "cp850", "cp437"), "en de fr es it pt nl da no sv fi is ca"),
    (("cp1250", "iso8859-2", "mac-latin2", "cp852"), "pl cs sk hu hr ro de"),
    (("cp1257",), "lt lv et"),
    (("cp1251", "koi8-u", "koi8-r", "cp866", "mac-cyrillic", "iso8859-5"), "ru uk sr mk be"),
    (("cp1253", "iso8859-7"), "el"),
    (("cp1255",), "he"),
    (("cp1256", "iso8859-6"), "ar fa"),
    (("cp874",), "th"),
)

# Multi-byte encodings, with the lead bytes of the characters that make up nearly all of any text:
# punctuation, kana, and the level of the frequent characters in each standard.
_MULTI_BYTE = (
    ("cp932", ((0x81, 0x83), (0x88, 0x97))),
    ("euc_jp", ((0xA1, 0xA1), (0xA4, 0xA5), (0xB0, 0xCF))),
    ("gb18030", ((0xA1, 0xA1), (0xB0, 0xD7))),
    ("big5hkscs", ((0xA1, 0xA1), (0xA4, 0xC6))),
    ("cp949", ((0xA1, 0xA1), (0xB0, 0xC8))),
)

_SAMPLE_BYTES = 65_536
"""Bytes by which encodings are distinguished."""

_MAX_JUDGED_CHARS = 2_000
"""Characters above ASCII that are judged."""

_MIN_MULTI_BYTE_SHARE = 0.8
"""Share of frequent characters from which a text is in a multi-byte encoding; in the wrong one it has about half."""

_MIN_HIGH_SHARE = 0.3
"""Share of bytes above ASCII among letters, from which a text may be in a multi-byte encoding."""

_MIN_KANA_SHARE = 0.1
"""Share of kana in Japanese, which EUC-JP and EUC-KR and GB 2312 write with the same bytes."""

_LANGUAGE_BONUS, _COMMON_BONUS = 0.3, 0.1
"""Score of a letter for the language of the words around it, and for being one of the commonest of its script."""

_MAX_CLAIM_LOSS = 0.2
"""Mean score by which the stated encoding may be worse than the best one, and is believed all the same."""

_MIN_GOOD_SHARE, _MAX_BAD_SHARE = 10, 2
"""Good characters above ASCII for each bad byte, from which text is damaged UTF-8 without further question; and bad
bytes for each good character, up to which it is unless it is East Asian, where many pairs of bytes look like UTF-8."""

_COMMON_LETTERS = frozenset("оеаинтсрвл" + "αοιετσνρ" + "יוהלאם" + "الينم")
_WORD_ABOVE_ASCII = re.compile("(?<![A-Za-z])[A-Za-z]*+\ufffd[A-Za-z\ufffd]*")
_OPENING, _CLOSING, _DASHES = "“‘«„‹‚¿¡", "”’»›“‘…", "—–•·"
_APOSTROPHES, _SENTENCE_SIGNS, _SYMBOLS = "’", ",.;:!?", "€£§©®°™½¼¾²³ªº×÷№"
_SIGN_SCORE, _STANDING_SCORE, _WRONG_SCORE = 0.9, 0.3, -1.0
"""Scores of a sign in its place, of a letter that stands alone, and of what no one would write."""

_ASCII_LETTER, _TAG = re.compile(rb"[A-Za-z]"), re.compile(rb"<[^<>]*>")


def find_codec(label: str) -> str:
    """Return the Python codec of an encoding's name, as browsers know it; empty if it is unknown, or not for text."""
    name = label.strip().strip("\"'").lower()
    code_page = _CODE_PAGE.fullmatch(name.removeprefix("x-"))
    for candidate in (_LABELS.get(name.removeprefix("x-"), ""), name, code_page and f"cp{code_page[1]}"):
        try:
            found = codecs.lookup(candidate or "").name
        except (LookupError, ValueError):
            continue
        # A page whose declaration could be read as ASCII is not in UTF-16 or UTF-32.
        if found.startswith(("utf-16", "utf-32")) or found in _NON_TEXT_CODECS:
            return ""
        return _BROWSER_CODECS.get(found, found)
    return ""


def decode_legacy(data: bytes, claims: Sequence[str] = ()) -> str:
    """Decode bytes that are not valid UTF-8; `claims` are the codecs that their source states, the likeliest first.

    A few bad bytes in good UTF-8 are read as Windows-1252 where that makes sense, and become U+FFFD where not.
    """
    text = data.decode("utf-8", "surrogateescape")
    bad = sum("\udc80" <= char <= "\udcff" for char in text)
    good = sum(char > "\x7f" for char in text) - bad
    sample = data[:_SAMPLE_BYTES]
    multi_byte = _detect_multi_byte(sample) if bad * _MIN_GOOD_SHARE > good else ""
    if not multi_byte and bad <= _MAX_BAD_SHARE * good:
        return re.sub("[\udc80-\udcff]", lambda found: _repair_byte(text, found.start()), text)
    best = multi_byte or _detect_single_byte(sample)
    for claim in claims:
        if claim != "utf-8" and _decodes(data, claim) and _is_believable(sample, claim, best):
            return data.decode(claim)
    return data.decode(best, "replace")


def _decodes(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _is_believable(sample: bytes, claim: str, best: str) -> bool:
    """Whether text in the stated encoding looks like text, or at least not much worse than in the best one."""
    if claim == best or claim not in _letters_by_codec():
        return True
    return best in _letters_by_codec() and _score_codec(sample, claim) >= _score_codec(sample, best) - _MAX_CLAIM_LOSS


def _repair_byte(text: str, at: int) -> str:
    """Return the Windows-1252 character of a single bad byte in a text if it fits its place, else U+FFFD."""
    char = bytes([ord(text[at]) - 0xDC00]).decode("cp1252", "replace")
    before, after = text[max(0, at - 1) : at], text[at + 1 : at + 3]
    return char if _score_char(char, before, after, _letters_by_codec()["cp1252"]) > 0 else "\ufffd"


def _detect_single_byte(sample: bytes) -> str:
    """Return the single-byte codec in which bytes look most like text."""
    language = vote_by_words(_WORD_ABOVE_ASCII.sub(" ", sample.decode("ascii", "replace")))
    scores = {codec: _score_codec(sample, codec, language) for codec in _letters_by_codec()}
    return max(scores, key=scores.__getitem__)  # of equal ones the first, which is the likeliest


def _detect_multi_byte(sample: bytes) -> str:
    """Return the multi-byte codec of East Asian text, or an empty string."""
    high_bytes = sum(byte > 0x7F for byte in sample)
    if high_bytes < _MIN_HIGH_SHARE * (high_bytes + len(_ASCII_LETTER.findall(_TAG.sub(b"", sample)))):
        return ""
    best, best_share = "", 0.0
    for codec, leads in _MULTI_BYTE:
        text = sample.decode(codec, "replace")
        high = [char for char in text if char > "\x7f"]
        # A sample may end within a character.
        if not high or text[:-2].count("\ufffd") * 50 > len(high):
            continue
        frequent = {byte for low, top in leads for byte in range(low, top + 1)}
        share = sum(_lead_byte(char, codec) in frequent for char in high) / len(high)
        kana = sum("\u3040" <= char <= "\u30ff" for char in high) / len(high)
        if codec in ("gb18030", "cp949") and kana > _MIN_KANA_SHARE:
            continue
        if codec == "euc_jp" and kana < _MIN_KANA_SHARE:
            continue
        if share > best_share or (share == best_share and codec == "cp949"):  # Hangul are a part of GB's characters
            best, best_share = codec, share
    return best if best_share >= _MIN_MULTI_BYTE_SHARE else ""


@cache
def _lead_byte(char: str, codec: str) -> int:
    """Return the first of the two bytes of a character; 0 if it has only one."""
    data = char.encode(codec, "replace")
    return data[0] if len(data) > 1 else 0


def _score_codec(sample: bytes, codec: str, language: str = "") -> float:
    """Return the mean score of the characters above ASCII that an encoding makes of bytes."""
    text = sample.decode(codec, "replace")
    letters = _letters_by_codec()[codec]
    places = [found.start() for found in re.finditer("[^\0-\x7f]", text)][:_MAX_JUDGED_CHARS]
    if not places:
        return 0.0
    expected = _LETTERS[language] if _is_for_language(codec, language) else ""
    total = 0.0
    for at in places:
        total += _score_char(text[at], text[max(0, at - 1) : at], text[at + 1 : at + 3], letters)
        total += _LANGUAGE_BONUS if text[at].lower() in expected else 0.0
    return total / len(places)


def _score_char(char: str, before: str, after: str, letters: frozenset[str]) -> float:
    """Score a character by the one before it and the two after it: 1 if it fits, -1 if no one would write it so."""
    if char not in letters:
        return _score_sign(char, before, after[:1])
    neighbours = (before, after[:1])
    if any(map(str.isdigit, neighbours)) or (before and before in _SENTENCE_SIGNS):
        return -_STANDING_SCORE
    if not any(map(str.isalpha, neighbours)):
        return _STANDING_SCORE if char.islower() else 0.0
    if char.isupper() and (before.islower() or (after[:1].isupper() and after[1:2].islower())):
        return _WRONG_SCORE
    if char.islower() and before.isupper() and after[:1].isupper():
        return _WRONG_SCORE
    if before.isalpha() and before.isascii() and not _is_latin(char):
        return _WRONG_SCORE
    return 1.0 + (_COMMON_BONUS if char in _COMMON_LETTERS else 0.0)


def _score_sign(char: str, before: str, after: str) -> float:
    """Score a punctuation mark or a symbol by its place."""
    is_word_start, is_word_end = not before.isalnum(), not after.isalnum()
    if char == "\xa0":
        return _STANDING_SCORE
    if char in _APOSTROPHES and before.isalpha() and after.isalpha():
        return 1.0
    if char in _OPENING and is_word_start and after.strip():
        return _SIGN_SCORE
    if char in _CLOSING and is_word_end and before.strip():
        return _SIGN_SCORE
    if char in _DASHES and (before.isspace() == after.isspace() or before.isdigit()):
        return _SIGN_SCORE
    if char in _SYMBOLS and (before.isdigit() or after.isdigit() or (is_word_start and is_word_end)):
        return _SIGN_SCORE
    return _WRONG_SCORE


def _is_latin(char: str) -> bool:
    return char < "\u0250" or "\u1e00" <= char <= "\u1eff"


@cache
def _is_for_language(codec: str, language: str) -> bool:
    return any(codec in names and language in languages.split() for names, languages in _FAMILIES)


@cache
def _letters_by_codec() -> Mapping[str, frozenset[str]]:
    """Return the letters, small and capital, that each single-byte codec is for."""
    found = {}
    for names, languages in _FAMILIES:
        small = "".join(_LETTERS[language] for language in languages.split())
        letters = frozenset(small) | frozenset(letter.upper() for letter in small if len(letter.upper()) == 1)
        found.update(dict.fromkeys(names, letters - frozenset(ascii_letters)))
    return found
