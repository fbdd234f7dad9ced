"""The preview is the respondent's own pages; it may be framed by the editor, and stores nothing."""

import re

import pytest
from sqlalchemy import select

from surveys.audit.models import AuditEvent
from surveys.customers.models import PurchaseItem
from surveys.database import db
from tests.surveys.responses.links import row_counts

NAMING = "Dear {customer.first_name|you}: {product|your order}, {order|no number}?"


def test_the_preview_shows_the_draft_as_customers_would_see_it(desk):
    desk.post("/key", question_en="Would you?", question_de="Würden Sie {shop} nennen?")
    page = desk.get("/preview?language=de&score=3")

    assert 'lang="de"' in page.text and "Würden Sie Demo Shop nennen?" in page.text
    assert "Sie haben gewählt" in page.text
    assert "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]
    assert "script-src 'none'" in page.headers["Content-Security-Policy"]
    assert "<script" not in page.text  # it would be blocked, and the console would say so


@pytest.mark.once
def test_one_walks_through_all_of_it_and_nothing_is_stored(desk):
    desk.ask("short_text", "What was it?", "Was war es?", show_0_of="group", show_0_values="detractor")
    desk.post("/thanks/new", heading_en="We are sorry, truly", heading_de="Tut uns leid")
    before = row_counts()

    assert "What was it?" in desk.browser.post(desk.page + "/preview?language=en", data={"score": "3"}).text
    done = {"score": "3", "q1": "Late", "through": "q1"}
    assert "We are sorry, truly" in desk.browser.post(desk.page + "/preview?language=en", data=done).text
    assert "We are sorry, truly" in desk.browser.post(desk.page + "/preview", data={"score": "10"}).text
    assert (
        "choose an answer"
        in desk.browser.post(desk.page + "/preview?language=en", data={"comment": "?"}).text
    )
    assert row_counts() == before


@pytest.mark.once
def test_a_fault_is_said_as_to_a_customer(desk):
    desk.ask("number", "How many?", lowest=1, highest=3)
    told = {"score": "3", "q1": "7", "through": "q1"}

    assert "from 1 to 3" in desk.browser.post(desk.page + "/preview?language=en", data=told).text


def test_day_and_night_do_not_depend_on_the_readers_screen(make_today, desk):
    page = desk.get("/preview?dark=yes").text
    assert "/surveys/preview.css?brand=demo&amp;dark=yes" in page
    by_night = desk.browser.get("/surveys/preview.css?brand=demo&dark=yes")
    by_day = desk.browser.get("/surveys/preview.css?brand=demo").text

    assert by_night.mimetype == "text/css" and "@media all" in by_night.text
    assert "prefers-color-scheme" not in by_night.text + by_day
    assert desk.browser.get("/surveys/preview.css?brand=nobody").status_code == 404


def test_a_house_without_a_shop_has_a_preview_too(make_today, browser):
    survey = make_today.survey("csat")

    assert browser.get(f"/surveys/{survey.public_id}/preview").status_code == 200
    assert browser.get("/surveys/preview.css?brand=").status_code == 200


def test_the_thanks_of_a_preview_lead_to_nobodys_page(desk):
    thanks = desk.browser.post(desk.page + "/preview?language=en", data={"score": "10"}).text

    assert '<a href="#">See or correct your answer</a>' in thanks


def test_a_preview_speaks_every_language_of_customers(desk):
    desk.post("/languages", language="fr")
    page = desk.get("/preview?language=fr").text

    assert '<html lang="fr"' in page
    assert ">Envoyer</button>" in page


@pytest.fixture
def mug(make_today, desk):
    """Dora's mug, sent to Austria; the question names both."""
    desk.post("/key", question_en=NAMING, question_de="Wie war {product|es}?")
    dora = make_today.customer("Dora Detractor", email="dora@example.test", locale="de-AT")
    items = [PurchaseItem(position=1, name="Blue <mug>")]
    return make_today.purchase(dora, reference="A-1", ship_country="AT", items=items)


def see_with(desk, order, **choice):
    return desk.browser.post(f"{desk.page}/preview/order/{order.public_id}", data=choice)


def test_a_customer_is_found_by_number_or_address_the_newest_order_first(make_today, desk, mug):
    make_today.purchase(mug.customer, reference="A-2")
    make_today.purchase(make_today.customer("Pia"), reference="B-1")

    def found(who):
        return re.findall(r'settings__name">([AB]-\d)<', desk.get(f"?who={who}").text)

    assert found("A-1") == ["A-1"]
    assert found("Dora@Example.test") == ["A-2", "A-1"]
    assert found("") == ["B-1", "A-2", "A-1"]
    assert "No order found" in desk.get("?who=Z-9").text
    assert "Dora" not in desk.get("?who=A-1").text  # the person is shown once somebody looks at them


def test_the_preview_is_seen_with_a_customers_eyes_and_the_look_is_noted(desk, mug):
    assert "Dear you: your order, no number?" in desk.get("/preview?language=en").text

    back = see_with(desk, mug, score="3", language="en", width="desktop")

    assert (back.status_code, back.location) == (303, f"{desk.page}?score=3&width=desktop#preview-title")
    assert "Dear Dora: Blue &lt;mug&gt;, A-1?" in desk.get("/preview?language=en").text
    assert "Wie war Blue &lt;mug&gt;?" in desk.get("/preview").text  # the customer's own language
    assert "Dora Detractor</strong>, order A-1, Blue &lt;mug&gt;" in desk.get().text
    (row,) = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "builder_people.show_with"))
    assert (row.object_id, row.changes) == (mug.public_id, [])
    assert "saw the preview of a survey as the customer of an order would" in (
        desk.browser.get("/settings/changes").text
    )


@pytest.mark.once
def test_looking_and_walking_through_with_a_customer_store_nothing(desk, mug):
    desk.ask("short_text", "How was the post?", show_0_of="country", show_0_values="AT")
    see_with(desk, mug)
    before = row_counts()

    desk.get(), desk.get("?who=A-1"), desk.get("/preview?language=en")
    walked = desk.browser.post(desk.page + "/preview?language=en", data={"score": "3"})

    assert "How was the post?" in walked.text  # conditions on the order are judged
    assert row_counts() == before


@pytest.mark.once
def test_nobody_in_particular_looks_again(desk, mug):
    see_with(desk, mug)
    assert desk.browser.post(desk.page + "/preview/nobody").status_code == 303

    assert "Dear you" in desk.get("/preview?language=en").text and "Dora" not in desk.get().text


@pytest.mark.once
def test_a_customer_is_seen_only_in_the_survey_they_were_chosen_for(make_today, desk, mug):
    see_with(desk, mug)

    assert "Dora" not in desk.browser.get(f"/surveys/{make_today.survey('csat').public_id}").text


@pytest.mark.parametrize("role", ["agent", "analyst"])
def test_only_who_writes_surveys_and_sees_customers_chooses_one(make_today, signed_in, desk, mug, role):
    stranger = signed_in(make_today.staff(role=role))

    assert stranger.post(f"{desk.page}/preview/order/{mug.public_id}").status_code == 403
    assert db.session.scalars(select(AuditEvent.action)).all().count("builder_people.show_with") == 0


def test_an_order_that_is_gone_shows_nobody(desk, mug):
    assert desk.browser.post(f"{desk.page}/preview/order/nothing").status_code == 404

    see_with(desk, mug)
    db.session.delete(db.session.merge(mug))
    db.session.commit()
    assert "Dear you" in desk.get("/preview?language=en").text
