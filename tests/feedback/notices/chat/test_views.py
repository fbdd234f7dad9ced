"""The settings of notices: owners say where teams chat, admins see how well rules tell."""

import re

import pytest
from sqlalchemy import select

from feedback.follow_up.moving import record
from feedback.notices.chat.models import ChatHook, ChatPost
from feedback.notices.collecting import collect
from surveys.database import db
from surveys.filters import NBSP

URL = "https://chat.test/hooks/a-secret-one"


def test_an_owner_sets_tries_and_forgets_an_address_that_is_never_shown(make_today, signed_in):
    make_today.brand()
    browser = signed_in(make_today.staff("Olga", role="owner"))
    page = browser.get("/settings/notices").text
    assert "By itself, Nachklang calls nobody" in page and "Off: no address is entered." in page
    assert browser.post("/settings/notices/chat/demo/try").status_code == 409
    fields = {"demo-url": URL, "demo-least": "P1", "demo-is_on": "y"}
    assert browser.post("/settings/notices/chat/demo", data=fields).status_code == 303
    page = browser.get("/settings/notices").text
    assert "On: chat.test is called." in page and "a-secret-one" not in page
    assert browser.post("/settings/notices/chat/demo/try").status_code == 303
    post = db.session.scalars(select(ChatPost)).one()
    post.state, post.due_at, post.last_error = "failed", None, "redirect"
    db.session.commit()
    assert "which is not followed" in browser.get("/settings/notices").text
    assert browser.post("/settings/notices/chat/demo/forget").status_code == 303
    assert not db.session.scalars(select(ChatHook)).all()


@pytest.mark.once
def test_a_refused_address_is_told_beside_its_field(make_today, signed_in):
    make_today.brand()
    browser = signed_in(make_today.staff("Olga", role="owner"))
    for url in ("http://chat.test/x", "", "x" * 2000):
        answer = browser.post("/settings/notices/chat/demo", data={"demo-url": url, "demo-least": "P1"})
        assert answer.status_code == 422 and 'aria-invalid="true"' in answer.text
    assert browser.post("/settings/notices/chat/nowhere", data={}).status_code == 404


def test_admins_see_the_rules_but_no_chat_and_agents_neither(make_today, signed_in):
    make_today.brand()
    admin = signed_in(make_today.staff("Paula", role="admin"))
    page = admin.get("/settings/notices")
    assert "Does being told lead to something?" in page.text and "incoming webhook" not in page.text
    assert admin.post("/settings/notices/chat/demo", data={"demo-url": URL}).status_code == 403
    assert signed_in(make_today.staff("Ben")).get("/settings/notices").status_code == 403


@pytest.mark.once
def test_a_rule_that_leads_to_nothing_is_flagged(make, now, signed_in, monkeypatch):
    monkeypatch.setattr("feedback.notices.chat.views.business_now", lambda: now.replace(day=20))
    ben = make.staff("Ben")
    for number in range(12):
        task = make.task(assignee=ben, rule="vip" if number < 10 else "mismatch")
        record(task, "escalated", now, after="1", text="admin", clock="contact")
        if number < 4:
            record(task, "noted", now, actor=ben)
    db.session.commit()
    collect(now, 100)
    page = signed_in(make.staff("Paula", role="admin")).get("/settings/notices").text
    assert "below half: look at this rule" in page and f"40{NBSP}%" in page
    assert "too few to say (below 10)" in page
    assert (
        '<td class="numeric" data-label="Interval">' in page
    )  # an interval is not cut where its column ends


def test_the_form_of_a_shop_carries_the_tokens_it_is_asked_for(app, make_today, signed_in, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    make_today.brand()
    browser = signed_in(make_today.staff("Olga", role="owner"))
    page = browser.get("/settings/notices").text
    form = page[page.index('action="/settings/notices/chat/demo"') :]
    form = form[: form.index("</form>")]
    hidden = dict(re.findall(r'name="([\w-]*csrf_token)"[^>]*value="([^"]+)"', form))
    fields = {"demo-url": URL, "demo-least": "P1"}
    assert browser.post("/settings/notices/chat/demo", data=fields).status_code == 403
    assert browser.post("/settings/notices/chat/demo", data=fields | hidden).status_code == 303
