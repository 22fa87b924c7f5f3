"""E-mail: the article in a message, its subject, sender and date, and what stands around it."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from exporter.account import list_dropped
from exporter.article import Figure, Heading, block_text
from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.readers import Read, mail, read
from exporter.readers.mail.mail_text import clean_text, join_flowed
from exporter.sources import mbox, mhtml
from tests.conftest import GOLDEN
from tests.sources.test_containers import PNG

SETTINGS = InputSettings()
FERRY = "The ferry left the quay at nine, an hour late, and nobody on board had expected it to leave at all."
NEWSLETTER = (GOLDEN / "mail" / "newsletter.html").read_text(encoding="utf-8")


def make_message(sender: str = "Ann Lee <ann@quay.example>", subject: str = "The ferry came back") -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = "me@home.example"
    message["Subject"] = subject
    message["Date"] = "Mon, 03 Feb 2025 08:30:00 +0100"
    message["Message-ID"] = "<1@quay.example>"
    return message


def read_message(message: EmailMessage | bytes, name: str = "letter.eml") -> Read:
    data = message if isinstance(message, bytes) else bytes(message)
    document = Document(name, data)
    assert mail.recognises(document)
    return read(document, SETTINGS)


def newsletter() -> EmailMessage:
    message = make_message(subject="The ferry came back – and what it costs")
    message.set_content("Plain: see the web")
    message.add_alternative(NEWSLETTER, subtype="html")
    message.get_payload()[1].add_related(PNG, "image", "png", cid="<quay>")
    message.get_payload()[1].add_related(PNG, "image", "png", cid="<logo>")
    return message


def test_a_newsletter_is_the_article_in_it() -> None:
    found = read_message(newsletter())
    facts = found.article.metadata
    assert (facts.title, facts.authors) == ("The ferry came back – and what it costs", ("Ann Lee",))
    assert (facts.published, facts.language) == ("2025-02-03T08:30:00+01:00", "en")
    text = [block_text(block) for block in found.article.blocks]
    assert text[0] == "The ferry came back"
    assert text[-1].startswith("Write to us if you were on board")
    assert [block_text(block) for block in found.article.blocks if isinstance(block, Heading)] == [
        "The ferry came back",
        "What it costs",
    ]
    assert "table" in {type(block).__name__.lower() for block in found.article.blocks}
    assert [block.image for block in found.article.blocks if isinstance(block, Figure)] == ["quay.png"]
    assert [resource.data for resource in found.article.resources] == [PNG]


def test_what_stands_around_a_newsletter_is_accounted_for() -> None:
    dropped = " ".join(part.text for part in list_dropped(read_message(newsletter()).account))
    for words in ("View this email", "Sign up", "Facebook", "Harbour Street", "Unsubscribe"):
        assert words in dropped
    assert "Preheader" not in dropped  # it is not visible


PLAIN = f"""\
View this email in your browser
https://quay.example/view?u=1

Dear all,

{FERRY[:60]}
{FERRY[61:]}

> Will it run on Tuesday?

It will.

--\x20
Jo Reed
Harbour office
"""


def test_plain_text_is_unwrapped_and_has_no_signature() -> None:
    message = make_message(sender="jo@quay.example", subject="Re: ferry")
    message.set_content(PLAIN)
    found = read_message(message)
    assert (found.article.metadata.title, found.article.metadata.authors) == ("Re: ferry", ("jo",))
    text = " ".join(block_text(block) for block in found.article.blocks)
    assert FERRY in text
    assert "Will it run on Tuesday?" in text
    assert "browser" not in text
    assert "Harbour office" not in text


def test_attachments_are_named() -> None:
    message = make_message()
    message.set_content(FERRY)
    message.add_attachment(b"%PDF-1.7", "application", "pdf", filename="plan.pdf")
    assert [notice.text for notice in read_message(message).notices] == ["1 attachment was not read: plan.pdf"]


def test_a_forwarded_message_is_read() -> None:
    inner, outer = make_message(subject="Inner"), make_message(subject="Fwd: Inner")
    inner.set_content(FERRY)
    outer.add_attachment(inner)
    assert FERRY in block_text(read_message(outer).article.blocks[0])


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
def test_transfer_encodings_are_decoded(encoding: str) -> None:
    message = make_message(sender="Zoë Müller <z@quay.example>")
    message.set_content(f"Café — {FERRY}", cte=encoding)
    found = read_message(message)
    assert found.article.metadata.authors == ("Zoë Müller",)
    assert "Café — The ferry" in block_text(found.article.blocks[0])


def test_headers_in_bytes_of_no_standard_are_read() -> None:
    data = b"From: Jos\xe9 <j@x.example>\r\nSubject: Caf\xe9\r\nDate: never\r\nMessage-ID: <1>\r\n\r\n" + FERRY.encode()
    metadata = read_message(data).article.metadata
    assert (metadata.title, metadata.authors, metadata.published) == ("Café", ("José",), None)


NO_MAIL = [
    "To: the mayor\nFrom: the market women\n\nWe ask for a bridge.",
    "A petition\n\nTo: the mayor\nFrom: us\n",
    "Date: 3 May\nPlace: the quay\n\nWords.",
    "<html><body>From: me</body></html>",
]


@pytest.mark.parametrize("text", NO_MAIL)
def test_other_texts_are_no_mail(text: str) -> None:
    assert not mail.recognises(Document("a.txt", text.encode()))


@pytest.mark.parametrize(
    "data", [b"From: a@b\nSubject: x\nMIME-Version: 1.0\nContent-Type: image/png\n\nAAAA", b"Subject: x\n\n"]
)
def test_a_message_without_a_text_is_an_error(data: bytes) -> None:
    with pytest.raises(SourceError, match="the message has no text"):
        read(Document("a.eml", data), SETTINGS)


def test_a_mail_with_pictures_is_no_saved_page() -> None:
    message = make_message()
    message.set_content(f"<p>{FERRY}</p>", subtype="html")
    message.make_related()
    assert not mhtml.recognises(Document("letter.eml", bytes(message)))
    assert mhtml.recognises(Document("page.mht", bytes(message)))


def test_a_mailbox_holds_messages() -> None:
    first, second = make_message(subject="One"), make_message(subject="Two")
    first.set_content(f"{FERRY}\n>From the quay, Ann")
    second.set_content(FERRY)
    data = b"".join(b"From ann@x Mon Feb  3 08:30:00 2025\n" + bytes(message) + b"\n" for message in (first, second))
    document = Document("box", data)
    assert mbox.recognises(document)
    found = [read(part, SETTINGS).article for part in mbox.contents(document, SETTINGS) if isinstance(part, Document)]
    assert [article.metadata.title for article in found] == ["One", "Two"]
    assert "From the quay, Ann" in " ".join(block_text(block) for block in found[0].blocks)
    since = list(mbox.contents(document, InputSettings(since="2025-03-01")))
    assert since == []


def test_flowed_lines_are_joined() -> None:
    assert join_flowed("The ferry \nleft.\n\n-- \nJo") == "The ferry left.\n\n-- \nJo"


TEXTS = [
    ("Words.\n\nMore words.", "Words.\n\nMore words."),
    ("Words.\n\nMore.\n\nTo unsubscribe, write to x.\nhttps://x.example/u\n", "Words.\n\nMore.\n"),
    (
        "To unsubscribe from the past is hard.\n\nWords.\n\nMore.\n\nEnd.",
        "To unsubscribe from the past is hard.\n\nWords.\n\nMore.\n\nEnd.",
    ),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_lines_about_the_subscription_end_a_text(text: str, expected: str) -> None:
    assert clean_text(text)[0] == expected
