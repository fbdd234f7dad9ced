"""What mail servers write when a mail does not arrive, in the forms they really use.

RFC 3464 and 6533 for the standard ones, RFC 5965 for complaints; the others follow the wording of
Postfix, Sendmail, Exim, qmail, Exchange, Domino and large mailbox providers. Addresses are invented.
"""

from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.permission.bounces import code_in, kind_of
from surveys.post_box.envelopes import opened
from surveys.post_box.reports import Report, report_in

OURS = "<abcdefghijklmnopqrstuv@feedback.shop.test>"
ORIGINAL = (
    f"From: survey@shop.test\nTo: pat@example.test\nMessage-ID: {OURS}\nSubject: How was it?\n\nHello\n"
)
HEAD = "From: MAILER-DAEMON@mx.test\nTo: survey@shop.test\nSubject: Undelivered Mail Returned to Sender\n"


def report(status, *, words="It did not arrive.", original=ORIGINAL, kind="message/delivery-status", more=""):
    """Return a multipart/report with a delivery status."""
    return (
        f"{HEAD}MIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        f"--b\nContent-Type: text/plain; charset=utf-8\n\n{words}\n"
        f"--b\nContent-Type: {kind}\n{more}\n{status}\n"
        f"--b\nContent-Type: message/rfc822\n\n{original}\n--b--\n"
    )


def plain(words, head=HEAD, more=""):
    return f"{head}{more}\n{words}\n"


def complaint(fields, original=ORIGINAL):
    return (
        "From: complaints@mailbox.test\nTo: survey@shop.test\nSubject: FW: How was it?\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=feedback-report; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nThis is an email abuse report.\n"
        f"--b\nContent-Type: message/feedback-report\n\n{fields}\n"
        f"--b\nContent-Type: message/rfc822\n\n{original}\n--b--\n"
    )


POSTFIX = """Reporting-MTA: dns; mx.test
X-Postfix-Queue-ID: 4F1
Arrival-Date: Tue, 10 Mar 2026 11:00:00 +0000

Final-Recipient: rfc822; pat@example.test
Original-Recipient: rfc822;pat@example.test
Action: failed
Status: 5.1.1
Remote-MTA: dns; mail.example.test
Diagnostic-Code: smtp; 550 5.1.1 <pat@example.test>: Recipient address
    rejected: User unknown in virtual mailbox table
"""
SHAPES = {
    "postfix": (report(POSTFIX), "bounce", "5.1.1", "hard"),
    "exchange online": (
        report(
            "Reporting-MTA: dns;X.prod.test\nReceived-From-MTA: dns;Y\n\n"
            "Final-Recipient: rfc822;pat@example.test\nAction: failed\nStatus: 5.1.10\n"
            "Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient pat@example.test not found\n"
        ),
        "bounce",
        "5.1.10",
        "hard",
    ),
    "large provider, disabled": (
        report(
            "Reporting-MTA: dns; googlemail.test\n\nFinal-Recipient: rfc822; pat@example.test\nAction: failed\n"
            "Status: 5.2.1\nDiagnostic-Code: smtp; 550-5.2.1 The email account that you tried to reach is disabled.\n"
            " 550 5.2.1 Learn more at https://support.example.test/ - gsmtp\nLast-Attempt-Date: Tue, 10 Mar 2026\n"
        ),
        "bounce",
        "5.2.1",
        "hard",
    ),
    "postfix, delayed": (
        report(
            "Reporting-MTA: dns; mx.test\n\nFinal-Recipient: rfc822; pat@example.test\nAction: delayed\n"
            "Status: 4.4.1\nDiagnostic-Code: X-Postfix; connect to mail.example.test[192.0.2.1]:25: timed out\n"
            "Will-Retry-Until: Sun, 15 Mar 2026 11:00:00 +0000\n"
        ),
        "delay",
        "4.4.1",
        "soft",
    ),
    "sendmail": (
        report(
            "Reporting-MTA: dns; mx.test\nArrival-Date: Tue\n\nFinal-Recipient: RFC822; pat@example.test\n"
            "Action: failed\nStatus: 5.1.1\nRemote-MTA: DNS; mail.example.test\n"
            "Diagnostic-Code: SMTP; 550 5.1.1 <pat@example.test>... User unknown\nLast-Attempt-Date: Tue\n"
        ),
        "bounce",
        "5.1.1",
        "hard",
    ),
    "mailbox full": (
        report("Final-Recipient: rfc822; pat@example.test\nAction: failed\nStatus: 5.2.2\n"),
        "bounce",
        "5.2.2",
        "other",
    ),
    "mailbox full for a while": (
        report("Final-Recipient: rfc822; pat@example.test\nAction: failed\nStatus: 4.2.2 (over quota)\n"),
        "bounce",
        "4.2.2",
        "soft",
    ),
    "filter": (
        report(
            "Final-Recipient: rfc822; pat@example.test\nAction: failed\nStatus: 5.7.1\n"
            "Diagnostic-Code: smtp; 554 5.7.1 Service unavailable; client host blocked\n"
        ),
        "bounce",
        "5.7.1",
        "other",
    ),
    "no type before the address": (
        report("Final-Recipient: pat@example.test\nAction: failed\nStatus: 5.1.1\n"),
        "bounce",
        "5.1.1",
        "hard",
    ),
    "domino": (
        report(
            "Final-Recipient: RFC822;Pat@Example.test\nAction: FAILED\nStatus: 5.0.0\n"
            "Diagnostic-Code: X-Notes; User PAT not listed in public Name & Address Book\n"
        ),
        "bounce",
        "5.0.0",
        "hard",
    ),
    "only a class, the code in the words": (
        report(
            "Final-Recipient: rfc822; pat@example.test\nAction: failed\nStatus: 5.0.0\n"
            "Diagnostic-Code: smtp; 554 delivery error: dd This user doesn't have an example.test account [0] 5.1.1\n"
        ),
        "bounce",
        "5.1.1",
        "hard",
    ),
    "no status at all": (
        report(
            "Final-Recipient: rfc822; pat@example.test\nAction: failed\n"
            "Diagnostic-Code: smtp; 550 Requested action not taken: mailbox unavailable\n"
        ),
        "bounce",
        "5.0.0",
        "hard",
    ),
    "no action": (
        report("Final-Recipient: rfc822; pat@example.test\nStatus: 5.1.1\n"),
        "bounce",
        "5.1.1",
        "hard",
    ),
    "action with a comment": (
        report("Final-Recipient: rfc822; <pat@example.test>\nAction: failed (all hosts)\nStatus: 5.4.4\n"),
        "bounce",
        "5.4.4",
        "other",
    ),
    "forwarded to another address": (
        report(
            "Original-Recipient: rfc822; pat@example.test\nFinal-Recipient: rfc822; p.new@other.test\n"
            "Action: failed\nStatus: 5.1.1\n"
        ),
        "bounce",
        "5.1.1",
        "hard",
    ),
    "international (RFC 6533)": (
        report(
            "Reporting-MTA: dns; mx.test\n\nFinal-Recipient: utf-8; pat@example.test\nAction: failed\nStatus: 5.1.1\n",
            kind="message/global-delivery-status",
        ),
        "bounce",
        "5.1.1",
        "hard",
    ),
    "status in base64": (
        report(
            b64encode(b"Final-Recipient: rfc822; pat@example.test\nAction: failed\nStatus: 5.1.1\n").decode(),
            more="Content-Transfer-Encoding: base64\n",
        ),
        "bounce",
        "5.1.1",
        "hard",
    ),
    "windows line ends": (report(POSTFIX).replace("\n", "\r\n"), "bounce", "5.1.1", "hard"),
    "cut off before its end": (
        report(POSTFIX).split("--b\nContent-Type: message/rfc822")[0],
        "bounce",
        "5.1.1",
        "hard",
    ),
    "called multipart/mixed": (
        report(POSTFIX).replace("multipart/report; report-type=delivery-status", "multipart/mixed"),
        "bounce",
        "5.1.1",
        "hard",
    ),
    "exim": (
        plain(
            "This message was created automatically by mail delivery software.\n\n"
            "A message that you sent could not be delivered to one or more of its recipients.\n"
            "This is a permanent error. The following address(es) failed:\n\n"
            "  pat@example.test\n    host mail.example.test [192.0.2.1]\n"
            "    SMTP error from remote mail server after RCPT TO:<pat@example.test>:\n"
            "    550 5.1.1 <pat@example.test>: Recipient address rejected\n\n"
            f"------ This is a copy of the message, including all the headers. ------\n\n{ORIGINAL}",
            more=f"X-Failed-Recipients: pat@example.test\nAuto-Submitted: auto-replied\nReferences: {OURS}\n",
        ),
        "bounce",
        "5.1.1",
        "hard",
    ),
    "exim, still trying": (
        plain(
            "This message was created automatically by mail delivery software.\n"
            "A message that you sent has not yet been delivered to all of its recipients after 24 hours.\n"
            "The address to which the message has not yet been delivered is:\n\n  pat@example.test\n"
            "    Delay reason: 451 4.7.1 greylisted\n\nNo action is required on your part. Delivery attempts will\n"
            "continue for some time; the server is still trying.\n",
            head="From: Mail Delivery System <Mailer-Daemon@mx.test>\nTo: survey@shop.test\n"
            "Subject: Warning: message 1w2x3y-0001 delayed 24 hours\n",
        ),
        "delay",
        "4.7.1",
        "soft",
    ),
    "qmail": (
        plain(
            "Hi. This is the qmail-send program at mx.test.\nI'm afraid I wasn't able to deliver your message.\n"
            "This is a permanent error; I've given up. Sorry it didn't work out.\n\n<pat@example.test>:\n"
            "192.0.2.1 does not like recipient.\nRemote host said: 550 No such user here\nGiving up on 192.0.2.1.\n\n"
            f"--- Below this line is a copy of the message.\n\nReturn-Path: <survey@shop.test>\n{ORIGINAL}",
            head="From: MAILER-DAEMON@mx.test\nTo: survey@shop.test\nSubject: failure notice\n",
        ),
        "bounce",
        "5.0.0",
        "hard",
    ),
    "old exchange": (
        plain(
            "Your message\n\n  To:      pat@example.test\n  Subject: How was it?\n\n"
            "did not reach the following recipient(s):\n\n"
            "pat@example.test on Tue, 10 Mar 2026\n  The account does not exist at the organization. <mx.test #5.1.1>\n",
            head="From: System Administrator <postmaster@example.test>\nTo: survey@shop.test\n"
            "Subject: Undeliverable: How was it?\n",
        ),
        "bounce",
        "5.1.1",
        "hard",
    ),
    "in German": (
        plain(
            "Ihre Nachricht konnte nicht zugestellt werden.\n\nEmpfänger: pat@example.test\n"
            "Grund: 550 5.1.1 Empfänger unbekannt\n",
            head="Return-Path: <>\nFrom: =?utf-8?q?Postzustellung?= <daemon@mx.test>\nTo: survey@shop.test\n"
            "Subject: =?utf-8?q?Unzustellbar=3A_How_was_it=3F?=\nContent-Type: text/plain; charset=utf-8\n",
        ),
        "bounce",
        "5.1.1",
        "hard",
    ),
    "no code, only words": (
        plain(
            "The following message could not be delivered:\n\n   pat@example.test: unknown user\n",
            head="From: MDaemon@mx.test\nTo: survey@shop.test\nSubject: Mail delivery failed\n",
        ),
        "bounce",
        None,
        "hard",
    ),
    "arrived after all": (
        report("Final-Recipient: rfc822; pat@example.test\nAction: delivered\nStatus: 2.0.0\n"),
        "delivered",
        "2.0.0",
        "soft",
    ),
    "relayed": (
        report("Final-Recipient: rfc822; pat@example.test\nAction: relayed\nStatus: 2.0.0\n"),
        "delivered",
        "2.0.0",
        "soft",
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_a_report_is_read(name):
    text, kind, code, verdict = SHAPES[name]
    found = report_in(opened(text.encode()))

    assert found is not None and found.kind == kind
    (fate,) = found.recipients
    assert fate.address == "pat@example.test"
    assert code_in(fate.status, fate.said) == code
    assert kind_of(code, fate.said) == verdict


@pytest.mark.parametrize("name", ["postfix", "windows line ends", "exim", "qmail", "status in base64"])
def test_the_original_is_found_by_its_id(name):
    assert report_in(opened(SHAPES[name][0].encode())).about == (OURS,)


def test_the_headers_alone_tell_the_id_too():
    text = report(POSTFIX).replace("message/rfc822", "text/rfc822-headers")
    assert report_in(opened(text.encode())).about == (OURS,)


def test_several_recipients_have_each_their_fate():
    found = report_in(
        opened(
            report(
                "Reporting-MTA: dns; mx.test\n\n"
                "Final-Recipient: rfc822; pat@example.test\nAction: failed\nStatus: 5.1.1\n\n"
                "Final-Recipient: rfc822; olga@example.test\nAction: delayed\nStatus: 4.4.1\n"
            ).encode()
        )
    )
    assert found.kind == "bounce"
    assert [(fate.address, fate.action) for fate in found.recipients] == [
        ("pat@example.test", "failed"),
        ("olga@example.test", "delayed"),
    ]


@pytest.mark.parametrize(
    "fields",
    [
        "Feedback-Type: abuse\nUser-Agent: X/1.0\nVersion: 1\nOriginal-Rcpt-To: <pat@example.test>\n",
        "Feedback-Type: abuse\nVersion: 1\nOriginal-Mail-From: <survey@shop.test>\n",
        "Feedback-Type: fraud\nVersion: 0.1\nRemoval-Recipient: pat@example.test\n",
        "User-Agent: X/1.0\n",
    ],
)
def test_a_complaint_is_read(fields):
    found = report_in(opened(complaint(fields).encode()))
    assert found.kind == "complaint" and found.about == (OURS,)
    assert [fate.address for fate in found.recipients] == ["pat@example.test"]


def test_a_complaint_without_an_address_still_tells_the_mail():
    blank = ORIGINAL.replace("To: pat@example.test\n", "")
    found = report_in(opened(complaint("Feedback-Type: abuse\n", blank).encode()))
    assert found == Report("complaint", (), (OURS,))


def test_a_complaint_by_hotmails_form_is_read():
    original = f"X-HmXmrOriginalRecipient: pat@example.test\n{ORIGINAL}"
    text = (
        "From: staff@hotmail.test\nTo: survey@shop.test\nSubject: complaint about message from 192.0.2.1\n"
        f'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n'
        f"--b\nContent-Type: message/rfc822\n\n{original}\n--b--\n"
    )
    found = report_in(opened(text.encode()))
    assert (found.kind, found.recipients[0].address) == ("complaint", "pat@example.test")


@pytest.mark.parametrize("kind", ["not-spam", "auth-failure"])
def test_other_feedback_is_no_complaint(kind):
    found = report_in(
        opened(complaint(f"Feedback-Type: {kind}\nOriginal-Rcpt-To: pat@example.test\n").encode())
    )
    assert found.kind == "delivered" and found.recipients == ()


@pytest.mark.parametrize(
    "text",
    [
        "From: pat@example.test\nTo: survey@shop.test\nSubject: Re: How was it?\n\nMy delivery has failed twice.\n",
        "From: pat@example.test\nTo: survey@shop.test\nSubject: Out of office\nAuto-Submitted: auto-replied\n\nAway.\n",
        "From: postmaster@example.test\nTo: survey@shop.test\nSubject: Question\n\nHello\n",
        "",
    ],
)
def test_what_is_no_report_is_none(text):
    assert report_in(opened(text.encode())) is None


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(raw):
    report_in(opened(raw))
    report_in(opened(HEAD.encode() + b"\n" + raw))
    report_in(opened(report("@@").encode().replace(b"@@", raw)))
    report_in(opened(complaint("@@").encode().replace(b"@@", raw)))


def test_a_sender_in_bytes_of_no_alphabet_breaks_nothing():
    for sender in (b"\x80", b"<\xff>"):
        assert report_in(opened(b"Return-Path: " + sender + b"\nSubject: Hello\n\nHello")) is None


def test_a_field_of_a_report_that_hides_another_breaks_nothing():
    broken = SHAPES["postfix"][0].encode()
    report_in(opened(broken[:359] + b"\x0b\x00:" + broken[359:]))


@given(st.sampled_from(list(SHAPES)), st.data())
def test_a_damaged_report_never_breaks_the_reader(name, data):
    raw = SHAPES[name][0].encode()
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, len(raw)))
    report_in(opened(raw[:start] + data.draw(st.binary(max_size=20)) + raw[end:]))
