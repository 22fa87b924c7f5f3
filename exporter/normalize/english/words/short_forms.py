"""Abbreviations that only the words around them explain: est. 1890, ed. by, w/o, per mo."""

from __future__ import annotations

import re

from exporter.normalize import Parts, Rule, say
from exporter.normalize.english.abbreviation_lists import make_list_rule, make_phrase_rule
from exporter.normalize.english.english_grammar import Variety, find_abbreviation_end
from exporter.normalize.toml_tables import load_table
from exporter.script import Word

# How a period is abbreviated after "per" or a slash.
_PERIODS_AFTER_PER = {
    "mo": "month",
    "yr": "year",
    "wk": "week",
    "hr": "hour",
    "min": "minute",
    "sec": "second",
    "s": "second",
    "qtr": "quarter",
}
# The date after "b.", "d." or "r.".
_LIFE_DATE_PATTERN = (
    r"(?:[A-Z][a-z'’-]{1,20},?\s){0,3}(?:c(?:a|irca)?\.?\s?)?(?:[12]?\d{3}s?\b|\d{1,3}\s(?:B\.?C|A\.?D)|aged\s\d"
    r"|\d\d?[/.]\d\d?[/.]\d\d|(?:\d\d?\s)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
)

_NAME_BEFORE = re.compile(r"[A-ZÀ-Þ][\w'’-]*\s\(\Z")
_FULL_NAME_PATTERN = r"(?=\s(?:[A-Z][a-z]{1,20}|[A-Z]\.)\s[A-Z][\w'’-])"

# Each row: the tokens it begins with, its pattern, its words.
# Of people: lives, ages, ranks, couples.
_PEOPLE = (
    ("srs", r"(?<=\d\s)srs\.?(?!\w)", "seniors"),
    ("srs", r"(?<![\w.])srs\.(?=\s[$£€\d])", "seniors"),
    ("retd", r"(?<!\w)[Rr]etd?\.?(?=\))", "retired"),
    ("ca", r"(?<![\w.])ca(?=\s[12]\d{3}\b)", "circa"),
    ("m", r"(?<=[a-z;,)]\s)m\.\s?(?=\d(?:st|nd|rd|th)\b)", "married"),
    ("cap", r"(?:(?<=\bOFM\s)|(?<=\bO\.F\.M\.\s))Cap\.", "Capuchin"),
    ("conv", r"(?:(?<=\bOFM\s)|(?<=\bO\.F\.M\.\s))Conv\.", "Conventual"),
    ("m", r"(?:(?<=[\w,]\s)m\.(?=\s(?:1\d|20)\d\d\b)|(?<=[,;)]\s)m\.(?=\s[A-Z][a-z]))", "married"),
    ("d", r"(?<=[a-z]\s)d\.(?=\s[A-Z][a-z]{1,30}\s[A-Z])", "defeated"),
    ("- y yo", r"(?<=\d)-?(?:y[/-]?o|yo)(?!\w)", "-year-old"),
    ("sr", r"(?<![\w.])sr\.(?=\s[a-z])", "senior"),
    ("jr", r"(?<![\w.])jr\.(?=\s[a-z])", "junior"),
    ("bro", r"(?<![\w.])bro\.(?=\s[A-Z])", "brother"),
)
# Of books, films and records.
_CREDITS = (
    ("min", r"(?:(?<=\b[A-G]\s)|(?<=\b[A-G][♯♭#]\s))[Mm]in\.", "minor"),
    ("maj", r"(?<=\b[A-G]\s)[Mm]aj\.", "major"),
    ("ed", r"(?<!\w)ed\.(?=\sby\b)", "edited"),
    ("ed", rf"(?<=[,;]\s)ed\.{_FULL_NAME_PATTERN}", "edited by"),
    ("trans", rf"(?:(?<=[,;]\s)|(?<=\())trans\.{_FULL_NAME_PATTERN}", "translated by"),
    ("dir", rf"(?:(?<=[,;]\s)|(?<=\())dir\.{_FULL_NAME_PATTERN}", "directed by"),
    ("ed", r"(?:(?<=[A-Z]\.,\s)|(?<=[a-z],\s))[Ee]d\.(?=,\s[\"“‘'*_]{0,2}[A-Z])|(?<=\()[Ee]d\.(?=\))", "editor"),
    ("rev", r"(?:(?<=\bed\.,\s)|(?<!\w)(?=\w{1,20}\.\sed\b))rev\.", "revised"),
    ("trans", r"(?<!\w)trans\.(?=\sby\b)", "translated"),
    ("illus", r"(?<!\w)illus\.(?=\sby\b)", "illustrated"),
    ("arr", r"(?<!\w)arr\.(?=\sby\b)", "arranged"),
    ("prod", r"(?<!\w)prod\.(?=\sby\b)", "produced"),
    ("dir", r"(?<!\w)dir\.(?=\sby\b)", "directed"),
    ("ff", r"(?<=\d\s)ff\.", "and following"),
    ("ft", r"(?<=[a-zA-Z,;]\s)ft\.(?=\s(?!The\b|It\b|He\b|She\b|In\b|But\b)[A-Z][\w$]{1,20}\b)", "featuring"),
    ("j", r"(?<![\w.])J\.(?=\s[A-Z][a-z]{2,20}\s\d{1,3}\(\d)", "Journal of"),
    ("ft", r"(?:(?<=[(\[])|(?<=[\"”’]\s))ft\.?(?=\s[A-Z])", "featuring"),
    ("-", r"(?<=\d)-vol\.?(?=\s[\w\"“])", "-volume"),
)
# Of laws, offices and schools.
_LAW = (
    ("ct cts", r"(?<=\bon\s)Ct\.(?=\s\d)", "Count"),
    ("eff", r"(?<!\w)eff\.(?=\s(?:\d|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)))", "effective"),
    ("reg", r"(?<!\w)Reg\.(?=\s[A-Z]{1,2}\b)", "Regulation"),
    ("pct", r"(?<=\d(?:st|nd|rd|th)\s)Pct\.", "Precinct"),
    ("p", r"(?<=\s\()P(?=\)\sLtd)", "Private"),
    ("dem", r"(?<![\w.])Dem\.(?=\s[a-z])", "Democratic"),
    ("cong", r"(?<=\d(?:st|nd|rd|th)\s)Cong\.", "Congress"),
    ("r", r"(?<![\w.])r\.\s?(?=\d{1,3}\.\d)", "rule"),
    ("r", r"(?<=\d{4}\s)r\s(?=\d)", "rule"),
    ("cert", r"(?<![\w.])[Cc]ert\.(?=\s(?:granted|denied|dismissed)\b)", "certiorari"),
    ("no", r"(?<=[a-z]\s)No(?=:\s?[A-Z]{0,3}\d)", "Number"),
    ("anor anr", r"(?<=&\s)An(?:o)?r\b\.?", "Another"),
    ("ors", r"(?<=&\s)Ors\b\.?", "Others"),
    ("liq", r"(?<=\(in\s)liq\.?(?=\))", "liquidation"),
    ("art", r"(?<![\w.])Art\s(?=\d{1,3}(?:\(\d|\s(?:of\sthe|ECHR|TFEU|GDPR)\b))", "Article"),
    ("r", r"(?:(?<=\d\s)|(?<=\)\s))r/w(?=\s)", "read with"),
    ("h", r"(?<![\w.])H\.S\.(?!\w|\s[A-Z][a-z])", "High School"),
    ("reg regs", r"(?<![\w.])regs?\.(?=\s\d)", "regulation"),
    ("u", r"(?<![\w.])U\.(?=\sof\s[A-Z])|(?<=[a-z]\s)U\.(?=,|\s[a-z])", "University"),
    ("v", r"(?<=[\w.%),]\s)v\.?(?=\s(?:[A-Z]|[$£€]?\d[\d.,]{0,12}%?))", "versus"),
    ("sec", r"(?<![\w.])(?<!\d\s)sec\.(?=\s(?:[A-Z][a-z]|of\b|gen\b))", "secretary"),
    (
        "ed",
        r"(?:(?<=\b[Ss]pecial\s)|(?<=\b[Gg]eneral\s)|(?<=\b[Hh]igher\s)|(?<=\b[Pp]hys\.\s)|(?<=\bsex\s))ed\.",
        "education",
    ),
    ("lib", r"(?<!\w)Lib\.(?=\sof\s[A-Z])", "Library"),
    ("cong", r"(?<=\bof\s)Cong\.", "Congress"),
    ("min", r"(?:(?<=\b[Cc]hief\s)|(?<=\b[Pp]rime\s)|(?<=\bForeign\s))Min\.", "Minister"),
    ("med", r"(?<![\w.])Med\.(?=\s(?:Ctr|Center|Centre|School|Sch|Assn|Corps|Group|Examiner)\b)", "Medical"),
    ("reg", r"(?<![\w.])reg\.?(?=\s(?:[A-Z]-[A-Z]{4}\b|[A-Z]{2}\d\d\s?[A-Z]{3}\b|N\d{2}))", "registration"),
    ("exec", r"(?<![\w.])exec\.\sdir\.", "executive director"),
    ("v", r"(?<=[A-Z]{3}\s)V\.(?=\s[A-Z]{3})", "VERSUS"),
)
# Of quantities and dates.
_FIGURES = (
    ("est", r"(?<!\w)[Ee]st\.?(?=\s(?:in\s)?(?:1\d|20)\d\d\b)", "established"),
    ("est", r"(?:(?<=\blow\s)|(?<=\bhigh\s)|(?<=\bpresale\s)|(?<=\bpre-sale\s))est\.", "estimate"),
    ("pop", r"(?<![\w.])pop\.(?=\s(?:about\s|approx\.\s|est\.\s|c\.\s|~)?\d)", "population"),
    ("pop", r"(?<![\w.])Pop\.(?=\s(?:about\s|c\.\s|~)?\d)", "Population"),
    ("/", r"(?<=\w)/cap(?:ita)?\b\.?", "per capita"),
    ("lat", r"(?<!\w)Lat\.(?=\s[-−]?\d)", "Latitude"),
    ("long", r"(?<!\w)long\.(?=\s[-−]?\d)", "longitude"),
    ("long", r"(?<!\w)Long\.(?=\s[-−]?\d)", "Longitude"),
    ("sq", r"(?<!\w)Sq\.(?=\sroot)", "Square"),
    ("chr", r"(?<!\w)chr\.?(?=\s?(?:\d|[XY]\b))", "chromosome"),
    ("sh", r"(?<=\d\s)sh\.?(?=\sof\b)", "shares"),
    ("oz", r"(?<=\d\san\s)oz\.?(?!\w)", "ounce"),
    ("mag", r"(?<=\d-)mag\.?(?=\s)", "magnitude"),
    ("mag", r"(?<![\w.])mag\.(?=\s\d)", "magnitude"),
    ("c", r"(?<=\d(?:st|nd|rd|th)-)c\.", "century"),
    ("min", r"(?<=\d(?:st|nd|rd|th)\s)min(?!\w)\.?", "minute"),
    ("min", r"(?<=['’′]\s)min\.?(?!\w)", "minute"),
    ("c", r"(?<=\d(?:st|nd|rd|th)\s)c\.", "century"),
    (
        "c",
        r"(?<!\w)(?<!\dst\s)(?<!\dnd\s)(?<!\drd\s)(?<!\dth\s)(?<![\d½¼¾]\s)c\.?\s?(?=(?<=\.\s)\d{1,3}(?:\.\d{1,2})?(?:%|\s(?!of\b)[a-z])|[12]\d{3}\b|\d{1,3},\d{3}|(?<=\.)[$£€]?\d|(?<=\.\s)(?:[$£€]\d|A\.D)|\d{1,4}\s(?:B\.?C|A\.?D|C\.?E))",
        "circa",
    ),
    ("max", r"(?<![\w.])Max\.(?=\s[a-z\d])", "Maximum"),
    ("min", r"(?<![\w.])Min\.(?=\s[a-z\d])", "Minimum"),
    ("bu", r"(?<=\ba\s)bu\.", "bushel"),
    ("aft", r"(?<![\w.])aft\.(?=\s\d)", "after"),
)
# Of games.
_SPORT = (
    ("dec", r"(?<=\d[-–/]\d\s)dec\.", "declared"),
    ("pen", r"(?<=\()pen(?=\.?\))\.?", "penalty"),
    ("hd", r"(?<=\d\s)hd\.?(?=\sof\b)", "head"),
    ("nk", r"(?<=\ba\s)nk(?!\w)\.?", "neck"),
    ("hd", r"(?<=\bby\sa\s)hd(?!\w)\.?", "head"),
    ("pen", r"(?<=\d\s)pen(?=[,)])", "penalty"),
    ("pens", r"(?<=\d[-–]\d\s)pens(?!\w)\.?", "on penalties"),
    ("pens", r"(?:(?<=\bon\s)|(?<=\d\s))pens(?!\w)\.?", "penalties"),
)
# Of places.
_PLACES = (
    ("sts", r"(?<=[A-Za-z]\s)[Ss]ts\.(?!\w|\s[A-Z]\w{1,24}\s(?:and|&)\s)", "Streets"),
    ("rwy", r"(?<!\w)[Rr]wy\.?(?=\s\d)", "runway"),
    ("pt", r"(?<!\w)Pt\.(?=\s[A-Z][a-z])", "Point"),
    ("fl", r"(?<=\d(?:st|nd|rd|th)\s)[Ff]l\.?(?!\w)", "floor"),
    ("l", r"(?<=[a-z],\s)L\.I\.(?=[,;)]|\s[a-z]|\Z)(?!,\s(?:[A-Z]\.|\d|&))", "Long Island"),
    ("apt", r"(?<![\w.])apt\.(?=\s[a-z]|[,;)])", "apartment"),
    ("nr", r"(?<![\w.])nr(?=\s[A-Z][a-z])", "near"),
    ("vic", r"(?<![\w.])vic\.(?=\sof\b)", "vicinity"),
)
# Of notices.
_NOTICES = (
    ("lg", r"(?<=\d\s)lg\.(?=\s[a-z])", "large"),
    ("exp", r"(?<![\w.])exp\.(?=\s(?:req|pref|nec|not\b))", "experience"),
    ("ph", r"(?<![\w.])Ph\.(?=\s\(?\d)", "Phone"),
    ("obo", r"(?<![\w.])obo(?!\w)", "or best offer"),
    ("rew", r"(?<![\w.])rew\.(?=\soffered\b|\Z)", "reward"),
)
# Marks of trade are silent: "Oscar(R)".
_MARKS = (("(", r"(?<=[a-z])\((?:R|TM)\)", ""),)
# Joined by a stroke or an apostrophe.
_JOINED = (
    ("' ’ ‘", r"(?<=\w\s)['’‘]n['’](?=\s\w)", "and"),
    ("u", r"(?<![\w.'’])u\sr(?=\s)", "you are"),
    ("b", r"(?<![\w/])b/c(?=\s[a-z])", "because"),
    ("w", r"(?<!\w)w/o(?!\w)", "without"),
    ("w", r"(?<!\w)w/(?=\s?\w)", "with"),
)


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for abbreviations that their context explains."""
    del variety  # the same in all varieties
    return (
        # "frames/s"
        Rule("abbreviation", frozenset("/"), r"(?<=[a-z])/(?P<short>wk|mo|yr|hr|min|sec|qtr|s)(?!\w)\.?", _read_period),
        # "per mo."
        Rule(
            "abbreviation", frozenset(_PERIODS_AFTER_PER), r"(?<=\bper\s)(?P<short>[a-z]{2,3})(?!\w)\.?", _read_period
        ),
        # The side of a photograph: "Jo Roe (l)"
        Rule("abbreviation", frozenset("l"), r"(?<=[a-z]\s\()[lL](?=\))", _read_left),
        make_list_rule(
            "abbreviation",
            load_table("en", "abbreviations")["before a year"],
            rf"(?=\s{_LIFE_DATE_PATTERN})",
            r"(?<![\w.'’-])(?<!\b[A-Z]\.\s)",
        ),
        *(
            make_phrase_rule(*row)
            for row in (*_PEOPLE, *_CREDITS, *_LAW, *_FIGURES, *_SPORT, *_PLACES, *_NOTICES, *_MARKS, *_JOINED)
        ),
    )


def _read_left(match: re.Match[str]) -> Parts | None:
    return say(match, "left") if _NAME_BEFORE.search(match.string, max(0, match.start() - 24), match.start()) else None


def _read_period(match: re.Match[str]) -> Parts:
    """Read "per mo." and "/mo"."""
    per = "per " if match.group()[0] == "/" else ""
    return (
        Word(per + _PERIODS_AFTER_PER[match["short"]], match.start(), find_abbreviation_end(match.string, match.end())),
    )
