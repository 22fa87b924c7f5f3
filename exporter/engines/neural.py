"""Neural voices with sherpa-onnx: Piper (VITS), Matcha, Kokoro and Kitten models from a folder that the user names.

The folder (`speech.models`) is that of one model, as sherpa-onnx publishes them, or holds several. The id of a voice is
the name of its model's folder, with the number of the speaker if the model has several: ``kokoro-en-v0_19/3``. Needs
``exporter[neural]``.

sherpa-onnx does not say when a word begins, so the times of words within an utterance are an estimate by their letters
(`exporter.speech.time_words`); only the beginning and the end of each utterance are exact.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from exporter.engines import UNKNOWN_NAME, Speech, Utterance, Voice
from exporter.engines.alphabets import write_phonemes
from exporter.engines.distributions import find_package_folder, find_version
from exporter.engines.engine_text import adapt_text

_NOMINAL_WORDS_PER_MINUTE = 170
"""Speaking rate that a model is assumed to have at speed 1: the default of `speech.rate`, not measured.

Models differ; how fast a voice really speaks is learned while it does (`exporter.speech_rate`).
"""

_MODEL_LIST = "https://github.com/k2-fsa/sherpa-onnx/releases/tag/tts-models"
_MODEL_ADDRESS = "https://github.com/k2-fsa/sherpa-onnx/releases/download/tts-models/"
_SUGGESTED_MODELS = {
    "en": "vits-piper-en_US-lessac-medium",
    "de": "vits-piper-de_DE-thorsten-medium",
    "es": "vits-piper-es_ES-davefx-medium",
    "fr": "vits-piper-fr_FR-siwis-medium",
    "it": "vits-piper-it_IT-paola-medium",
    "nl": "vits-piper-nl_NL-mls-medium",
    "pl": "vits-piper-pl_PL-gosia-medium",
    "pt": "vits-piper-pt_BR-faber-medium",
    "ru": "vits-piper-ru_RU-irina-medium",
    "uk": "vits-piper-uk_UA-ukrainian_tts-medium",
    "zh": "vits-piper-zh_CN-huayan-medium",
}
"""A model of medium size for each of these languages, as sherpa-onnx publishes them."""

_LANGUAGE_TAG = re.compile(r"(?<![a-z])([a-z]{2})[_-]([A-Z]{2}|[a-z]{2})?(?![a-z])")


class NeuralEngine:
    """sherpa-onnx on the processor of this machine."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._folder = Path(options["models"] or ".").resolve()
        self._models: dict[Path, Any] = {}

    @property
    def identity(self) -> str:
        """The version of the library, and each model by name and size."""
        files = (model for path in self._list_model_folders() for model in sorted(path.glob("*.onnx")))
        models = [(model.parent.name, model.stat().st_size) for model in files]
        return f"neural/2 sherpa-onnx {find_version('sherpa-onnx')} {models}"

    def start(self) -> None:
        """Do nothing: each model is loaded by the first utterance that needs it."""

    def voices(self) -> tuple[Voice, ...]:
        """Return every speaker of every model; loads all of them to count their speakers. Raises `SpeechError`."""
        found = []
        for path in self._list_model_folders():
            count = self._load_model(path).num_speakers
            names = [path.name] if count < 2 else [f"{path.name}/{number}" for number in range(count)]
            found += [Voice(name, name, _find_model_language(path)) for name in names]
        return tuple(sorted(found, key=lambda voice: (voice.language, voice.id)))

    def speak(self, utterance: Utterance) -> Speech:
        """Speak; raises `SpeechError` when the voice, a model or the library is missing."""
        path, speaker = self._choose_speaker(utterance)
        model = self._load_model(path)
        if not 0 <= speaker < max(1, model.num_speakers):
            raise _make_error(utterance.voice, f"{UNKNOWN_NAME}: the model has {model.num_speakers} speakers")
        text = adapt_text(utterance, lambda char: True, lambda ipa: write_phonemes(ipa, "respelling")).text  # noqa: ARG005
        sound = model.generate(text, sid=speaker, speed=utterance.rate / _NOMINAL_WORDS_PER_MINUTE)
        scale = 32_767 * utterance.volume
        samples = array("h", (round(scale * max(-1.0, min(1.0, sample))) for sample in sound.samples))
        return Speech(samples.tobytes(), sound.sample_rate)

    def _list_model_folders(self) -> list[Path]:
        """List the folders that hold a model, under the names that they have when links are followed."""
        folders = [self._folder, *sorted(path.resolve() for path in self._folder.glob("*") if path.is_dir())]
        return [path for path in folders if (path / "tokens.txt").is_file() and any(path.glob("*.onnx"))]

    def _choose_speaker(self, utterance: Utterance) -> tuple[Path, int]:
        """Return the model's folder and the speaker's number: those of the voice, or the first of the language."""
        models = {path.name: path for path in self._list_model_folders()}
        if not models:
            raise _make_error(
                str(self._folder),
                "NoModel: no folder with tokens.txt and a model (.onnx) in it",
                self._describe_fetching(utterance.language),
            )
        name, _, speaker = utterance.voice.partition("/")
        if name:
            if name not in models or not (speaker or "0").isdigit():
                raise _make_error(utterance.voice, f"{UNKNOWN_NAME}: the models are {', '.join(models)}")
            return models[name], int(speaker or 0)
        for tag in utterance.language.split(","):
            for path in models.values():
                if _find_model_language(path).partition("-")[0] == tag.partition("-")[0].lower():
                    return path, 0
        raise _make_error(
            utterance.language,
            f"NoVoice: no model of that language; the models are {', '.join(models)}",
            self._describe_fetching(utterance.language),
        )

    def _describe_fetching(self, language: str) -> str:
        """Return the line that fetches a model of a language, or of the nearest known one, into the folder."""
        tag = language.partition(",")[0].partition("-")[0].lower()
        name = _SUGGESTED_MODELS.get(tag)
        if name is None:
            return f"Choose a model of the language at {_MODEL_LIST}, and unpack it in a folder: speech.models."
        return (
            f"curl -L {_MODEL_ADDRESS}{name}.tar.bz2 | tar xj -C {self._folder}, and set speech.models to the folder."
        )

    def _load_model(self, path: Path) -> Any:
        if path not in self._models:
            if find_package_folder("sherpa_onnx") is None:
                raise _make_error(
                    "sherpa-onnx", "NotInstalled: neural voices need it", "pip install 'exporter[neural]'"
                )
            import sherpa_onnx  # noqa: PLC0415  30 ms, the parent process needs the engine's identity only

            family = _find_model_family(path)
            parts = getattr(sherpa_onnx, f"OfflineTts{family.title()}ModelConfig")(**dict(_list_model_files(path)))
            model = sherpa_onnx.OfflineTtsModelConfig(**{family: parts}, num_threads=1)
            config = sherpa_onnx.OfflineTtsConfig(model=model)
            if not config.validate():
                raise _make_error(str(path), "BadModel: some of its files are missing")
            self._models[path] = sherpa_onnx.OfflineTts(config)
        return self._models[path]


def _find_model_family(path: Path) -> str:
    """Return the family of a model (the part of sherpa-onnx's class names), which its files reveal."""
    if (path / "voices.bin").is_file():
        return "kitten" if "kitten" in path.name.lower() else "kokoro"
    return "matcha" if any(path.glob("model-steps-*.onnx")) else "vits"


def _list_model_files(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the files of a model, with the names that sherpa-onnx has for them."""
    models = sorted(path.glob("*.onnx"))
    vocoders = [model for model in models if model.name.startswith(("vocos", "hifigan"))]
    main = next((model for model in models if model not in vocoders), models[0])
    family = _find_model_family(path)
    yield ("acoustic_model" if family == "matcha" else "model"), str(main)
    yield "tokens", str(path / "tokens.txt")
    if family == "matcha":
        yield "vocoder", str(next(iter(vocoders), ""))
    if family in ("kokoro", "kitten"):
        yield "voices", str(path / "voices.bin")
    if (path / "espeak-ng-data").is_dir():
        yield "data_dir", str(path / "espeak-ng-data")
    if (path / "lexicon.txt").is_file() and family != "kitten":
        yield "lexicon", str(path / "lexicon.txt")


def _find_model_language(path: Path) -> str:
    """Return the language in the folder's name (en-gb for vits-piper-en_GB-alan-low); English if it has none."""
    found = _LANGUAGE_TAG.search(path.name)
    return "-".join(part.lower() for part in found.groups() if part) if found else "en"


def _make_error(subject: str, cause: str, remedy: str = "Name a folder of models with speech.models.") -> Exception:
    from exporter.errors import SpeechError  # noqa: PLC0415  15 ms, only a failure needs it

    return SpeechError("speaking", subject, cause, remedy)
