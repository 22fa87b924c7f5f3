"""Every row of the English word lists is reached by some text, and every English rule has an example."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from msgspec.structs import replace

from exporter.narration.formula_narration import verbalize_latex
from exporter.normalize import Parts, Rule, Spoken, english
from exporter.normalize.english.measures.units import load_units
from exporter.normalize.normalizers import load_normalizer
from exporter.normalize.resolver import RuleNormalizer
from exporter.normalize.sentence_abbreviations import load_abbreviations
from exporter.normalize.toml_tables import DATA_FOLDER, load_table
from exporter.sentences.boundaries import split_sentences
from exporter.sentences.sentence_words import load_sentence_words
from tests.test_normalize import FOLDER, OTHERS, examples

AMERICAN = load_normalizer("en-US")
BRITISH = load_normalizer("en-GB")
TABLES: dict[str, dict[str, Any]] = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted((DATA_FOLDER / "en").glob("*.toml"))
}
# A word of no list, and the same as a plural noun.
UNLISTED, UNLISTED_PLURAL = "quux", "quuxes"


class Frame(NamedTuple):
    """Texts that reach the rows of a list: `{}` stands for a row, `{C}` for the row in capitals, `{T}` capitalised.

    In one of the texts, the reading by `rules` must differ from that of the same text with `unlisted` as its row.
    """

    rules: str
    texts: tuple[str, ...]
    unlisted: str = UNLISTED


def frame(rules: str, *texts: str, unlisted: str = UNLISTED) -> Frame:
    return Frame(rules, texts, unlisted)


FRAMES = {
    "abbreviations.titles": frame("title", "{} Smith spoke."),
    "abbreviations.forms of address": frame("title", "{} Smith spoke."),
    "abbreviations.titles without a dot": frame("title", "{} Smith spoke."),
    "abbreviations.inner": frame("abbreviation", "So {} all of it."),
    "abbreviations.ranks in capitals": frame("title", "{} Ann Smith spoke."),
    "abbreviations.numbered": frame("reference", "They saw {} 12 there.", "They saw {} IV there."),
    "abbreviations.numbered without a dot": frame("reference", "They saw {} 12 there."),
    "abbreviations.final": frame("abbreviation", "The old {} fell in."),
    "abbreviations.without a dot": frame("abbreviation", "The old {} fell in."),
    "abbreviations.streets": frame("street, saint or street", "At Quux {} today."),
    "abbreviations.months": frame("month", "Since {} it fell."),
    "abbreviations.weekdays": frame("weekday", "Since {} it fell."),
    "abbreviations.places": frame("state", "Near Quux, {}, they met."),
    "abbreviations.before a year": frame("abbreviation", "Quux ({} 1904) fell."),
    "contexts.american sports": frame("record", "Quux (3-1) saw the {} there."),
    "contexts.appointments": frame("date", "The {} was for 4/9."),
    "contexts.australia": frame("state", "The {} and WA fell."),
    "contexts.aviation": frame("airliner", "The {} and the 737 there."),
    "contexts.ballistics": frame("measure", "The {} left at 900 fps there."),
    "contexts.blasts": frame("measure", "The {} was 15 kt there."),
    "contexts.chess": frame("chess move", "The {} came after Nf3 there."),
    "contexts.commands": frame("option", "The {} and --all there."),
    "contexts.compositions": frame("catalogue", "The {} was D. 960 there."),
    "contexts.cricket": frame("cricket", "The {} at 288-6 there."),
    "contexts.cycling": frame("duration", 'The {} was 45" behind.'),
    "contexts.debtors": frame("credit rating", "The {} was BBB- there."),
    "contexts.decider": frame("span", "The {} went 12-4."),
    "contexts.delays": frame("measure", "The {} was set to 45s."),
    "contexts.engines": frame("measure", "The {} had 33 ps there."),
    "contexts.fertilizers": frame("grade", "The {} was 10-10-10 there."),
    "contexts.forces": frame("measure", "The {} was 0.6 g there."),
    "contexts.genes": frame("percent", "The {} was 40 bp there."),
    "contexts.golf": frame("places", "The {} put him at T9 there."),
    "contexts.goals": frame("minute", "The {} came (38') there."),
    "contexts.line": frame("line", "The {} stood at +350 there."),
    "contexts.medicine": frame("roman", "The {} was quux IV today."),
    "contexts.mixtures": frame("change", "The {} was 5% w/w there."),
    "contexts.models": frame("scale", "The {} had 8B there."),
    "contexts.music": frame("meter", "The {} was in 3/4."),
    "contexts.pints": frame("measure", "The 2 pt. {} was there."),
    "contexts.quakes": frame("magnitude", "The {} was M7.8 there."),
    "contexts.ratings": frame("fraction", "The {} was 4/5 there."),
    "contexts.reigns": frame("era", "The {} (379-395) fell."),
    "contexts.screens": frame("resolution", "The {} was 1440p there."),
    "contexts.season": frame("record", "The {} was 12-4."),
    "contexts.stars": frame("measure", "The {} was 5 pc there."),
    "contexts.tennis": frame("points", "The {} at 40-15 there."),
    "contexts.traces": frame("measure", "The {} was 4 ppt there."),
    "contexts.turf": frame("odds", "The {} stood at 7/4 there."),
    "contexts.weather": frame("temperature", "The {} was 40C there."),
    "emoji.names": frame("emoji", "Good {} day."),
    "grammar.adjective": frame("money", "For a {} $3 million quux."),
    "grammar.determiner": frame("money", "For {} $3 million quux."),
    "grammar.function": frame("money", "For a $3 million {} quux."),
    "homographs.phrases": frame("homograph", "So {} it was."),
    "identifiers.aircraft": frame("airliner", "A 737 {} sank."),
    "identifiers.comets": frame("comet", "See {}/2023 A3 there."),
    "identifiers.filed": frame("file number", "Their {} #100234 was there."),
    "identifiers.graphics_cards": frame("graphics card", "The 4070 {} was there."),
    "identifiers.keys": frame("keys", "Press {}+Q now."),
    "identifiers.labels": frame("label", "On {} 1549 there."),
    "identifiers.padded": frame("padded number", "In {} 07 there."),
    "law.codes": frame("code of law", "See Cal. {} Code § 5 there.", "See Cal. Pen. {} § 5 there."),
    "law.courts": frame("court", "See Quux ({} 2023) there.", "See Quux ({} Cal. 2023) there."),
    "law.judges": frame("judge", "The ruling was by Deo, {}, there."),
    "law.reporters": frame("citation", "See 384 {} 436 there."),
    "law.reporters in series": frame("citation", "See 384 {} 2d 436 there."),
    "identifiers.resolutions": frame("resolution", "The video had {}p there."),
    "identifiers.software": frame("version", "With {} 3.12 there."),
    "identifiers.standards": frame("standard", "The {} 60601-1 there."),
    "identifiers.transients": frame("transient", "See {} 2023ixf there."),
    "identifiers.unmistakable_resolutions": frame("resolution", "It had {}p there."),
    "initialisms.positions": frame("position", "So {} Ann Smith won."),
    "initialisms.spelled": frame("initialism", "The old {} fell."),
    "journals.forms": frame("journal", "See J. {} J. there.", "See Rev. {} Rev. there.", "See J. {} there."),
    "journals.before": frame("journal", "See Proc. {} Soc. there."),
    "money.behind": frame("money", "For 5.50 {} there."),
    "money.codes": frame("money", "For {}5.50 there."),
    "money.names": frame("money", "For {}5bn there.", "For 5bn {} there."),
    "money.rates": frame("money", "For $5/{} there."),
    "money.signs": frame("money", "For {}5.50 there."),
    "money.spaced": frame("money", "For $5/{} there."),
    "names.fixed": frame("name", "So {} it was."),
    "places.australia": frame("state", "When {} fell."),
    "places.australia_in_context": frame("state", "The Queensland and {} fell."),
    "places.clear": frame("state", "When {} fell."),
    "places.colleges": frame("saint or street", "When {} St. won."),
    "places.counties": frame("county", "They left Co. {} today."),
    "places.county_nouns": frame("county", "At Quux Co. {} today."),
    "places.directions": frame("direction", "At 14th St. {}"),
    "places.india": frame("state", "Near Quux, {} 411001 they met."),
    "places.parties": frame("party", "Jo Quux ({}-Ohio) said."),
    "places.pointed": frame("direction", "At Quux {} NW, they met."),
    "places.postal": frame("state", "Near Quux, {}, they met."),
    "places.regions": frame("direction", "In N. {} today."),
    "places.saints": frame("saint or street", "AT ST. {} TODAY"),
    "ranges.counted": frame("slash", "On {} 43/52 there."),
    "ranges.teams": frame("record", "So the 5-11 {} won."),
    "romans.intravenous": frame("roman", "The IV {} was there."),
    "romans.lettered": frame("roman", "In {T} V there."),
    "romans.ordinal": frame("roman", "The IV {} was there."),
    "romans.regnal": frame("roman", "When {} V came."),
    "romans.sections": frame("roman", "In {} XL there."),
    "scales.counted": frame("scale", "So 2.3m {} it."),
    "scales.lengths": frame("measure", "So 1.2m {} fell.", "So 1.2m {} quuxes fell.", unlisted=UNLISTED_PLURAL),
    "scales.millions": frame("scale", "The {} was 8.8m in all."),
    "scales.parted": frame("code", "See {} 3b things."),
    "scales.words": frame("money", "For $5 {} there.", "For ₹5 {} there."),
    "science.elements": frame("isotope", "The ¹⁴{} fell."),
    "science.formulas": frame("formula", "The {} fell."),
    "science.operators": frame("operator", "So 4 {} 4 there.", "So a {} b there."),
    "scripture.short": frame("verse", "See {} 5:9 there."),
    "scripture.full": frame("verse", "See {} 5:9 there."),
    "scripture.parted": frame("verse", "See 1 {} 5:9 there."),
    "scripture.certain": frame("verse", "See {} 5 there.", "See 1 {} 5 there."),
    "sports.endings": frame("ending", "They won 4-3 {} there."),
    "sports.figures": frame("figure", "He had 2 {} and 5 strikeouts.", "He had 2 hits, 5 {} there."),
    "sports.plays": frame("play", "A 9-yard {} pass."),
    "symbols.signs": frame("sign", "So {} it was."),
    "syllables.begin": frame("acronym", "The {}OV fell.", unlisted="XV"),
    "syllables.end": frame("acronym", "The VO{} fell.", unlisted="VXV"),
    "units.attributive": frame("measure", "The first 65{} charging.", "The first 65{}/s charging."),
    "units.divisors": frame("measure", "It was 5 mg/{} there."),
    "units.sized": frame("measure", "Quux took 100 mg {} there."),
    "units.events": frame("measure", "In 100m {} they won."),
    "units.spaced": frame("measure", "Quux 85 {} quux."),
    "units.powers": frame("measure", "It was 5 {} km in all.", "It was 5 km{} in all."),
    # "5 pp" is percentage points, "85 pp" is pages; a parsec is written alone only in powers; a cup only with a dot.
    "units.units": frame(
        "measure",
        "It was 85 {} in all.",
        "It was 5.5{} in all.",
        "It took 5 {} in all.",
        "The water had 5 {} in all.",
        "It was 5 {}³ in all.",
        "With 2 {}. quux.",
        "With 2 {} of milk.",
    ),
    "web.dotfiles": frame("file type", "See .{} there."),
    "web.domains": frame("domain", "See quux.{} there."),
    "web.files": frame("domain", "See quux+a.{} there."),
    "web.signs": frame("URL", "See http://a{}b.com/q there."),
    "web.spelled": frame("domain, URL", "See {}.quux.com there."),
    "years.counted": frame("number", "Quux 1985 {} or so.", "Quux 1985 {C} or so."),
    "years.leading": frame("year", "Quux {} 2084 or so.", "Quux {} (2084) or so."),
    "years.verbs": frame("year", "Quux 1785 {} or so.", unlisted=UNLISTED_PLURAL),
}

# Lists that keep rules away: a text, and the rule that would read something else in it without the list.
GUARDS = {
    "initialisms.ordinary": frame("acronym", "The old {} fell."),
    "initialisms.shouted": frame("initialism", "THE OLD {} FELL IN."),
    # "IT" beside other words in capitals is a word, but not beside a word of this list.
    "initialisms.words": frame("acronym, initialism", "The old {} fell.", "The IT {} fell."),
    "money.guarded": frame("money", "For {}5 there."),
    "places.unsure": frame("state", "Born in {} today."),
    "romans.never": frame("roman", "The old {} fell."),
    "romans.pronoun": frame("roman", "Henry I {} so."),
    "units.kinds": frame("measure", "It was 5 {}/7 {} there.", "It was 5 g/7 {} there.", "It was 5 m/7 {} there."),
    "units.careful": frame(
        "measure", "Quux 85 {} quux.", "Quux 85 {} Quux.", "Quux 85{} was quux.", "Quux per {} quux."
    ),
}


def rows(name: str, lists: Any) -> list[tuple[str, tuple[str, ...]]]:
    """List the rows: what is written, and the words of which its reading must have one; empty if any will do."""
    name, _, key = name.partition(".")
    if isinstance(lists, str):
        words = re.split(r",\s+", lists.strip()) if name == "contexts" else lists.split()
        return [(word, ()) for word in words]
    if lists.keys() == {"words"}:
        return [(word, ()) for word in lists["words"].split()]
    if key == "kinds":
        return [(form, ()) for forms in lists.values() for form in forms.split()]
    if key in {"units", "powers", "rates", "words", "figures"}:
        return [(form, tuple(said.split("/"))) for said, forms in lists.items() for form in forms.split()]
    if key == "names" and name == "money":
        return [(_sign_of(currency), (forms[1],)) for currency, forms in lists.items()]
    if key in {"signs", "codes", "behind"} and name == "money":
        return [(sign, tuple(TABLES["money"]["names"][currency][:2])) for sign, currency in lists.items()]
    return [(written, (said,)) for written, said in lists.items()]


def _sign_of(currency: str) -> str:
    """Return the first sign or code of a currency, or a text that is neither."""
    money = TABLES["money"]
    found = [sign for key in ("signs", "codes", "behind") for sign, name in money[key].items() if name == currency]
    return found[0] if found else f"no sign of {currency}"


def lists() -> Iterator[tuple[str, Any]]:
    for name, tables in TABLES.items():
        for key, value in tables.items():
            yield f"{name}.{key}", value


# Lists with tests of their own below, and the lists of the sentence cutter and of quotations.
ELSEWHERE = ("formulas.", "sentences.", "abbreviations.dotted", "units.british")


def test_every_list_has_a_frame() -> None:
    """A new list needs texts that reach it."""
    names = [name for name, _ in lists() if not name.startswith(ELSEWHERE)]
    assert sorted(names) == sorted([*FRAMES, *GUARDS])


@pytest.mark.parametrize("name", sorted(FRAMES))
def test_every_row_is_reached(name: str) -> None:
    """The rule that owns the list reads the row in one of the texts, and reads it otherwise without the row."""
    value = dict(lists())[name]
    assert [written for written, said in rows(name, value) if not _is_reached(FRAMES[name], written, said)] == []


def _is_reached(frame: Frame, written: str, said: tuple[str, ...]) -> bool:
    for text in frame.texts:
        found = _readings(AMERICAN(_fill(text, written)), frame.rules)
        found -= _readings(AMERICAN(_fill(text, frame.unlisted)), frame.rules)
        if any(not said or any(way.lower() in spoken.lower() for way in said) for spoken in found):
            return True
    return False


def _fill(text: str, written: str) -> str:
    for mark, row in (("{}", written), ("{C}", written.upper()), ("{T}", written.capitalize())):
        text = text.replace(mark, row)
    return text


def _readings(spoken: Spoken, rules: str) -> set[str]:
    return {reading.spoken for reading in spoken.readings if reading.rule in rules.split(", ")}


@pytest.mark.parametrize("name", sorted(GUARDS))
def test_every_guard_keeps_a_rule_away(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the list the rule reads another thing in one of the texts."""
    value = dict(lists())[name]
    with_list = AMERICAN
    without_list = _normalizer_without(name, monkeypatch)
    load_units.cache_clear()
    frame = GUARDS[name]

    def is_kept_away(written: str) -> bool:
        texts = [_fill(text, written) for text in frame.texts]
        return any(
            _readings(with_list(text), frame.rules) != _readings(without_list(text), frame.rules) for text in texts
        )

    assert [written for written, _ in rows(name, value) if not is_kept_away(written)] == []


def _normalizer_without(name: str, monkeypatch: pytest.MonkeyPatch) -> RuleNormalizer:
    """Compile English with a list that holds nothing."""
    stem, _, key = name.partition(".")
    value = TABLES[stem][key]
    load_units.cache_clear()
    monkeypatch.setitem(load_table("en", stem), key, {"words": ""} if isinstance(value, dict) else "")
    return RuleNormalizer(english.rules(british=False, pictures=True))


def test_initialisms_are_listed_as_they_are_looked_up() -> None:
    """A row of capitals stands in its list as the rule asks for it, without a plural."""
    rule = next(rule for rule in english.rules(british=False, pictures=True) if rule.name == "acronym")
    pattern = re.compile(rule.pattern)
    for key in ("spelled", "shouted", "ordinary"):
        words = TABLES["initialisms"][key].split()
        assert [word for word in words if not (found := pattern.match(word)) or found["letters"] != word] == []


def test_no_word_stands_twice_in_a_list() -> None:
    """A second row of the same word is never looked at."""
    for name, value in lists():
        if isinstance(value, str) and not name.startswith("sentences."):
            words = [written for written, _ in rows(name, value)]
            assert sorted(words) == sorted(set(words)), name


@pytest.mark.parametrize(("american", "british"), TABLES["units"]["british"].items())
def test_every_british_unit_is_said(american: str, british: str) -> None:
    """A unit that Britain spells otherwise is said so there."""
    forms = [forms.split()[0] for said, forms in TABLES["units"]["units"].items() if said.split("/")[0] == american]
    assert forms
    assert american in AMERICAN(f"It was 5.5 {forms[0]} in all.").text
    assert british in BRITISH(f"It was 5.5 {forms[0]} in all.").text


@pytest.mark.parametrize("form", TABLES["abbreviations"]["dotted"])
def test_every_dotted_form_matters_to_the_sentence_cutter(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the row the sentence would be cut elsewhere."""
    text = f"It was 5 {form} Smith left."
    with_row = _cut(text)
    monkeypatch.delitem(load_table("en", "abbreviations")["dotted"], form)
    without_row = _cut(text)
    monkeypatch.undo()
    _cut(text)
    assert with_row != without_row


def _cut(text: str) -> list[tuple[int, int]]:
    load_abbreviations.cache_clear()
    load_sentence_words.cache_clear()
    return split_sentences(text, "en")


FORMULAS = [
    *(
        line.split("\t")[0]
        for line in (FOLDER.parent / "narration" / "formulas_en.tsv").read_text("utf-8").splitlines()
    ),
    r"\binom{n}{k}",
    r"\sqrt[3]{x}",
    r"\sqrt[n]{x}",
    r"x^{-1}",
    r"x^3",
    r"f(x)",
    r"\sum_{k} k",
    r"\hat{x} \bar{x} \overline{x} \tilde{x} \dot{x} \ddot{x} \vec{x} \widehat{x} \widetilde{x} \overrightarrow{x}",
    r"\lceil x \rceil",
    r"\begin{vmatrix} x \end{vmatrix}",
]


@pytest.mark.parametrize("command", TABLES["formulas"]["commands"])
def test_every_command_of_formulas_is_said(command: str) -> None:
    """A command of LaTeX has the words of its row."""
    assert TABLES["formulas"]["commands"][command] in verbalize_latex(rf"a \{command} b", "en")


@pytest.mark.parametrize("symbol", TABLES["formulas"]["symbols"])
def test_every_symbol_of_formulas_is_said(symbol: str) -> None:
    """A symbol has the words of its row."""
    assert TABLES["formulas"]["symbols"][symbol] in verbalize_latex(f"2 {symbol} 3", "en")


@pytest.mark.parametrize("phrase", TABLES["formulas"]["phrases"])
def test_every_phrase_of_formulas_is_said(phrase: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With other words for a phrase, a formula is said otherwise."""
    said = [verbalize_latex(formula, "en") for formula in FORMULAS]
    monkeypatch.setitem(load_table("en", "formulas")["phrases"], phrase, UNLISTED)
    assert [verbalize_latex(formula, "en") for formula in FORMULAS] != said


def test_every_rule_has_an_example() -> None:
    """Each rule of English is chosen in a line of the tables; whole expressions are one rule in many forms."""
    chosen: set[str] = set()
    for british in (False, True):
        identify, normalize = _identifying_normalizer(british)
        for table, written, _ in examples():
            if OTHERS.get(table, "en-US") == ("en-GB" if british else "en-US"):
                chosen.update(identify(reading.parts) for reading in normalize(written).readings)
    rules = {_identity(rule) for british in (False, True) for rule in english.rules(british, pictures=True)}
    assert sorted(rules - chosen) == []


def _identity(rule: Rule) -> str:
    return rule.name if rule.name == "name" else f"{rule.name}: {rule.pattern}"


def _identifying_normalizer(british: bool) -> tuple[Callable[[Parts], str], RuleNormalizer]:
    """Make a normalizer whose readings can be traced to the one rule among those of a name that made them."""
    # The parts are kept, so that their ids stay theirs.
    makers: dict[int, tuple[Parts, str]] = {}

    def traced(rule: Rule) -> Rule:
        def read(match: re.Match[str]) -> Parts | None:
            parts = rule.read(match)
            if parts:
                makers[id(parts)] = parts, _identity(rule)
            return parts

        return replace(rule, read=read)

    def identify(parts: Parts) -> str:
        return makers[id(parts)][1]

    return identify, RuleNormalizer(map(traced, english.rules(british, pictures=True)))
