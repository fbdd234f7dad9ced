"""The settings of how tasks end, and resolving a task with two choices already made."""

import re

import pytest

from feedback.analysis.models import Analysis, Mention
from feedback.follow_up.closing.queries import given_with, limits, own_details
from feedback.follow_up.queries import last_change
from surveys.database import db


@pytest.fixture
def admin(signed_in, make_today):
    return signed_in(make_today.staff("Ada", role="admin"))


@pytest.fixture
def agent(signed_in, make_today):
    return signed_in(make_today.staff("Ben"))


def chosen(page, field):
    select = re.search(rf'<select[^>]*id="{field}".*?</select>', page, re.S).group()
    found = re.search(r'<option selected value="([^"]*)"', select)
    return found.group(1) if found else ""


def test_an_admin_adds_rewords_and_retires_a_cause(admin):
    assert admin.post("/settings/closing/causes", data={"cause": "it", "en": "Robot"}).status_code == 303
    assert (
        admin.post(
            "/settings/closing/causes/it.robot", data={"en": "The robot", "de": "Der Roboter"}
        ).status_code
        == 303
    )
    assert "The robot" in admin.get("/settings/closing").text
    assert admin.post("/settings/closing/causes/it.robot/retire").status_code == 303
    assert "no longer offered" in admin.get("/settings/closing").text
    assert admin.post("/settings/closing/causes/it.robot/offer").status_code == 303
    assert [each.is_retired for each in own_details()] == [False]


@pytest.mark.once
def test_what_is_wrong_is_said_beside_the_field_and_kept(admin):
    page = admin.post("/settings/closing/causes", data={"cause": "weather", "en": "Rain <b>"})
    assert (
        page.status_code == 422 and "Rain &lt;b&gt;" in page.text and "Choose one of the causes" in page.text
    )
    assert admin.post("/settings/closing/goodwill", data={"agent": "-1", "admin": "9"}).status_code == 422
    assert admin.get("/settings/closing/causes/it.nothing").status_code == 404
    assert admin.post("/settings/closing/causes/it.nothing", data={"en": "x"}).status_code == 404


def test_limits_are_saved(admin):
    assert admin.post("/settings/closing/goodwill", data={"agent": "25", "admin": "100"}).status_code == 303
    assert limits() == {"agent": 25, "admin": 100}
    assert 'value="25"' in admin.get("/settings/closing").text


def test_agents_do_not_change_the_causes(agent):
    assert agent.get("/settings/closing").status_code == 403
    assert agent.post("/settings/closing/goodwill", data={"agent": "999", "admin": "999"}).status_code == 403


@pytest.fixture
def late(make_today):
    response = make_today.response(2, "Far too late, I want my money back", analysed_at=make_today.now)
    reading = make_today.keep(
        Analysis(
            response=response,
            language="en",
            label="negative",
            polarity=-0.8,
            analyzer="test 1",
            analysed_at=make_today.now,
        )
    )
    make_today.keep(Mention(analysis=reading, kind="intent", code="refund", start=14, end=34))
    return make_today.task(response, reason="DELIVERY.LATE")


@pytest.mark.once
def test_resolution_cause_and_reason_are_preselected_from_the_comment(agent, late):
    page = agent.get(f"/tasks/{late.public_id}").text
    assert chosen(page, "resolve-resolution") == "refund"
    assert chosen(page, "resolve-cause") == "carrier.late"
    assert chosen(page, "resolve-reason") == "DELIVERY.LATE"


def test_resolving_keeps_the_finer_cause_and_the_goodwill_and_shows_both(agent, late):
    fields = {
        "resolution": "goodwill",
        "cause": "carrier.late",
        "reason": "DELIVERY.TRACKING",
        "goodwill": "12.50",
    }
    answer = agent.post(f"/tasks/{late.public_id}/resolve", data=fields | {"version": last_change(late.id)})
    assert answer.status_code == 303
    assert (late.cause, late.cause_detail, late.reason) == ("carrier", "carrier.late", "DELIVERY.TRACKING")
    assert [tuple(each) for each in given_with(late.id)] == [(1250, "EUR")]
    page = agent.get(f"/tasks/{late.public_id}").text
    assert "Cause: Carrier: Late on the way." in page and "€12.50" in page
    assert "gave €12.50 out of goodwill" in re.sub(r"<[^>]+>", "", page)


@pytest.mark.once
def test_too_much_goodwill_is_refused_beside_its_field_and_nothing_is_half_stored(agent, late):
    fields = {"resolution": "goodwill", "cause": "carrier", "goodwill": "50.01", "note": "My note"}
    answer = agent.post(f"/tasks/{late.public_id}/resolve", data=fields | {"version": last_change(late.id)})
    assert answer.status_code == 403
    assert "you may give 50" in answer.text and "My note" in answer.text and 'value="50.01"' in answer.text
    db.session.expire_all()
    assert late.state == "new" and given_with(late.id) == []
