"""A mailbox as destination, such as that of a Kindle: books are sent as attachments."""

from __future__ import annotations

import contextlib
import smtplib
from collections.abc import Iterator, Sequence
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Annotated, Literal

from msgspec import Meta

from exporter.delivery import Delivery, DestinationSettings, OutgoingFile
from exporter.delivery.passwords import find_password, make_ssl_context
from exporter.errors import OutputError, describe_error
from exporter.publishing.shelf import ShelvedFile, ShelvedWork

MAX_MAIL_FILES = 25
"""The most attachments that Amazon's "Send to Kindle" takes in one mail."""

MAX_MAIL_BYTES = 50_000_000
"""The most bytes of a mail that Amazon's "Send to Kindle" takes."""

_HEADER_BYTES = 1_000
"""Bytes for the headers of one attachment; chosen, above the longest file name in percent signs."""

_TIMEOUT_SECONDS = 60.0
_PORTS = {"starttls": 587, "ssl": 465}


class MailSettings(DestinationSettings, frozen=True, rename={"sender": "from"}):
    """The addresses, the SMTP server, and the login.

    `user` is the sender unless stated. The password is in the environment variable `password_env`, else in the keyring
    under host and user. `port` 0 means the usual one. `largest` is the most bytes of a mail that the server takes.
    """

    to: Annotated[str, Meta(pattern="^[^@\\s]+@[^@\\s]+$")]
    sender: Annotated[str, Meta(pattern="^[^@\\s]+@[^@\\s]+$")]
    host: str
    port: Annotated[int, Meta(ge=0, le=65_535)] = 0
    security: Literal["starttls", "ssl"] = "starttls"
    user: str = ""
    password_env: str = ""
    largest: Annotated[int, Meta(gt=0, le=MAX_MAIL_BYTES)] = MAX_MAIL_BYTES


SETTINGS = MailSettings


def choose_files(work: ShelvedWork, settings: MailSettings) -> tuple[ShelvedFile, ...]:  # noqa: ARG001  as all
    """Return the plain EPUB: Kindle takes neither books that are read aloud nor those for Kobo."""
    plain = work.files.get(".epub")
    return (plain,) if plain else ()


def deliver(files: Sequence[OutgoingFile], settings: MailSettings) -> Iterator[Delivery]:
    """Send files, as many in one mail as it may hold; see `Destination`."""
    fitting: list[OutgoingFile] = []
    for file in files:
        if measure_attachment(file.path.stat().st_size) <= settings.largest:
            fitting.append(file)
        else:
            cause = f"TooLarge: encoded, it is larger than the {settings.largest:,} bytes of a mail"
            yield Delivery(file, OutputError("delivering", file.path.name, cause, "Make it with --no-images."))
    if not fitting:
        return
    server = _connect(settings)
    try:
        for group in group_by_mail(fitting, settings.largest):
            _send(server, group, settings)
            yield from map(Delivery, group)
    finally:
        with contextlib.suppress(OSError):  # the mails are sent, or there is an error to report
            server.quit()
        server.close()


def _send(server: smtplib.SMTP, files: Sequence[OutgoingFile], settings: MailSettings) -> None:
    try:
        server.send_message(_compose(files, settings))
    except OSError as error:  # those of smtplib are among them
        raise _make_error(settings, error) from error


def measure_attachment(size: int) -> int:
    """Return the bytes that a file of `size` bytes takes in a mail: Base64 makes a line of 78 bytes of each 57."""
    return -(-size // 57) * 78 + _HEADER_BYTES


def group_by_mail(files: Sequence[OutgoingFile], max_bytes: int) -> Iterator[list[OutgoingFile]]:
    """Yield the files of each mail, in their order."""
    group: list[OutgoingFile] = []
    used = 0
    for file in files:
        size = measure_attachment(file.path.stat().st_size)
        if group and (len(group) == MAX_MAIL_FILES or used + size > max_bytes):
            yield group
            group, used = [], 0
        group.append(file)
        used += size
    if group:
        yield group


def _connect(settings: MailSettings) -> smtplib.SMTP:
    """Connect to the server by TLS and log in if there is a password; raises `OutputError` and `UsageError`."""
    user = settings.user or settings.sender
    password = find_password(settings.password_env, settings.host, user)
    port = settings.port or _PORTS[settings.security]
    context = make_ssl_context()
    try:
        if settings.security == "ssl":
            server: smtplib.SMTP = smtplib.SMTP_SSL(settings.host, port, timeout=_TIMEOUT_SECONDS, context=context)
        else:
            server = smtplib.SMTP(settings.host, port, timeout=_TIMEOUT_SECONDS)
    except OSError as error:  # those of smtplib are among them
        raise _make_error(settings, error) from error
    try:
        if settings.security == "starttls":
            server.starttls(context=context)
        if password is not None:
            server.login(user, password)
    except (OSError, UnicodeError) as error:  # those of smtplib are among them
        server.close()
        raise _make_error(settings, error) from error
    return server


def _compose(files: Sequence[OutgoingFile], settings: MailSettings) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = settings.sender, settings.to
    message["Subject"] = " ".join(files[0].title.split()) if len(files) == 1 else f"{len(files)} articles"
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain=settings.sender.rpartition("@")[2])
    message.set_content("\n".join(file.title for file in files) + "\n")
    for file in files:
        data = file.path.read_bytes()
        message.add_attachment(data, maintype="application", subtype="epub+zip", filename=file.path.name)
    return message


def _make_error(settings: MailSettings, error: Exception) -> OutputError:
    remedy = "Look at host, port and security of the destination, and deliver again."
    if isinstance(error, UnicodeError):
        cause, remedy = (
            "NotAscii: SMTP takes only ASCII in user and password",
            "Make an app password with the provider.",
        )
    elif isinstance(error, smtplib.SMTPAuthenticationError):
        cause, remedy = "LoginRefused: the server refuses the user or the password", "Correct user and password."
    elif isinstance(error, smtplib.SMTPRecipientsRefused):
        cause = f"Refused: the server takes no mail for {settings.to}"
    elif isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error.decode(errors="replace") if isinstance(error.smtp_error, bytes) else error.smtp_error
        cause = f"Refused: the server answers {error.smtp_code} {said}"
    else:
        cause = describe_error(error, "NotReached")
    return OutputError("delivering", f"{settings.to} by {settings.host}", cause, remedy)
