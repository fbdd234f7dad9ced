from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.post_box.envelopes import addresses_of, header, ids_of, opened, parts, sender_of, text_of


def test_a_header_is_read_in_plain_words():
    mail = opened(b"Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\n from Pat\nX-Odd: =?nowhere?q?x?=\n\n")
    assert header(mail, "Subject") == "Grüße from Pat"
    assert header(mail, "X-Odd") == "=?nowhere?q?x?="
    assert header(mail, "To") == ""


def test_addresses_and_ids_are_found_each_once():
    assert addresses_of("Pat <Pat@Example.test>, pat@example.test. x@y.test!") == [
        "pat@example.test",
        "x@y.test",
    ]
    assert ids_of("<a@b.test> <c@d.test>\n <a@b.test> <no id>") == ["<a@b.test>", "<c@d.test>"]


def test_a_part_of_unknown_characters_is_read_all_the_same():
    mail = opened(b"Content-Type: text/plain; charset=klingon\n\nGr\xc3\xbc\xc3\x9fe")
    assert text_of(mail) == "Grüße"


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(raw):
    mail = opened(b"Subject: " + raw)
    assert "\n" not in header(mail, "Subject")
    for part in parts(mail):
        text_of(part)


def test_a_header_in_a_character_set_with_a_damaged_name_keeps_its_raw_words():
    mail = opened("Subject: =?\udc80utf-8?q?Undelivered?=\n\nwords".encode("utf-8", "surrogateescape"))

    assert "Undelivered" in header(mail, "Subject")


def boxes(depth):
    head = b"From: Pat <pat@example.test>\nSubject: Hello\nContent-Type: multipart/mixed; boundary=b0\n\n"
    inner = [b"--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n" % (i, i + 1) for i in range(depth)]
    return head + b"".join(inner) + b"--b%d\nContent-Type: text/plain\n\nhello\n" % depth


BENT = {
    "boxes in boxes": boxes(3_000),
    "mails in mails": b"From: Pat <pat@example.test>\nSubject: Hello\n"
    + b"Content-Type: message/rfc822\n\n" * 3_000,
    "a head without end": b"From: Pat <pat@example.test>\nSubject: Hello\n" + b"X: y\n" * 1_500_000 + b"\nhi",
    "countless parts": b"From: Pat <pat@example.test>\nSubject: Hello\nContent-Type: multipart/mixed; boundary=b\n\n"
    + b"--b\n\nx\n" * 1_000_000,
    "a name in pieces": b"From: Pat <pat@example.test>\nSubject: Hello\nContent-Type: text/plain"
    + b"".join(b"; a*%d=x" % i for i in range(100_000))
    + b"\n\nhi",
}


@pytest.mark.parametrize("raw", BENT.values(), ids=BENT)
def test_of_a_mail_built_to_hold_up_its_reader_the_head_alone_is_read_and_at_once(raw):
    began = monotonic()
    mail = opened(raw)
    assert (header(mail, "From"), header(mail, "Subject")) == ("Pat <pat@example.test>", "Hello")
    assert [text_of(part) for part in parts(mail)] == [""]
    assert monotonic() - began < 5


def test_a_hundred_boxes_are_opened():
    assert "hello" in [text_of(part).strip() for part in parts(opened(boxes(100)))]


@pytest.mark.parametrize(
    "written, sender",
    [
        ("Dora <Dora@Home.test>", "dora@home.test"),
        ("dora@home.test", "dora@home.test"),
        ("dora@home.test (Dora of work@shop.test)", "dora@home.test"),
        ("evil@else.test (at work (Dora) <dora@home.test>)", "evil@else.test"),
        ('"dora@home.test" <evil@else.test>', "evil@else.test"),
        ("dora@home.test <evil@else.test>", "evil@else.test"),
        ('"Dora <dora@home.test>" <evil@else.test>', "evil@else.test"),
        ("=?utf-8?q?=3Cdora=40home.test=3E?= <evil@else.test>", "evil@else.test"),
        ("=?utf-8?b?PGRvcmFAaG9tZS50ZXN0Pg==?=", ""),
        ("Dora", ""),
    ],
)
def test_an_address_in_the_name_of_a_sender_is_not_the_sender(written, sender):
    assert sender_of(opened(f"From: {written}\n\nHello".encode())) == sender


def test_a_mail_without_a_sender_comes_from_nobody():
    assert sender_of(opened(b"Subject: Hello\n\nHello")) == ""


@pytest.mark.parametrize(
    "written",
    [
        "evil@else.test (a (b) <dora@home.test>)",
        'evil@else.test "<dora@home.test>',
        "evil@else.test (<dora@home.test>",
        r"(a \) <dora@home.test>) evil@else.test",
        '"' + "a" * 300 + ' <dora@home.test>" <evil@else.test>',
    ],
)
def test_brackets_within_brackets_or_never_closed_say_nothing_of_the_sender(written):
    assert sender_of(opened(f"From: {written}\n\nHello".encode())) == "evil@else.test"


@pytest.mark.parametrize(
    "written",
    [
        "evil@else.test, Dora <dora@home.test>",
        "<evil@else.test> <dora@home.test>",
        "Friends: evil@else.test, dora@home.test;",
        "evil@else.test\nFrom: dora@home.test",
        "Dora <dora@home.test.éxample.test>",
        "édora@home.test",
        '"' + "a" * 3_900 + " <dora@home.test>" + "a" * 200 + '" <evil@else.test>',
    ],
    ids=range(7),
)
def test_a_mail_of_several_or_of_senders_that_cannot_be_read_comes_from_nobody(written):
    assert sender_of(opened(f"From: {written}\n\nHello".encode())) == ""


def test_a_comma_in_a_name_makes_no_second_sender():
    assert sender_of(opened("From: Müller, Dora <dora@home.test>\n\nHello".encode())) == "dora@home.test"


def test_a_sender_built_to_hold_up_its_reader_is_read_at_once():
    began = monotonic()
    assert sender_of(opened(b"From: " + b'"' + b'\\"' * 495 + b"\n\nHello")) == ""
    assert sender_of(opened(b"From: " + b"(" * 499 + b")" * 499 + b"\n\nHello")) == ""
    assert monotonic() - began < 1
