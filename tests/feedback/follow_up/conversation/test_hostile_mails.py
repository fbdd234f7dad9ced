"""Whatever bytes arrive, nothing raises, nothing is half stored, and the next mail is read."""

import base64
import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from feedback.follow_up.conversation import joining
from feedback.follow_up.conversation.models import Letter, LetterFile
from surveys.database import db
from surveys.post_box.models import IncomingMail
from surveys.post_box.sorting import take_in
from tests.feedback.follow_up.conversation.letters import letter
from tests.surveys.post_box.mails import our_id
from tests.surveys.post_box.test_envelopes import BENT, boxes


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(50_000_000))
    return packed.getvalue()


def part(kind: str, body: bytes, *more: str) -> bytes:
    head = "\n".join(["From: Pat <pat@example.test>", "To: care@shop.test", f"Content-Type: {kind}", *more])
    return head.encode("utf-8", "surrogateescape") + b"\n\n" + body


HOSTILE = {
    **BENT,
    "a hundred boxes": boxes(100),
    "ten megabytes of text": part("text/plain", b"x" * 10_000_000),
    "a file of ten megabytes": letter("Look", files=[("big.bin", bytes(7_000_000))]),
    "a zip bomb": letter("Look", files=[("bomb.zip", bomb())]),
    "a hundred files": letter("Look", files=[(f"{i}.txt", b"x") for i in range(100)]),
    "a charset nobody knows": part("text/plain; charset=klingon", b"nuqneH"),
    "a charset with NUL": part('text/plain; charset="utf\x008"', b"Hello"),
    "bytes that are no UTF-8": part("text/plain; charset=utf-8", b"\xff\xfe\x00Hello\x00"),
    "base64 that is none": part("text/plain", b"%%%", "Content-Transfer-Encoding: base64"),
    "a boundary that never comes": part("multipart/mixed; boundary=never", b"Hello"),
    "a boundary without a name": part("multipart/mixed", b"--\nHello"),
    "a subject with line breaks": part(
        "text/plain",
        b"Hello",
        "Subject: =?utf-8?b?" + base64.b64encode(b"Hi\r\nBcc: all@x.test").decode() + "?=",
    ),
    "a sender with NUL": b"From: p\x00at@example.test\nSubject: \x00\n\nHello\x00",
    "only a head": b"From: Pat <pat@example.test>",
    "no head": b"\n\nHello",
    "an attached mail": part("message/rfc822", b"From: x@y.test\nSubject: old\n\nOld"),
    "an attached mail in base64": part(
        "message/rfc822", base64.b64encode(b"From: x@y.test\n\nOld"), "Content-Transfer-Encoding: base64"
    ),
    "a report that is none": part("multipart/report; report-type=delivery-status; boundary=b", b"--b--"),
}


@pytest.fixture
def task(make):
    asked = make.invitation(make.purchase(make.customer("Pat", email="pat@example.test")))
    return make.task(make.response(2, customer=asked.customer, invitation=asked))


def whole() -> bool:
    """Whether every letter has its mail, and every mail that is a letter has one."""
    mails = set(db.session.scalars(select(IncomingMail.id).where(IncomingMail.kind == "letter")))
    return mails == set(db.session.scalars(select(Letter.mail_id)))


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_mail_is_kept_whole_or_left_to_a_person(task, now, raw):
    mail = take_in(raw, "imap", now, joining)
    db.session.commit()
    db.session.expire_all()
    assert mail.kind in ("letter", "unmatched") and whole()
    assert all(c.isprintable() for c in mail.subject + mail.sender)
    assert sum(db.session.scalars(select(LetterFile.size))) <= 10 * 1024 * 1024

    after = take_in(letter("And I am fine", to=our_id(task.response.invitation)), "imap", now, joining)
    db.session.commit()
    assert after.kind == "letter" and whole()


def test_files_beyond_the_bounds_are_counted_and_none_is_opened(task, now):
    take_in(HOSTILE["a hundred files"], "imap", now, joining)
    take_in(HOSTILE["a file of ten megabytes"], "imap", now, joining)
    take_in(HOSTILE["a zip bomb"], "imap", now, joining)
    found = db.session.scalars(select(Letter).order_by(Letter.id)).all()
    assert [(len(each.files), each.left_out) for each in found] == [(10, 90), (0, 1), (1, 0)]
    assert found[2].files[0].size < 100_000


@pytest.mark.once
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=400),
    st.sampled_from(["", "text/html", "multipart/mixed; boundary=b", "message/rfc822"]),
)
def test_any_bytes_at_all(task, now, noise, kind):
    raw = (
        b"From: Pat <pat@example.test>\nContent-Type: " + kind.encode() + b"\n" + noise + b"\n\n--b\n" + noise
    )
    take_in(raw, "pipe", now, joining)
    db.session.commit()
    assert whole()
    assert db.session.scalar(select(func.count()).select_from(IncomingMail)) > 0
