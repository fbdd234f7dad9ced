"""The page about changes by staff."""

from datetime import timedelta

from surveys.audit.noting import note
from surveys.database import db


def test_changes_are_listed_and_chosen(make_today, signed_in):
    owner, agent = make_today.staff("Olga", role="owner"), make_today.staff("Ben")
    change = {"table": "brand", "id": "b1", "what": "changed", "fields": {"opens": [540, 600], "name": None}}
    note("settings.brand", make_today.now, way="page", actor_id=owner.id, about="demo", changes=[change])
    note("export.export", make_today.now - timedelta(days=9), way="export", actor_id=agent.id)
    db.session.commit()
    browser = signed_in(owner)

    page = browser.get("/settings/changes").text
    assert "540 → 600" in page and "export.export" in page
    assert "export.export" not in browser.get("/settings/changes?way=page").text
    assert "settings.brand" not in browser.get(f"/settings/changes?staff={agent.public_id}").text
    assert "Nothing fits" in browser.get("/settings/changes?about=elsewhere").text
    assert "Nothing fits" in browser.get("/settings/changes?since=2000-01-01&until=2000-01-02").text


def test_what_is_no_day_or_no_way_is_refused_in_words(make_today, signed_in):
    browser = signed_in(make_today.staff("Olga", role="owner"))

    for choice in ("since=yesterday", "way=any", "cursor=broken"):
        assert browser.get(f"/settings/changes?{choice}").status_code in (400, 422)
