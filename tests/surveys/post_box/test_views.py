import pytest

from surveys.database import db
from surveys.post_box.sorting import take_in
from tests.surveys.post_box.mails import bounce, reply

HERE = "/settings/incoming"


@pytest.fixture
def olga(make_today, signed_in):
    return signed_in(make_today.staff("Olga", "owner"))


def test_what_came_in_is_listed_by_kind(make_today, olga):
    assert "No mail" in olga.get(HERE).text
    asked = make_today.invitation(make_today.purchase(make_today.customer("Pat", email="pat@example.test")))
    take_in(reply(asked, "Too late"), "imap", make_today.now)
    take_in(bounce(asked), "imap", make_today.now)
    take_in(reply(None, "<b>Who</b> are you?", From="x@y.test", Subject="A question"), "imap", make_today.now)
    db.session.commit()

    page = olga.get(HERE).text
    assert "Re: How was your order?" in page and "Undelivered" in page and "A question" in page
    only = olga.get(HERE + "?kind=unmatched").text
    assert "A question" in only and "Undelivered" not in only and "nobody knows whose (1)" in only


@pytest.mark.once
def test_an_unmatched_mail_is_read_and_done(make_today, olga):
    make_today.brand()
    mail = take_in(reply(None, "<b>Who</b> are you?", From="x@y.test"), "imap", make_today.now)
    db.session.commit()
    here = f"{HERE}/{mail.public_id}"

    assert "&lt;b&gt;Who&lt;/b&gt; are you?" in olga.get(here).text
    assert olga.post(here + "/settle").status_code == 303
    assert "Who" not in olga.get(here).text
    assert "nobody knows whose (1)" not in olga.get(HERE).text


@pytest.mark.once
def test_a_reply_leads_to_its_answer(make_today, olga):
    asked = make_today.invitation()
    mail = take_in(reply(asked, "Too late"), "imap", make_today.now)
    db.session.commit()
    assert f"/responses/{mail.response.public_id}" in olga.get(f"{HERE}/{mail.public_id}").text


def test_agents_do_not_read_the_post(make_today, signed_in):
    assert signed_in(make_today.staff("Ben")).get(HERE).status_code == 403
