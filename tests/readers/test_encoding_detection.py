"""Character encodings: their names, and texts that state none or a wrong one."""

from __future__ import annotations

import pytest

from exporter.document import Document
from exporter.readers.encoding_detection import decode_legacy, find_codec
from exporter.readers.page.html_encoding import decode_html
from exporter.readers.scraped.text_repair import decode_text

UNDECLARED = [
    ("cp1252", "Café talk\n\nThe café was full of naïve people, and the façade was blue."),
    (
        "cp1252",
        "Café news\n\nThe café is open again. “Come early,” says the cook — “or there’s nothing left.” It’s naïve.",
    ),
    ("cp1252", "Über den Fluss."),
    ("cp1252", "Die Fähre fährt nächste Woche für Fußgänger über den Fluss."),
    ("cp1252", "Señor Núñez pidió el menú. ¿Qué tal? ¡Olé!"),
    ("cp1252", "Æbler og pærer på bordet"),
    ("cp1252", "L’été à l’hôtel coûte cher… « très cher »"),
    ("cp1252", "naïve “quotes”"),
    ("cp1252", "It costs £5 or €6 – 20% off"),
    ("cp1252", "Déjà vu"),
    ("cp1252", "Les élèves français"),
    ("cp1252", "São Paulo não é longe"),
    ("cp1252", "Mañana"),
    ("cp1252", "Kesä on täällä, sanoi äiti."),
    ("cp1252", "The price: £20"),
    ("cp1252", "© 2020 Jane Doe"),
    ("cp1252", "Temperature 20°C today"),
    ("cp1252", "He’s here"),
    ("mac_roman", "Café talk\n\nThe café was full of naïve people, and the façade was blue."),
    ("mac_roman", "Le café de la place est fermé depuis l’été, et la cliente a pleuré : « où irai-je ? »"),
    ("mac_roman", "“Come early,” says the cook — “or there’s nothing left.”"),
    ("mac_roman", "Über den Fluss fährt die Fähre."),
    ("mac_roman", "He’s here"),
    ("cp850", "Café talk: the café was full of naïve people"),
    ("cp850", "Über den Fluss fährt die Fähre für Fußgänger."),
    ("cp850", "Señor Núñez"),
    ("cp1250", "Zażółć gęślą jaźń, powiedział król."),
    ("cp1250", "Příští vlak přijede v osm hodin a řidič říká, že je to dobře."),
    ("cp1250", "Tramwaj wrócił dziś do górnego miasta."),
    ("cp1250", "Az öt űrhajós hűvös őszi napon érkezett."),
    ("cp1250", "Vlak má zpoždění."),
    ("cp1250", "Đorđe je otišao u školu"),
    ("iso8859-2", "Zażółć gęślą jaźń, powiedział król."),
    ("iso8859-2", "Příští vlak přijede v osm hodin a řidič říká, že je to dobře."),
    ("iso8859-2", "Az öt űrhajós hűvös őszi napon érkezett."),
    (
        "cp1254",
        "Tramvay yeniden yukarı mahalleye çıkıyor. İlk vagon doldu ve sürücüler sessiz olduğunu söylediler.",
    ),
    ("cp1257", "Šiandien tramvajus vėl važiuoja į miestą, ir žmonės yra laimingi."),
    ("cp1251", "Трамвай снова пошёл в верхний город"),
    ("cp1251", "Привет, как дела сегодня"),
    ("cp1251", "Лодка"),
    ("cp1251", "Трамвай знову їде до міста, і люди раді."),
    ("cp1251", "«Здравствуйте», — сказал он."),
    ("koi8_r", "Трамвай снова пошёл в верхний город"),
    ("koi8_r", "Привет, как дела сегодня"),
    ("cp866", "Трамвай снова пошёл в верхний город"),
    ("cp866", "Привет, как дела сегодня"),
    ("iso8859-5", "Трамвай снова пошёл в верхний город"),
    ("mac_cyrillic", "Трамвай снова пошёл в верхний город, сказал Я. Иванов"),
    ("cp1253", "Το τραμ επέστρεψε στην άνω πόλη μετά από έξι εβδομάδες."),
    ("iso8859-7", "Το τραμ επέστρεψε στην άνω πόλη μετά από έξι εβδομάδες."),
    ("cp1255", "החשמלית חזרה לעיר העליונה"),
    ("cp1256", "عاد الترام إلى المدينة العليا بعد ستة أسابيع"),
    ("cp874", "รถรางกลับมาวิ่งอีกครั้งในเมือง"),
    ("cp932", "夏の祭りは七時に始まり、①番の鐘が鳴る"),
    ("cp932", "東京は晴れです。"),
    ("cp932", "ニュース"),
    ("euc_jp", "夏の祭りは七時に始まり、鐘が鳴る"),
    ("euc_jp", "東京は晴れです。"),
    ("gb18030", "电车又开到上城了，第一节车厢在离开广场之前就满了。"),
    ("gb18030", "北京今天天气很好。"),
    ("big5", "電車又開到上城了，第一節車廂在離開廣場之前就滿了。"),
    ("big5", "台北今天天氣很好。"),
    ("cp949", "전차가 다시 윗마을로 올라갔다. 첫 번째 칸은 광장을 떠나기 전에 가득 찼다."),
    ("cp949", "서울은 오늘 맑다."),
]
LABELS = [
    ("windows-31j", "cp932"),
    ("x-sjis", "cp932"),
    ("x-mac-roman", "mac-roman"),
    ("macintosh", "mac-roman"),
    ("x-mac-cyrillic", "mac-cyrillic"),
    ("windows-949", "cp949"),
    ("ks_c_5601-1987", "cp949"),
    ("x-gbk", "gb18030"),
    ("gb2312", "gb18030"),
    ("x-x-big5", "big5hkscs"),
    ("iso-8859-8-i", "iso8859-8"),
    ("latin1", "cp1252"),
    ("us-ascii", "cp1252"),
    ("windows1251", "cp1251"),
    ("cp-1250", "cp1250"),
    ("unicode-1-1-utf-8", "utf-8"),
    ("'utf8'", "utf-8"),
    ("utf-16", ""),
    ("base64", ""),
    ("no-such-thing", ""),
]


@pytest.mark.parametrize(("encoding", "text"), UNDECLARED)
def test_short_texts_are_read_by_their_letters(encoding: str, text: str) -> None:
    assert decode_legacy(text.encode(encoding)) == text


@pytest.mark.parametrize(("label", "codec"), LABELS)
def test_names_mean_what_they_mean_to_browsers(label: str, codec: str) -> None:
    assert find_codec(label) == codec


def test_single_bytes_within_utf8_are_of_windows() -> None:
    assert decode_legacy("Café „hier“".encode() + b" \x97 na\xefve \x93so\x94") == "Café „hier“ — naïve “so”"


def test_bytes_that_make_no_sense_are_marked() -> None:
    assert decode_legacy("Café, déjà vu".encode() + b" a\xc3 b") == "Café, déjà vu a\ufffd b"


def test_a_stated_encoding_is_believed_unless_the_text_is_nonsense_in_it() -> None:
    russian = "Трамвай снова пошёл в верхний город"
    assert decode_html(f"<p>{russian}</p>".encode("koi8-r"), "koi8-r") == f"<p>{russian}</p>"
    assert decode_html(f"<p>{russian}</p>".encode("cp1251"), "koi8-r") == f"<p>{russian}</p>"
    assert decode_text(Document("a.txt", "Señor Núñez".encode("cp850"), charset="cp850")) == "Señor Núñez"
