"""What people and machines write back."""

from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.post_box.envelopes import opened
from surveys.post_box.replies import is_automatic, quoted_in, said_in, wants_to_stop


def mail(body="Hello", kind="text/plain; charset=utf-8", **headers):
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return opened(
        "\n".join(["From: Pat <pat@example.test>", f"Content-Type: {kind}", *lines, "", body]).encode()
    )


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated; type=x"},
        {"Precedence": "bulk"},
        {"X_Autoreply": "yes"},
        {"List_Id": "<list.example.test>"},
        {"Return_Path": "<>"},
        {"Subject": "Automatische Antwort: How was it?"},
        {"Subject": "Out of office"},
        {"Subject": "=?utf-8?q?Abwesenheitsnotiz=3A_bis_Montag?="},
        {"Subject": "Abwesend bis 3. Mai"},
        {"Subject": "Urlaub"},
        {"Subject": "Urlaubsabwesenheit: How was it?"},
        {"Subject": "Vacation until Monday"},
        {"Subject": "I am currently out of the office"},
        {"Subject": "I am away until 3 May"},
        {"Subject": "On annual leave from Monday"},
        {"Subject": "Ich bin derzeit nicht im Haus"},
        {"Subject": "Absence du bureau"},
        {"Subject": "Abwesend: Re: How was it?"},
        {"Subject": "Vacation from 3rd May"},
    ],
)
def test_machines_are_recognised(headers):
    assert is_automatic(mail(**headers))


def test_a_sender_that_takes_no_mail_is_a_machine():
    assert is_automatic(opened(b"From: No Reply <no-reply@example.test>\n\nHello"))
    assert not is_automatic(opened(b"From: Noreen Plyer <noreen@example.test>\n\nHello"))
    assert not is_automatic(opened(b'From: "no-reply@shop.test" <noreen@example.test>\n\nHello'))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Auto_Submitted": "no"},
        {"Subject": "Re: How was your order?"},
        {"Subject": "Vacation ruined, the tent came too late"},
        {"Subject": "Urlaub verdorben"},
        {"Subject": "I am out of patience"},
        {"Subject": "Ich bin derzeit nicht zufrieden"},
        {"Subject": "On leaving the parcel with a neighbour"},
        {"Subject": "Absence of the cable"},
        {"Subject": "Abwesende Teile im Paket"},
        {"Subject": "Urlaub: bitte spaeter liefern"},
        {"Subject": "Holiday from hell, the tent was missing"},
        {"Subject": "Nicht im Buero angekommen"},
        {"Subject": "=?utf-8?q?Nicht_im_B=C3=BCro_angekommen?="},
        {"Subject": "I am away from home, deliver it to a neighbour"},
    ],
)
def test_people_are_not_machines(headers):
    assert not is_automatic(mail(**headers))


@pytest.mark.parametrize(
    ("subject", "stops"),
    [
        ("unsubscribe", True),
        ("Re: Unsubscribe", True),
        ("AW: abmelden!", True),
        ("Please do not stop", False),
        ("How to unsubscribe from the newsletter?", False),
        ("", False),
    ],
)
def test_a_subject_that_says_to_stop(subject, stops):
    assert wants_to_stop(mail(Subject=subject)) is stops


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("It came too late.\n", "It came too late."),
        ("Too late.\n\nOn Tue, 10 Mar 2026 at 12:00, Demo Shop wrote:\n> How was it?\n", "Too late."),
        (
            "Zu spät.\n\nAm 10. März 2026 um 12:00 schrieb Demo Shop\n<survey@shop.test>:\n\n> Wie war es?",
            "Zu spät.",
        ),
        ("Too late.\n\n-----Original Message-----\nFrom: Demo Shop\n", "Too late."),
        ("Zu spät.\n\nVon: Demo Shop <survey@shop.test>\nGesendet: Dienstag\n", "Zu spät."),
        ("Too late.\n________________________________\nFrom: x\n", "Too late."),
        ("Too late.\n\n-- \nPat Example\nPhone 123", "Too late."),
        ("> How was it?\n\nToo late.", "Too late."),
        ("On Monday it was broken.\nStill is.", "On Monday it was broken.\nStill is."),
        ("> only quoted\n", ""),
        ("", ""),
    ],
)
def test_the_new_words_stand_alone(body, said):
    assert said_in(mail(body)) == said


def test_html_alone_is_read_as_text():
    html = (
        "<html><head><style>p{}</style></head><body><p>Zu sp&auml;t &amp; kaputt.</p><div>Schade</div>"
        "<blockquote>Wie war es?</blockquote></body></html>"
    )
    assert said_in(mail(html, "text/html; charset=utf-8")) == "Zu spät & kaputt.\nSchade"


def test_the_plain_part_goes_before_html_and_attachments_are_left_out():
    body = (
        "--b\nContent-Type: text/plain\nContent-Disposition: attachment\n\nattached\n"
        "--b\nContent-Type: text/html\n\n<p>html</p>\n--b\nContent-Type: text/plain\n\nplain\n--b--\n"
    )
    assert said_in(mail(body, 'multipart/mixed; boundary="b"')) == "plain"


@given(st.text(max_size=300), st.sampled_from(["text/plain", "text/html"]))
def test_whatever_is_written_is_read(body, kind):
    found = said_in(mail(body.encode("utf-8", "replace").decode(), kind + "; charset=utf-8"))
    assert "\x00" not in found and len(found) <= 10_000


SLOW = {
    "unclosed marks": "<" * 200_000,
    "unclosed styles": "<style>" * 28_000,
    "unclosed lines": "<br" * 60_000,
    "quotes in quotes": "<blockquote>" * 16_000,
    "comments": "<!--" * 50_000,
}


@pytest.mark.parametrize("html", SLOW.values(), ids=SLOW)
def test_html_that_is_built_to_be_slow_is_read_in_one_pass(html):
    began = monotonic()
    said_in(mail(f"<p>Hello</p>{html}", "text/html; charset=utf-8"))
    assert monotonic() - began < 2


def test_what_a_mail_loads_and_runs_is_no_part_of_its_words():
    html = (
        "<title>T</title><p>Broken<!-- <b>not</b> --></p><script>alert('<p>')</script><img src='https://x.test/1.gif'>"
        "<blockquote>We <blockquote>They</blockquote> wrote</blockquote><p onclick='x'>Really"
    )
    assert said_in(mail(html, "text/html; charset=utf-8")) == "Broken\nReally"


@pytest.mark.parametrize(
    "body, quoted",
    [
        ("Too late.\n\nOn Tuesday Shop wrote:\n> How was it?", "On Tuesday Shop wrote:\n> How was it?"),
        ("> How was it?\nToo late.", "> How was it?\nToo late."),
        ("Too late.", ""),
    ],
)
def test_what_a_mail_quotes_is_kept_apart(body, quoted):
    assert quoted_in(mail(body)) == quoted
