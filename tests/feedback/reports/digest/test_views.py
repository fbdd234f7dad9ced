"""Choosing a digest on the page of a view, and ending it from a mail."""

from feedback.reports.digest.subscribing import subscribe
from feedback.reports.queries import reader_of
from surveys import tokens
from surveys.database import db
from tests.conftest import SECRET


def test_it_is_chosen_on_the_page_and_ended_by_one_click(make_today, signed_in, client, save):
    ben = make_today.staff("Ben")
    view, browser = save(ben, at=make_today.now), signed_in(ben)
    address = f"/insights/reports/{view.public_id}"
    assert browser.post(f"{address}/mail", data={"rhythm": "weekly"}).status_code == 303
    assert '<option value="weekly" selected>' in browser.get(address).text
    assert browser.post(f"{address}/mail", data={"rhythm": "hourly"}).status_code == 422
    stop = f"/stop/{tokens.make(tokens.REPORT_MAIL, reader_of(ben, view).public_id, SECRET)}"
    for _ in range(2):
        page = client.get(stop)
        assert page.status_code == 200 and "Stop these mails?" in page.text and view.name in page.text
        assert client.head(stop).status_code == 200
    assert reader_of(ben, view) is not None, "opening it ends nothing"
    answer = client.post(stop, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200 and "You get no more of these mails" in answer.text
    assert reader_of(ben, view) is None
    assert "no more of these mails" in client.get(stop).text and client.post(stop).status_code == 200


def test_a_forged_or_foreign_link_ends_nothing(make_today, client, save, now):
    ben = make_today.staff("Ben")
    subscribe(ben, None, "monthly", now)
    db.session.commit()
    name = reader_of(ben, None).public_id
    for token in (f"{name}{'x' * 22}", tokens.make(tokens.UNSUBSCRIBE, name, SECRET)):
        assert client.post(f"/stop/{token}").status_code == 404
    assert reader_of(ben, None) is not None
