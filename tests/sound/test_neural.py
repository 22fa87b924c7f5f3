"""Neural voices, with a model built by the test: it hums for a tenth of a second for each phoneme."""

from __future__ import annotations

from pathlib import Path

import espeakng_loader
import msgspec
import onnx
import pytest
from onnx import TensorProto, helper

from exporter.config import Config
from exporter.engines import Utterance, neural
from exporter.engines.neural import NeuralEngine
from exporter.errors import SpeechError, UsageError
from exporter.speech import speak, voices
from tests.sound.sound_builders import make_script

SYMBOLS = [*"_^$ abdefhijklmnopstuvwz.,!?", *"əɪʊˈɛɹɑːθðŋɔæʌʃ"]


def make_constant(name: str, kind: int, values: list[float], shape: list[int]) -> onnx.NodeProto:
    return helper.make_node("Constant", [], [name], value=helper.make_tensor(name, kind, shape, values))


def build_model(folder: Path) -> None:
    """Build a VITS model: the length of the input times 1,600 samples of a sine."""
    nodes = [
        make_constant("tenth", TensorProto.INT64, [1600], [1]),
        make_constant("scalar", TensorProto.INT64, [], [0]),
        make_constant("zero", TensorProto.INT64, [0], []),
        make_constant("one", TensorProto.INT64, [1], []),
        make_constant("pace", TensorProto.FLOAT, [0.2], []),
        make_constant("level", TensorProto.FLOAT, [0.3], []),
        make_constant("shape", TensorProto.INT64, [1, 1, -1], [3]),
        helper.make_node("Mul", ["input_lengths", "tenth"], ["lengths"]),
        helper.make_node("Reshape", ["lengths", "scalar"], ["length"]),
        helper.make_node("Range", ["zero", "length", "one"], ["at"]),
        helper.make_node("Cast", ["at"], ["place"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["place", "pace"], ["phase"]),
        helper.make_node("Sin", ["phase"], ["wave"]),
        helper.make_node("Mul", ["wave", "level"], ["soft"]),
        helper.make_node("Reshape", ["soft", "shape"], ["output"]),
    ]
    inputs = [
        helper.make_tensor_value_info("input", TensorProto.INT64, [1, "L"]),
        helper.make_tensor_value_info("input_lengths", TensorProto.INT64, [1]),
        helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
    ]
    output = helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, 1, "N"])
    model = helper.make_model(
        helper.make_graph(nodes, "hum", inputs, [output]), opset_imports=[helper.make_opsetid("", 13)], ir_version=8
    )
    facts = {"model_type": "vits", "comment": "piper", "language": "English", "voice": "en-us", "has_espeak": "1"}
    helper.set_model_props(model, facts | {"n_speakers": "1", "sample_rate": "16000"})
    folder.mkdir(parents=True)
    onnx.save(model, folder / "model.onnx")
    tokens = "".join(f"{symbol} {number}\n" for number, symbol in enumerate(SYMBOLS))
    (folder / "tokens.txt").write_text(tokens, encoding="utf-8")
    (folder / "espeak-ng-data").symlink_to(espeakng_loader.get_data_path())


@pytest.fixture
def models(tmp_path: Path) -> Path:
    build_model(tmp_path / "models" / "vits-piper-en_GB-hum-low")
    return tmp_path / "models"


def choose_models(config: Config, models: Path, voice: str = "") -> Config:
    speech = msgspec.structs.replace(config.speech, engine="neural", models=str(models), voice=voice)
    return msgspec.structs.replace(config, speech=speech, jobs=1)


def test_a_model_speaks(config: Config, models: Path) -> None:
    recording = speak(make_script(), choose_models(config, models))
    assert recording.rate == 16_000
    for segment in recording.segments:
        assert 0.05 * len(segment.spoken) < (segment.end - segment.begin) / 16_000 < 0.4 * len(segment.spoken)
        begins = [word.begin for word in segment.words]
        assert begins == sorted(set(begins))


def test_a_model_is_a_voice_of_its_language(config: Config, models: Path) -> None:
    found = voices(choose_models(config, models))
    assert [(voice.id, voice.language) for voice in found] == [("vits-piper-en_GB-hum-low", "en-gb")]


@pytest.mark.parametrize("voice", ["vits-piper-en_GB-hum-low", "vits-piper-en_GB-hum-low/0"])
def test_a_voice_is_chosen_by_its_folder(config: Config, models: Path, voice: str) -> None:
    assert speak(make_script(), choose_models(config, models, voice)).segments[0].end > 0


@pytest.mark.parametrize("voice", ["nobody", "vits-piper-en_GB-hum-low/7", "vits-piper-en_GB-hum-low/x"])
def test_an_unknown_voice_is_an_error(config: Config, models: Path, voice: str) -> None:
    with pytest.raises(UsageError, match="UnknownName"):
        speak(make_script(), choose_models(config, models, voice))


def test_a_folder_without_models_is_an_error(config: Config, tmp_path: Path) -> None:
    with pytest.raises(SpeechError, match=r"speech\.models"):
        speak(make_script(), choose_models(config, tmp_path))


def test_another_model_is_another_identity(models: Path) -> None:
    before = NeuralEngine({"models": str(models)}).identity
    build_model(models / "vits-piper-de_DE-brumm-low")
    assert NeuralEngine({"models": str(models)}).identity != before


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        (["a.onnx"], "vits"),
        (["model.onnx", "voices.bin"], "kokoro"),
        (["model-steps-3.onnx", "vocos-22khz-univ.onnx"], "matcha"),
    ],
)
def test_the_family_of_a_model_is_found_by_its_files(tmp_path: Path, files: list[str], kind: str) -> None:
    for name in (*files, "tokens.txt"):
        (tmp_path / name).touch()
    assert neural._find_model_family(tmp_path) == kind
    found = dict(neural._list_model_files(tmp_path))
    assert Path(found.get("model") or found["acoustic_model"]).name == files[0]
    assert kind != "matcha" or Path(found["vocoder"]).name == files[1]


def test_a_model_has_the_name_of_its_folder_however_the_path_is_given(
    models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(models / "vits-piper-en_GB-hum-low")
    assert [voice.id for voice in NeuralEngine({"models": "."}).voices()] == ["vits-piper-en_GB-hum-low"]


@pytest.mark.parametrize(
    ("language", "words"),
    [("de", "vits-piper-de_DE-thorsten-medium.tar.bz2 | tar xj"), ("ja", "sherpa-onnx/releases/tag/tts-models")],
)
def test_a_missing_model_names_one_and_the_line_that_fetches_it(tmp_path: Path, language: str, words: str) -> None:
    engine = NeuralEngine({"models": str(tmp_path)})
    with pytest.raises(SpeechError) as caught:
        engine.speak(Utterance("Guten Tag.", language=language))
    assert caught.value.cause.startswith("NoModel")
    assert words in caught.value.remedy
