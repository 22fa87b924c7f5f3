"""The natural voice: what it says, that nothing is lost, its times, and that it never fetches anything unasked."""

from __future__ import annotations

import socket
import sys
import unicodedata
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporter.engines import PhonemeSpan, Speech, Utterance
from exporter.engines.auto import AutoEngine
from exporter.engines.distributions import find_version
from exporter.engines.engine_worker import trim_silence
from exporter.engines.natural import NaturalEngine, can_say
from exporter.engines.natural_voices import DISTRIBUTION, SUPPORTED_VERSION, list_installed, list_natural_voices
from exporter.errors import SpeechError


@pytest.fixture(scope="module")
def natural() -> NaturalEngine:
    engine = NaturalEngine({})
    engine.start()
    return engine


@cache
def start_auto() -> AutoEngine:
    engine = AutoEngine({})
    engine.start()
    return engine


@pytest.fixture(scope="module")
def auto() -> AutoEngine:
    return start_auto()


def seconds(speech: Speech) -> float:
    return len(trim_silence(speech).pcm) / 2 / speech.rate


def spoken_words(text: str, speech: Speech) -> list[str]:
    return [text[word.start : word.end] for word in speech.words]


def test_the_version_with_the_inner_durations_is_installed_and_in_the_identity(natural: NaturalEngine) -> None:
    assert find_version(DISTRIBUTION) == SUPPORTED_VERSION
    assert SUPPORTED_VERSION in natural.identity


def test_each_word_has_a_rising_time_inside_the_sound(natural: NaturalEngine) -> None:
    text = "Officials said on Sunday that the bridge, which is old, was closed."
    speech = natural.speak(Utterance(text))
    assert spoken_words(text, speech) == [word.strip(",.") for word in text.split()]
    begins = [word.begin for word in speech.words]
    assert begins == sorted(set(begins))
    assert 0 <= begins[0] < begins[-1] < len(speech.pcm) // 2
    assert speech.voice == "heart"


def test_the_same_text_is_the_same_bytes_whatever_was_said_before(natural: NaturalEngine) -> None:
    first = natural.speak(Utterance("The mill turned."))
    natural.speak(Utterance("Another sentence, which is longer."))
    assert natural.speak(Utterance("The mill turned.")) == first


def test_rate_pitch_and_volume_change_the_sound(natural: NaturalEngine) -> None:
    text = "The department said that the number of jobs rose last month."
    assert seconds(natural.speak(Utterance(text, rate=110))) > 1.4 * seconds(natural.speak(Utterance(text, rate=200)))
    own, high = (natural.speak(Utterance(text, pitch=pitch)) for pitch in (50, 60))
    assert len(own.pcm) == len(high.pcm)
    assert own.pcm != high.pcm
    loud, soft = (max(memoryview(natural.speak(Utterance(text, volume=v)).pcm).cast("h")) for v in (1.0, 0.25))
    assert soft == pytest.approx(loud / 4, abs=2)


def test_a_span_is_said_by_its_phonemes(natural: NaturalEngine) -> None:
    text = "Then Nguyễn’s team won."
    given_phonemes = natural.speak(Utterance(text, phonemes=(PhonemeSpan(5, 13, "wɪnz"),)))
    respelled = natural.speak(Utterance("Then wins team won."))
    assert seconds(given_phonemes) == pytest.approx(seconds(respelled), abs=0.11)
    assert spoken_words(text, given_phonemes) == ["Then", "Nguyễn’s", "team", "won"]


@pytest.mark.parametrize(
    ("text", "least"),
    [("a" * 120, 4.0), ("9" * 60, 8.0), ("Donaudampfschifffahrtselektrizitätenhauptbetriebswerk", 2.5)],
)
def test_a_word_that_the_model_of_spelling_would_cut_is_said_to_its_end(
    natural: NaturalEngine, text: str, least: float
) -> None:
    assert seconds(natural.speak(Utterance(text))) > least


@pytest.mark.parametrize("text", ["", "  ", "…", "-- !?", "\u200b", "\n\t"])
def test_punctuation_alone_is_no_sound(natural: NaturalEngine, text: str) -> None:
    assert natural.speak(Utterance(text)).pcm == b""


@pytest.mark.parametrize("text", ["北京 said", "Москва", "Great 🎉 news", "x → y", "½ cup"])
def test_what_it_cannot_say_it_declares(natural: NaturalEngine, text: str) -> None:
    assert not can_say(Utterance(text))
    with pytest.raises(SpeechError, match="Latin letters only"):
        natural.speak(Utterance(text))


def test_another_language_is_refused(natural: NaturalEngine) -> None:
    with pytest.raises(SpeechError, match="Latin letters only"):
        natural.speak(Utterance("Der Bundestag", language="de"))


def test_a_british_article_gets_a_british_voice_only_where_one_is_installed(natural: NaturalEngine) -> None:
    voice = natural.speak(Utterance("Hello.", language="en-GB")).voice
    british = [one.name for one in list_installed() if one.british]
    assert voice == (british[0] if british else "heart")


def test_nothing_is_fetched_unasked(natural: NaturalEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    missing = [voice.name for voice in list_natural_voices() if not voice.is_installed]
    for name in missing:
        with pytest.raises(SpeechError, match="UnknownName"):
            natural.speak(Utterance("Hello.", voice=name))
    assert natural.voices()


LETTERS = st.characters(exclude_categories=("Cs", "Cn", "Co", "Cc", "Cf", "Zs", "Zl", "Zp"))


@settings(max_examples=60)
@given(st.text(LETTERS, min_size=1, max_size=6).filter(lambda text: can_say(Utterance(text))))
def test_no_letter_that_it_takes_is_lost_in_silence(text: str) -> None:
    alone = start_auto().speak(Utterance(text))
    assert alone.voice == "heart" or not alone.pcm
    if any(map(str.isalnum, text)):
        assert seconds(alone) > 0.05


@pytest.mark.parametrize(
    "text",
    [
        *("北京", "東京の", "서울", "Москва", "Αθήνα", "ירושלים", "القاهرة", "दिल्ली", "ঢাকা", "თბილისი", "Երևան"),
        *("กรุงเทพ", "አዲስ", "தமிழ்", "తెలుగు", "ಕನ್ನಡ", "മലയാളം", "ગુજરાતી", "ਪੰਜਾਬੀ", "ᚠᚢᚦ", "Ḥiṣārlıḳ", "Kŕk", "ﬁn", "Ⅷ"),
        *("½", "½ cup", "H₂O", "№ 5", "€ 5", "α", "Ωmega", "naïve", "Nguyễn", "ʻokina", "Đặng", "Łódź", "ſ", "ⓐ", "𝐀𝐁"),
    ],
)
def test_every_script_is_said_between_english_words(auto: AutoEngine, text: str) -> None:
    around = seconds(auto.speak(Utterance("It said to them")))
    whole = auto.speak(Utterance(f"It said {text} to them"))
    assert seconds(whole) > around + 0.05, unicodedata.name(text[0])
    words = spoken_words(f"It said {text} to them", whole)
    assert words[:2] == ["It", "said"]
    assert words[-2:] == ["to", "them"]


def test_a_foreign_name_is_said_by_the_same_voice_and_a_passage_by_its_own(auto: AutoEngine) -> None:
    name = "raison d’être"
    speech = auto.speak(Utterance(name, language="fr,en"))
    assert speech.voice == "heart"
    assert spoken_words(name, speech) == ["raison", "d’être"]
    passage = auto.speak(Utterance("Le président de la République a dit bonjour.", language="fr,en"))
    assert passage.voice.endswith("fr") or sys.platform != "linux"
    assert auto.speak(Utterance("Der Bundestag tagt.", language="de")).voice != "heart"


@pytest.mark.skipif(sys.platform != "linux", reason="only eSpeak tells the phonemes of its voices")
def test_foreign_words_are_transcribed_in_their_own_language(auto: AutoEngine) -> None:
    auto.speak(Utterance("One sentence in English before.", language="en-GB", voice="gmw/en"))
    system = auto._find_system()
    assert [system.transcribe("chance", tag) for tag in ("fr", "en-us", "fr")] == ["ʃˈɑ̃s", "tʃˈæns", "ʃˈɑ̃s"]


def test_a_system_voice_that_is_asked_for_speaks(auto: AutoEngine) -> None:
    chosen = next(voice for voice in auto.voices() if voice.language == "en-gb" and voice.id != "emma")
    assert auto.speak(Utterance("Hello.", voice=chosen.id)).voice == chosen.id
    narrator = AutoEngine({"voice": chosen.id})
    assert narrator.speak(Utterance("raison d’être", language="fr,en")).voice != "heart"


def test_without_the_extra_the_system_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exporter.engines.natural_voices.find_version", lambda _: "")
    list_natural_voices.cache_clear()
    try:
        engine = AutoEngine({})
        engine.start()
        assert engine.speak(Utterance("Hello.")).voice != "heart"
        with pytest.raises(SpeechError, match="pip install 'exporter\\[natural\\]'"):
            NaturalEngine({}).speak(Utterance("Hello."))
    finally:
        list_natural_voices.cache_clear()
