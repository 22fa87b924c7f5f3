"""Dates as news pages write them: found in a line, returned as ISO 8601.

`find_date` finds the first date in a line with a grammar of its own: the date (ISO, "August 8, 2021", "8. August 2021",
"8 de agosto de 2021", 08.08.2021, 2021年8月8日), the weekday and the time before or after it, the time zone, and the
label ("Published", "Stand"). The names of months come from the word lists. `parse_date` takes text that certainly is a
date and asks the library `dateparser` if the grammar finds none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta, timezone
from functools import cache, lru_cache
from typing import Literal

import msgspec

from exporter.readers.wordlists import EVERY_LANGUAGE, get_numbered_words, get_phrase_set, get_phrases, load_word_lists

Event = Literal["", "published", "modified"]


class Moment(msgspec.Struct, frozen=True):
    """A date found in a line.

    `start` and `end` are its place, with weekday, time, zone and label; `value` is ISO 8601; `event` says what the
    label calls it the date of.
    """

    start: int
    end: int
    value: str
    event: Event = ""


_YEAR = r"(?P<year>(?:19|20)\d\d)"
_MONTH_WORD = r"(?P<month>[^\W\d_]{3,12})"
_DAY = r"(?P<day>\d{1,2})"
# The forms of dates; `month` is a word to look up, `number` a month's number. A year may be followed by more
# digits ("20233 years ago"): scraped pages run texts together.
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<number>\d{1,2})-(?P<day>\d{1,2})(?!\d)",
        rf"\b{_MONTH_WORD}\.?\s{{0,2}}{_DAY}(?:st|nd|rd|th)?\s?,?\s+{_YEAR}",
        rf"(?<!\d){_DAY}(?:\.|st|nd|rd|th|er|º|°)?\s*(?:de\s+|of\s+|d')?{_MONTH_WORD}\.?,?\s+(?:de\s+|del\s+)?{_YEAR}",
        rf"(?<!\d){_DAY}-{_MONTH_WORD}\.?-{_YEAR}",
        rf"(?<!\d)(?P<first>\d{{1,2}})(?P<mark>[./-])\s?(?P<second>\d{{1,2}})(?P=mark)\s?{_YEAR}",
        rf"(?<!\d){_YEAR}\.?\s(?:m\.\s)?{_MONTH_WORD}\s{_DAY}(?!\d)",
        rf"(?<!\d){_YEAR}[./](?P<number>\d{{1,2}})[./](?P<day>\d{{1,2}})(?!\d)",
        rf"(?<!\d){_YEAR}\s?[年년]\s?(?P<number>\d{{1,2}})\s?[月월]\s?(?P<day>\d{{1,2}})\s?[日일]",
        r"(?<!\d)(?P<first>\d{1,2})(?P<mark>[./])(?P<second>\d{1,2})(?P=mark)(?P<short>\d\d)(?!\d)",
    )
)
_FORMS_WITH_MONTH_WORD = tuple(form for form in _FORMS if "month" in form.groupindex)
_NUMERIC_FORMS = tuple(form for form in _FORMS if "month" not in form.groupindex)
_NUMERIC_SIGN = re.compile(r"\d[./-]\s?\d|[년年]")  # in every form without a month's name
_LETTERS = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")
_EASTERN_DIGIT = re.compile("[\u0660-\u0669\u06f0-\u06f9]")
_DIGIT_TRANSLATION = {
    first + digit: str(digit) for first in (0x660, 0x6F0) for digit in range(10)
}  # Arabic and Persian digits
_ANY_FORM = re.compile(r"\d(?:(?<=1)9\d\d|(?<=2)0\d\d|[./]\s?\d)")  # in every form
_CLOCK = (
    r"(?P<hour>\d{1,2})(?:(?:[:.h]|[時时시]\s?)(?P<minute>\d\d|\d(?=[分분]))[分분]?(?::(?P<second>\d\d)(?:[.,]\d+)?)?)?"
    r"\s?(?P<half>[AaPp]\.?\s?[Mm]\b\.?)?(?:\s?(?:Uhr|hrs|h)\b)?"
    r"\s?\(?(?P<zone>Z\b|(?:UTC|GMT)\s?[+-]\s?\d{1,2}(?::?\d\d)?|[+-]\d\d:?\d\d\b|[A-Z]{2,4}\b)?\)?"
)
_CLOCK_AFTER = re.compile(rf"(?P<join>[\s,T·|•@/–—-]*(?:[^\W\d_]{{1,5}}\.?(?:\s+las?)?\s+)?){_CLOCK}")
_CLOCK_BEFORE = re.compile(rf"(?<![\d.:]){_CLOCK}[\s,·|•–—-]*(?:on|of|am|le|el|,)?\s*$")
_WEEKDAY_BEFORE = re.compile(r"(?P<word>[^\W\d_]+)\.?,?\s*(?:,|the|den|dem|der|le|el|d\.)?\s*$")
_WEEKDAY_AFTER = re.compile(r"\.?,?\s?[(（]?(?P<word>[^\W\d_]+)[)）]?,?")
_TIME_WORDS = frozenset({*"at um kl klo à om alle ore as às o godz в о v ve u ob".split(), "a las"})
"""Words between a date and its time."""

_LABEL_BEFORE = re.compile(r"[^\W\d_]+(?:\s[^\W\d_]+){0,4}\s*:?\s*$")

US_TIME_CHANGES = {"month": (3, 11), "sunday": (2, 1)}
"""Daylight saving time in the United States: from the 2nd Sunday of March to the 1st of November (15 U.S.C. 260a)."""

_MAX_LEAD_CHARS = 48
"""Characters before a date in which its time, weekday and label may stand. Chosen by reading pages; no measurement."""

_MAX_DATE_CHARS = 64
"""Characters on both sides of a year, or of the marks in a numeric date, within which the date stands."""

_MAX_PARSED_CHARS = 100
"""Characters of a text that is given to `dateparser`, which is slow."""

_PIVOT_YEAR = 70
"""Years of two digits below it are of the 2000s, the others of the 1900s, as in POSIX strptime, %y."""

_BARS = re.compile(r"[|•·]")
_TIME_OF_DAY = re.compile(
    r"(?<!\d)(?:[01]?\d|2[0-3])[:.h][0-5]\d(?:\s?[ap]\.?m\b\.?)?(?:\s(?:Uhr|[A-Z]{2,5})\b)?", re.IGNORECASE
)
"""A time of day with its half, hour word or zone."""

_CLOCK_SIGN = re.compile(r"\d[:.hH]\d")  # in every time of day


@lru_cache(maxsize=1024)  # several steps ask of the same lines
def find_date(line: str) -> Moment | None:
    """Return the first date in a line, with its time and its label; None if there is none."""
    return next(find_dates(line), None) if _DIGIT.search(line) else None


def find_dates(line: str, day_first: bool = False) -> Iterator[Moment]:
    """Yield every date in a line, in order; `day_first` says that 3/4/2024 is the 3rd of April, not March 4."""
    position = 0
    line = line if line.isascii() or not _EASTERN_DIGIT.search(line) else line.translate(_DIGIT_TRANSLATION)
    for start, end, day in sorted(_find_days(line, day_first), key=lambda found: (found[0], -found[1])):
        if start < position:
            continue
        moment = _widen_moment(line, (position, start, end), day)
        position = moment.end
        yield moment


def parse_date(text: str, languages: tuple[str, ...] = ()) -> str | None:
    """Return the ISO 8601 form of a text that is a date, in any form and language; None if it cannot be read.

    `languages` are tags of languages that the date may be written in; empty means any.
    """
    if found := find_date(text):
        return found.value
    if not any(char.isdigit() for char in text) or len(text) > _MAX_PARSED_CHARS:
        return None
    import dateparser  # noqa: PLC0415  73 ms, for the rare forms only

    tags = [language.partition("-")[0] for language in languages if language]
    try:
        moment = dateparser.parse(text, languages=tags or None, settings={"REQUIRE_PARTS": ["day", "month", "year"]})
    except ValueError:  # a language that it doesn't have
        moment = dateparser.parse(text, settings={"REQUIRE_PARTS": ["day", "month", "year"]})
    if moment is None:
        return None
    has_time = moment.tzinfo is not None or moment.time().isoformat() != "00:00:00"
    return str(moment.isoformat(timespec="seconds") if has_time else moment.date().isoformat())


def _find_days(line: str, day_first: bool) -> Iterator[tuple[int, int, date]]:
    signs = [match.start() for match in _ANY_FORM.finditer(line)]
    if not signs:
        return
    begin, end = max(signs[0] - _MAX_DATE_CHARS, 0), signs[-1] + _MAX_DATE_CHARS
    months = get_numbered_words("dates", "months").keys()
    worded = any(word.casefold() in months for word in _LETTERS.findall(line, begin, end))
    numeric = _NUMERIC_SIGN.search(line, begin, end) is not None
    for form in (*(_FORMS_WITH_MONTH_WORD if worded else ()), *(_NUMERIC_FORMS if numeric else ())):
        for match in form.finditer(line, begin, end):
            if day := _read_day(match.groupdict(), day_first):
                yield match.start(), match.end(), day


def _read_day(parts: Mapping[str, str | None], day_first: bool) -> date | None:
    year = int(parts.get("year") or 0) or _expand_year(int(parts.get("short") or 0))
    if word := parts.get("month"):
        month, day = get_numbered_words("dates", "months").get(word.casefold(), 0), int(parts["day"] or 0)
    elif number := parts.get("number"):
        month, day = int(number), int(parts["day"] or 0)
    else:
        first, second = int(parts["first"] or 0), int(parts["second"] or 0)
        # 13/8 and 8/13 have one reading; any other date with a slash may be American, with a dot or a hyphen never.
        american = second > 12 or (parts["mark"] == "/" and first <= 12 and not day_first)
        month, day = (first, second) if american else (second, first)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _expand_year(short: int) -> int:
    """Expand a year of two digits."""
    return short + (2000 if short < _PIVOT_YEAR else 1900)


def _widen_moment(line: str, place: tuple[int, int, int], day: date) -> Moment:
    """Extend a date by the time, the weekday and the label around it; `place` is (earliest start, start, end)."""
    earliest, start, end = place
    floor = max(earliest, start - _MAX_LEAD_CHARS)
    start = _skip_weekday(line, floor, start)
    if (match := _WEEKDAY_AFTER.match(line, end)) and _is_weekday_after(match):
        end = match.end()
    after = _CLOCK_AFTER.match(line, end)
    clock = _read_clock(day, after.groupdict()) if after and _is_time_joined(after) else None
    if after and clock:
        end = after.end()
    elif (before := _CLOCK_BEFORE.search(line[floor:start])) and (clock := _read_clock(day, before.groupdict())):
        start = floor + before.start()
        start = _skip_weekday(line, floor, start)
    start, event = _find_label(line, floor, start)
    return Moment(start, end, clock or day.isoformat(), event)


def _skip_weekday(line: str, floor: int, start: int) -> int:
    match = _WEEKDAY_BEFORE.search(line[floor:start])
    return floor + match.start() if match and match["word"].casefold() in get_phrase_set("dates", "weekdays") else start


def _is_weekday_after(match: re.Match[str]) -> bool:
    """Whether a word behind a date is its weekday ("2024. május 3., péntek"), and not the next sentence's first."""
    word = match["word"]
    return word.casefold() in get_phrase_set("dates", "weekdays") and ("." not in match[0] or word.islower())


def _is_time_joined(match: re.Match[str]) -> bool:
    """Whether the text between a date and a number says that the number is its time."""
    words = match["join"].strip(" ,·|•@/–—-\t").casefold()
    linked = not words or words == "t" or words.rstrip(".") in _TIME_WORDS
    return linked and (match["join"] != "" or match["minute"] is not None)


def _read_clock(day: date, parts: Mapping[str, str | None]) -> str | None:
    """Return a day and the parts of a time as ISO 8601; None if they are not a time of day."""
    if parts["minute"] is None and parts["half"] is None:
        return None
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    if half := parts["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half[0] in "Pp" else 0)
    try:
        moment = datetime(day.year, day.month, day.day, hour, minute, second)  # noqa: DTZ001  its zone follows
    except ValueError:
        return None
    offset = _offset_minutes(parts["zone"] or "", moment)
    if offset is None:
        return moment.isoformat()
    return moment.replace(tzinfo=timezone(timedelta(minutes=offset))).isoformat()


def _offset_minutes(zone: str, moment: datetime) -> int | None:
    """Return minutes east of Greenwich, or None for an unknown zone."""
    if match := re.fullmatch(r"(?:UTC|GMT)?\s?([+-])\s?(\d{1,2}):?(\d\d)?", zone):
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        return (minutes if match[1] == "+" else -minutes) if minutes < 1440 else None
    standard = _zones().get(zone.casefold())
    if standard is None:
        return None
    minutes, follows_us_law = standard
    return minutes + 60 if follows_us_law and _is_us_summer(moment) else minutes


@cache
def _zones() -> Mapping[str, tuple[int, bool]]:
    """Map abbreviations of time zones to minutes, and to whether they follow daylight saving time in the US ("ET")."""
    rows = (line.split() for line in load_word_lists()[EVERY_LANGUAGE]["dates"]["zones"].splitlines())
    return {row[0]: (int(row[-1]), "us" in row) for row in rows if row}


def _is_us_summer(moment: datetime) -> bool:
    begin, end = (
        _find_sunday(moment.year, month, count)
        for month, count in zip(US_TIME_CHANGES["month"], US_TIME_CHANGES["sunday"], strict=True)
    )
    return begin + timedelta(hours=2) <= moment < end + timedelta(hours=2)


def _find_sunday(year: int, month: int, count: int) -> datetime:
    first = datetime(year, month, 1)  # noqa: DTZ001  compared with local times only
    return first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (count - 1))


def _find_label(line: str, floor: int, start: int) -> tuple[int, Event]:
    """Return where the label before a date begins ("Published on", "Stand:"), and what the date is of."""
    if match := _LABEL_BEFORE.search(line[floor:start]):
        tail = match[0].casefold().rstrip(" :")
        for phrase, event in _labels():
            if tail == phrase or tail.endswith(f" {phrase}"):
                return floor + match.start() + len(tail) - len(phrase), event
    return start, ""


def is_label(line: str) -> bool:
    """Whether a line is a label for the date below it, and nothing else: "Published on"."""
    label = line.casefold().rstrip(" :：")
    return label in get_phrase_set("dates", "published") or label in get_phrase_set("dates", "modified")


def is_labelled_time(line: str) -> bool:
    """Whether a line is a label and a time of day, without a date, or several: "Updated 15:59 | Published 14:14"."""
    return _CLOCK_SIGN.search(line) is not None and all(map(_is_one_labelled_time, _BARS.split(line)))


def _is_one_labelled_time(part: str) -> bool:
    rest, times = _TIME_OF_DAY.subn("", part)
    return times == 1 and is_label(rest.strip(" ()[].,-–—"))


def is_day_without_year(line: str) -> bool:
    """Whether a line is a day and month, perhaps with a label and a time of day: "Nov 9", "4. Mai, 15:15 Uhr"."""
    words = re.findall(r"[^\W_]+", _TIME_OF_DAY.sub("", line).casefold())
    others = [word for word in words if not word.isdigit() and not is_calendar_word(word)]
    has_day = any(map(str.isdigit, words)) and any(map(is_calendar_word, words))
    return has_day and (not others or is_label(" ".join(others)))


def is_calendar_word(word: str) -> bool:
    """Whether a lower-case word is the name of a month or a weekday."""
    return word in get_numbered_words("dates", "months") or word in get_phrase_set("dates", "weekdays")


@cache
def _labels() -> tuple[tuple[str, Event], ...]:
    """Return every label with its event, the longest first: "mis à jour le" before "le"."""
    events: tuple[Event, ...] = ("published", "modified")
    found = [(phrase, event) for event in events for phrase in get_phrases("dates", event)]
    return tuple(sorted(found, key=lambda label: -len(label[0])))
