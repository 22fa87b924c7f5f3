"""Bylines, dates, credits and boilerplate: what each line is, and above all what it is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.readers import boilerplate, bylines, photo_credits, publication_dates

BYLINES = [
    ("By Ann Lee", ["Ann Lee"]),
    ("by Ann Lee and Bo Chan", ["Ann Lee", "Bo Chan"]),
    ("By ANN LEE, BO CHAN and CY DALE-REED", ["Ann Lee", "Bo Chan", "Cy Dale-Reed"]),
    ("By Ann Lee | Staff Writer", ["Ann Lee"]),
    ("By Ann Lee, Political Correspondent", ["Ann Lee"]),
    ("By Ann Lee in Geneva", ["Ann Lee"]),
    ("By Ann Lee (ann@post.example)", ["Ann Lee"]),
    ("By Ann Lee, MD, and Bo Chan, PhD", ["Ann Lee", "Bo Chan"]),
    ("By Sam Jones, Jr. and Ann O’Neil", ["Sam Jones, Jr.", "Ann O’Neil"]),
    ("Written by J. R. Hartley", ["J. R. Hartley"]),
    ("By Ann Lee with Reuters", ["Ann Lee"]),
    ("By The Associated Press", ["The Associated Press"]),
    ("By Post staff reporter", ["Post staff reporter"]),
    ("by annwrites", ["annwrites"]),
    ("Von Petra von der Heide und Jo Abel", ["Petra von der Heide", "Jo Abel"]),
    ("Por María R. Sahún y José Polo", ["María R. Sahún", "José Polo"]),
    ("Par Jean-Luc Martin avec AFP", ["Jean-Luc Martin"]),
    ("Af Trine Juhl og Mads Bo", ["Trine Juhl", "Mads Bo"]),
    ("Di Anna Rossi e Paolo Bianchi", ["Anna Rossi", "Paolo Bianchi"]),
]
NO_BYLINES = [
    "By the time he left, it was raining",
    "By far the best result of the year",
    "By Friday, the water had gone.",
    "Von hier aus sieht man die Berge",
    "Par exemple, les phares",
    "Por la noche",
    "Byron Hill Road",
    "Ann Lee",
    "",
]


@pytest.mark.parametrize(("line", "names"), BYLINES, ids=[line for line, _ in BYLINES])
def test_a_byline_names_its_people(line: str, names: list[str]) -> None:
    assert list(bylines.parse_byline(line)) == names


@pytest.mark.parametrize("line", NO_BYLINES)
def test_a_sentence_is_no_byline(line: str) -> None:
    assert bylines.parse_byline(line) == ()


DATES = [
    ("Published May 3, 2020 at 11:20 AM EDT", "2020-05-03T11:20:00-04:00", "published"),
    ("Updated Dec. 3, 2020, 6:05 PM EST", "2020-12-03T18:05:00-05:00", "modified"),
    ("February 5 2021, 8:30 a.m.", "2021-02-05T08:30:00", ""),
    ("8 August 2021", "2021-08-08", ""),
    ("Sunday, 8th August 2021", "2021-08-08", ""),
    ("2023-03-04T02:00:00Z", "2023-03-04T02:00:00+00:00", ""),
    ("2021-08-08", "2021-08-08", ""),
    ("7:12pm on Friday 1 March 2024", "2024-03-01T19:12:00", ""),
    ("14:20 BST, 3 May 2023", "2023-05-03T14:20:00+01:00", ""),
    ("30/03/2023 - 18:40", "2023-03-30T18:40:00", ""),
    ("8/13/2021", "2021-08-13", ""),
    ("12.05.2024, 09:15 Uhr", "2024-05-12T09:15:00", ""),
    ("Stand: 01.06.2023, 18:33 Uhr", "2023-06-01T18:33:00", "modified"),
    ("Mittwoch, 7. Januar 2026", "2026-01-07", ""),
    ("Publicado el 4 de marzo de 2023 a las 18:40 CET", "2023-03-04T18:40:00+01:00", "published"),
    ("mis à jour le 5 mars 2023 à 18h40", "2023-03-05T18:40:00", "modified"),
    ("lørdag den 4. marts 2023", "2023-03-04", ""),
    ("2023. március 4.", "2023-03-04", ""),
    ("2023 m. kovo 4 d.", "2023-03-04", ""),
    ("4 marca 2023", "2023-03-04", ""),
    ("2023年3月4日 18:40", "2023-03-04T18:40:00", ""),
    ("July 4, 2023, 9 a.m. ET", "2023-07-04T09:00:00-04:00", ""),
    ("January 4, 2023, 9 a.m. ET", "2023-01-04T09:00:00-05:00", ""),
    ("May 3, 2021 10:00 GMT+2", "2021-05-03T10:00:00+02:00", ""),
    ("April 10, 20233 years ago", "2023-04-10", ""),
    ("2023. március 4., péntek 18:40", "2023-03-04T18:40:00", ""),
    ("Παρασκευή, 5 Μαΐου 2023, 18:40", "2023-05-05T18:40:00", ""),
    ("Julkaistu 4.3.2023 klo 18.40", "2023-03-04T18:40:00", "published"),
    ("4 marca 2023, godz. 18:40", "2023-03-04T18:40:00", ""),
    ("Güncelleme: 04.03.2023 - 18:40", "2023-03-04T18:40:00", "modified"),
    (f"{'The ferry had sailed for years. ' * 9}It sank: 4 March 2023.", "2023-03-04", ""),
]


@pytest.mark.parametrize(("line", "value", "event"), DATES, ids=[line for line, _, _ in DATES])
def test_a_date_is_found_with_its_time_and_its_label(line: str, value: str, event: str) -> None:
    moment = publication_dates.find_date(line)
    assert moment is not None
    assert (moment.value, moment.event) == (value, event)


@pytest.mark.parametrize(
    "line", ["", "In May 2021", "a 3-2 win", "Room 2024", "31 February 2021", "99/99/2021", "v1.2.3"]
)
def test_what_is_no_day_is_no_date(line: str) -> None:
    assert publication_dates.find_date(line) is None


def test_every_date_of_a_line_is_found_in_order() -> None:
    line = "Published: 14:20 BST, 3 May 2023 | Updated: 14:25 BST, 4 May 2023"
    assert [(moment.value, moment.event) for moment in publication_dates.find_dates(line)] == [
        ("2023-05-03T14:20:00+01:00", "published"),
        ("2023-05-04T14:25:00+01:00", "modified"),
    ]


def test_a_rare_form_is_left_to_the_library() -> None:
    assert publication_dates.parse_date("24 Μαρτίου 2019") == "2019-03-24"
    assert publication_dates.parse_date("not a date at all") is None


CREDITS = [
    ("A boat in the harbour. (Photo: Ann Lee)", "A boat in the harbour.", "Ann Lee"),
    ("A boat in the harbour (Ann Lee/AFP)", "A boat in the harbour", "Ann Lee/AFP"),
    ("A boat in the harbour.Photo: Ann Lee / AP", "A boat in the harbour.", "Ann Lee / AP"),
    ("A boat in the harbour. Foto: Ann Lee/dpa", "A boat in the harbour.", "Ann Lee/dpa"),
    ("Ann Lee / APFishermen mend their nets, Sunday.", "Fishermen mend their nets, Sunday.", "Ann Lee / AP"),
    ("Getty ImagesFishermen mend their nets, Sunday.", "Fishermen mend their nets, Sunday.", "Getty Images"),
    (
        "Email Ann Lee / The Averill ObserverFishermen mend their nets, Sunday.",
        "Fishermen mend their nets, Sunday.",
        "Ann Lee / The Averill Observer",
    ),
    (
        "Instagram / Ann LeeFishermen mend their nets, Sunday.",
        "Fishermen mend their nets, Sunday.",
        "Instagram / Ann Lee",
    ),
    (
        "The nets were mended on the beach.Ann Lee for The Observer",
        "The nets were mended on the beach.",
        "Ann Lee for The Observer",
    ),
    ("Ann Lee for The ObserverThe nets were mended.", "The nets were mended.", "Ann Lee for The Observer"),
    ("Die Netze wurden am Strand geflickt.dpa, Ann Lee", "Die Netze wurden am Strand geflickt.", "dpa, Ann Lee"),
    ("Garnene ble reparert på stranden i går.Privat", "Garnene ble reparert på stranden i går.", "Privat"),
    (
        "Die Netze am Strand von Averill. (Archivbild)Ann Lee/dpa",
        "Die Netze am Strand von Averill. (Archivbild)",
        "Ann Lee/dpa",
    ),
    (
        "Getty Images/iStockphoto, annleeNets lie on the beach.",
        "Nets lie on the beach.",
        "Getty Images/iStockphoto, annlee",
    ),
    ("Cedida por Ann LeeLas redes están en la playa.", "Las redes están en la playa.", "Ann Lee"),
    ("Ann Lee / APFishermen mend nets. (AP Photo/Ann Lee)", "Fishermen mend nets.", "Ann Lee / AP"),
    ("Image source, ReutersImage caption, Fishermen mend their nets", "Fishermen mend their nets", "Reuters"),
    (
        "Fishermen mend their nets on a beach in winter Reuters",
        "Fishermen mend their nets on a beach in winter",
        "Reuters",
    ),
    (
        "Fishermen mend nets on a beach in winter LightRocket via Getty Images",
        "Fishermen mend nets on a beach in winter",
        "LightRocket via Getty Images",
    ),
    ("Ann Lee, Postmedia NewsHMO has released its floors.", "HMO has released its floors.", "Ann Lee, Postmedia News"),
    ("The links were carefully restored in springSupplied", "The links were carefully restored in spring", "Supplied"),
    ("Fishermen mend their nets.Ann Lee—Getty Images", "Fishermen mend their nets.", "Ann Lee—Getty Images"),
    ("Des pêcheurs à Averill (Photo Ann Lee. AFP)", "Des pêcheurs à Averill", "Photo Ann Lee. AFP"),
    ("Nelayan memperbaiki jaring di pantai(Dok.KPU )", "Nelayan memperbaiki jaring di pantai", "KPU"),
    ("Fishermen mend their nets.© Ann Lee/dpa", "Fishermen mend their nets.", "Ann Lee/dpa"),
    ("Fishermen mend nets on a beach (PAP, Photo: Ann Lee)", "Fishermen mend nets on a beach", "PAP, Ann Lee"),
    ("Fishermen mend nets on a beach — Foto: Ann Lee/dpa", "Fishermen mend nets on a beach", "Ann Lee/dpa"),
]
NO_CREDITS = [
    "The ClassPass report came out on Monday and said so.",
    "Mitch McConnell said that he would think about it.",
    "She told Reuters",
    "He said it to the AP",
    "They lost 3/4 of the harvest.",
    "The and/or clause was struck out.",
    "It was over. (He had known it.)",
    "© 2024 Orchard Post Media",
    "The question: who pays?",
    "See https://post.example/photo/ann",
]


@pytest.mark.parametrize(("text", "caption", "credit"), CREDITS, ids=[text for text, _, _ in CREDITS])
def test_a_caption_and_its_credit_are_parted(text: str, caption: str, credit: str) -> None:
    assert photo_credits.split_credit(text) == (caption, credit)


@pytest.mark.parametrize("text", NO_CREDITS)
def test_a_sentence_keeps_its_end(text: str) -> None:
    assert photo_credits.split_credit(text) == (text, "")


@pytest.mark.parametrize(
    "line",
    ["(AP Photo/Ann Lee)", "Photo: Ann Lee", "Ann Lee / AFP", "Getty Images", "Reuters", "Courtesy of iBoat Images"],
)
def test_a_credit_stands_alone(line: str) -> None:
    assert photo_credits.is_credit(line)


@pytest.mark.parametrize(
    "line",
    [
        "The nets were mended.",
        "A heading",
        "Ann Lee",
        "Photo",
        "Reuters said so on Friday",
        "Power Tools for Small Boats",
    ],
)
def test_other_lines_are_no_credit(line: str) -> None:
    assert not photo_credits.is_credit(line)


BOILERPLATE = [
    ("Facebook Twitter LinkedIn", "share"),
    ("FacebookTwitterFlipboard", "share"),
    ("Sign inAlready subscribed?", "navigation"),
    ("Share this article", "share"),
    ("Play all audios:", "player"),
    ("Loading...", "player"),
    ("Advertisement", "advertisement"),
    ("ADVERTISEMENT - CONTINUE READING BELOW", "advertisement"),
    ("Back to video", "player"),
    ("Most read in Gardens", "promotion"),
    ("Newsletter: Seven days by the sea", "promotion"),
    ("Externer Inhalt nicht verfügbar", "consent"),
    ("Sendung: Am Steg, 3. Mai 2024, 8 Uhr", "promotion"),
    ("8 min read", "counter"),
    ("1 of 3 |", "counter"),
    ("Bild 1 av 1", "counter"),
    ("Slideshow ( 15 images )", "counter"),
    ("A lire aussi :", "related"),
    ("%d bloggers like this:", "share"),
    ("Comments (12)", "counter"),
    ("Read more »", "related"),
    ("Log in", "navigation"),
    ("Log In Subscribe", "navigation"),
    ("Sign up to our free Sunday emails", "promotion"),
    ("Teilen", "share"),
    ("Lesen Sie auch: Der neue Steg", "promotion"),
    ("Datenschutz", "navigation"),
    ("Suscríbete a nuestro boletín", "newsletter"),
    ("La suite après cette publicité", "advertisement"),
    ("Posts Tagged ‘ferries’", "promotion"),
    ("Χρόνος ανάγνωσης: 4 Λεπτά", "counter"),
    ("ΚΟΙΝΟΠΟΙΗΣΕΙΣ", "share"),
    ("top of page", "navigation"),
]
ARTICLE = [
    "Why the cliff cannot be held",
    "The share price fell by a third.",
    "Follow the money",
    "Powered by a wave of loans, the harbour grew until the storm of that year came.",
    "Facebook said on Monday that it would close the office.",
    "He plays video games.",
    "12 people were hurt",
    "",
]


@pytest.mark.parametrize(("line", "kind"), BOILERPLATE, ids=[line for line, _ in BOILERPLATE])
def test_boilerplate_is_recognised_by_its_words(line: str, kind: str) -> None:
    assert boilerplate.classify(line) == kind


@pytest.mark.parametrize("line", ARTICLE)
def test_lines_of_an_article_are_not_boilerplate(line: str) -> None:
    assert boilerplate.classify(line) == ""


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("Email Fishermen mend their nets", len("Email")),
        ("WhatsApp Email Print Fishermen mend their nets", len("WhatsApp Email Print")),
        ("Email is what the fishermen write", 0),
        ("More Fishermen mend their nets", 0),
        ("Email", 0),
    ],
)
def test_a_row_of_share_words_goes_on_with_a_services_name(text: str, size: int) -> None:
    assert boilerplate.measure_rest_of_share_row(text) == size


def test_a_row_of_share_words_ends_where_a_sentence_begins() -> None:
    line = "Facebook Twitter Email The harbour is open again"
    assert line[: boilerplate.measure_share_row(line)] == "Facebook Twitter Email"


@given(st.text(max_size=120))
def test_no_line_makes_them_stumble(line: str) -> None:
    moment = publication_dates.find_date(line)
    assert moment is None or 0 <= moment.start < moment.end <= len(line)
    assert boilerplate.measure_share_row(line) <= len(line)
    assert boilerplate.classify(line) == "" or line
    assert all(name.strip() for name in bylines.extract_names(line))
    caption, credit = photo_credits.split_credit(line)
    assert len(caption) + len(credit) <= len(line)
