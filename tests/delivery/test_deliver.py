"""Delivery: every kind of destination by real servers, what is remembered, and what is said if it fails."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from exporter.cli import run
from exporter.config import Config
from exporter.delivery import Delivery, OutgoingFile
from exporter.delivery.deliver_works import deliver_files, load_destination, plan_delivery
from exporter.delivery.mail_sending import MAX_MAIL_FILES, group_by_mail, measure_attachment
from exporter.delivery.passwords import find_password
from exporter.errors import ExporterError, OutputError, UsageError
from exporter.publishing.shelf import read_state
from exporter.registry import names
from tests.delivery.conftest import Mailbox, Place, configure, list_files
from tests.publishing.shelf_builders import add_work

ODD_NAME = "Über … 潮.epub"


def deliver(folder: Path, config: Config, overwrite: bool = False) -> list[Delivery]:
    return list(deliver_files(plan_delivery(folder, "there", config, overwrite)))


@pytest.mark.parametrize("kind", names("destinations"))
def test_a_destination_gets_what_is_new_once(kind: str, shelf: Path, find_place: Callable[[str], Place]) -> None:
    list_there, settings = find_place(kind)
    config = configure(**settings)
    assert [delivery.error for delivery in deliver(shelf, config)] == [None, None]
    assert list_there() == {"work-1.epub": b"book 1", "work-2.epub": b"book 2"}
    assert deliver(shelf, config) == []
    (shelf / "work-2.epub").write_bytes(b"book two")
    add_work(shelf, 3, files={".epub": b"book 3"})
    assert [delivery.file.path.name for delivery in deliver(shelf, config)] == ["work-2.epub", "work-3.epub"]
    assert list_there() == {"work-1.epub": b"book 1", "work-2.epub": b"book two", "work-3.epub": b"book 3"}


@pytest.mark.parametrize("kind", names("destinations"))
def test_a_name_of_any_letters_arrives_as_it_is(kind: str, tmp_path: Path, find_place: Callable[[str], Place]) -> None:
    list_there, settings = find_place(kind)
    data = bytes(range(256)) * 40
    (tmp_path / ODD_NAME).write_bytes(data)
    member, checked = load_destination("there", configure(**settings))
    file = OutgoingFile(tmp_path, ODD_NAME, "Über\n… 潮")
    assert list(member.deliver([file], checked)) == [Delivery(file)]
    assert list_there() == {ODD_NAME: data}


@pytest.mark.parametrize("kind", ["folder", "webdav"])
def test_a_file_in_inner_folders_arrives_in_such_folders(
    kind: str, tmp_path: Path, find_place: Callable[[str], Place]
) -> None:
    list_there, settings = find_place(kind)
    names_here = ("2020/a.epub", "2021/a.epub")
    for name in names_here:
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_bytes(name.encode())
    member, checked = load_destination("there", configure(**settings))
    files = [OutgoingFile(tmp_path, name, "A") for name in names_here]
    assert list(member.deliver(files, checked)) == [Delivery(file) for file in files]
    assert list_there() == {name: name.encode() for name in names_here}


@pytest.mark.parametrize("kind", names("destinations"))
def test_wrong_settings_are_named(kind: str, shelf: Path) -> None:
    with pytest.raises(UsageError, match=r"destinations\.there") as caught:
        deliver(shelf, configure(kind=kind, pigeon=1))
    assert caught.value.remedy.endswith(", kind.")


@pytest.mark.parametrize("mailbox", ["starttls", "ssl"], indirect=True)
def test_a_mail_goes_by_tls_with_a_login(shelf: Path, mailbox: tuple[Mailbox, dict[str, object]]) -> None:
    box, settings = mailbox
    deliver(shelf, configure(**settings))
    (mail,) = box.mails
    assert (mail["From"], mail["To"], mail["Subject"]) == ("me@example.org", "me_1@kindle.example", "2 articles")
    assert mail["Message-ID"].endswith("@example.org>")
    assert {part.get_content_type() for part in mail.iter_attachments()} == {"application/epub+zip"}


@pytest.mark.parametrize(("password", "label"), [("wrong", "LoginRefused"), ("größe", "NotAscii")])
def test_a_wrong_password_is_an_error_and_nothing_is_remembered(
    password: str,
    label: str,
    shelf: Path,
    mailbox: tuple[Mailbox, dict[str, object]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    box, settings = mailbox
    monkeypatch.setenv("SMTP_PASSWORD", password)
    with pytest.raises(OutputError, match=label):
        deliver(shelf, configure(**settings))
    assert box.mails == []
    assert read_state(shelf).delivered == {}


def test_a_recipient_that_the_server_refuses_is_an_error(
    shelf: Path, mailbox: tuple[Mailbox, dict[str, object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_args: object) -> str:
        return "550 there is no such mailbox"

    monkeypatch.setattr(Mailbox, "handle_RCPT", refuse, raising=False)
    with pytest.raises(OutputError, match="takes no mail for me_1@kindle"):
        deliver(shelf, configure(**mailbox[1]))


def test_a_file_too_large_for_a_mail_does_not_hold_the_others_up(
    shelf: Path, mailbox: tuple[Mailbox, dict[str, object]]
) -> None:
    box, settings = mailbox
    add_work(shelf, 3, files={".epub": b"x" * 10_000})
    config = configure(**settings, largest=5_000)
    failed = [delivery for delivery in deliver(shelf, config) if delivery.error]
    assert [delivery.file.path.name for delivery in failed] == ["work-3.epub"]
    assert set(box.list_files()) == {"work-1.epub", "work-2.epub"}
    assert [file.path.name for file in plan_delivery(shelf, "there", config).files] == ["work-3.epub"]


def test_a_mail_holds_at_most_so_many_files_and_bytes(tmp_path: Path) -> None:
    files = []
    for number in range(60):
        (tmp_path / f"{number}").write_bytes(b"x" * 1_000)
        files.append(OutgoingFile(tmp_path, f"{number}", "T"))
    assert [len(group) for group in group_by_mail(files, 50_000_000)] == [MAX_MAIL_FILES, MAX_MAIL_FILES, 10]
    assert {len(group) for group in group_by_mail(files, 3 * measure_attachment(1_000))} == {3}
    assert measure_attachment(37_500_000) > 50_000_000  # three quarters, and the ends of lines


def test_a_kindle_gets_plain_books_only(shelf: Path) -> None:
    shelf_only = configure(kind="mail", to="a@kindle.example", host="h", **{"from": "b@example.org"})
    add_work(shelf, 3, files={".kepub.epub": b"kobo", ".readaloud.epub": b"aloud"})
    assert [file.path.name for file in plan_delivery(shelf, "there", shelf_only).files] == [
        "work-1.epub",
        "work-2.epub",
    ]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, ["work-1.epub"]),
        ({"profile": "kobo"}, ["work-1.kepub.epub"]),
        ({"formats": ["epub", "mp3", "readaloud.epub"]}, ["work-1.epub", "work-1.mp3"]),
    ],
)
def test_a_folder_gets_the_formats_it_asks_for(
    settings: dict[str, object], expected: list[str], tmp_path: Path, device: Path
) -> None:
    add_work(tmp_path / "out", 1, files={".epub": b"plain", ".kepub.epub": b"kobo", ".mp3": b"ID3"})
    config = configure(kind="folder", folder=str(device), **settings)
    assert all(delivery.error is None for delivery in deliver(tmp_path / "out", config))
    assert sorted(list_files(device)) == expected


@pytest.mark.parametrize("kind", ["folder", "webdav"])
def test_a_file_of_someone_else_is_not_replaced(
    kind: str, shelf: Path, find_place: Callable[[str], Place], request: pytest.FixtureRequest
) -> None:
    list_there, settings = find_place(kind)
    folder = request.getfixturevalue("device") if kind == "folder" else request.getfixturevalue("webdav")[0]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "work-1.epub").write_bytes(b"not ours")
    (folder / "work-2.epub").write_bytes(b"book 2")  # as if the memory were lost
    first, second = deliver(shelf, configure(**settings))
    assert isinstance(first.error, OutputError)
    assert first.error.cause.startswith("Exists")
    assert second.error is None
    assert list_there() == {"work-1.epub": b"not ours", "work-2.epub": b"book 2"}
    assert [delivery.error for delivery in deliver(shelf, configure(**settings), overwrite=True)] == [None]
    assert list_there()["work-1.epub"] == b"book 1"


def test_a_device_that_is_not_connected_is_not_made(shelf: Path, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="Connect the device"):
        deliver(shelf, configure(kind="folder", folder=str(tmp_path / "gone")))
    assert not (tmp_path / "gone").exists()


def test_a_book_that_calibre_refuses_is_tried_again(shelf: Path, library: Path) -> None:
    config = configure(kind="calibre", library=str(library))
    entry = (shelf / ".exporter.jsonl").read_text().splitlines()[-1]
    (shelf / "refused.epub").write_bytes(b"book")
    with (shelf / ".exporter.jsonl").open("a") as manifest:
        row = json.loads(entry) | {"stem": "refused", "label": "x", "key": "x", "id": "x"}
        row["outputs"] = [["refused.epub", 4, 0]]
        manifest.write("\n" + json.dumps(row))
    assert [str(delivery.error) for delivery in deliver(shelf, config) if delivery.error] == [
        "delivering: 'refused.epub': NotAdded: calibredb says: Another calibre program is running.\n"
        "Close Calibre if it is open, and deliver again."
    ]
    assert [file.path.name for file in plan_delivery(shelf, "there", config).files] == ["refused.epub"]


def test_without_calibre_the_line_that_installs_it_is_named(
    shelf: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match="apt-get install"):
        deliver(shelf, configure(kind="calibre", library=str(library)))


@pytest.mark.parametrize(("password", "user"), [("wrong", "mé"), ("größe", "you")])
def test_a_webdav_login_that_is_refused(
    password: str, user: str, shelf: Path, webdav: tuple[Path, dict[str, object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAV_PASSWORD", password)
    with pytest.raises(OutputError, match="LoginRefused"):
        deliver(shelf, configure(**webdav[1] | {"user": user}))


@pytest.mark.parametrize(
    ("url", "exit_code", "label"),
    [("http://127.0.0.1:1/x", 5, "NotReached|Refused|Connect|Unreachable"), ("ftp://a/b", 2, "http or https")],
)
def test_a_webdav_server_that_is_not_there(
    url: str, exit_code: int, label: str, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with pytest.raises(ExporterError, match=label) as caught:
        deliver(shelf, configure(kind="webdav", url=url))
    assert caught.value.exit_code == exit_code


def test_a_password_is_in_the_environment_or_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_PASSWORD", "one")
    monkeypatch.setattr("keyring.get_password", lambda host, user: f"{user} at {host}")
    assert find_password("A_PASSWORD", "example.org", "me") == "one"
    assert find_password("", "example.org", "me") == "me at example.org"
    with pytest.raises(UsageError, match="NO_PASSWORD_OF_MINE"):
        find_password("NO_PASSWORD_OF_MINE", "example.org", "me")
    monkeypatch.setattr("exporter.delivery.passwords.find_spec", lambda _name: None)
    assert find_password("", "example.org", "me") is None


def write_settings(folder: Path, device: Path) -> str:
    (folder / "exporter.toml").write_text(f'[destinations.kobo]\nkind = "folder"\nfolder = "{device}"\n')
    return str(folder / "exporter.toml")


def test_the_command_lists_delivers_and_reports(shelf: Path, device: Path, capfd: pytest.CaptureFixture[str]) -> None:
    line = ["deliver", str(shelf), "--to", "kobo", "--config", write_settings(shelf, device)]
    paths = [str(shelf / "work-1.epub"), str(shelf / "work-2.epub")]
    assert run([*line, "--dry-run"]) == 0
    assert capfd.readouterr().out.splitlines() == paths
    assert list_files(device) == {}
    assert run([*line, "--json"]) == 0
    report = json.loads(capfd.readouterr().out)
    assert (report["schema"], report["exit"], report["destination"], report["delivered"]) == (1, 0, "kobo", paths)
    assert run(line) == 0
    assert capfd.readouterr().err == "Nothing is new for kobo.\n"


@pytest.mark.parametrize(
    ("to", "exit_code", "words"),
    [
        (["--to", "kobe"], 2, "Did you mean 'kobo'?"),
        ([], 2, "Name it with --to: kobo."),
        (["--to", "kobo", "--set", "destinations.kobo.kind=foldr"], 2, "Did you mean 'folder'?"),
        (["--to", "kobo"], 5, "Connect the device, or make the folder."),
    ],
)
def test_an_error_is_two_lines(
    to: list[str], exit_code: int, words: str, shelf: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["deliver", str(shelf), *to, "--config", write_settings(shelf, tmp_path / "gone")]) == exit_code
    lines = capfd.readouterr().err.splitlines()
    assert len(lines) == 2
    assert lines[1] == words
