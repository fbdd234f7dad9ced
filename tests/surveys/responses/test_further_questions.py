"""Further questions over the web: asked page by page as the answers lead, kept on the way, counted once."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import event

from surveys.customers.models import PurchaseItem
from surveys.database import db
from surveys.questionnaires.publishing import publish
from surveys.questionnaires.starters import NPS
from tests.surveys.questionnaires.asking import row, when
from tests.surveys.responses.links import link_to, only_response, row_counts

REASONS = {"": ["PRICE", "DELIVERY"], "detractor": ["DELIVERY.LATE", "SUPPORT.NO_ANSWER", "OTHER"]}
QUESTIONS = [
    row("q1", "reasons", reasons=REASONS),
    row("q2", "yes_no", show_if=[when("group", "detractor")]),
    row("q3", "long_text", show_if=[when("q2", "yes")]),
    row("q4", "many", choices=["red", "blue"], other=True, show_if=[when("carrier", "dhl")]),
    row("q5", "scale", low=1, high=5),
    row("q6", "contact", starts_page=True),
    row("q7", "number", low=1, high=9),
    row("q8", "date"),
    row("q9", "consent"),
]
THANKS = [
    {
        "when": [when("q1", "DELIVERY.LATE")],
        "url": "https://shop.example/parcels",
        "texts": {
            "en": {"heading": "Late, sorry", "text": "{shop} looks into it.", "link": "Where is my parcel?"},
            "de": {
                "heading": "Zu spät, Verzeihung",
                "text": "{shop} geht dem nach.",
                "link": "Wo ist mein Paket?",
            },
        },
    }
]


@pytest.fixture
def invitation(make_today):
    return asking(make_today, carrier="DHL")


def asking(make_today, **values):
    survey = make_today.survey("nps")
    publish(survey, {**NPS, "questions": QUESTIONS, "thanks": THANKS}, make_today.now)
    db.session.commit()
    return make_today.invitation(make_today.purchase(**values), version=survey.current)


@pytest.fixture
def link(invitation):
    return link_to(invitation)


def hidden(page: str) -> dict[str, str]:
    """Return what the page takes along without showing it."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return dict(found)


def legends(page: str) -> list[str]:
    return re.findall(r"About (q\d)\?", page)


def start(client, link, score="3", **fields):
    return client.post(link, data={"submission_id": "form-1", "score": score, **fields})


def go_on(client, link, page, **fields):
    return client.post(link, data={**hidden(page.text), **fields})


def test_the_first_page_is_as_ever_and_says_that_more_follows(client, link):
    page = client.get(link).text

    assert page.count('type="radio" name="score"') == 11
    assert "<button>Next</button>" in page
    assert legends(page) == []


@pytest.mark.once
def test_a_customer_goes_all_the_way(client, link):
    second = start(client, link, comment="Came late.")
    assert second.status_code == 200
    assert (legends(second.text), "Page 2 of" in second.text) == (["q1", "q2"], True)
    assert only_response().is_partial

    third = go_on(client, link, second, **{"q1.DELIVERY.LATE": "1", "q2": "yes"})
    assert legends(third.text) == ["q3", "q4", "q5"]
    fourth = go_on(
        client, link, third, **{"q3": "Two weeks.", "q4.other": "1", "q4.text": "green", "q5": "2"}
    )
    assert "<button>Send</button>" in fourth.text
    said = {"q6.email": "pat@example.test", "q7": "4", "q8": "2026-10-01", "q9": "yes"}
    thanks = go_on(client, link, fourth, **said)

    assert thanks.status_code == 200
    assert "<h1>Late, sorry</h1>" in thanks.text and "Demo Shop looks into it." in thanks.text
    assert '<a href="https://shop.example/parcels" rel="noreferrer">Where is my parcel?</a>' in thanks.text
    response = only_response()
    assert (response.is_partial, response.score, response.comment) == (False, 3, "Came late.")
    assert response.answers == {
        "q1": ["DELIVERY.LATE"],
        "q2": "yes",
        "q3": "Two weeks.",
        "q4": ["other"],
        "q4.text": "green",
        "q5": "2",
        "q6.email": "pat@example.test",
        "q7": 4,
        "q8": "2026-10-01",
        "q9": "yes",
    }


@pytest.mark.once
def test_every_answer_may_be_left_out(client, link):
    page = start(client, link)
    while page.text.find('name="through"') > 0:
        page = go_on(client, link, page)

    assert "Thank you for telling us" in page.text
    assert (only_response().answers, only_response().is_partial) == ({}, False)


def test_what_is_asked_follows_score_and_order(client, make_today):
    link = link_to(asking(make_today, carrier="Hermes"))

    second = start(client, link, score="10")

    assert legends(second.text) == ["q1", "q5"]
    assert 'id="q1-PRICE"' in second.text and "DELIVERY.LATE" not in second.text
    assert "Page 2 of 3" in second.text


@pytest.mark.once
def test_who_goes_back_and_answers_otherwise_leaves_nothing_on_the_other_way(client, link):
    second = start(client, link)
    third = go_on(client, link, second, **{"q1.DELIVERY.LATE": "1", "q2": "yes"})
    go_on(client, link, third, **{"q3": "Two weeks."})
    # Back by the browser's button to the first page, which still has its form; now with another score.
    second = start(client, link, score="9")
    third = go_on(client, link, second, **{"q1.PRICE": "1"})
    while third.text.find('name="through"') > 0:
        third = go_on(client, link, third)

    assert (only_response().score, only_response().answers) == (9, {"q1": ["PRICE"]})


@pytest.mark.once
def test_an_answer_on_a_way_that_was_left_again_leads_to_no_further_question(client, link):
    second = start(client, link)
    go_on(client, link, second, **{"q1.DELIVERY.LATE": "1", "q2": "yes"})
    # The link again, which takes along what was kept; q2 is asked of detractors only, q3 after its yes.
    kept = hidden(client.get(link).text)
    page = client.post(link, data={**kept, "score": "9"})
    seen = legends(page.text)
    while page.text.find('name="through"') > 0:
        page = go_on(client, link, page, **({"q3": "Two weeks."} if "q3" in legends(page.text) else {}))
        seen += legends(page.text)

    assert "q2" not in seen and "q3" not in seen
    assert (only_response().score, only_response().answers) == (9, {})


def test_the_button_back_leads_to_the_page_before_also_without_a_script(client, link):
    as_browser = {"headers": {"Sec-Fetch-Mode": "navigate"}}
    turned = client.post(link, data={"submission_id": "form-1", "score": "3"}, **as_browser)
    assert turned.status_code == 303 and turned.location == "?through="
    second = client.get(link + turned.location)
    assert legends(second.text) == ["q1", "q2"] and hidden(second.text)["score"] == "3"

    further = client.post(
        link + turned.location,
        data={**hidden(second.text), "q1.DELIVERY.LATE": "1", "q2": "yes"},
        **as_browser,
    )
    third = client.get(link + further.location)
    assert further.location == "?through=q2" and legends(third.text)[0] == "q3"
    back = client.get(link + turned.location).text
    assert 'id="q2-yes" value="yes" checked' in back and 'id="q1-DELIVERY.LATE" value="1" checked' in back

    while 'name="through"' in third.text:
        third = go_on(client, link, third)
    assert only_response().is_partial is False
    assert "We have your answer." in client.get(link + turned.location).text


@pytest.mark.parametrize("odd", ["", "nothing", "q1.OTHER", "%00", "%ff", "<b>", "x" * 1900])
def test_an_address_that_names_no_page_shows_the_first_after_what_was_said(client, link, odd):
    assert "How likely" in client.get(f"{link}?through={odd}").text, "nothing was said yet"
    start(client, link, comment="Came late.")

    page = client.get(f"{link}?through={odd}").text
    assert legends(page) == ["q1", "q2"] and hidden(page)["comment"] == "Came late."
    assert "<b>" not in page


def test_behind_the_last_question_the_address_shows_the_first_page(client, link):
    start(client, link)
    page = client.get(link + "?through=q9").text
    assert "How likely" in page and 'value="3" checked' in page


def test_an_address_that_was_passed_on_shows_nothing_after_a_day(client, link):
    start(client, link, comment="Came late.")
    only_response().saved_at -= timedelta(hours=25)
    db.session.commit()

    for query in ("", "?through=", "?through=q2"):
        page = client.get(link + query).text
        assert "How likely" in page and "Came late." not in page and "checked" not in page


def test_an_anonymous_survey_turns_its_pages_without_an_address_and_without_keeping_anything(
    client, make_today
):
    survey = make_today.anonymous()
    publish(survey, {**NPS, "questions": QUESTIONS}, make_today.now)
    link = link_to(make_today.invitation(version=survey.current))
    said = {"submission_id": "form-1", "score": "3", "anonymous": "1"}

    page = client.post(link, data=said, headers={"Sec-Fetch-Mode": "navigate"})

    assert page.status_code == 200 and legends(page.text) == ["q1", "q2"]
    assert row_counts()["response"] == 0
    assert "How likely" in client.get(link + "?through=").text


def test_what_was_left_half_way_is_there_again_for_a_day(client, link, make_today):
    second = start(client, link, comment="Came late.")
    go_on(client, link, second, **{"q1.DELIVERY.LATE": "1", "q2": "yes"})
    before = row_counts()

    again = client.get(link).text

    assert "You chose <strong>3</strong>" in again and "Came late.</textarea>" in again
    assert hidden(again)["q1.DELIVERY.LATE"] == "1" and hidden(again)["q2"] == "yes"
    assert row_counts() == before
    only_response().saved_at -= timedelta(days=1, minutes=1)
    db.session.commit()
    assert "Came late." not in client.get(link).text


@pytest.mark.once
def test_a_wrong_answer_is_shown_where_it_stands_and_the_rest_is_kept(client, link):
    second = start(client, link, score="9")
    third = go_on(client, link, second)

    answer = go_on(client, link, third, **{"q6.email": "pat", "q7": "4"})

    assert answer.status_code == 422
    assert '<a href="#q6.email">This does not look like an e-mail address' in answer.text
    assert 'value="pat"' in answer.text and 'value="4"' in answer.text
    assert only_response().answers == {"q7": 4}


@pytest.mark.once
def test_a_second_form_after_the_end_is_told_so_and_changes_nothing(client, link):
    page = start(client, link, score="10")
    while page.text.find('name="through"') > 0:
        page = go_on(client, link, page)

    late = start(client, link, score="0", submission_id="form-2")

    assert late.status_code == 409
    assert only_response().score == 10


def test_the_script_keeps_a_page_that_is_half_filled_in(client, link):
    second = start(client, link)
    sent = go_on(client, link, second, **{"q1.DELIVERY.LATE": "1", "partial": "1"})

    assert (sent.status_code, sent.text) == (204, "")
    assert only_response().answers == {"q1": ["DELIVERY.LATE"]}


@pytest.mark.once
@pytest.mark.parametrize(
    "fields", [{"q99": "x"}, {"q1": "DELIVERY"}, {"q4.green": "1"}, {"q1.text": "x"}, {"through.x": "q1"}]
)
def test_a_field_that_no_page_has_is_refused(client, link, fields):
    answer = start(client, link, **fields)

    assert answer.status_code in (400, 422)
    assert row_counts()["response"] == 0


def test_an_unknown_place_begins_with_the_first_further_page(client, link):
    assert legends(start(client, link, through="q99").text) == ["q1", "q2"]


def test_the_same_survey_in_german(client, make_today):
    survey = make_today.survey("nps")
    publish(survey, {**NPS, "questions": QUESTIONS[:1], "thanks": THANKS}, make_today.now)
    db.session.commit()
    purchase = make_today.purchase(make_today.customer(locale="de"))
    link = link_to(make_today.invitation(purchase, version=survey.current))

    second = start(client, link)
    thanks = go_on(client, link, second, **{"q1.DELIVERY.LATE": "1"})

    assert ">Kam zu spät</label>" in second.text
    assert "Zu spät, Verzeihung" in thanks.text and "innerhalb" in thanks.text


def test_a_page_of_further_questions_escapes_what_was_typed(client, link):
    hostile = '"><script>alert(1)</script>{{ 7*7 }}'

    page = start(client, link, comment=hostile).text

    assert "<script>alert" not in page and "49" not in hidden(page)["comment"]


@pytest.fixture
def personal_link(make_today):
    """A link to a survey that names its customer and what they bought."""
    texts = {
        "question": "{customer.first_name|Hello}, would you recommend {shop}?",
        "low": "No",
        "high": "Yes",
        "why": {"": "What about the {product|order}?"},
        "permission": "{customer.first_name|Hello} {order|?}?",
    }
    thanks = {"when": [], "texts": {"en": {"heading": "Thank you, {customer.name|friend}", "text": "Bye."}}}
    document = {"texts": {"en": texts}, "questions": [row("q1", texts={"en": {"question": "{product|It}?"}})]}
    survey = make_today.survey("nps")
    publish(survey, {**document, "thanks": [thanks]}, make_today.now)
    db.session.commit()

    def make(**values):
        purchase = make_today.purchase(
            make_today.customer(**values),
            reference=f"A<1> of {values['name'][:3]}",
            items=[PurchaseItem(position=1, sku="M", name="Mug & cup", quantity=1)],
        )
        return link_to(make_today.invitation(purchase, version=survey.current))

    return make


def test_a_survey_can_name_the_customer_and_what_they_bought(client, personal_link):
    link = personal_link(name="Zoë <b>Quast</b>")
    first = client.get(link).text
    second = start(client, link, score="10").text
    thanks = go_on(client, link, start(client, link, score="10")).text

    assert "<h1>Zoë, would you recommend Demo Shop?</h1>" in first
    assert "What about the Mug &amp; cup?" in first and "Zoë A&lt;1&gt; of Zoë?" in first
    assert "Mug &amp; cup?" in second
    assert "Thank you, Zoë &lt;b&gt;Quast&lt;/b&gt;" in thanks


def test_two_customers_never_see_each_others_names(client, personal_link):
    dora, nameless = personal_link(name="Dora"), personal_link(name="12 34")

    assert "<h1>Dora, would" in client.get(dora).text
    assert "<h1>Hello, would" in client.get(nameless).text
    assert "<h1>Dora, would" in client.get(dora).text


def test_what_a_respondent_types_is_never_taken_for_a_place(client, personal_link):
    link = personal_link(name="Dora")

    answer = client.post(link, data={"score": "11", "comment": "{customer.name|x} {shop}"})

    assert "{customer.name|x} {shop}</textarea>" in answer.text


def test_showing_the_first_page_still_costs_one_question_to_the_database(app, client, link):
    client.get(link)
    seen = []
    with app.app_context():
        listening = (db.engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
        event.listen(*listening)
        client.get(link)
        event.remove(*listening)

    assert len(seen) <= 1
