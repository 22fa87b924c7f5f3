"""Script -> Recording: workers speak every utterance once, into the cache; the timeline holds when it is spoken."""

from __future__ import annotations

import atexit
import functools
import re
from bisect import bisect_right
from operator import itemgetter
from typing import Any

import msgspec

from exporter import clip_cache, progress
from exporter.audio_input import resample_pcm
from exporter.cache import Cache, make_key
from exporter.casting import cast_speaker
from exporter.concurrency import count_processors
from exporter.config import CacheSettings, Config
from exporter.engines import UNKNOWN_NAME, Speech, Utterance, Voice
from exporter.engines.engine_pool import Pool
from exporter.errors import SpeechError, UsageError
from exporter.lexicon import load_merged_lexicon
from exporter.plugins import Plugin
from exporter.pronunciation import find_pronunciations
from exporter.recording import Clip, Mark, Recording, Segment, Silence, Sound, TimedWord, choose_sample_rate
from exporter.registry import TABLE, load
from exporter.script import Chapter, Pause, Say, Script

UNDETERMINED_LANGUAGE = "und"
"""BCP 47 tag of a text that is too short to detect its language."""

FALLBACK_LANGUAGE = "en"
"""Language in which such a text is spoken."""

QUOTE_PITCH_RISE = 8
"""Added to the pitch (0 to 100) of a quotation when no voice is set for quotations.

With the natural voice the median of 8 news sentences rises from 190 to 203 Hz, 1.2 semitones; not judged by listeners.
"""

QUOTE_RATE_FACTOR = 0.96
"""Factor of the speaking rate of such a quotation, calmer than the narrator: 4.8 % longer, measured as above."""

_CASTING_ENGINES = ("auto", "natural")
"""The engines whose voices are given to speakers, where more than one is installed."""

_GAP_SECONDS = 1.0
"""Silence in place of an utterance that could not be spoken."""

_SILENT_RATE_HERTZ = 22_050
"""Sample rate of a recording without words: eSpeak NG's."""


def speak(script: Script, config: Config) -> Recording:
    """Speak a script.

    Raises `UsageError` for an unknown voice or language, `SpeechError` for an utterance that cannot be spoken; with
    `config.keep_going`, that utterance becomes a gap (`Segment.lost`).
    """
    utterances = _list_utterances(script, config)
    cached = _cache_utterances(utterances, config, progress.name_stage("speaking", script.title))
    narrators = [*map(_name_narrator, utterances, cached)]
    recording = _build_timeline(script, cached)
    segments = tuple(
        msgspec.structs.replace(segment, speaker=name)
        for segment, name in zip(recording.segments, narrators, strict=True)
    )
    return msgspec.structs.replace(recording, segments=segments, narrators=tuple(dict.fromkeys(narrators)))


def count_cached_clips(script: Script, config: Config) -> int:
    """Count the utterances of a script whose clips are in the cache; raises `SpeechError` if the engine is missing."""
    cache = Cache(config.cache)
    identity = identify_engine(config)
    names = (clip_cache.make_clip_key(identity, utterance) for utterance in _list_utterances(script, config))
    return sum(clip_cache.find_clip(cache, name) is not None for name in names)


def _list_utterances(script: Script, config: Config) -> list[Utterance]:
    return [make_utterance(cue, script, config) for cue in script.cues if isinstance(cue, Say)]


def make_utterance(say: Say, script: Script, config: Config) -> Utterance:
    """Choose voice, rate, pitch and volume.

    The voice is the one in the script, else that of quotations, else the narrator's; text in another language than the
    script's gets the best voice of its language.
    """
    settings = config.speech
    own_language = FALLBACK_LANGUAGE if script.language == UNDETERMINED_LANGUAGE else script.language
    language = say.language or own_language
    foreign = language.partition("-")[0].lower() != own_language.partition("-")[0].lower()
    quoted = say.role == "quote" and config.narration.quotes == "voice" and not say.voice
    quote_voice = settings.quote_voice if quoted else ""
    if quoted and not quote_voice and not foreign and settings.engine in _CASTING_ENGINES:
        quote_voice = cast_speaker(say.speaker or "", settings.voice, own_language)
    is_lifted = quoted and not quote_voice
    text = _dot_initialisms(say.spoken.strip())
    return Utterance(
        text=text,
        language=f"{language},{own_language}" if foreign else language,
        voice=say.voice or ("" if foreign else quote_voice or settings.voice),
        rate=round(settings.rate * QUOTE_RATE_FACTOR) if is_lifted else settings.rate,
        pitch=min(100, settings.pitch + QUOTE_PITCH_RISE) if is_lifted else settings.pitch,
        volume=settings.volume,
        phonemes=find_pronunciations(text, language, load_merged_lexicon(config.narration.lexicon)),
    )


# Two letters with an ending keep their hyphen: eSpeak NG reads "A.P's" as "A dot P's".
_INITIALISM = re.compile(r"(?<![\w-])[A-Z](?:(?:-[A-Z]){2,}|-[A-Z](?!['’]\w))(?!-?\w)")


def _dot_initialisms(text: str) -> str:
    """Write the letters of initialisms with dots, one character for one.

    Scripts have hyphens, as broadcast copy does; eSpeak NG, and the voices that take its phonemes, read the second
    letter of "U-A-E" as the article.
    """
    return _INITIALISM.sub(lambda match: match.group().replace("-", "."), text)


def voices(config: Config) -> tuple[Voice, ...]:
    """Return every voice of the engine in the settings; raises `SpeechError` when it cannot be asked."""
    return _find_pool(config).voices()


def speak_sample(text: str, voice: Voice, config: Config) -> Speech:
    """Return a text as a voice says it with these settings; raises `SpeechError`."""
    settings = config.speech
    utterance = Utterance(text, voice.language, voice.id, settings.rate, settings.pitch, settings.volume)
    answers: list[Speech | SpeechError] = []
    _find_pool(config).speak([utterance], lambda _, answer: answers.append(answer))
    if isinstance(answers[0], SpeechError):
        raise answers[0]
    return answers[0]


def start_worker(config: Config) -> None:
    """Start one worker process, if none runs, and return at once: it loads its engine while articles are read.

    For runs that are certain to speak: `speak` starts the workers that it needs by itself.
    """
    _find_pool(config).start_workers(1)


def identify_engine(config: Config) -> str:
    """Return the identity of the engine in the settings."""
    name = config.speech.engine

    def ask() -> str:
        identity: str = load("engines", name)(_collect_options(config)).identity
        return identity

    return ask() if name in TABLE["engines"] else str(Plugin("engines", name).run(ask))


class _CachedUtterance(msgspec.Struct, frozen=True):
    """An utterance whose clip is in the cache under `key`; an empty key marks one that could not be spoken."""

    key: str
    clip: clip_cache.ClipFacts


def _name_narrator(utterance: Utterance, cached: _CachedUtterance) -> str:
    """Name the voice that spoke, or the language if the engine does not say it; it is not a person's."""
    name = cached.clip.voice or utterance.voice or utterance.language.partition(",")[0]
    return f"synthetic voice ({name})"


def _cache_utterances(utterances: list[Utterance], config: Config, stage: str) -> list[_CachedUtterance]:
    """Speak the utterances that are not in the cache, as a stage of this name; returns the clip of each."""
    cache = Cache(config.cache)
    identity = identify_engine(config)
    keys = [clip_cache.make_clip_key(identity, utterance) for utterance in utterances]
    found = {name: clip for name in dict.fromkeys(keys) if (clip := clip_cache.find_clip(cache, name))}
    missing = {name: utterance for name, utterance in zip(keys, utterances, strict=True) if name not in found}
    if missing:
        _trim_cache_once(config.cache)
        found |= _speak_missing(missing, cache, config, stage)
    rate = max((choose_sample_rate(clip.rate) for clip in found.values() if clip.samples), default=_SILENT_RATE_HERTZ)
    return [
        _resample_clip(rate, name, found[name], cache) if name in found else _CachedUtterance("", _EMPTY_CLIP)
        for name in keys
    ]


def _resample_clip(rate: int, name: str, clip: clip_cache.ClipFacts, cache: Cache) -> _CachedUtterance:
    """Return a clip at the sample rate of the recording: an engine's voices may have different rates."""
    if clip.rate == rate or not clip.samples:
        return _CachedUtterance(name, clip)
    other = make_key(name.encode(), str(rate).encode())
    resampled = clip_cache.find_clip(cache, other)
    if resampled is None:
        pcm = resample_pcm(clip_cache.read_pcm(cache, name) or b"", clip.rate, rate)
        words = tuple(word._replace(begin=word.begin * rate // clip.rate) for word in clip.words)
        resampled = clip_cache.store_clip(cache, other, Speech(pcm, rate, words, clip.voice))
    return _CachedUtterance(other, resampled)


_EMPTY_CLIP = clip_cache.ClipFacts(_SILENT_RATE_HERTZ, 0, ())


@functools.cache
def _trim_cache_once(settings: CacheSettings) -> None:
    """Trim the cache, once in a process: in a batch each article would list all its entries again."""
    Cache(settings).trim()


def _speak_missing(
    missing: dict[str, Utterance], cache: Cache, config: Config, stage: str
) -> dict[str, clip_cache.ClipFacts]:
    # One utterance of each voice comes first, so that an unknown voice is reported before the long work.
    first = {(utterance.voice, utterance.language): name for name, utterance in reversed(missing.items())}.values()
    names = sorted(missing, key=lambda name: name not in first)
    found: dict[str, clip_cache.ClipFacts] = {}

    def answered(index: int, answer: Speech | SpeechError) -> None:
        if isinstance(answer, Speech):
            found[names[index]] = clip_cache.store_clip(cache, names[index], answer)
        elif answer.cause.startswith(UNKNOWN_NAME):  # an unknown voice is wrong usage, never a gap
            raise UsageError(answer.problem, answer.subject, answer.cause, answer.remedy)
        elif not config.keep_going:
            raise answer
        progress.advance(stage, len(found), len(names))

    _find_pool(config).speak([missing[name] for name in names], answered)
    return found


def _build_timeline(script: Script, spoken: list[_CachedUtterance]) -> Recording:
    """Put the clips and the pauses one after the other; `spoken` holds the clip of each `Say` in turn."""
    rate = next((cached.clip.rate for cached in spoken if cached.clip.samples), _SILENT_RATE_HERTZ)
    line = _TimelineBuilder(rate)
    clips = iter(spoken)
    for cue in script.cues:
        match cue:
            case Say():
                line.add_utterance(cue, next(clips))
            case Pause():
                line.add_pause(round(cue.seconds * rate))
            case Chapter():
                line.add_chapter(cue)
    return Recording(
        rate,
        tuple(line.sounds),
        tuple(line.segments),
        line.list_chapters(),
        script.title,
        script.language,
        script.metadata,
    )


class _TimelineBuilder:
    """The timeline as it grows; `position` is in samples."""

    def __init__(self, rate: int) -> None:
        self.position = 0
        self.sounds: list[Sound] = []
        self.segments: list[Segment] = []
        self._chapters: list[tuple[int, Chapter]] = []
        self._rate = rate

    def add_utterance(self, cue: Say, spoken: _CachedUtterance) -> None:
        begin = self.position
        if spoken.key:
            self.sounds.append(Clip(spoken.key, spoken.clip.samples))
            self.position += spoken.clip.samples
        else:
            self.add_pause(round(_GAP_SECONDS * self._rate))
        words = time_words(cue, spoken.clip, begin) if spoken.key else ()
        self.segments.append(
            Segment(cue.anchor, cue.role, begin, self.position, cue.written, cue.spoken, words, lost=not spoken.key)
        )

    def add_pause(self, samples: int) -> None:
        """Add silence; two pauses in a row become one."""
        if samples and self.sounds and isinstance(self.sounds[-1], Silence):
            self.sounds[-1] = Silence(self.sounds[-1].samples + samples)
        elif samples:
            self.sounds.append(Silence(samples))
        self.position += samples

    def add_chapter(self, chapter: Chapter) -> None:
        """Begin a chapter here, or at the start of the recording if nothing has been spoken yet."""
        self._chapters.append((self.position if self.segments else 0, chapter))

    def list_chapters(self) -> tuple[Mark, ...]:
        """Return the chapters; each ends where the next one begins."""
        ends = [*(begin for begin, _ in self._chapters[1:]), self.position]
        return tuple(
            Mark(chapter.title, chapter.anchor, begin, end, chapter.level)
            for (begin, chapter), end in zip(self._chapters, ends, strict=False)
        )


def time_words(say: Say, clip: clip_cache.ClipFacts, begin: int) -> tuple[TimedWord, ...]:
    """Return the spoken words with their times on the timeline, where the clip begins at sample `begin`.

    The engine gives a time for the words at some places of the text. A word without one (engines join short words) is
    interpolated, by characters, between its neighbours.
    """
    lead = len(say.spoken) - len(say.spoken.lstrip())  # the engine gets the text without it
    engine_times = {word.start + lead: word.begin for word in reversed(clip.words)}
    points = [(0, 0), *sorted(engine_times.items()), (len(say.spoken), clip.samples)]
    begins: list[int] = []
    for start, end in _find_word_spans(say):
        places = range(start, max(end, start + 1))
        exact = next((engine_times[place] for place in places if place in engine_times), None)
        sample = _interpolate_sample(points, start) if exact is None else exact
        begins.append(min(clip.samples, max(sample, begins[-1] if begins else 0)))
    ends = [*begins[1:], clip.samples]
    return tuple(
        TimedWord(word.text, begin + first, begin + last, word.start, word.end)
        for word, first, last in zip(say.words, begins, ends, strict=False)
    )


def _find_word_spans(say: Say) -> list[tuple[int, int]]:
    """Return the span of each word of the script in the spoken text."""
    found, cursor = [], 0
    for word in say.words:
        place = say.spoken.find(word.text, cursor)
        start = cursor if place < 0 else place
        cursor = start if place < 0 else place + len(word.text)
        found.append((start, cursor))
    return found


def _interpolate_sample(points: list[tuple[int, int]], place: int) -> int:
    """Return the sample at a place in the text, interpolated between the nearest (place, sample) points."""
    after = min(bisect_right(points, place, key=itemgetter(0)), len(points) - 1)
    (first, begin), (last, end) = points[max(0, after - 1)], points[after]
    return begin + (end - begin) * (place - first) // (last - first) if last > first else begin


def _find_pool(config: Config) -> Pool:
    """Return the worker pool of this process for the settings."""
    speech = config.speech
    options = msgspec.msgpack.encode(_collect_options(config))
    return _make_pool(speech.engine, config.jobs or count_processors(), speech.patience, options)


@functools.cache
def _make_pool(name: str, size: int, patience: float, options: bytes) -> Pool:
    """Make a pool, once for each engine and its options (in MessagePack): articles of a batch share its workers."""
    engine = load("engines", name)
    pool = Pool(f"{engine.__module__}:{engine.__qualname__}", msgspec.msgpack.decode(options), patience, size)
    atexit.register(pool.close)
    return pool


def _collect_options(config: Config) -> dict[str, Any]:
    """Return the options of the engine in the settings; an engine of another package has settings of its own."""
    name = config.speech.engine
    own = {} if name in TABLE["engines"] else config.plugin.get(name, {})
    return msgspec.structs.asdict(config.speech) | own
