"""Surveys are listed, begun, published, closed, archived and copied through the web."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from surveys.audit.models import AuditEvent
from surveys.database import db
from surveys.questionnaires.models import Survey
from surveys.questionnaires.queries import survey_by_key
from surveys.questionnaires.starters import NPS
from surveys.scales import SCALES
from tests.surveys.responses.links import link_to

KEY = {
    f"{name}_{tag}": f"{name} {tag}" for name in ("question", "low", "high", "why") for tag in ("en", "de")
}


@pytest.mark.once
@pytest.mark.parametrize("role", ["agent", "analyst"])
@pytest.mark.parametrize(
    "path", ["", "/new", "/{id}", "/{id}/key", "/{id}/versions", "/{id}/preview", "/{id}/texts.csv"]
)
def test_only_owners_and_admins_write_surveys(make_today, signed_in, desk, role, path):
    stranger = signed_in(make_today.staff(role=role))

    assert stranger.get("/surveys" + path.format(id=desk.id)).status_code == 403


def test_the_list_says_what_each_survey_is(make_today, desk):
    make_today.response(9)
    desk.post("/key", **KEY)
    page = desk.browser.get("/surveys").text

    assert "Recommendation (NPS), 0 to 10 · version 1 · 1 answer · English, German" in page
    assert "being written" in page and "published" in page


def test_an_empty_house_is_offered_a_first_survey(browser):
    assert 'class="empty"' in browser.get("/surveys").text


def test_a_survey_is_begun_written_published_and_asked(desk):
    begun = desk.browser.post("/surveys/new", data={"name": "How was it?", "start": "kind:csat"})
    assert begun.status_code == 303
    assert "How was it?" in desk.browser.get(begun.location).text

    published = desk.browser.post(begun.location + "/publish", data={"step": 1})
    assert "Published as version 1. No touchpoint asks it yet" in desk.browser.get(published.location).text
    assert survey_by_key("how-was-it").kind == "csat"
    assert "How was it?" in desk.browser.get("/settings/touchpoints/new/demo").text


@pytest.mark.once
@pytest.mark.parametrize("kind", list(SCALES))
def test_a_survey_of_every_kind_is_begun_and_can_be_published_as_it_is(desk, kind):
    begun = desk.browser.post("/surveys/new", data={"name": "Mine", "start": f"kind:{kind}"})
    assert desk.browser.get(begun.location + "/preview?score=1").status_code == 200
    assert desk.browser.get(begun.location + "/key").status_code == 200

    published = desk.browser.post(begun.location + "/publish", data={"step": 1})
    assert "Published as version 1. No touchpoint asks it yet" in desk.browser.get(published.location).text
    assert survey_by_key("mine").kind == kind


def test_a_survey_begins_like_another_one(desk):
    desk.browser.post("/surveys/new", data={"name": "Mine", "start": f"survey:{desk.id}"})

    assert db.session.scalar(select(Survey.kind).where(Survey.key == "mine")) == "nps"


@pytest.mark.once
@pytest.mark.parametrize(
    "data",
    [{"name": "", "start": "kind:nps"}, {"name": "x", "start": "fax"}, {"name": "  ", "start": "kind:nps"}],
)
def test_what_makes_no_survey_is_said(desk, data):
    assert desk.browser.post("/surveys/new", data=data).status_code == 422


@pytest.mark.once
def test_everything_that_stands_in_the_way_is_told_with_a_link_to_its_place(desk):
    desk.post("/key", **KEY | {"low_de": ""})
    key = desk.ask("one", "Which?", "", choices_en="A\nB", choices_de="")
    refused = desk.post("/publish")

    assert refused.status_code == 422
    assert re.search(r'/key">Key question</a>: “Low end of the scale” has no words in German', refused.text)
    assert re.search(rf'/questions/{key}">Question 1</a>: It has no words in German', refused.text)
    assert 'role="alert"' in refused.text
    assert desk.survey.current.definition == NPS


@pytest.mark.once
def test_what_stands_in_the_way_is_told_while_one_writes(desk):
    assert "Before publishing" not in desk.get().text  # nothing is being written

    key = desk.ask("short_text", "Why?", "")
    written = desk.get()
    assert written.status_code == 200 and 'role="alert"' not in written.text
    assert "1 thing stands in the way:" in written.text
    mended_at = re.search(r'href="([^"]+)">Question 1</a>: It has no words in German', written.text)[1]
    assert desk.browser.get(mended_at).status_code == 200

    desk.post(f"/questions/{key}", question_en="Why?", question_de="Warum?")
    assert "Nothing stands in the way of publishing." in desk.get().text
    desk.post("/publish")
    assert "Before publishing" not in desk.get().text


def test_a_hint_leads_to_the_text_that_it_speaks_of(desk):
    desk.post("/thanks/new", heading_en="Thank you", heading_de="")
    page = desk.get().text

    assert re.search(r'/thanks/0">Ending 1</a>: “Heading” has no words in German', page)
    assert re.search(r'/thanks/0">Ending 1</a>, German: A text is not translated', page)


@pytest.mark.once
def test_undo_and_discard_bring_back_what_was_before(desk):
    first = desk.ask("short_text", "One?")
    desk.ask("short_text", "Two?")
    desk.post("/undo")
    assert [row["key"] for row in desk.draft["questions"]] == [first]

    desk.post("/undo")
    assert desk.draft == NPS
    assert "no earlier step" in desk.browser.get(desk.post("/undo").location).text
    desk.post("/discard")
    assert desk.draft is None


def test_a_survey_that_was_never_published_goes_with_its_draft(desk):
    begun = desk.browser.post("/surveys/new", data={"name": "Mine", "start": "kind:nps"})

    assert desk.browser.post(begun.location + "/discard", data={"step": 1}).location == "/surveys"
    assert desk.browser.get(begun.location).status_code == 404


@pytest.mark.once
def test_a_closed_survey_takes_no_answers_and_can_be_opened_again(make_today, desk, client, machine):
    link = link_to(make_today.invitation())
    yesterday = (make_today.now - timedelta(days=1)).date().isoformat()
    saved = desk.post("/settings", name="NPS", closes_on=yesterday, closes_time="", closes_after="")
    assert saved.status_code == 303
    page = desk.get()
    assert "closed" in page.text and "Closes:" in page.text

    assert client.get(link).status_code == 410
    assert "closed" in client.post(link, data={"score": "9"}).text
    told = {"survey": "nps", "brand": "demo", "score": 9}
    refused = machine.post("/api/v1/responses", json=told)
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/survey")

    desk.post("/settings", name="NPS", closes_on="", closes_time="", closes_after="")
    assert client.get(link).status_code == 200
    assert machine.post("/api/v1/responses", json=told).status_code == 201


def test_the_end_is_meant_in_the_shops_hours(make_today, desk):
    zone = make_today.brand().time_zone
    assert zone == "Europe/Berlin"
    desk.post("/settings", name="Mine", closes_on="2031-01-15", closes_time="18:00", closes_after="500")

    assert desk.survey.closes_at.isoformat() == "2031-01-15T17:00:00+00:00"
    assert (desk.survey.name, desk.survey.closes_after) == ("Mine", 500)
    page = desk.get("/settings").text
    assert 'value="2031-01-15"' in page and 'value="18:00"' in page and 'value="500"' in page
    assert desk.post("/settings", name="", closes_after="0").status_code == 422


def test_a_survey_that_is_asked_is_not_archived_before_its_touchpoint_is_off(make_today, desk):
    touchpoint = make_today.touchpoint()
    assert "After delivery" in desk.browser.get(desk.post("/archive").location).text
    assert desk.survey.archived_at is None

    touchpoint.is_on = False
    db.session.commit()
    desk.post("/archive")
    page = desk.get().text
    assert "archived" in page and "Take out of the archive" in page
    assert desk.get("/key").status_code == 409
    desk.post("/archive", archived="no")
    assert desk.survey.archived_at is None


def test_a_copy_is_opened_as_a_draft(desk):
    copied = desk.post("/copy")

    page = desk.browser.get(copied.location).text
    assert "Recommendation after the purchase (copy)" in page and "draft" in page


@pytest.mark.once
def test_the_check_back_can_be_seen_and_not_changed(make_today, desk):
    page = f"/surveys/{make_today.survey('check-back').public_id}"

    assert "it stays as it is" in desk.browser.get(page).text
    assert desk.browser.get(page + "/key").status_code == 422
    assert "it stays as it is" in desk.browser.get(desk.browser.post(page + "/copy").location).text


@pytest.mark.once
def test_who_published_archived_closed_and_copied_is_written_down(desk):
    desk.post("/key", **KEY)
    desk.post("/publish")
    desk.post("/settings", name="NPS", closes_after="5")
    desk.post("/copy")
    desk.post("/archive")

    rows = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id))
    assert [row.action for row in rows] == [
        "builder_questions.key_question",
        "builder.publish",
        "builder.settings",
        "builder.copy",
        "builder.archive",
    ]


@pytest.mark.once
def test_nothing_is_found_under_a_strange_id(desk):
    assert desk.browser.get("/surveys/nobody").status_code == 404
    assert "There is no such survey" in desk.browser.get("/surveys/nobody").text


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_at_either_end_of_the_calendar_is_answered_in_words(make_today, desk, day):
    make_today.brand().time_zone = "Asia/Tokyo" if day < "1" else "America/New_York"
    db.session.commit()
    refused = desk.post("/settings", name="NPS", closes_on=day, closes_time="23:59" if day > "1" else "00:00")

    assert refused.status_code == 422
    assert "not a day of the calendar" in refused.text


@pytest.mark.parametrize("deed", ["publish", "undo", "discard"])
def test_nobody_publishes_or_takes_back_what_a_colleague_wrote_meanwhile(desk, deed):
    desk.ask("short_text", "Mine?")
    seen = desk.step
    desk.ask("short_text", "Half-finis")
    answer = desk.post(f"/{deed}", step=seen)

    assert "changed in the meantime" in desk.browser.get(answer.location).text
    assert len(desk.draft["questions"]) == 2
    assert desk.survey.current.definition == NPS
