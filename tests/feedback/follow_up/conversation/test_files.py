"""The files of a mail."""

from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.follow_up.conversation.files import LARGEST_FILE, LONGEST_NAME, files_in
from surveys.post_box.envelopes import opened
from tests.feedback.follow_up.conversation.letters import letter


def named(name: str) -> str:
    (found,) = files_in(opened(letter("Look", files=[(name, b"x")]))).kept
    return found.name


@pytest.mark.parametrize(
    "name, kept",
    [
        ("photo.jpg", "photo.jpg"),
        ("Größe und Maß.jpg", "Größe und Maß.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\\\Users\\\\pat\\\\bill.pdf", "bill.pdf"),
        ("...hidden", "hidden"),
        ('a"b<c>.txt', "abc.txt"),
        ("exe.\u202egpj", "exe.gpj"),
        ("x" * 300 + ".jpeg", "x" * 109 + ".jpeg"),
        ("..", "1.bin"),
    ],
)
def test_a_name_leads_nowhere(name, kept):
    assert named(name) == kept


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=300))
def test_any_name_is_short_printable_and_without_folders(name):
    part = EmailMessage()
    part["Content-Type"] = "application/octet-stream"
    part.set_payload("x")
    part.set_param("name", name.replace("\r", "").replace("\n", "") or "a", charset="utf-8")
    (found,) = files_in(part).kept
    assert 0 < len(found.name) <= LONGEST_NAME and found.name.isprintable()
    assert not set(found.name) & set('/\\<>:"|?*') and not found.name.startswith(".")


def test_the_words_of_a_mail_are_no_files_and_pictures_within_it_are():
    assert files_in(opened(letter("Hi", html="<p>Hi</p>"))) == ([], 0)
    picture = b"From: a@b.test\nContent-Type: image/png\nContent-Disposition: inline\n\n\x89PNG"
    assert [each.name for each in files_in(opened(picture)).kept] == ["1.bin"]


def test_an_attached_mail_is_one_file_whatever_is_in_it():
    inner = letter("Old", files=[("inner.txt", b"x")])
    head = b"From: a@b.test\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nSee below\n--b\n"
    found = files_in(opened(head + b"Content-Type: message/rfc822\n\n" + inner + b"\n--b--\n"))
    assert [each.name for each in found.kept] == ["1.eml"] and b"inner.txt" in found.kept[0].content


def test_what_is_too_large_is_counted_and_a_file_that_is_cut_off_too():
    large = letter("Look", files=[("small.txt", b"x"), ("large.bin", bytes(LARGEST_FILE + 1))])
    assert [len(each.content) for each in files_in(opened(large)).kept] == [1]
    assert files_in(opened(large)).left_out == 1
    cut = letter("Look", files=[("first.txt", b"x"), ("second.txt", b"y" * 500)])[:-200]
    assert ([each.name for each in files_in(opened(cut)).kept], files_in(opened(cut)).left_out) == (
        ["first.txt"],
        1,
    )


def test_an_attached_mail_with_a_field_that_hides_another_stops_nothing():
    inner = b"Subject: a\r\nDate: x\x0b\x00: Tue\r\n\r\nhello\r\n"
    head = b"From: pat@example.test\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
    part = (
        b"Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\n" + inner + b"\r\n--b--\r\n"
    )

    assert files_in(opened(head + part)).kept == []
