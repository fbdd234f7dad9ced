"""From a theme on a page to the letter that it was solved: the whole story through the web."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback.analysis.models import Analysis, Mention
from feedback.improving.judging import judge_due
from feedback.improving.models import Improvement, ImprovementLetter
from feedback.improving.telling.sending import send_due
from surveys.database import db
from surveys.invitations.post import Post
from tests.feedback.improving.raising import LATE, answered, chosen, idea, in_effect, raised

POST = Post("https://feedback.shop.test", "survey@shop.test", "s" * 40)
PAGE = "/insights/improvements"
DAY = timedelta(days=1)


@pytest.fixture
def house(make_today):
    """A shop in which a third came late until a month ago."""
    make, now = make_today, make_today.now
    with make.at_one_go():
        for name in ("Dora", "Emil", "Silent"):
            raised(make, now - 40 * DAY, customer=make.customer(name), contact_permission=name != "Silent")
        for number in range(12):
            nobody = make.customer("Late Lars", email=None, reference=f"C-{number}")
            raised(make, now - 41 * DAY, customer=nobody)
        answered(make, now - 40 * DAY, 30, (9, 7, 3))
        answered(make, now - 10 * DAY, 40, (9, 10))
        make.staff("Olga", "owner")
    return make


def one():
    return db.session.scalars(select(Improvement)).one()


def asked(now):
    return chosen(now, 60, 31).query(theme=LATE)


def test_a_theme_becomes_an_improvement_that_worked_and_those_who_raised_it_hear_of_it(
    house, signed_in, channels, kept, client
):
    now, today = house.now, house.now.date()
    browser = signed_in(house.staff("Ada", "admin"))
    assert "No improvement yet" in browser.get(PAGE).text
    page = browser.get(f"{PAGE}/new", query_string=asked(now)).text
    assert "15 of 45 answers raise it" in page.replace("\u202f", "") and "Delivery: Late" in page

    title = {"title": "Another carrier", "hope": "share:down", "owner": "", "least": "5", "hypothesis": ""}
    answer = browser.post(f"{PAGE}/new", query_string=asked(now), data=title)
    assert answer.status_code == 303
    address = answer.location
    assert "Came far too late" in browser.get(address).text
    reader = signed_in(house.staff("Dan", "agent"))
    assert (
        "/improvements/new" not in reader.get(PAGE).text and f"{address}/move" not in reader.get(address).text
    )
    assert browser.post(f"{address}/move", data={"state": "in_effect"}).status_code == 409
    browser.post(f"{address}/move", data={"state": "planned"})
    days = {"effect_on": today - 30 * DAY, "check_on": today}
    late = {"state": "in_effect", **days, "check_on": today - 40 * DAY}
    assert "7 to 366 days" in browser.post(f"{address}/move", data=late).text
    assert browser.post(f"{address}/move", data={"state": "in_effect", **days}).status_code == 303
    page = browser.get(address).text
    assert "So far, not judged yet" in page and "chart__whisker" in page and "worked" not in page
    judge_due(now + 2 * DAY, 10)
    page = browser.get(address).text
    assert "Checked: worked" in page and "It became rarer" in page
    assert "Checked" in browser.get(PAGE).text and "Checked: Another carrier" in browser.get("/news").text

    told = f"{address}/told"
    assert "2 people would get a letter" not in browser.get(told).text, "nothing is written yet"
    browser.post(f"{told}/texts", data={"said_en": "Parcels came late.", "did_en": "We changed the carrier."})
    page = browser.get(told).text
    assert "2 people would get a letter now" in page and "of 15 who raised it" in page
    assert browser.post(f"{told}/send", data={"seen": "3"}).status_code == 409
    assert browser.post(f"{told}/send", data={"seen": "2"}).status_code == 303
    assert browser.post(f"{told}/send", data={"seen": "2"}).status_code == 409
    send_due(now + DAY, 10, channels, POST)
    assert {each.to_name for each in kept.messages} == {"Dora", "Emil"}
    secret = client.application.config["LINK_SECRETS"][0]
    link = Post("", None, secret).own_page_link(
        db.session.scalars(select(ImprovementLetter.public_id)).first()
    )
    assert client.get(link).status_code == 200
    browser.post(f"{told}/publish")
    assert "We changed the carrier." in client.get("/said-and-done/demo").text
    browser.post(f"{told}/withdraw")
    assert "We changed the carrier." not in client.get("/said-and-done/demo").text


@pytest.mark.once
def test_what_cannot_be_is_refused_beside_its_field(house, signed_in):
    now, browser = house.now, signed_in(house.staff("Ann", "analyst"))
    good = {"title": "T", "hope": "share:down", "owner": ""}
    for query, data, status, said in (
        (asked(now), good | {"title": " "}, 422, "required"),
        (asked(now), good | {"hope": "luck"}, 422, "Not a valid choice"),
        (asked(now), good | {"least": "-1"}, 422, "between"),
        (asked(now), good | {"least": "sNaN"}, 422, "between"),
        (asked(now) | {"theme": "NOTHING"}, good, 422, "Choose one from the list"),
        (asked(now) | {"theme": "PAYMENT"}, good, 422, "Nobody raised this"),
        (asked(now) | {"survey": "nope"}, good, 422, "not on a scale"),
        (asked(now) | {"since": "x"}, good, 422, "not a day"),
    ):
        answer = browser.post(f"{PAGE}/new", query_string=query, data=data)
        assert (answer.status_code, said in answer.text) == (status, True), (query, data, answer.text[-1500:])
    assert db.session.scalars(select(Improvement)).all() == []
    assert "Themes of comments" in browser.get(f"{PAGE}/new?since={(now - 60 * DAY).date()}").text
    strange = {"_external": "1", "_scheme": "https://elsewhere.test/?", "_method": "NONE", "endpoint": "x"}
    page = browser.get(f"{PAGE}/new", query_string=asked(now) | strange)
    assert page.status_code == 200 and "elsewhere" not in page.text


def test_analysts_start_and_note_but_write_to_nobody_and_see_no_names(house, signed_in):
    made = in_effect(house.now)
    db.session.commit()
    address, browser = f"{PAGE}/{made.public_id}", signed_in(house.staff("Ann", "analyst"))
    page = browser.get(address).text
    assert "Came far too late" in page and "Dora" not in page and "Owners and admins tell" in page
    for path in ("", "/texts", "/send", "/publish", "/withdraw"):
        method = "POST" if path else "GET"
        assert browser.open(f"{address}/told{path}", method=method).status_code == 403
    assert browser.post(f"{address}/move", data={"state": "declined", "reason": ""}).status_code == 422
    changed = {"title": "New title", "owner": "", "hope": "share:down"}
    assert browser.post(address, data=changed).status_code == 303
    plain = {"title": "T", "owner": "", "hope": "share:down"}
    far = f"{PAGE}/{idea(house.now).public_id}"
    for day in ({"effect_on": "9999-12-31"}, {"check_on": "0001-01-01"}):
        refused = browser.post(far, data=plain | day)
        assert refused.status_code == 422 and "nearer to today" in refused.text, day
    assert browser.post(f"{address}/note", data={"note": "A strike, too."}).status_code == 303
    assert "New title" in browser.get(address).text and "A strike, too." in browser.get(address).text
    assert browser.post(f"{address}/move", data={"state": "declined", "reason": "Dear"}).status_code == 303
    assert db.session.get(Improvement, made.id).reason == "Dear"


def test_without_a_survey_there_is_nothing_to_start_from(make_today, signed_in):
    refused = signed_in(make_today.staff(role="analyst")).get("/insights/improvements/new")
    assert refused.status_code == 422 and "publish one first" in refused.text


def test_before_anybody_has_answered_there_is_no_dead_end(make_today, signed_in):
    make_today.survey()
    browser = signed_in(make_today.staff(role="analyst"))
    for page in ("", "/new"):
        said = browser.get(f"/insights/improvements{page}").text
        assert "Nobody has answered yet" in said and "longer period" not in said, page


def test_the_list_of_subjects_and_the_step_after_it_count_the_same_answers(house, signed_in):
    now = house.now
    with house.at_one_go():
        both = raised(house, now - 40 * DAY, code="DELIVERY", customer=house.customer("Both"))
        reading = db.session.scalars(select(Analysis).where(Analysis.response == both)).one()
        # Who complains of the delivery, and of its being late, complains of the delivery once.
        house.keep(Mention(analysis=reading, kind="theme", code=LATE, start=15, end=18, polarity=-0.7))
        for number in range(3):
            raised(house, now - 40 * DAY, code="DELIVERY", customer=house.customer(f"General {number}"))
    browser, days = signed_in(house.staff("Ada", "admin")), chosen(now, 60, 31).query()

    offered = browser.get(f"{PAGE}/new", query_string=days).text
    for code, words, n in (("DELIVERY", "Delivery", 19), (LATE, "Delivery: Late", 16)):
        assert f'<option value="theme:{code}">{words} ({n})</option>' in offered
        after = browser.get(f"{PAGE}/new", query_string={**days, "subject": f"theme:{code}"}).text
        assert f"{n} of 49 answers raise it" in after
        assert "praise, and what only names it, is not counted here" in after
