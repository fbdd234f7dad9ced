"""A view is handed on: by a link that a stranger opens until it is taken back, and by mail until somebody has enough."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.journeys.living import LivingHouse, Web, eventually

pytestmark = [pytest.mark.processes, pytest.mark.once]


def test_a_stranger_reads_it_by_link_and_a_colleague_by_mail_until_both_end(house: LivingHouse):
    machine, owner = house.machine(), house.hire("Olga", "owner")
    for number in range(12):
        said = {"survey": "nps", "score": 9 if number % 3 else 2, "external_id": f"e{number}"}
        said |= {"comment": f"Dora says {number}", "customer": {"email": f"dora{number}@example.test"}}
        assert machine.post_json("/api/v1/responses", said).status == 201

    kept = owner.submit(
        "/insights", "/insights/reports?survey=nps", {"name": "For the board", "days": "moves"}
    )
    assert kept.status == 200 and "NPS is 33" in kept.text
    view = re.search(r'action="(/insights/reports/\w{22})/store"', kept.text)[1]
    page = owner.submit(view, f"{view}/links", {"days": "7"}).text
    link = re.search(r"http://\S+(/shared/[\w-]{44})", page)[1]
    seen = Web(house.base).get(link)
    assert (
        seen.status == 200
        and "NPS is 33" in seen.text
        and seen.headers["X-Robots-Tag"] == "noindex, nofollow"
    )
    assert "Set-Cookie" not in seen.headers and "Dora" not in seen.text and "dora" not in seen.text
    back = re.search(r'action="(\S+/revoke)"', owner.get(view).text)[1]
    assert "taken back" in owner.submit(view, back, {}).text
    assert Web(house.base).get(link).status == 410
    assert "took back a link to a saved view" in owner.get("/settings/changes").text

    assert owner.submit(view, f"{view}/mail", {"rhythm": "daily"}).status == 200
    here = datetime.now(ZoneInfo("Europe/Berlin"))  # where the shop is that was founded
    house.set_forward((here + timedelta(days=1)).replace(hour=10) - here)
    (mail,) = eventually(lambda: digests(house), "the digest of yesterday")
    text = mail.get_body(("plain",)).get_content()
    assert "For the board: 12 answers" in mail["Subject"] and "Dora says 11" in text
    stop = mail["List-Unsubscribe"].strip("<>")
    assert Web(house.base).get(stop).status == 200, "a scanner opens it, and ends nothing"
    assert "no more of these mails" in Web(house.base).post(stop, {"List-Unsubscribe": "One-Click"}).text
    assert '<option value="">never</option>' in owner.get(view).text and "selected" not in rhythms(
        owner.get(view).text
    )
    assert len(digests(house)) == 1


def digests(house: LivingHouse):
    return [mail for mail in house.mailbox.to("olga@shop.test") if "For the board" in mail["Subject"]]


def rhythms(page: str) -> str:
    """Return the choice of rhythms on the page of a view."""
    return re.search(r'<select id="rhythm".*?</select>', page, re.DOTALL)[0]
