"""An admin sets what the team can take on, and sees why questions wait."""

from surveys.clock import real_now
from surveys.database import db
from surveys.invitations.capacity.queries import allowance_of


def test_the_page_sets_the_limit_and_says_what_it_rests_on(make_today, signed_in):
    brand, olga = make_today.brand(), signed_in(make_today.staff(role="admin"))
    address = f"/settings/capacity/{brand.key}"

    assert olga.post(address, data={"cases_per_day": "0"}).status_code == 422
    assert allowance_of(brand.id) is None
    assert olga.post(address, data={"cases_per_day": "3"}).status_code == 303
    assert "Not reckoned yet" in olga.get(address).text
    row = allowance_of(brand.id)
    row.left, row.waiting, row.out, row.share, row.reckoned_at = 0, 3, 20, 0.05, real_now()
    db.session.commit()

    page = olga.get(address).text
    assert "Questions are held back" in page
    assert "3 tasks wait for a first contact." in page
    assert "About 5.0 of 100 questions become a task" in page
    assert "Why, and how to change it" in olga.get("/settings/touchpoints").text
    assert olga.post(address, data={"cases_per_day": ""}).status_code == 303
    assert allowance_of(brand.id) is None
    assert "held back" not in olga.get("/settings/touchpoints").text
