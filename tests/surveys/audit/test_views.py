"""The page about changes by staff."""

from datetime import UTC, datetime, timedelta

import pytest

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
    assert "540 → 600" in page and "took out answers as a file" in page
    assert "took out answers" not in browser.get("/settings/changes?way=page").text
    assert "settings of a shop" not in browser.get(f"/settings/changes?staff={agent.public_id}").text
    assert "Nothing fits" in browser.get("/settings/changes?about=elsewhere").text
    assert "Nothing fits" in browser.get("/settings/changes?since=2000-01-01&until=2000-01-02").text


def test_a_page_says_in_plain_words_what_was_done_to_what_and_links_to_what_is_still_there(
    make_today, signed_in
):
    brand, task = make_today.brand(name="Olive & Co"), make_today.task()
    owner = make_today.staff("Olga", role="owner")
    note("settings.brand", make_today.now, way="page", actor_id=owner.id, about=brand.key)
    note("tasks.note", make_today.now, way="page", actor_id=owner.id, about=task.public_id)
    note("whom.delete_segment", make_today.now, way="page", actor_id=owner.id, about="gone")
    note("erase", make_today.now, way="command", about="who")
    note("once.upon_a_time", make_today.now, way="page", actor_id=owner.id, about="x")
    db.session.commit()

    page = signed_in(owner).get("/settings/changes").text

    assert '<a href="/settings/brands/demo">Olive &amp; Co</a>' in page
    assert f'<a href="/tasks/{task.public_id}">Task</a>' in page
    assert "Segment, no longer there" in page and "Customer, no longer there" in page
    assert "a command on the server" in page and "has no words here any more" in page
    german = signed_in(make_today.staff("Berta", role="owner", locale="de")).get("/settings/changes").text
    assert "hat die Einstellungen eines Shops geändert" in german and "no longer there" not in german


def test_days_and_times_are_those_of_the_shop(make_today, signed_in):
    make_today.brand(time_zone="Europe/Vienna")
    owner = make_today.staff("Olga", role="owner")
    late, next_day = datetime(2026, 3, 10, 22, 59, tzinfo=UTC), datetime(2026, 3, 10, 23, 1, tzinfo=UTC)
    for at in (late, next_day):
        note("staff.sign_in", at, way="page", actor_id=owner.id)
    db.session.commit()
    browser = signed_in(owner)

    page = browser.get("/settings/changes").text
    assert "Days and times are those of Europe/Vienna." in page
    assert (
        page.index("<h2>11\N{NO-BREAK SPACE}Mar\N{NO-BREAK SPACE}2026</h2>")
        < page.index("00:01")
        < page.index("<h2>10\N{NO-BREAK SPACE}Mar\N{NO-BREAK SPACE}2026</h2>")
    )
    assert page.index("<h2>10\N{NO-BREAK SPACE}Mar\N{NO-BREAK SPACE}2026</h2>") < page.index("23:59")
    one_day = browser.get("/settings/changes?since=2026-03-11&until=2026-03-11").text
    assert "00:01" in one_day and "23:59" not in one_day


@pytest.mark.once
def test_what_is_no_day_or_no_way_is_refused_in_words(make_today, signed_in):
    make_today.brand(time_zone="Europe/Berlin")
    browser = signed_in(make_today.staff("Olga", role="owner"))

    for choice in ("since=yesterday", "way=any", "since=0001-01-01", "until=9999-12-31", "cursor=broken"):
        assert browser.get(f"/settings/changes?{choice}").status_code in (400, 422)
