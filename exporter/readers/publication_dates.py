"""Dates as news pages write them: found in a line, given as ISO 8601.

`find` looks for the first moment in a line by a grammar of its own: a date (ISO, "August 8, 2021", "8. August 2021",
"8 de agosto de 2021", 08.08.2021, 2021年8月8日), the weekday and the time before or after it, the zone, and the word
that says what it is the date of ("Published", "Stand"). The names of months come from the word lists. `parse` takes
what is known to be a date and asks the library `dateparser` where the grammar finds none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta, timezone
from functools import cache, lru_cache
from typing import Literal

import msgspec

from exporter.readers.wordlists import EVERY_LANGUAGE, languages, numbered, phrases, vocabulary

Event = Literal["", "published", "modified"]


class Moment(msgspec.Struct, frozen=True):
    """A date found: its place in the line (with weekday, time, zone and label), its ISO 8601 form, what it tells."""

    start: int
    end: int
    value: str
    event: Event = ""


_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WORD = r"(?P<month>[^\W\d_]{3,12})"
_DAY = r"(?P<day>\d{1,2})"
# One alternative a form; `month` is a word to be looked up, `number` a month's number. A year may be followed by more
# digits ("20233 years ago"): pages run their pieces together.
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<number>\d{1,2})-(?P<day>\d{1,2})(?!\d)",
        rf"\b{_WORD}\.?\s{{0,2}}{_DAY}(?:st|nd|rd|th)?\s?,?\s+{_YEAR}",
        rf"(?<!\d){_DAY}(?:\.|st|nd|rd|th|er|º|°)?\s*(?:de\s+|of\s+|d')?{_WORD}\.?,?\s+(?:de\s+|del\s+)?{_YEAR}",
        rf"(?<!\d){_DAY}-{_WORD}\.?-{_YEAR}",
        rf"(?<!\d)(?P<first>\d{{1,2}})(?P<mark>[./-])\s?(?P<second>\d{{1,2}})(?P=mark)\s?{_YEAR}",
        rf"(?<!\d){_YEAR}\.?\s(?:m\.\s)?{_WORD}\s{_DAY}(?!\d)",
        rf"(?<!\d){_YEAR}[./](?P<number>\d{{1,2}})[./](?P<day>\d{{1,2}})(?!\d)",
        rf"(?<!\d){_YEAR}\s?[年년]\s?(?P<number>\d{{1,2}})\s?[月월]\s?(?P<day>\d{{1,2}})\s?[日일]",
        r"(?<!\d)(?P<first>\d{1,2})(?P<mark>[./])(?P<second>\d{1,2})(?P=mark)(?P<short>\d\d)(?!\d)",
    )
)
_WORDED = tuple(form for form in _FORMS if "month" in form.groupindex)
_NUMBERS = re.compile(r"\d[./-]\s?\d|[년年]")  # what every other form holds
_EASTERN = re.compile("[\u0660-\u0669\u06f0-\u06f9]")
_ARABIC = {first + digit: str(digit) for first in (0x660, 0x6F0) for digit in range(10)}  # Arabic and Persian digits
_DIGITS = re.compile(r"(?:19|20)\d\d|\d[./]\s?\d")  # what every form holds
_CLOCK = (
    r"(?P<hour>\d{1,2})(?:(?:[:.h]|[時时시]\s?)(?P<minute>\d\d|\d(?=[分분]))[分분]?(?::(?P<second>\d\d)(?:[.,]\d+)?)?)?"
    r"\s?(?P<half>[AaPp]\.?\s?[Mm]\b\.?)?(?:\s?(?:Uhr|hrs|h)\b)?"
    r"\s?\(?(?P<zone>Z\b|(?:UTC|GMT)\s?[+-]\s?\d{1,2}(?::?\d\d)?|[+-]\d\d:?\d\d\b|[A-Z]{2,4}\b)?\)?"
)
_AFTER = re.compile(rf"(?P<join>[\s,T·|•@/–—-]*(?:[^\W\d_]{{1,4}}\.?(?:\s+las?)?\s+)?){_CLOCK}")
_BEFORE = re.compile(rf"(?<![\d.:]){_CLOCK}[\s,·|•–—-]*(?:on|of|am|le|el|,)?\s*$")
_WEEKDAY = re.compile(r"(?P<word>[^\W\d_]+)\.?,?\s*(?:,|the|den|dem|der|le|el|d\.)?\s*$")
_TAIL = re.compile(r"[^\W\d_]+(?:\s[^\W\d_]+){0,4}\s*:?\s*$")

US_TIME_CHANGES = {"month": (3, 11), "sunday": (2, 1)}
"""Daylight saving time in the United States: from the 2nd Sunday of March to the 1st of November (15 U.S.C. 260a)."""

_LONGEST_LEAD = 48  # characters before a date in which its time, weekday and label may stand


@lru_cache(maxsize=1024)  # several steps ask of the same lines
def find(line: str) -> Moment | None:
    """Find the first date in a line, with its time and its label; None where there is none."""
    return next(find_all(line), None)


def find_all(line: str, day_first: bool = False) -> Iterator[Moment]:
    """Yield every date in a line, in order; `day_first` says how to read 3/4/2024, which in America is in March."""
    position = 0
    line = line if line.isascii() or not _EASTERN.search(line) else line.translate(_ARABIC)
    for start, end, day in sorted(_days(line, day_first), key=lambda found: (found[0], -found[1])):
        if start < position:
            continue
        moment = _widen(line, (position, start, end), day)
        position = moment.end
        yield moment


def parse(text: str, languages_known: tuple[str, ...] = ()) -> str | None:
    """Return the ISO 8601 form of what is known to be a date, in any form and language; None where it is none."""
    if found := find(text):
        return found.value
    if not any(char.isdigit() for char in text) or len(text) > 100:
        return None
    import dateparser  # noqa: PLC0415  73 ms, for the rare forms only

    known = [language.partition("-")[0] for language in languages_known if language]
    try:
        moment = dateparser.parse(text, languages=known or None, settings={"REQUIRE_PARTS": ["day", "month", "year"]})
    except ValueError:  # a language that it doesn't have
        moment = dateparser.parse(text, settings={"REQUIRE_PARTS": ["day", "month", "year"]})
    if moment is None:
        return None
    has_time = moment.tzinfo is not None or moment.time().isoformat() != "00:00:00"
    return str(moment.isoformat(timespec="seconds") if has_time else moment.date().isoformat())


def _days(line: str, day_first: bool) -> Iterator[tuple[int, int, date]]:
    if not _DIGITS.search(line):
        return
    for form in _FORMS if _NUMBERS.search(line) else _WORDED:
        for match in form.finditer(line):
            if day := _day(match.groupdict(), day_first):
                yield match.start(), match.end(), day


def _day(parts: Mapping[str, str | None], day_first: bool) -> date | None:
    year = int(parts.get("year") or 0) or _century(int(parts.get("short") or 0))
    if word := parts.get("month"):
        month, day = numbered("dates", "months").get(word.casefold(), 0), int(parts["day"] or 0)
    elif number := parts.get("number"):
        month, day = int(number), int(parts["day"] or 0)
    else:
        first, second = int(parts["first"] or 0), int(parts["second"] or 0)
        # 13/8 and 8/13 tell themselves; a slash that tells nothing may be American, a dot or a hyphen never is.
        american = second > 12 or (parts["mark"] == "/" and first <= 12 and not day_first)
        month, day = (first, second) if american else (second, first)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _century(short: int) -> int:
    return short + (2000 if short < 70 else 1900)  # the pivot of POSIX strptime, %y


def _widen(line: str, place: tuple[int, int, int], day: date) -> Moment:
    """Take the time, the weekday and the label around a date along; `place` is the earliest start, start and end."""
    earliest, start, end = place
    floor = max(earliest, start - _LONGEST_LEAD)
    start = _skip_weekday(line, floor, start)
    after = _AFTER.match(line, end)
    clock = _clock(day, after.groupdict()) if after and _joins(after) else None
    if after and clock:
        end = after.end()
    elif (before := _BEFORE.search(line[floor:start])) and (clock := _clock(day, before.groupdict())):
        start = floor + before.start()
        start = _skip_weekday(line, floor, start)
    start, event = _label(line, floor, start)
    return Moment(start, end, clock or day.isoformat(), event)


def _skip_weekday(line: str, floor: int, start: int) -> int:
    match = _WEEKDAY.search(line[floor:start])
    return floor + match.start() if match and match["word"].casefold() in vocabulary("dates", "weekdays") else start


def _joins(match: re.Match[str]) -> bool:
    """Whether what stands between a date and a number says that the number is its time."""
    words = match["join"].strip(" ,·|•@/–—-\t").casefold()
    linked = (
        not words
        or words == "t"
        or words.rstrip(".") in {"at", "um", "kl", "à", "om", "alle", "ore", "a las", "as", "às"}
    )
    return linked and (match["join"] != "" or match["minute"] is not None)


def _clock(day: date, parts: Mapping[str, str | None]) -> str | None:
    """Write a day and the parts of a time as ISO 8601; None where they are no time of day."""
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
    offset = _offset(parts["zone"] or "", moment)
    if offset is None:
        return moment.isoformat()
    return moment.replace(tzinfo=timezone(timedelta(minutes=offset))).isoformat()


def _offset(zone: str, moment: datetime) -> int | None:
    """Minutes east of Greenwich, or None where the zone is unknown."""
    if match := re.fullmatch(r"(?:UTC|GMT)?\s?([+-])\s?(\d{1,2}):?(\d\d)?", zone):
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        return (minutes if match[1] == "+" else -minutes) if minutes < 1440 else None
    standard = _zones().get(zone.casefold())
    if standard is None:
        return None
    minutes, follows_us_law = standard
    return minutes + 60 if follows_us_law and _us_summer(moment) else minutes


@cache
def _zones() -> Mapping[str, tuple[int, bool]]:
    """Zones by their letters: minutes, and whether it is "ET" and the like, which follow the date."""
    rows = (line.split() for line in languages()[EVERY_LANGUAGE]["dates"]["zones"].splitlines())
    return {row[0]: (int(row[-1]), "us" in row) for row in rows if row}


def _us_summer(moment: datetime) -> bool:
    begin, end = (
        _sunday(moment.year, month, count)
        for month, count in zip(US_TIME_CHANGES["month"], US_TIME_CHANGES["sunday"], strict=True)
    )
    return begin + timedelta(hours=2) <= moment < end + timedelta(hours=2)


def _sunday(year: int, month: int, count: int) -> datetime:
    first = datetime(year, month, 1)  # noqa: DTZ001  compared with local times only
    return first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (count - 1))


def _label(line: str, floor: int, start: int) -> tuple[int, Event]:
    """Find the words before a date that say what it is the date of: "Published on", "Stand:"."""
    if match := _TAIL.search(line[floor:start]):
        tail = match[0].casefold().rstrip(" :")
        for phrase, event in _labels():
            if tail == phrase or tail.endswith(f" {phrase}"):
                return floor + match.start() + len(tail) - len(phrase), event
    return start, ""


def is_label(line: str) -> bool:
    """Whether a line says what the date below it is the date of, and nothing else: "Published on"."""
    label = line.casefold().rstrip(" :：")
    return label in vocabulary("dates", "published") or label in vocabulary("dates", "modified")


def is_calendar(word: str) -> bool:
    """Whether a word in small letters is a month's name or a weekday's."""
    return word in numbered("dates", "months") or word in vocabulary("dates", "weekdays")


@cache
def _labels() -> tuple[tuple[str, Event], ...]:
    """Every label with its event, the longest first: "mis à jour le" before "le"."""
    events: tuple[Event, ...] = ("published", "modified")
    found = [(phrase, event) for event in events for phrase in phrases("dates", event)]
    return tuple(sorted(found, key=lambda label: -len(label[0])))
