"""The few words a book adds to its articles, by language: a language without a row gets English ones."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import msgspec

_DATE = r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?)?)?"


class Words(msgspec.Struct, frozen=True):
    """One language's words. `date` is a pattern of {day}, {month} (a name) and {year}; `minutes` one of {n}."""

    contents: str
    notes: str
    cover: str
    title_page: str
    start: str
    by: str
    last_and: str
    source: str
    minutes: str
    date: str
    months: tuple[str, ...]
    comma: str = ", "


def words(language: str) -> Words:
    """Return the words of a BCP 47 language, those of its region first."""
    tag = language.lower()
    return _TABLE.get(tag) or _TABLE.get(tag.partition("-")[0]) or _TABLE["en"]


def is_date(iso: str) -> bool:
    """Whether this is a date that books can state (W3CDTF): a year, a month, a day, or a moment with its zone."""
    if not re.fullmatch(_DATE, iso):
        return False
    try:
        moment = datetime.fromisoformat(iso + "-01-01"[len(iso) - 4 :] if len(iso) < 10 else iso)
        (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return False
    return True


def date(iso: str, language: str) -> str:
    """Return an ISO 8601 date (a time after it is left out) as a reader of the language writes it."""
    parts = iso[:10].split("-")
    if len(parts) != 3 or not all(map(str.isdigit, parts)) or not 1 <= int(parts[1]) <= 12:
        return iso
    said = words(language)
    return said.date.format(day=int(parts[2]), month=said.months[int(parts[1]) - 1], year=parts[0])


def listing(names: tuple[str, ...], language: str) -> str:
    """Return names as a list in a sentence: one, one and two, one, two and three."""
    said = words(language)
    if len(names) < 2:
        return "".join(names)
    return said.comma.join(names[:-1]) + said.last_and + names[-1]


def _months(names: str) -> tuple[str, ...]:
    return tuple(names.split())


_ENGLISH = Words(
    contents="Contents",
    notes="Notes",
    cover="Cover",
    title_page="Title page",
    start="Start",
    by="By {names}",
    last_and=" and ",
    source="Source",
    minutes="{n} min",
    date="{month} {day}, {year}",
    months=_months("January February March April May June July August September October November December"),
)
_DAY_FIRST = msgspec.structs.replace(_ENGLISH, date="{day} {month} {year}")

_TABLE = {
    "en": _ENGLISH,
    **dict.fromkeys(("en-gb", "en-ie", "en-au", "en-nz", "en-in", "en-za"), _DAY_FIRST),
    "de": Words(
        contents="Inhalt",
        notes="Anmerkungen",
        cover="Umschlag",
        title_page="Titelseite",
        start="Anfang",
        by="Von {names}",
        last_and=" und ",
        source="Quelle",
        minutes="{n} Min.",
        date="{day}. {month} {year}",
        months=_months("Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
    ),
    "fr": Words(
        contents="Sommaire",
        notes="Notes",
        cover="Couverture",
        title_page="Page de titre",
        start="Début",
        by="Par {names}",
        last_and=" et ",
        source="Source",
        minutes="{n} min",
        date="{day} {month} {year}",
        months=_months("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
    ),
    "es": Words(
        contents="Índice",
        notes="Notas",
        cover="Cubierta",
        title_page="Portada",
        start="Inicio",
        by="Por {names}",
        last_and=" y ",
        source="Fuente",
        minutes="{n} min",
        date="{day} de {month} de {year}",
        months=_months("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
    ),
    "it": Words(
        contents="Indice",
        notes="Note",
        cover="Copertina",
        title_page="Frontespizio",
        start="Inizio",
        by="Di {names}",
        last_and=" e ",
        source="Fonte",
        minutes="{n} min",
        date="{day} {month} {year}",
        months=_months("gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"),
    ),
    "pt": Words(
        contents="Índice",
        notes="Notas",
        cover="Capa",
        title_page="Folha de rosto",
        start="Início",
        by="Por {names}",
        last_and=" e ",
        source="Fonte",
        minutes="{n} min",
        date="{day} de {month} de {year}",
        months=_months("janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"),
    ),
    "nl": Words(
        contents="Inhoud",
        notes="Noten",
        cover="Omslag",
        title_page="Titelpagina",
        start="Begin",
        by="Door {names}",
        last_and=" en ",
        source="Bron",
        minutes="{n} min",
        date="{day} {month} {year}",
        months=_months("januari februari maart april mei juni juli augustus september oktober november december"),
    ),
    "pl": Words(
        contents="Spis treści",
        notes="Przypisy",
        cover="Okładka",
        title_page="Strona tytułowa",
        start="Początek",
        by="{names}",
        last_and=" i ",
        source="Źródło",
        minutes="{n} min",
        date="{day} {month} {year}",
        months=_months(
            "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia"
        ),
    ),
    "ru": Words(
        contents="Содержание",
        notes="Примечания",
        cover="Обложка",
        title_page="Титульный лист",
        start="Начало",
        by="{names}",
        last_and=" и ",
        source="Источник",
        minutes="{n} мин",
        date="{day} {month} {year} г.",
        months=_months("января февраля марта апреля мая июня июля августа сентября октября ноября декабря"),
    ),
    "ar": Words(
        contents="المحتويات",
        notes="الحواشي",
        cover="الغلاف",
        title_page="صفحة العنوان",
        start="البداية",
        by="بقلم {names}",
        last_and=" و",
        source="المصدر",
        minutes="{n} دقيقة",
        date="{day} {month} {year}",
        months=_months("يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"),
        comma="، ",
    ),
    "he": Words(
        contents="תוכן העניינים",
        notes="הערות",
        cover="כריכה",
        title_page="עמוד השער",
        start="התחלה",
        by="מאת {names}",
        last_and=" ו",
        source="מקור",
        minutes="{n} דקות",
        date="{day} ב{month} {year}",
        months=_months("ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר"),
    ),
    "ja": Words(
        contents="目次",
        notes="注",
        cover="表紙",
        title_page="扉",
        start="本文",
        by="{names}",
        last_and="、",
        source="出典",
        minutes="{n}分",
        date="{year}年{month}{day}日",
        months=tuple(f"{month}月" for month in range(1, 13)),
        comma="、",
    ),
    "zh": Words(
        contents="目录",
        notes="注释",
        cover="封面",
        title_page="书名页",
        start="正文",
        by="{names}",
        last_and="、",
        source="来源",
        minutes="{n} 分钟",
        date="{year}年{month}{day}日",
        months=tuple(f"{month}月" for month in range(1, 13)),
        comma="、",
    ),
}
