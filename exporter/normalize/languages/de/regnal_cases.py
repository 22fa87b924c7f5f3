"""The case of a monarch's name in a German sentence, by the words before it."""

from __future__ import annotations

import re

MAX_CLAUSE_CHARS = 120
"""Characters before a name that are searched for what governs it."""

_CLAUSE_START = re.compile(r"(?:(?<![IVXL\d])\.|[,;:!?()–—\"„“»«])\s*|\b(?:und|oder|aber|denn)\s")
# Titles and adjectives may stand between what governs the name and the name.
_TITLES = re.compile(
    r"(?:(?:[A-ZÄÖÜ][\wäöüß]*(?:könig|kaiser|papst|herzog|fürst|zar|graf|prinz|pharao|sultan|schah|konkurrent|gegner"
    r"|nachfolger|vorgänger|vater|sohn|bruder|onkel|neffe|vetter)(?:s|in|en|n)?"
    r"|König(?:in)?s?|Kaiser(?:in)?s?|Papst(?:es)?|Herzog(?:in)?s?|Fürst(?:in|en)?|Zar(?:in|en)?|Graf(?:en)?"
    r"|Großherzog|Kurfürst(?:en)?|Prinz(?:en)?|Erzherzog|Pharao|Sultan|Schah|Kalif(?:en)?|Sohn|Vater|Bruder|Vorgänger"
    r"|Nachfolger|Gegner)\s)+\Z"
)
_DATIVE = re.compile(
    r"(?i:\b(?:mit|von|bei|nach|zu|aus|seit|unter|gegenüber|außer|vor|neben|zwischen|samt|nebst|dank|laut|vom|zum|zur"
    r"|beim|dem|(?:ein|sein|ihr|kein|dies|jen)em)\s)\Z"
)
_ACCUSATIVE = re.compile(
    r"(?i:\b(?:für|gegen|ohne|durch|um|über|an|auf|hinter|den|(?:ein|sein|ihr|kein|dies|jen)en)\s)\Z"
)
_GENITIVE = re.compile(
    r"(?i:\b(?:wegen|während|trotz|anstelle|statt|bezüglich|angesichts|anlässlich|aufgrund|hinsichtlich|seitens|zugunsten|namens|infolge|anstatt|des|(?:ein|sein|ihr|dies|jen)es)\s)\Z"
)
_PRONOUNS = r"(?i:man|er|ich|wir|ihr|sie|es|wer|niemand|jeder|alle|viele|einige|manche)"
_DETERMINERS = r"(?i:der|die|das|ein|eine|sein|seine|ihr|ihre|dieser|diese|dieses)"
_SUBJECT = rf"(?:{_PRONOUNS}|{_DETERMINERS}(?:\s[a-zäöüß]+e[rs]?)?\s[A-ZÄÖÜ][\w-]+)"
# A verb of one word, in the present or the past; not one that has a nominative or a dative beside the subject.
_NOMINATIVE_VERBS = r"(?:ist|sind|war|waren|wird|wurde|wurden|werden|bleibt|blieb|blieben|heißt|hieß|hießen|sei|wäre)"
_DATIVE_VERBS = (
    r"(?:folg[te]|dien[te]|dank|hilf|half|gehör|gratulier|begegne|widersprach|widersprich|gehorch|glaub|vertrau|traut|unterlag"
    r"|unterlieg|ähnel|glich|gleicht|gefiel|gefäll|huldig|schwor|verzieh|droh|misstrau|riet|rät|schrieb)[a-zäöüß]*"
)
_VERB = (
    r"(?P<verb>(?!(?:sich|nicht|auch|nur|noch|als|wie|für|bei|mit|nach|von|aus|auf|vor|seit|über|unter|zu|in|an|am|im)\b)"
    r"[a-zäöüß]{2,})"
)
_ADVERBS = r"(?:\s(?:[a-zäöüß]+|\d{3,4}|(?:im|am|in|zu)\s(?:Jahr\w*\s)?[\w.]+)){0,3}"
_CONJUNCTION = r"(?i:dass|weil|als|wenn|ob|da|nachdem|obwohl|bevor|wie|wo)"
_NAME = r"(?:[A-ZÄÖÜ]\w+\s)?(?P<name>[A-ZÄÖÜ]\w+)(?:\s[IVXL]+\.)?"
_AFTER_SUBJECT = re.compile(rf"\A(?:{_CONJUNCTION}\s)?(?:{_SUBJECT}|{_NAME})\s{_VERB}{_ADVERBS}\s\Z")
_BEHIND_VERB = re.compile(rf"\A(?:\w+\s){{0,4}}?{_VERB}\s{_SUBJECT}{_ADVERBS}\s\Z", re.IGNORECASE)
# ", Karl X. zu stürzen,": the object of an infinitive, with which its clause begins.
_INFINITIVE = re.compile(r"\s(?:[^\W\d_]+\s){0,6}?zu\s(?P<verb>[a-zäöüß]{2,}n)\b")
# A clause or an apposition in commas that stands before the name, inside the clause that goes on with the name.
_EMBEDDED = re.compile(
    r",\s(?:nachdem|obwohl|obgleich|weil|da|als|während|wenn|bevor|so|wie|wo|der|die|das|dem|den|deren|dessen|ein|eine"
    r"|sein|seine|ihr|ihre)\s[^,;.!?]{1,90},\s\Z"
)
# "von Karl I. und": the name after it has the same case.
_COORDINATED = re.compile(r"(?:[A-ZÄÖÜ][\w-]+\s[IVXL]{1,6}\.?(?:,|\s(?:und|oder|sowie))\s){1,4}\Z")
_BEFORE_INFINITIVE = re.compile(r"(?:,|\b(?:an)?statt)\s\Z")
_ADJECTIVES = re.compile(r"\b((?i:dem|den|des|vom|zum|beim)\s)(?:[a-zäöüß]{2,24}en,?\s(?:und\s)?){1,4}\Z")
_BEHIND_PRONOUN = re.compile(rf"\A{_CONJUNCTION}\s(?:(?i:man|er|ich|wir|sie)|die\s[A-ZÄÖÜ]\w+)\s\Z")


def find_regnal_case(before: str, names: frozenset[str], behind: str = "") -> str:
    """Return the case of a name between the words `before` and `behind` it; the nominative if nothing governs another.

    `names` are names of monarchs, which may be the subject of the sentence.
    """
    before = _COORDINATED.sub("", before[-MAX_CLAUSE_CHARS:])
    clause = _ADJECTIVES.sub(r"\1", _EMBEDDED.sub(" ", before))
    starts = [match.end() for match in _CLAUSE_START.finditer(clause)]
    clause = _TITLES.sub("", clause[starts[-1] if starts else 0 :])
    infinitive = _INFINITIVE.match(behind) if _BEFORE_INFINITIVE.search(before) else None
    if infinitive:
        return _find_object_case(infinitive["verb"])
    for case, pattern in (("dative", _DATIVE), ("accusative", _ACCUSATIVE), ("genitive", _GENITIVE)):
        if pattern.search(clause):
            return case
    if _BEHIND_PRONOUN.match(clause):
        return "accusative"
    found = _AFTER_SUBJECT.match(clause)
    if found and found["name"] and found["name"] not in names:
        found = None
    found = found or _BEHIND_VERB.match(clause)
    return _find_object_case(found["verb"]) if found else "nominative"


def _find_object_case(verb: str) -> str:
    """Return the case of what stands behind the subject and its verb."""
    if re.fullmatch(_NOMINATIVE_VERBS, verb, re.IGNORECASE):
        return "nominative"
    return "dative" if re.fullmatch(_DATIVE_VERBS, verb, re.IGNORECASE) else "accusative"
