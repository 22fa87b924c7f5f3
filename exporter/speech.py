"""Script -> Recording: every utterance is spoken once, by workers, into the cache; the timeline says when it sounds."""

from __future__ import annotations

import atexit
import functools
from bisect import bisect_right
from operator import itemgetter
from typing import Any

import msgspec

from exporter import clip_cache, progress
from exporter.audio_input import resample_pcm
from exporter.cache import Cache, make_key
from exporter.concurrency import count_processors
from exporter.config import CacheSettings, Config
from exporter.engines import UNKNOWN_NAME, Speech, Utterance, Voice
from exporter.engines.engine_pool import Pool
from exporter.errors import SpeechError, UsageError
from exporter.recording import Clip, Mark, Recording, Segment, Silence, Sound, TimedWord, choose_sample_rate
from exporter.registry import load
from exporter.script import Chapter, Pause, Say, Script

UNDETERMINED_LANGUAGE, FALLBACK_LANGUAGE = "und", "en"
"""The language of a text that is too short to tell it, and how it is spoken then."""

QUOTE_PITCH_RISE = 8
"""How much higher a quotation is spoken that has no voice of its own (of 100)."""

_GAP_SECONDS = 1.0  # seconds of silence where an utterance could not be spoken
_SILENT_RATE_HERTZ = 22_050  # hertz of a recording in which nothing is said


def speak(script: Script, config: Config) -> Recording:
    """Speak a script. Raises `SpeechError`; with `config.keep_going`, what cannot be spoken becomes a marked gap."""
    says = [cue for cue in script.cues if isinstance(cue, Say)]
    wanted = [make_utterance(say, script, config) for say in says]
    recording = _build_timeline(script, _cache_utterances(wanted, config))
    return msgspec.structs.replace(recording, narrators=tuple(dict.fromkeys(map(_name_narrator, wanted))))


def make_utterance(say: Say, script: Script, config: Config) -> Utterance:
    """Decide who says it and how: the voice the script names, the quotations' voice, the language's, the narrator's."""
    settings = config.speech
    own_language = FALLBACK_LANGUAGE if script.language == UNDETERMINED_LANGUAGE else script.language
    language = say.language or own_language
    foreign = language.partition("-")[0].lower() != own_language.partition("-")[0].lower()
    quoted = say.role == "quote" and config.narration.quotes == "voice" and not say.voice
    own = settings.quote_voice if quoted else ""
    higher = QUOTE_PITCH_RISE if quoted and not own else 0
    return Utterance(
        text=say.spoken.strip(),
        language=f"{language},{own_language}" if foreign else language,
        voice=say.voice or ("" if foreign else own or settings.voice),
        rate=settings.rate,
        pitch=min(100, settings.pitch + higher),
        volume=settings.volume,
    )


def voices(config: Config) -> tuple[Voice, ...]:
    """Every voice of the engine in the settings; raises `SpeechError` where it cannot be asked."""
    return _find_pool(config).voices()


def start_worker(config: Config) -> None:
    """Start a worker ahead of the work, where speaking is certain to follow: it loads its engine meanwhile."""
    _find_pool(config).warm(1)


class _CachedUtterance(msgspec.Struct, frozen=True):
    """An utterance that lies in the cache under `key`; without a key it could not be spoken, and is a gap."""

    key: str
    clip: clip_cache.ClipFacts


def _name_narrator(wanted: Utterance) -> str:
    """Name a voice so that no listener takes it for a person's; one that the engine chooses, by its language."""
    return f"synthetic voice ({wanted.voice or wanted.language.partition(',')[0]})"


def _cache_utterances(wanted: list[Utterance], config: Config) -> list[_CachedUtterance]:
    """Have everything in the cache that is said, and say where."""
    cache = Cache(config.cache)
    identity = load("engines", config.speech.engine)(collect_options(config)).identity
    keys = [clip_cache.make_clip_key(identity, one) for one in wanted]
    found = {name: clip for name in dict.fromkeys(keys) if (clip := clip_cache.find_clip(cache, name))}
    missing = {name: one for name, one in zip(keys, wanted, strict=True) if name not in found}
    if missing:
        _trim_cache_once(config.cache)
        found |= _speak_missing(missing, cache, config)
    rate = next((choose_sample_rate(clip.rate) for clip in found.values() if clip.samples), _SILENT_RATE_HERTZ)
    return [
        _resample_clip(rate, name, found[name], cache) if name in found else _CachedUtterance("", _EMPTY_CLIP)
        for name in keys
    ]


def _resample_clip(rate: int, name: str, clip: clip_cache.ClipFacts, cache: Cache) -> _CachedUtterance:
    """Take a clip to the rate of the recording: voices of one engine may differ in theirs, and a program's be any."""
    if clip.rate == rate or not clip.samples:
        return _CachedUtterance(name, clip)
    other = make_key(name.encode(), str(rate).encode())
    known = clip_cache.find_clip(cache, other)
    if known is None:
        pcm = resample_pcm(clip_cache.read_pcm(cache, name) or b"", clip.rate, rate)
        words = tuple(word._replace(begin=word.begin * rate // clip.rate) for word in clip.words)
        known = clip_cache.store_clip(cache, other, Speech(pcm, rate, words))
    return _CachedUtterance(other, known)


_EMPTY_CLIP = clip_cache.ClipFacts(_SILENT_RATE_HERTZ, 0, ())


@functools.cache
def _trim_cache_once(settings: CacheSettings) -> None:
    """Make room in the cache, once in a process: in a batch every article would look through all of it."""
    Cache(settings).trim()


def _speak_missing(missing: dict[str, Utterance], cache: Cache, config: Config) -> dict[str, clip_cache.ClipFacts]:
    # One of each voice comes first: a voice that nobody has is told before the long work.
    first = {(one.voice, one.language): name for name, one in reversed(missing.items())}.values()
    names = sorted(missing, key=lambda name: name not in first)
    found: dict[str, clip_cache.ClipFacts] = {}

    def answered(index: int, answer: Speech | SpeechError) -> None:
        if isinstance(answer, Speech):
            found[names[index]] = clip_cache.store_clip(cache, names[index], answer)
        elif answer.cause.startswith(UNKNOWN_NAME):  # a voice that nobody has is wrong usage, and leaves no gap
            raise UsageError(answer.problem, answer.subject, answer.cause, answer.remedy)
        elif not config.keep_going:
            raise answer
        progress.advance("speaking", len(found), len(names))

    _find_pool(config).speak([missing[name] for name in names], answered)
    return found


def _build_timeline(script: Script, spoken: list[_CachedUtterance]) -> Recording:
    """Lay the clips and the pauses one after the other."""
    rate = next((one.clip.rate for one in spoken if one.clip.samples), _SILENT_RATE_HERTZ)
    line = _TimelineBuilder(rate)
    clips_in_turn = iter(spoken)
    for cue in script.cues:
        match cue:
            case Say():
                line.say(cue, next(clips_in_turn))
            case Pause():
                line.rest(round(cue.seconds * rate))
            case Chapter():
                line.chapters.append((line.position if line.segments else 0, cue))
    return Recording(
        rate,
        tuple(line.sounds),
        tuple(line.segments),
        line.marks(),
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
        self.chapters: list[tuple[int, Chapter]] = []
        self._rate = rate

    def say(self, cue: Say, spoken: _CachedUtterance) -> None:
        begin = self.position
        if spoken.key:
            self.sounds.append(Clip(spoken.key, spoken.clip.samples))
            self.position += spoken.clip.samples
        else:
            self.rest(round(_GAP_SECONDS * self._rate))
        words = time_words(cue, spoken.clip, begin) if spoken.key else ()
        self.segments.append(
            Segment(cue.anchor, cue.role, begin, self.position, cue.written, cue.spoken, words, lost=not spoken.key)
        )

    def rest(self, samples: int) -> None:
        if samples and self.sounds and isinstance(self.sounds[-1], Silence):
            self.sounds[-1] = Silence(self.sounds[-1].samples + samples)
        elif samples:
            self.sounds.append(Silence(samples))
        self.position += samples

    def marks(self) -> tuple[Mark, ...]:
        ends = [*(begin for begin, _ in self.chapters[1:]), self.position]
        return tuple(
            Mark(chapter.title, chapter.anchor, begin, end, chapter.level)
            for (begin, chapter), end in zip(self.chapters, ends, strict=False)
        )


def time_words(say: Say, clip: clip_cache.ClipFacts, begin: int) -> tuple[TimedWord, ...]:
    """Give each spoken word its place on the timeline; `begin` is the clip's own.

    The engine tells when the word at a place in the text begins. A word it tells nothing of (it may run two together)
    takes its share, by characters, of the time between its neighbours.
    """
    places = _find_word_spans(say)
    lead = len(say.spoken) - len(say.spoken.lstrip())  # the engine is given the text stripped
    told = {word.start + lead: word.begin for word in reversed(clip.words)}
    starts = sorted(told)
    points = [(0, 0), *((start, told[start]) for start in starts), (len(say.spoken), clip.samples)]
    begins: list[int] = []
    for start, end in places:
        exact = next((told[at] for at in range(start, max(end, start + 1)) if at in told), None)
        at = _interpolate_sample(points, start) if exact is None else exact
        begins.append(min(clip.samples, max(at, begins[-1] if begins else 0)))
    ends = [*begins[1:], clip.samples]
    return tuple(
        TimedWord(word.text, begin + first, begin + last, word.start, word.end)
        for word, first, last in zip(say.words, begins, ends, strict=False)
    )


def _find_word_spans(say: Say) -> list[tuple[int, int]]:
    """Where each word of the script stands in the spoken text."""
    found, cursor = [], 0
    for word in say.words:
        place = say.spoken.find(word.text, cursor)
        start = cursor if place < 0 else place
        cursor = start if place < 0 else place + len(word.text)
        found.append((start, cursor))
    return found


def _interpolate_sample(points: list[tuple[int, int]], place: int) -> int:
    """Interpolate: the sample at a place in the text, from the nearest places whose samples are known."""
    after = min(bisect_right(points, place, key=itemgetter(0)), len(points) - 1)
    (first, begin), (last, end) = points[max(0, after - 1)], points[after]
    return begin + (end - begin) * (place - first) // (last - first) if last > first else begin


def _find_pool(config: Config) -> Pool:
    """The process's workers for these settings."""
    speech = config.speech
    told = msgspec.msgpack.encode(collect_options(config))
    return _make_pool(speech.engine, config.jobs or count_processors(), speech.patience, told)


@functools.cache
def _make_pool(name: str, size: int, patience: float, told: bytes) -> Pool:
    """Workers of an engine that is `told` its options (in MessagePack): the next article finds them running."""
    engine = load("engines", name)
    pool = Pool(f"{engine.__module__}:{engine.__qualname__}", msgspec.msgpack.decode(told), patience, size)
    atexit.register(pool.close)
    return pool


def collect_options(config: Config) -> dict[str, Any]:
    """What the engine of the settings is told."""
    name = config.speech.engine
    return msgspec.structs.asdict(config.speech) | config.plugin.get(name, {})
