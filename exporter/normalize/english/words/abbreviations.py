"""Abbreviations in running text: titles, companies, months, weekdays, references. Context decides what they mean."""

from __future__ import annotations

import re

from exporter.normalize import Parts, Rule, say
from exporter.normalize.english.english_grammar import Variety, find_abbreviation_end
from exporter.normalize.resolver import find_anchor
from exporter.normalize.toml_tables import load_table
from exporter.script import Word

_WORD_START = r"(?<![\w.'’-])"
_WORD_PATTERN = r"[^\W\d_]{1,40}(?:['’][^\W\d_]{1,40})?"
_CAPITAL_PATTERN = r"[\"“‘']?[A-ZÀ-ÞŠŽ]"
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
    r"(?:c(?:a|irca)?\.?\s?)?(?:[12]?\d{3}s?\b|\d{1,3}\s(?:B\.?C|A\.?D)|aged\s\d"
    r"|\d\d?[/.]\d\d?[/.]\d\d|(?:\d\d?\s)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
)
# What follows a title: a name, a particle of a name, another title.
_NAME_PATTERN = rf"\s{{1,8}}(?:{_CAPITAL_PATTERN}|(?:de|van|von|bin|al|el|der)[\s-])"

# Jobs after "Sr.": "Sr. VP", as opposed to "Sr. Mary".
_JOB_PATTERN = (
    r"(?:V\.?P|Vice|Director|Manager|Ad?visor|Adviser|Analyst|Editor|Fellow|Engineer|Associate|Assistant|Asst|Counsel|Scientist"
    r"|Producer|Lecturer|Writer|Officer|Citizens?|Center|Day|Night|Open|Living|High|Bowl|Class|Researcher|Correspondent|Consultant)\b"
)

_FULL_NAME_PATTERN = r"(?=\s[A-Z][a-z]{1,20}\s[A-Z][\w'’-])"
_NAME_BEFORE = re.compile(r"[A-ZÀ-Þ][\w'’.-]*,?\s\Z")

# Abbreviations in one context only: the tokens they begin with, their pattern, their words.
_PHRASES_IN_CONTEXT = (
    ("est", r"(?<!\w)[Ee]st\.?(?=\s(?:in\s)?(?:1\d|20)\d\d\b)", "established"),
    ("est", r"(?:(?<=\blow\s)|(?<=\bhigh\s)|(?<=\bpresale\s)|(?<=\bpre-sale\s))est\.", "estimate"),
    ("sts", r"(?<=[A-Za-z]\s)[Ss]ts\.(?!\w|\s[A-Z]\w{1,24}\s(?:and|&)\s)", "Streets"),
    ("ct cts", r"(?<=\bon\s)Ct\.(?=\s\d)", "Count"),
    ("eff", r"(?<!\w)eff\.(?=\s(?:\d|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)))", "effective"),
    ("rwy", r"(?<!\w)[Rr]wy\.?(?=\s\d)", "runway"),
    ("min", r"(?:(?<=\b[A-G]\s)|(?<=\b[A-G][♯♭#]\s))[Mm]in\.", "minor"),
    ("dec", r"(?<=\d[-–/]\d\s)dec\.", "declared"),
    ("pen", r"(?<=\()pen(?=\.?\))\.?", "penalty"),
    ("pop", r"(?<![\w.])pop\.(?=\s(?:about\s|approx\.\s|est\.\s|c\.\s|~)?\d)", "population"),
    ("pop", r"(?<![\w.])Pop\.(?=\s(?:about\s|c\.\s|~)?\d)", "Population"),
    ("/", r"(?<=\w)/cap(?:ita)?\b\.?", "per capita"),
    ("lg", r"(?<=\d\s)lg\.(?=\s[a-z])", "large"),
    ("srs", r"(?<=\d\s)srs\.?(?!\w)", "seniors"),
    ("srs", r"(?<![\w.])srs\.(?=\s[$£€\d])", "seniors"),
    ("pt", r"(?<!\w)Pt\.(?=\s[A-Z][a-z])", "Point"),
    ("lat", r"(?<!\w)Lat\.(?=\s[-−]?\d)", "Latitude"),
    ("long", r"(?<!\w)long\.(?=\s[-−]?\d)", "longitude"),
    ("long", r"(?<!\w)Long\.(?=\s[-−]?\d)", "Longitude"),
    ("sq", r"(?<!\w)Sq\.(?=\sroot)", "Square"),
    ("reg", r"(?<!\w)Reg\.(?=\s[A-Z]{1,2}\b)", "Regulation"),
    ("chr", r"(?<!\w)chr\.?(?=\s?(?:\d|[XY]\b))", "chromosome"),
    ("retd", r"(?<!\w)[Rr]etd?\.?(?=\))", "retired"),
    ("sh", r"(?<=\d\s)sh\.?(?=\sof\b)", "shares"),
    ("oz", r"(?<=\d\san\s)oz\.?(?!\w)", "ounce"),
    ("m", r"(?:(?<=[\w,]\s)m\.(?=\s(?:1\d|20)\d\d\b)|(?<=[,;)]\s)m\.(?=\s[A-Z][a-z]))", "married"),
    ("mag", r"(?<=\d-)mag\.?(?=\s)", "magnitude"),
    ("hd", r"(?<=\d\s)hd\.?(?=\sof\b)", "head"),
    ("nk", r"(?<=\ba\s)nk(?!\w)\.?", "neck"),
    ("hd", r"(?<=\bby\sa\s)hd(?!\w)\.?", "head"),
    ("pen", r"(?<=\d\s)pen(?=[,)])", "penalty"),
    ("mag", r"(?<![\w.])mag\.(?=\s\d)", "magnitude"),
    ("c", r"(?<=\d(?:st|nd|rd|th)-)c\.", "century"),
    ("maj", r"(?<=\b[A-G]\s)[Mm]aj\.", "major"),
    ("min", r"(?<=\d(?:st|nd|rd|th)\s)min\.", "minute"),
    ("min", r"(?<=['’′]\s)min\.?(?!\w)", "minute"),
    ("pens", r"(?<=\d[-–]\d\s)pens(?!\w)\.?", "on penalties"),
    ("pens", r"(?:(?<=\bon\s)|(?<=\d\s))pens(?!\w)\.?", "penalties"),
    ("ed", r"(?<!\w)ed\.(?=\sby\b)", "edited"),
    ("ed", rf"(?<=[,;]\s)ed\.{_FULL_NAME_PATTERN}", "edited by"),
    ("trans", rf"(?:(?<=[,;]\s)|(?<=\())trans\.{_FULL_NAME_PATTERN}", "translated by"),
    ("dir", rf"(?:(?<=[,;]\s)|(?<=\())dir\.{_FULL_NAME_PATTERN}", "directed by"),
    ("ed", r"(?:(?<=[A-Z]\.,\s)|(?<=[a-z],\s))[Ee]d\.(?=,\s[A-Z])|(?<=\()[Ee]d\.(?=\))", "editor"),
    ("rev", r"(?:(?<=\bed\.,\s)|(?<!\w)(?=\w{1,20}\.\sed\b))rev\.", "revised"),
    ("trans", r"(?<!\w)trans\.(?=\sby\b)", "translated"),
    ("illus", r"(?<!\w)illus\.(?=\sby\b)", "illustrated"),
    ("arr", r"(?<!\w)arr\.(?=\sby\b)", "arranged"),
    ("prod", r"(?<!\w)prod\.(?=\sby\b)", "produced"),
    ("dir", r"(?<!\w)dir\.(?=\sby\b)", "directed"),
    ("ft", r"(?:(?<=[(\[])|(?<=[\"”’]\s))ft\.?(?=\s[A-Z])", "featuring"),
    ("ff", r"(?<=\d\s)ff\.", "and following"),
    ("cong", r"(?<=\d(?:st|nd|rd|th)\s)Cong\.", "Congress"),
    ("fl", r"(?<=\d(?:st|nd|rd|th)\s)[Ff]l\.?(?!\w)", "floor"),
    ("c", r"(?<=\d(?:st|nd|rd|th)\s)c\.", "century"),
    (
        "c",
        r"(?<!\w)(?<![snrt][tdh]\s)c\.?\s?(?=[12]\d{3}\b|\d{1,3},\d{3}|(?<=\.)[$£€]?\d|(?<=\.\s)(?:[$£€]\d|A\.D)|\d{1,4}\s(?:B\.?C|A\.?D|C\.?E))",
        "circa",
    ),
    ("d", r"(?<=[a-z]\s)d\.(?=\s[A-Z][a-z]{1,30}\s[A-Z])", "defeated"),
    ("ss", r"(?<![\w.])ss\.\s?(?=\d)", "sections"),
    ("s", r"(?<![\w.])S\.\s?(?=\d{1,3}[A-Z]?(?:\(\w{1,3}\)){1,3}\s(?:of|and|or)\b)", "Section"),
    ("reg regs", r"(?<![\w.])regs?\.(?=\s\d)", "regulation"),
    ("s", r"(?<![\w.])s\.\s?(?=\d{1,3}[A-Z]?(?:\(\w{1,3}\)){0,3}\s(?:of|and|or)\b)", "section"),
    ("s", r"(?<=\bunder\s)s\.?\s?(?=\d{1,3}\b)", "section"),
    ("u", r"(?<![\w.])U\.(?=\sof\s[A-Z])|(?<=[a-z]\s)U\.(?=,|\s[a-z])", "University"),
    ("v", r"(?<=[\w.%),]\s)v\.?(?=\s(?:[A-Z]|[$£€]?\d[\d.,]{0,12}%?))", "versus"),
    ("- y yo", r"(?<=\d)-?(?:y[/-]?o|yo)(?!\w)", "-year-old"),
    ("-", r"(?<=\d)-vol\.?(?=\s[\w\"“])", "-volume"),
    ("' ’ ‘", r"(?<=\w\s)['’‘]n['’](?=\s\w)", "and"),
    ("sr", r"(?<![\w.])sr\.(?=\s[a-z])", "senior"),
    ("jr", r"(?<![\w.])jr\.(?=\s[a-z])", "junior"),
    ("sec", r"(?<![\w.])(?<!\d\s)sec\.(?=\s(?:[A-Z][a-z]|of\b|gen\b))", "secretary"),
    ("max", r"(?<![\w.])Max\.(?=\s[a-z\d])", "Maximum"),
    ("min", r"(?<![\w.])Min\.(?=\s[a-z\d])", "Minimum"),
    ("apt", r"(?<![\w.])apt\.(?=\s[a-z]|[,;)])", "apartment"),
    ("ft", r"(?<=[a-zA-Z,;]\s)ft\.(?=\s(?!The\b|It\b|He\b|She\b|In\b|But\b)[A-Z][\w$]{1,20}\b)", "featuring"),
    ("med", r"(?<![\w.])Med\.(?=\s(?:Ctr|Center|Centre|School|Sch|Assn|Corps|Group|Examiner)\b)", "Medical"),
    ("reg", r"(?<![\w.])reg\.?(?=\s(?:[A-Z]-[A-Z]{4}\b|[A-Z]{2}\d\d\s?[A-Z]{3}\b|N\d{2}))", "registration"),
    ("bro", r"(?<![\w.])bro\.(?=\s[A-Z])", "brother"),
    ("bu", r"(?<=\ba\s)bu\.", "bushel"),
    ("j", r"(?<![\w.])J\.(?=\s[A-Z][a-z]{2,20}\s\d{1,3}\(\d)", "Journal of"),
    ("nr", r"(?<![\w.])nr(?=\s[A-Z][a-z])", "near"),
    ("exp", r"(?<![\w.])exp\.(?=\s(?:req|pref|nec|not\b))", "experience"),
    ("ph", r"(?<![\w.])Ph\.(?=\s\(?\d)", "Phone"),
    ("obo", r"(?<![\w.])obo(?!\w)", "or best offer"),
    ("vic", r"(?<![\w.])vic\.(?=\sof\b)", "vicinity"),
    ("rew", r"(?<![\w.])rew\.(?=\soffered\b|\Z)", "reward"),
    ("aft", r"(?<![\w.])aft\.(?=\s\d)", "after"),
    ("exec", r"(?<![\w.])exec\.\sdir\.", "executive director"),
    ("v", r"(?<=[A-Z]{3}\s)V\.(?=\s[A-Z]{3})", "VERSUS"),
    ("b", r"(?<![\w/])b/c(?=\s[a-z])", "because"),
    ("w", r"(?<!\w)w/o(?!\w)", "without"),
    ("w", r"(?<!\w)w/(?=\s?\w)", "with"),
)


def rules(variety: Variety) -> tuple[Rule, ...]:
    """Return the rules for abbreviations."""
    lists = load_table("en", "abbreviations")
    titles = lists["titles"] | {"Hon.": "Honourable" if variety.british else "Honorable"}
    numbered = lists["numbered"]
    return (
        # "the Rocky Mts." and "Ste. C", before the titles "Mts. Hood and Adams" and "Ste. Anne".
        _make_phrase_rule("mts", r"(?<=[a-z]\s)(?<!\bof\s)(?<!\band\s)(?<!\bthe\s)Mts\.", "Mountains"),
        _make_phrase_rule("ste", r"(?<!\w)Ste\.(?=\s[A-Z]\b)", "Suite"),
        # "Sr. Mary Agnes"
        _make_unnamed_rule("sr", rf"(?<![\w.])Sr\.(?=\s[A-Z][a-z])(?!\s{_JOB_PATTERN})", "Sister"),
        # "Sts. Peter and Paul", as opposed to "5th and Main Sts."
        _make_unnamed_rule("sts", r"(?<![\w.])Sts\.?(?=\s[A-Z][a-z])", "Saints"),
        # "Comm. Al Moss" and "Del. Kim Cole", as opposed to "the Planning Comm. Monday" and "Dover, Del."
        _make_unnamed_rule("comm", rf"(?<![\w.])Comm\.{_FULL_NAME_PATTERN}", "Commissioner"),
        _make_unnamed_rule("del", rf"(?<![\w.])Del\.{_FULL_NAME_PATTERN}", "Delegate"),
        _make_list_rule(
            "title", titles, rf"(?={_NAME_PATTERN}|-[A-Za-z]|\s{{0,3}}\Z|\s[a-z]{{2}}\s|\s\([Rr]et)", r"(?<![\w.'’])"
        ),
        # "LT. GOV. ROE" in a headline
        _make_list_rule(
            "title",
            {written.upper(): said.upper() for written, said in (titles | {"Dr.": "Doctor"}).items()},
            r"(?=\s[A-Z](?:[A-Z]|\.\s))",
        ),
        # "the Lt. Gov. said"
        _make_list_rule("title", titles, r"(?=\s[a-z]{2})", r"(?<=\b[Tt]he\s)"),
        _make_list_rule("title", lists["forms of address"], r"(?=[\s,)]|\Z)"),
        _make_list_rule(
            "title", lists["titles without a dot"], r"(?=(?:\s[A-Z]){0,3}\s[A-ZÀ-ÞŠŽ][\w'’]{0,40}[a-zà-þ.]|\s[A-Z]{2})"
        ),
        # "Dear Cllr,"
        _make_list_rule("title", lists["titles without a dot"], r"(?=[,:])", r"(?<=\b[Dd]ear\s)"),
        _make_list_rule("title", lists["ranks in capitals"], r"(?=\s[A-ZÀ-Þ][a-zà-þ]{1,20}\s[A-ZÀ-Þ])"),
        # Between two amounts: "51% v. 49%".
        Rule(
            "reference",
            frozenset("v"),
            r"(?:(?<=%\s)|(?<=\d\s))v\.?(?=\s[$£€]?\d)",
            lambda match: say(match, "versus"),
        ),
        _make_list_rule(
            "reference",
            numbered,
            r"(?=\s{0,2}[#(]?(?:\d|[IVXLC]{2,9}\b|[ivx]{2,9}\b|I(?=[,;:)–-])|[A-HJ-Z]\d?\b(?!\.\w)|[A-Z]{1,3}[-\s]?\d))",
        ),
        _make_list_rule("reference", lists["numbered without a dot"], r"(?=\s(?:\d|[IVXLC]{1,9}\b))"),
        # "Apt. #4C"
        Rule(
            "reference",
            frozenset({"#", "№"}),
            r"(?<!\w)[#№]\s?(?=\d{1,6}[A-Z]?(?!\w)|[A-Z]{1,4}-?\d)",
            lambda match: say(match, "number"),
        ),
        # "frames/s"
        Rule("abbreviation", frozenset("/"), r"(?<=[a-z])/(?P<short>wk|mo|yr|hr|min|sec|qtr|s)(?!\w)\.?", _read_period),
        # "per mo."
        Rule(
            "abbreviation", frozenset(_PERIODS_AFTER_PER), r"(?<=\bper\s)(?P<short>[a-z]{2,3})(?!\w)\.?", _read_period
        ),
        _make_list_rule(
            "abbreviation", lists["before a year"], rf"(?=\s{_LIFE_DATE_PATTERN})", r"(?<![\w.'’-])(?<!\b[A-Z]\.\s)"
        ),
        *(_make_phrase_rule(*phrase) for phrase in _PHRASES_IN_CONTEXT),
        _make_list_rule("abbreviation", lists["inner"]),
        _make_list_rule("abbreviation", lists["final"]),
        _make_list_rule("abbreviation", lists["without a dot"], r"(?!\.[\w,;:)–-]|\.\s{1,8}[a-z\d]|[&/])"),
        _make_list_rule("month", lists["months"]),
        _make_list_rule("month", lists["months"], edge=r"(?<=mid-)"),
        # The second of two may be tied to the first: "Tues.-Sat.".
        _make_list_rule("weekday", lists["weekdays"], edge=rf"(?:{_WORD_START}|(?<=\w[.\w]-))"),
    )


def _read_period(match: re.Match[str]) -> Parts:
    """Read "per mo." and "/mo"."""
    per = "per " if match.group()[0] == "/" else ""
    return (
        Word(per + _PERIODS_AFTER_PER[match["short"]], match.start(), find_abbreviation_end(match.string, match.end())),
    )


def _make_unnamed_rule(anchor: str, pattern: str, said: str) -> Rule:
    """Make the rule for a title that is another abbreviation after a name."""

    def read(match: re.Match[str]) -> Parts | None:
        named = _NAME_BEFORE.search(match.string, max(0, match.start() - 24), match.start())
        return None if named else say(match, said)

    return Rule("abbreviation", frozenset({anchor}), pattern, read)


def _make_phrase_rule(anchors: str, pattern: str, said: str) -> Rule:
    def read(match: re.Match[str]) -> Parts:
        return (Word(said, match.start(), find_abbreviation_end(match.string, match.end())),)

    return Rule("abbreviation", frozenset(anchors.split()), pattern, read)


# In capitals these are the same abbreviations; other words in capitals are initialisms.
_ALSO_IN_CAPITALS = frozenset(
    (
        "etc.",
        "No.",
        "Nos.",
        "pts",
        "Rt.",
        "Rte.",
        "Hwy.",
        "Apt.",
        "Vol.",
        "Mon.",
        "Tues.",
        "Wed.",
        "Thurs.",
        "Fri.",
        "Co.",
        "Cos.",
        "Bros.",
        "Univ.",
        "Assn.",
        "Bd.",
        "Govt.",
        "vs.",
        "Jr.",
        "Sr.",
        "Inc.",
        "Ltd.",
        "Corp.",
        "Mr.",
        "Mrs.",
        "Dept.",
        "vs",
        "Inc",
        "Ltd",
    )
)


def _make_list_rule(name: str, words: dict[str, str], follows: str = "", edge: str = _WORD_START) -> Rule:
    """Make the rule for a list of abbreviations; `edge` matches the text before one, `follows` the text after it."""
    shouted = {word.upper(): said for word, said in words.items() if word in _ALSO_IN_CAPITALS}
    said = shouted | words

    def read(match: re.Match[str]) -> Parts | None:
        words = said.get(match.group().replace("’", "'"))
        if not words:
            return None
        # A reference cannot end its sentence: its number follows.
        end = match.end() if name == "reference" else find_abbreviation_end(match.string, match.end())
        return (Word(words, match.start(), end),)

    longer = "|".join(re.escape(word) for word in words if not re.fullmatch(rf"{_WORD_PATTERN}\.?", word))
    dot = r"\." if next(iter(words)).endswith(".") else ""
    pattern = rf"{longer}|{_WORD_PATTERN}{dot}" if longer else rf"{_WORD_PATTERN}{dot}"
    # "No.2": the number may come at once.
    end = r"(?![^\W\d])" if name == "reference" and dot else r"(?!\w)"
    return Rule(name, frozenset(map(find_anchor, words)), rf"{edge}(?:{pattern}){end}{follows}", read)
