"""Neural voices with sherpa-onnx: Piper (VITS), Matcha, Kokoro and Kitten models, from a folder that the user names.

The folder (`speech.models`) is a model's, as sherpa-onnx publishes them, or holds several. A voice is called by its
model's folder, and by the number of its speaker where it has many: ``kokoro-en-v0_19/3``. Needs ``exporter[neural]``.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from exporter.engines import UNKNOWN_NAME, Speech, Utterance, Voice
from exporter.engines.distributions import find_package_folder, find_version

_NOMINAL_WORDS_PER_MINUTE = 170
"""Words a minute of a model at speed 1, about."""

_LANGUAGE_TAG = re.compile(r"(?<![a-z])([a-z]{2})[_-]([A-Z]{2}|[a-z]{2})?(?![a-z])")


class NeuralEngine:
    """sherpa-onnx on this machine's processor."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._folder = Path(options["models"] or ".")
        self._loaded: dict[str, Any] = {}

    @property
    def identity(self) -> str:
        """The library, and the models by name and size."""
        models = ((path.name, model.stat().st_size) for path in self._models() for model in sorted(path.glob("*.onnx")))
        return f"neural/1 {find_version('sherpa_onnx')} {list(models)}"

    def start(self) -> None:
        """Nothing is loaded yet: which models are needed, the utterances say."""

    def voices(self) -> tuple[Voice, ...]:
        """Every speaker of every model; they are loaded to be counted. Raises `SpeechError`."""
        found = []
        for path in self._models():
            count = self._model(path).num_speakers
            names = [path.name] if count < 2 else [f"{path.name}/{number}" for number in range(count)]
            found += [Voice(name, name, _find_model_language(path)) for name in names]
        return tuple(sorted(found, key=lambda voice: (voice.language, voice.id)))

    def speak(self, utterance: Utterance) -> Speech:
        """Say it; raises `SpeechError` where there is no such voice, no model or no library."""
        path, speaker = self._voice(utterance)
        model = self._model(path)
        if not 0 <= speaker < max(1, model.num_speakers):
            raise _make_error(utterance.voice, f"{UNKNOWN_NAME}: the model has {model.num_speakers} speakers")
        sound = model.generate(utterance.text, sid=speaker, speed=utterance.rate / _NOMINAL_WORDS_PER_MINUTE)
        scale = 32_767 * utterance.volume
        samples = array("h", (round(scale * max(-1.0, min(1.0, sample))) for sample in sound.samples))
        return Speech(samples.tobytes(), sound.sample_rate)

    def _models(self) -> list[Path]:
        """The folders with a model in them."""
        folders = [self._folder, *sorted(path for path in self._folder.glob("*") if path.is_dir())]
        return [path for path in folders if (path / "tokens.txt").is_file() and any(path.glob("*.onnx"))]

    def _voice(self, utterance: Utterance) -> tuple[Path, int]:
        models = {path.resolve().name: path for path in self._models()}
        if not models:
            raise _make_error(str(self._folder), "NoModel: no folder with tokens.txt and a model (.onnx) in it")
        name, _, speaker = utterance.voice.partition("/")
        if name:
            if name not in models or not (speaker or "0").isdigit():
                raise _make_error(utterance.voice, f"{UNKNOWN_NAME}: there are {', '.join(models)}")
            return models[name], int(speaker or 0)
        for wanted in utterance.language.split(","):
            for path in models.values():
                if _find_model_language(path).partition("-")[0] == wanted.partition("-")[0].lower():
                    return path, 0
        raise _make_error(utterance.language, f"NoVoice: no model of that language; there are {', '.join(models)}")

    def _model(self, path: Path) -> Any:
        if path.name not in self._loaded:
            if find_package_folder("sherpa_onnx") is None:
                raise _make_error(
                    "sherpa-onnx", "NotInstalled: neural voices need it", "pip install 'exporter[neural]'"
                )
            import sherpa_onnx  # noqa: PLC0415  only a worker with this engine pays for it

            kind = f"OfflineTts{_find_model_family(path).title()}ModelConfig"
            parts = {_find_model_family(path): getattr(sherpa_onnx, kind)(**dict(_list_model_files(path)))}
            config = sherpa_onnx.OfflineTtsConfig(model=sherpa_onnx.OfflineTtsModelConfig(**parts, num_threads=1))
            if not config.validate():
                raise _make_error(str(path), "BadModel: some of its files are missing")
            self._loaded[path.name] = sherpa_onnx.OfflineTts(config)
        return self._loaded[path.name]


def _find_model_family(path: Path) -> str:
    """The family of a model, from its files."""
    if (path / "voices.bin").is_file():
        return "kitten" if "kitten" in path.resolve().name.lower() else "kokoro"
    return "matcha" if any(path.glob("model-steps-*.onnx")) else "vits"


def _list_model_files(path: Path) -> Iterator[tuple[str, str]]:
    """What sherpa-onnx wants to know of a model's files."""
    models = sorted(path.glob("*.onnx"))
    vocoders = [model for model in models if model.name.startswith(("vocos", "hifigan"))]
    main = next((model for model in models if model not in vocoders), models[0])
    kind = _find_model_family(path)
    yield ("acoustic_model" if kind == "matcha" else "model"), str(main)
    yield "tokens", str(path / "tokens.txt")
    if kind == "matcha":
        yield "vocoder", str(next(iter(vocoders), ""))
    if kind in ("kokoro", "kitten"):
        yield "voices", str(path / "voices.bin")
    if (path / "espeak-ng-data").is_dir():
        yield "data_dir", str(path / "espeak-ng-data")
    if (path / "lexicon.txt").is_file() and kind != "kitten":
        yield "lexicon", str(path / "lexicon.txt")


def _find_model_language(path: Path) -> str:
    """The language that the folder's name gives (vits-piper-en_GB-alan-low), or English."""
    found = _LANGUAGE_TAG.search(path.resolve().name)
    return "-".join(part.lower() for part in found.groups() if part) if found else "en"


def _make_error(subject: str, cause: str, remedy: str = "Name a folder of models with speech.models.") -> Exception:
    from exporter.errors import SpeechError  # noqa: PLC0415  a worker that speaks doesn't pay for it

    return SpeechError("speaking", subject, cause, remedy)
