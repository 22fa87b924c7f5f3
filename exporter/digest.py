"""Digests: what was added to an output folder since the last time becomes one edition, a work of the folder itself.

Its articles are read again: from what the exporter `article` wrote beside them, else from their sources.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

import msgspec

from exporter.config import Config
from exporter.document import Document
from exporter.edition import Edition, Work, load_lexicon
from exporter.errors import Notice, SourceError, UsageError
from exporter.exporters.article_file import SUFFIX
from exporter.manifest.manifest import Manifest
from exporter.manifest.manifest_entries import make_entry
from exporter.narration.digest_framing import frame_scripts
from exporter.output import make_stem, sweep_temporary_files
from exporter.output_folder.source_labels import is_source_gone, label_document
from exporter.pipeline import BuildRequest, Outcome, export_edition, make_failure, prepare_engine, read_work
from exporter.publishing.shelf import ShelvedWork, open_shelf, read_state, write_state
from exporter.sources import open_documents
from exporter.ui_strings import spell_date

SINCE_LAST = "last"

_FRAME_SECONDS = 15.0
"""Seconds of the words around an article, for `--limit`; chosen: two lines of about 20 words, and their pauses."""

_EARLIEST = datetime.fromtimestamp(0, UTC)


class DigestPlan(msgspec.Struct, frozen=True):
    """What goes into a digest: the `works` that are new since a moment, oldest first, and its `title`.

    `until` is when the newest was added, also of those that a limit left out. `since` is None where there was no digest
    before. `notices` say what was left out.
    """

    folder: Path
    since: datetime | None
    until: datetime | None
    works: tuple[ShelvedWork, ...]
    title: str
    notices: tuple[Notice, ...] = ()


def plan_digest(folder: Path, config: Config, since: str = SINCE_LAST, limit: int = 0) -> DigestPlan:
    """Choose the articles that were added since the last digest, with those that it missed, or since a date (ISO 8601).

    `limit` is in minutes, 0 for none. Raises `UsageError` for a wrong date, `SourceError` for a folder that no batch
    has filled.
    """
    moment = _parse_since(since, folder)
    start = moment or _EARLIEST
    shelf = open_shelf(folder)
    missed = read_state(folder).missed if since == SINCE_LAST else ()
    articles = (work for work in shelf.works if work.kind == "article")
    new = [work for work in articles if work.added > start or work.id in missed]
    chosen = _choose_newest(new, limit * 60.0, config.speech.rate) if limit else new
    kept = {work.id for work in chosen}
    left_out = [work for work in new if work.id not in kept]
    notices = (Notice(work.facts.title, "left out: it does not fit into the limit") for work in reversed(left_out))
    until = new[0].added if new else None
    title = _make_title(config, until, chosen)
    return DigestPlan(folder, moment, until, tuple(reversed(chosen)), title, (*shelf.notices, *notices))


def make_digest(plan: DigestPlan, request: BuildRequest) -> Outcome:
    """Write a digest into its folder; once all its files are whole, the next one begins where it ends.

    An article that cannot be read is left out, with a notice, and tried once more for the next digest: its page may not
    have answered.
    """
    config = msgspec.structs.replace(
        request.config, book=msgspec.structs.replace(request.config.book, title=plan.title)
    )
    request = msgspec.structs.replace(request, config=config, folder=str(plan.folder), has_manifest=True)
    sweep_temporary_files(plan.folder)
    try:
        prepare_engine(request.exporters, config)
        works, lost = _read_works(plan, request)
        notices = [Notice(work.facts.title, f"left out: {problem.cause}") for work, problem in lost]
        works = _frame_works(plan.title, works, config)
        key = blake2b("".join(work.id for work in plan.works).encode(), digest_size=16).hexdigest()
        manifest = Manifest(request)
        label = f"digest:{key}"
        stem = manifest.claim(label, make_stem(plan.title))
    except Exception as error:  # noqa: BLE001  an error is a value here, as in the pipeline
        return Outcome(plan.title, error=make_failure("making a digest", plan.title, error))
    outcome = export_edition(Edition(works, config), request, stem, plan.title)
    facts = outcome.facts and msgspec.structs.replace(
        outcome.facts, description="; ".join(work.article.metadata.title for work in works)
    )
    outcome = msgspec.structs.replace(outcome, facts=facts, notices=(*notices, *outcome.notices))
    if not outcome.error:
        settings = manifest.settings
        manifest.add([make_entry(plan.folder, outcome, label=label, key=key, stem=stem, settings=settings)])
        _remember(plan, [work.id for work, _ in lost])
    return outcome


def estimate_seconds(work: ShelvedWork, rate: int) -> float:
    """Estimate how long a work takes in a digest, by its episode or by its words; `rate` is in words a minute."""
    return (work.facts.seconds or work.facts.words * 60 / rate) + _FRAME_SECONDS


def _parse_since(since: str, folder: Path) -> datetime | None:
    """Return the moment since which articles are new; None where there was no digest before."""
    text = read_state(folder).last_digest if since == SINCE_LAST else since
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        cause = "BadValue: it is neither a date nor 'last'"
        raise UsageError("command line", f"--since {since}", cause, "Write it as 2024-05-01.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _choose_newest(newest_first: Iterable[ShelvedWork], seconds: float, rate: int) -> list[ShelvedWork]:
    """Choose as many of the newest as fit; one that does not is passed over."""
    chosen = []
    for work in newest_first:
        needed = estimate_seconds(work, rate)
        if needed <= seconds:
            chosen.append(work)
            seconds -= needed
    return chosen


def _make_title(config: Config, until: datetime | None, works: list[ShelvedWork]) -> str:
    """Return the title of the settings, else the day on which the newest article was added, in its language."""
    if until is None:
        return config.book.title
    language = works[-1].facts.language if works else "en"
    day = spell_date(until.year, until.month, until.day, language) or until.date().isoformat()
    title = config.book.title or "{date}"
    return title.replace("{date}", day).replace("{week}", str(until.isocalendar().week))


def _read_works(plan: DigestPlan, request: BuildRequest) -> tuple[list[Work], list[tuple[ShelvedWork, SourceError]]]:
    """Read the articles; returns those that cannot be read too. Raises the last error if that is every one."""
    works: list[Work] = []
    lost: list[tuple[ShelvedWork, SourceError]] = []
    for work in plan.works:
        try:
            document = _open_article(work, plan.folder, request.config)
            works.append(read_work(document, request.config, request.exporters))
        except SourceError as problem:
            lost.append((work, problem))
    if lost and not works:
        _give_up_missed(plan.folder)
        raise lost[-1][1]
    return works, lost


def _open_article(work: ShelvedWork, folder: Path, config: Config) -> Document:
    """Open what the exporter `article` wrote of a work, else its source; raises `SourceError`."""
    settings = msgspec.structs.replace(config.input, since="", limit=0, unread=False, tags=())  # it was chosen before
    saved = work.files.get(SUFFIX)
    name = str(folder / saved.name) if saved else _locate_source(work.label, folder)
    problem: SourceError | None = None
    for found in open_documents([name], settings, cache=config.cache) if name else ():
        if isinstance(found, SourceError):
            problem = found
        elif saved or label_document(found, folder) == work.label:
            return found
    remedy = "Make it again, or add article to what the batch makes: then its source is not needed."
    raise problem or SourceError("reading", work.facts.title, "NotFound: its source is gone", remedy)


def _locate_source(label: str, folder: Path) -> str:
    """Return the name to open for a label: a URL, or a file, perhaps a container; empty if it is gone."""
    if "://" in label:
        return label
    if label.startswith("-") or is_source_gone(label, folder):
        return ""
    ends = [len(label), *(place for place in range(len(label) - 1, 0, -1) if label[place] == ":")]
    paths = (os.path.normpath(folder / label[:end]) for end in ends)
    return next((path for path in paths if Path(path).exists()), "")


def _frame_works(title: str, works: list[Work], config: Config) -> list[Work]:
    """Return works whose scripts name what comes next."""
    scripts = frame_scripts(title, [work.script for work in works], config, load_lexicon(config))
    return [
        Work(work.source_article, config, work.source_notices, script, work.account)
        for work, script in zip(works, scripts, strict=True)
    ]


def _remember(plan: DigestPlan, missed: Iterable[str]) -> None:
    """Note up to when articles are in a digest, never an earlier moment than before, and which it missed, once."""
    state = read_state(plan.folder)
    last = plan.until.strftime("%Y-%m-%dT%H:%M:%SZ") if plan.until else ""
    fresh = tuple(work for work in missed if work not in state.missed)
    write_state(plan.folder, msgspec.structs.replace(state, last_digest=max(last, state.last_digest), missed=fresh))


def _give_up_missed(folder: Path) -> None:
    """Forget what a digest missed: it was tried once more, and is not to fail every day."""
    if (state := read_state(folder)).missed:
        write_state(folder, msgspec.structs.replace(state, missed=()))
