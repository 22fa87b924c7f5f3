"""Fit the numbers of `exporter.narration.timing` again.

    python -m tests.training.fit_timing [FOLDER...]

Articles are those of `examples/` and of the folders (.html, .md and .txt files). The system engine speaks their scripts
at 170 words a minute; least squares over the English utterances give the seconds of a letter, a syllable, a spelled
letter, a mark and an utterance, and the ratio of the sums gives the factor of each other language. It also prints how
far the estimate of an English article's speech is from what the engine takes, by the numbers fitted now and by those of
the program, at 130, 170 and 220 words a minute.

With eSpeak NG 1.52 and 60 English news pages, other ones than those behind the program's numbers, both are off by 1 to
2 % on average and by 7 % at most; the factors came out as 0.975 (19 German pages), 0.843 (2 French), 1.005 (4 Spanish).
"""

from __future__ import annotations

import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from msgspec.structs import astuple

from exporter.config import CacheSettings, Config, InputSettings, SpeechSettings
from exporter.document import Document
from exporter.errors import ExporterError
from exporter.narration import narrate
from exporter.narration.timing import FITTED_WORDS_PER_MINUTE, SpeechLength, estimate_speech_seconds, measure_length
from exporter.readers import read
from exporter.script import Say, Script
from exporter.sentences import cut_sentences
from exporter.speech import speak

EXAMPLES = Path(__file__).parents[2] / "examples"
SUFFIXES = {".html", ".md", ".txt"}
CHECKED_RATES = (130, FITTED_WORDS_PER_MINUTE, 220)


class SpokenArticle(NamedTuple):
    """An article that was spoken at one rate: its utterances, and the seconds that each took."""

    language: str
    says: list[Say]
    seconds: list[float]


def find_scripts(folders: Iterable[Path]) -> Iterator[Script]:
    """Yield the script of each article in folders; files that no reader takes are left out."""
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES):
            try:
                article = read(Document(path.name, path.read_bytes()), InputSettings(language="")).article
                yield narrate(cut_sentences(article), Config())[0]
            except ExporterError as error:
                print(f"left out: {path}: {error}", file=sys.stderr)


def speak_script(script: Script, rate: int, cache: str) -> SpokenArticle:
    """Speak a script and return its utterances in the article's own language."""
    speech = SpeechSettings(engine="system", rate=rate)
    recording = speak(script, Config(speech=speech, cache=CacheSettings(folder=cache)))
    says = [cue for cue in script.cues if isinstance(cue, Say)]
    pairs = [
        (say, recording.seconds(segment.end - segment.begin))
        for say, segment in zip(says, recording.segments, strict=True)
        if not say.language
    ]
    return SpokenArticle(script.language.partition("-")[0], [say for say, _ in pairs], [took for _, took in pairs])


def fit(articles: Iterable[SpokenArticle]) -> SpeechLength:
    """Return the seconds that one of each count takes: least squares over all utterances."""
    counts = [astuple(measure_length(say.spoken)) for article in articles for say in article.says]
    seconds = [took for article in articles for took in article.seconds]
    return SpeechLength(*np.linalg.lstsq(np.array(counts, float), np.array(seconds), rcond=None)[0].tolist())


def estimate(article: SpokenArticle, fitted: SpeechLength, rate: int) -> float:
    """Return the seconds of an article's speech at a rate, by fitted numbers."""
    counts = np.array([astuple(measure_length(say.spoken)) for say in article.says], float)
    return float((counts @ np.array(astuple(fitted))).sum()) * FITTED_WORDS_PER_MINUTE / rate


def sum_seconds(article: SpokenArticle) -> float:
    """Return the seconds of an article's speech."""
    return sum(article.seconds)


def describe_errors(estimated: list[float], taken: list[float]) -> str:
    """Return the mean and the largest relative error of estimates."""
    errors = [abs(one - other) / other for one, other in zip(estimated, taken, strict=True)]
    return f"mean {np.mean(errors):.1%}, largest {max(errors):.1%}"


def main(folders: list[str]) -> None:
    """Print the fitted numbers and how close they come."""
    with tempfile.TemporaryDirectory() as cache:
        scripts = [script for script in find_scripts([EXAMPLES, *map(Path, folders)]) if script.words]
        spoken: dict[str, list[SpokenArticle]] = defaultdict(list)
        for script in scripts:
            article = speak_script(script, FITTED_WORDS_PER_MINUTE, cache)
            spoken[article.language].append(article)
        fitted = fit(spoken["en"])
        print(
            f"{len(spoken['en'])} English articles, {sum(len(one.says) for one in spoken['en'])} utterances: {fitted}"
        )
        for language, articles in sorted(spoken.items()):
            total = sum(map(sum_seconds, articles))
            factor = total / sum(estimate(one, fitted, FITTED_WORDS_PER_MINUTE) for one in articles)
            print(f"{language}: {len(articles)} articles, factor {factor:.3f}")
        for rate in CHECKED_RATES:
            articles = [speak_script(script, rate, cache) for script in scripts if script.language.startswith("en")]
            taken = list(map(sum_seconds, articles))
            now = [estimate(article, fitted, rate) for article in articles]
            program = [sum(estimate_speech_seconds(say, rate, "en") for say in article.says) for article in articles]
            print(f"{rate} words a minute: fitted now {describe_errors(now, taken)}")
            print(f"{rate} words a minute: the program's {describe_errors(program, taken)}")


if __name__ == "__main__":
    main(sys.argv[1:])
