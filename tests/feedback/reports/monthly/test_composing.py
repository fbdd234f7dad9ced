"""The monthly report in the lines of a mail."""

from datetime import UTC, datetime, timedelta

from feedback.reports.digest.making import make_mails
from feedback.reports.digest.sending import send_due
from feedback.reports.digest.subscribing import subscribe
from surveys.database import db
from tests.feedback.reports.digest.conftest import POST, mails

FIRST = datetime(2026, 4, 1, 6, 0, tzinfo=UTC)  # eight in Berlin, in summer


def test_it_comes_on_the_first_with_figures_what_hurts_what_was_done_and_voices(
    make, now, complain, channels, kept
):
    make.brand()
    ada = make.staff("Ada", role="owner", locale="de")
    subscribe(ada, None, "monthly", now)
    dora = make.customer("Dora")
    make.responses([9] * 40, dora, comment="Immer wieder gern, alles hat geklappt")
    make.task(complain("DELIVERY.LATE", 2, "Das Paket kam zu spät, mail an dora@example.test", customer=dora))
    db.session.commit()
    make_mails(FIRST - timedelta(seconds=1), 10)
    assert not mails()
    for _ in range(2):
        make_mails(FIRST, 10)
        send_due(FIRST, 10, channels, POST)
    (message,) = kept.messages
    assert message.subject == "Monatsbericht, März 2026"
    for words in (
        "NPS",
        "Immer wieder gern",
        "zu spät, mail an [Mailadresse]",
        "/insights/monthly/2026-03",
    ):
        assert words in message.text, words
    assert "dora@example.test" not in message.text + message.html
    assert "gibt es keine Antworten zum Vergleich" in message.text
    make_mails(FIRST + timedelta(days=30), 10)
    assert [mail.is_pause for mail in mails()] == [False, True], "April has no answers"
