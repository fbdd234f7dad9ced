"""The pages of the monthly report."""

import re
from zoneinfo import ZoneInfo

from feedback.reports.queries import reader_of


def test_a_month_is_shown_those_to_come_are_not(make_today, signed_in):
    analyst = make_today.staff("Ada", role="analyst")
    browser = signed_in(analyst)
    assert browser.get("/insights/monthly").status_code == 200
    now = make_today.now.astimezone(ZoneInfo(make_today.brand().time_zone))  # months are those of the shop
    make_today.responses(
        [3] * 10 + [9] * 40, make_today.customer("Dora"), comment="Call 0171 1234567 please, it is late"
    )
    page = browser.get(f"/insights/monthly/{now.year}-{now.month:02}").text
    assert "NPS is 60" in page and "not over yet" in page and "0171" not in page
    assert page.count('class="report__sheet"') == 2
    assert len(re.findall(r"<blockquote|quote__text", page)) == 6
    for missing in (f"{now.year + 1}-01", "2026-13", "2026-00", "1969-01", "99999-01"):
        assert browser.get(f"/insights/monthly/{missing}").status_code == 404, missing
    assert browser.get("/insights/monthly?brand=nowhere").status_code == 404
    assert browser.get(f"/insights/monthly/{now.year}-{now.month:02}?brand=demo").status_code == 200


def test_it_is_ordered_by_mail_and_no_longer(make_today, signed_in):
    make_today.brand()
    ben = make_today.staff("Ben")
    browser = signed_in(ben)
    assert browser.post("/insights/monthly/mail", data={"wanted": "yes"}).status_code == 303
    assert reader_of(ben, None) is not None
    assert browser.post("/insights/monthly/mail", data={"wanted": "no"}).status_code == 303
    assert reader_of(ben, None) is None
