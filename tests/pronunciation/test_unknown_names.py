"""Names that engines do not know: by CMUdict, then by the spelling of the language that their letters show."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import exporter.engines
from exporter.engines import PhonemeSpan, Utterance
from exporter.engines.alphabets import write_phonemes
from exporter.engines.natural_model import NaturalModel
from exporter.engines.natural_voices import choose_natural_voice
from exporter.engines.system import SystemEngine
from exporter.engines.unknown_names import find_in_cmudict, find_names, read_foreign_name, read_unknown_word

NAMES = {
    # One or two of each language, as newsreaders say them; none is in CMUdict.
    "pinyin": [("Quanzhou", "tʃwandʒˈoʊ"), ("Youxia", "joʊʃjˈa")],
    "korean": [("Cheongju", "tʃˈʌŋdʒu")],
    "japanese": [("Tachibana", "tɑtʃibˈɑnə"), ("Hamaguchi", "hɑməɡˈutʃi")],
    "polish": [("Grabowska", "ɡɹəbˈɔfskə"), ("Ciechanowski", "tʃɛkənˈɔfski")],
    "hungarian": [("Nagykanizsa", "nˈɑdʒkənɪʒə")],
    "turkish": [("Karahanoglu", "kɑɹəhˈɑnoʊlu")],
    "southslavic": [("Stojanovic", "stɔɪˈɑnəvɪtʃ")],
    "czech": [("Hradecky", "hɹˈɑdɛtski")],
    "eastslavic": [("Shevchuk", "ʃɛvtʃˈuk"), ("Zhukova", "ʒukˈoʊvə")],
    "greek": [("Theodorakis", "θɛoʊdɔɹˈɑkɪs")],
    "portuguese": [("Magalhaes", "mɑɡəljˈaɪnʃ")],
    "nordic": [("Skjelbred", "ʃˈɛlbɹɛd"), ("Gudmundsson", "ɡˈʊdmʊndsən")],
    "spanish": [("Xochimilco", "soʊtʃimˈɪlkoʊ")],
    "italian": [("Gnocchetti", "njɔkˈɛti"), ("Marchettini", "mɑɹkətˈini")],
    "french": [("Gauthereau", "ɡoʊtəɹˈoʊ")],
    "dutch": [("Dijksma", "dˈaɪksmə")],
    "german": [("Leutheusser", "lˈɔɪtɔɪsɚ")],
    "indian": [("Bhattacharya", "bɑtətʃˈɑɹjə")],
    "arabic": [("Mahmoudi", "məmˈudi")],
    "african": [("Tshabalala", "tʃɑbəlˈɑlə"), ("Ogunleye", "oʊɡunlˈeɪjeɪ")],
}
ORIGINS = tomllib.loads((Path(exporter.engines.__file__).parent / "data" / "name_origins.toml").read_text("utf-8"))


@pytest.mark.parametrize(("name", "ipa"), [pair for pairs in NAMES.values() for pair in pairs])
def test_a_name_is_read_by_the_spelling_of_its_language(name: str, ipa: str) -> None:
    assert not find_in_cmudict(name.lower())
    assert read_unknown_word(name) == ipa


def test_each_language_has_an_example() -> None:
    assert list(NAMES) == [origin for origin in ORIGINS if origin != "base"]


@pytest.mark.parametrize("origin", [origin for origin in ORIGINS if origin != "base"])
def test_the_sounds_of_a_language_are_english(origin: str) -> None:
    sounds = [pair.rpartition("=")[2] for pair in ORIGINS[origin]["letters"].split()]
    assert all(bool(write_phonemes(sound, "misaki")) == bool(sound) for sound in sounds)


def test_the_dictionary_comes_first_and_a_possessive_has_its_ending() -> None:
    assert read_unknown_word("Marchetti") == "mɑɹkˈɛti"
    assert read_unknown_word("Marchetti's") == "mɑɹkˈɛtiz"
    assert read_unknown_word("Tachibana’s") == "tɑtʃibˈɑnəz"
    assert read_unknown_word("Muñoz") == read_unknown_word("Munoz") != ""


@pytest.mark.parametrize("word", ["grabowska", "GRABOWSKA", "Rebranded", "Kubeflow", "A", "", "É", "Ab" * 40])
def test_what_shows_no_language_is_left_to_the_engine(word: str) -> None:
    assert read_foreign_name(word) == ""


def test_names_in_a_text_are_those_with_a_capital() -> None:
    text = "Then Grabowska's friends met the magnate Ogunleye."
    assert [text[span.start : span.end] for span in find_names(text)] == ["Then", "Grabowska's", "Ogunleye"]


def test_the_natural_voice_asks_the_dictionary_before_its_model_of_spelling() -> None:
    voice = choose_natural_voice("", "en")
    assert voice is not None
    read = NaturalModel(voice).g2p.oov
    assert read("Marchetti") == "mɑɹkˈɛti"
    assert read("Grabowska") == "ɡɹəbˈɔfskə"
    assert read("Kubeflow") != ""


def test_the_system_voice_says_a_name_as_the_table_has_it() -> None:
    engine = SystemEngine({})
    engine.start()
    text = "they met Ogunleye there."
    found = engine.speak(Utterance(text, "en-US"))
    given = engine.speak(Utterance(text, "en-US", phonemes=(PhonemeSpan(9, 17, "oʊɡunlˈeɪjeɪ"),)))
    other = engine.speak(Utterance(text, "en-US", phonemes=(PhonemeSpan(9, 17, "oʊɡʌnlˈaɪ"),)))
    assert found == given != other
