"""The page behind an open link over the web: anybody may answer, once a form; nobody is taken for somebody."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from sqlalchemy import event, func, select

from surveys.clock import real_now
from surveys.database import LONE_READS, db
from surveys.languages.models import CustomerLanguage
from surveys.links.signatures import secret_of, sign
from surveys.links.stamps import stamped_id
from surveys.questionnaires.publishing import publish
from surveys.questionnaires.starters import NPS
from surveys.responses.models import Response
from tests.surveys.questionnaires.asking import row
from tests.surveys.responses.links import only_response, row_counts

SHOP = "https://shop.example"
LATE = "Came late."


@pytest.fixture
def link(make_today):
    return make_today.link()


@pytest.fixture
def form_of(app):
    """Return the id of a form of a link that somebody has looked at for a while."""

    def form_id(link, seconds=30):
        return stamped_id(link.key, real_now() - timedelta(seconds=seconds), app.config["LINK_SECRETS"][0])

    return form_id


@pytest.fixture
def signed(app):
    """Return what the shop's page puts behind a link's address to say which order it is about."""

    def query(link, ref):
        signature = sign({"ref": ref}, secret_of(link.key, app.config["LINK_SECRETS"][0]))
        return "?" + urlencode({"ref": ref, "sig": signature})

    return query


def at(link, query=""):
    return f"/l/{link.key}{query}"


def post(client, link, form_id, query="", **fields):
    return client.post(at(link, query), data={"submission_id": form_id, **fields})


def responses():
    return db.session.scalar(select(func.count(Response.id)))


# --- showing -------------------------------------------------------------------------------


@pytest.mark.once
def test_anybody_is_asked_and_nothing_is_stored(client, link):
    before = row_counts()
    for method in ("get", "head", "options"):
        answer = getattr(client, method)(at(link))
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers
    page = client.get(at(link)).text
    assert page.count('type="radio" name="score"') == 11
    assert "because you bought there" not in page and "Do not ask me again" not in page
    assert "would like to know what you think" in page
    assert row_counts() == before


def test_the_page_speaks_the_only_language_of_the_questions_whatever_the_browser_asks_for(
    client, link, make_today
):
    publish(link.survey, NPS | {"texts": {"de": NPS["texts"]["de"]}}, make_today.now)
    db.session.commit()

    page = client.get(at(link), headers={"Accept-Language": "fr,en;q=0.5"}).text

    assert '<html lang="de">' in page and "<button>Senden</button>" in page


def test_a_page_costs_one_turn_at_the_database_and_an_impossible_key_none(app, client, link):
    address, turns, statements = at(link), [], []
    watchers = [
        (app.extensions[LONE_READS].pool, "checkout", lambda *_: turns.append(1)),
        (db.engine, "before_cursor_execute", lambda *given: statements.append(given[2])),
    ]
    db.session.rollback()
    for watcher in watchers:
        event.listen(*watcher)
    try:
        assert client.get(address).status_code == 200
        assert (len(turns), statements) == (1, [])
        turns.clear()
        for key in ("x" * 21, "a-b", "%00", "ä"):
            assert client.get(f"/l/{key}").status_code == 404
        assert (turns, statements) == ([], [])
    finally:
        for watcher in watchers:
            event.remove(*watcher)


@pytest.mark.once
@pytest.mark.parametrize(
    ("query", "accepts", "own", "shops", "spoken"),
    [
        ("?lang=de", "en", None, "en", "de"),
        ("?lang=fr", "de-AT,fr;q=0.5", None, "en", "de"),
        ("", "fr,pl", "de", "en", "de"),
        ("", "fr,pl", None, "de", "de"),
        ("", "", None, "en", "en"),
    ],
)
def test_the_page_speaks_the_visitors_language(client, make_today, query, accepts, own, shops, spoken):
    link = make_today.link(brand=make_today.brand(locale=shops), locale=own)

    page = client.get(at(link, query), headers={"Accept-Language": accepts})

    assert f'<html lang="{spoken}">' in page.text


def test_an_added_language_is_spoken_once_it_is_used_and_the_survey_has_its_words(client, link):
    french = {"Accept-Language": "fr-CH,de;q=0.5"}
    publish(link.survey, {"texts": {**NPS["texts"], "fr": NPS["texts"]["en"]}}, real_now())
    db.session.commit()
    assert '<html lang="de">' in client.get(at(link), headers=french).text

    db.session.add(CustomerLanguage(key="fr", is_on=True))
    db.session.commit()
    assert '<html lang="fr">' in client.get(at(link), headers=french).text

    publish(link.survey, {"texts": {key: NPS["texts"][key] for key in ("en", "de")}}, real_now())
    db.session.commit()
    assert '<html lang="de">' in client.get(at(link), headers=french).text


def test_the_current_version_is_asked(client, link):
    words = NPS["texts"]["en"]
    newer = {"texts": {"en": {**words, "question": "How is {shop} today?"}, "de": NPS["texts"]["de"]}}
    publish(link.survey, newer, real_now())
    db.session.commit()

    assert "How is Demo Shop today?" in client.get(at(link)).text


def test_a_score_in_the_address_arrives_chosen(client, link):
    assert "You chose <strong>3</strong>" in client.get(at(link, "?score=3")).text
    assert "checked" not in client.get(at(link, "?score=11")).text


def test_an_address_typed_from_paper_works(client, link):
    assert client.get(f"/l/{link.key.upper()}").status_code == 200
    assert client.get(f"/l/{link.key}.").status_code == 200


def test_nothing_is_inline_and_what_people_do_not_see_is_no_target(client, link):
    page = client.get(at(link)).text
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)", page)
    assert re.search(
        r'aria-hidden="true"><label>.*<input name="website" tabindex="-1" autocomplete="off">', page
    )


def test_a_link_that_nobody_made_says_so(client):
    for answer in (client.get("/l/abcdefghjk"), client.post("/l/abcdefghjk", data={"score": "3"})):
        assert answer.status_code == 404
        assert "no survey at this address" in answer.text


def test_a_closed_link_says_so_and_gives_the_text_back(client, make_today, form_of):
    link = make_today.link(is_on=False)

    shown = client.get(at(link))
    sent = post(client, link, form_of(link), score="3", comment=LATE)

    assert (shown.status_code, sent.status_code) == (410, 410)
    assert "This survey is closed" in shown.text and "Demo Shop" in shown.text
    assert LATE in sent.text
    assert responses() == 0


@pytest.mark.parametrize("end", ["closes_at", "archived_at"])
def test_a_link_ends_with_its_survey(client, link, form_of, end):
    setattr(link.survey, end, real_now())
    db.session.commit()

    assert client.get(at(link)).status_code == 410
    assert post(client, link, form_of(link), score="3").status_code == 410


# --- answering -----------------------------------------------------------------------------


@pytest.mark.once
@pytest.mark.parametrize("channel", ["link", "qr", "embed"])
def test_an_answer_is_kept_with_its_link_and_nobodys_name(client, make_today, form_of, channel):
    link = make_today.link(channel=channel, attributes={"store": "Berlin"})

    page = post(client, link, form_of(link), "?lang=de", score="9", comment="Gern.")

    assert page.status_code == 200
    response = only_response()
    assert (response.score, response.group, response.comment) == (9, "promoter", "Gern.")
    assert (response.link_id, response.channel, response.locale) == (link.id, channel, "de")
    assert (response.customer_id, response.purchase_id, response.invitation_id) == (None, None, None)
    assert (response.attributes, response.attributes_verified) == ({"store": "Berlin"}, True)
    assert response.is_partial is False and response.brand_id == link.brand_id


def test_the_same_form_again_is_the_same_thanks_and_a_changed_one_is_told(client, link, form_of):
    form_id = form_of(link)

    pages = [post(client, link, form_id, score="3", comment=words) for words in (LATE, LATE, "Changed.")]

    assert [page.status_code for page in pages] == [200, 200, 409]
    assert pages[0].text == pages[1].text
    assert "Your first answer counts" in pages[2].text and "Changed.</textarea>" in pages[2].text
    assert only_response().comment == LATE


def test_another_form_is_another_answer(client, link, form_of):
    for score in ("3", "9"):
        assert post(client, link, form_of(link), score=score).status_code == 200

    assert responses() == 2


def test_a_form_of_another_link_of_the_survey_is_no_answer_here(client, make_today, link, form_of):
    form_id = form_of(link)
    post(client, link, form_id, score="3", comment=LATE)

    answer = post(client, make_today.link(), form_id, score="9")

    assert answer.status_code == 409
    assert (only_response().score, only_response().link_id) == (3, link.id)


def test_nobody_is_promised_a_mail_that_cannot_come(client, link, form_of):
    page = post(client, link, form_of(link), score="2", comment=LATE).text

    assert "sorry that it did not go well" in page and "Demo Shop will read your answer." in page
    assert "write to you" not in page


def test_what_is_filled_in_so_far_is_kept_under_the_forms_id(client, link, form_of):
    form_id = form_of(link)

    kept = post(client, link, form_id, score="2", partial="1")
    half_way = only_response()
    assert (kept.status_code, half_way.is_partial, half_way.submitted_at) == (204, True, None)
    assert (
        post(client, link, form_of(link), partial="1").status_code == 204
    )  # nothing filled in, nothing kept
    post(client, link, form_id, score="3", comment=LATE)
    whole = only_response()
    assert (whole.id, whole.score, whole.is_partial) == (half_way.id, 3, False)
    assert post(client, link, form_id, score="9", partial="1").status_code == 204
    assert only_response().score == 3


def test_what_somebody_left_half_way_is_shown_to_nobody_else(client, link, form_of):
    post(client, link, form_of(link), score="2", comment=LATE, partial="1")

    page = client.get(at(link)).text

    assert LATE not in page and "checked" not in page


def test_a_form_without_a_score_comes_back_with_what_is_wrong(client, link, form_of):
    form_id = form_of(link)

    page = post(client, link, form_id, comment=LATE)

    assert page.status_code == 422
    assert LATE in page.text and form_id in page.text
    assert responses() == 0


def test_further_pages_follow(client, make_today, form_of):
    survey = make_today.survey()
    publish(survey, {**NPS, "questions": [row("q1", "yes_no"), row("q2", "contact")]}, real_now())
    db.session.commit()
    link = make_today.link()
    assert "May Demo Shop contact you" in client.get(at(link)).text

    second = post(client, link, form_of(link), score="3")
    taken_along = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', second.text))
    assert "About q1?" in second.text and "because you bought" not in second.text
    client.post(at(link), data={**taken_along, "q1": "yes", "q2.email": "dora@example.test"})

    assert only_response().answers == {"q1": "yes", "q2.email": "dora@example.test"}
    assert only_response().excluded_reason is None


@pytest.mark.crash
@pytest.mark.usefixtures("race")
@pytest.mark.parametrize("is_signed", [False, True])
def test_two_hundred_at_once_are_one_answer(app, make_today, link, form_of, signed, is_signed):
    """With one form's id, or with one order that the shop signed for and a form each."""
    query, form_id, address = "", form_of(link), at(link)
    if is_signed:
        query = signed(link, make_today.purchase().reference)
    link.per_minute = 1000
    db.session.commit()
    db.session.remove()

    def send(number):
        sent = stamped_id(link_key, real_now(), secret) if is_signed else form_id
        fields = {"submission_id": sent, "score": str(number % 11)}
        with app.app_context():
            # On a busy machine a writer may wait in vain for its turn; the page sends it again, and so do we.
            for _once_more in range(5):
                status = app.test_client().post(address + query, data=fields).status_code
                if status != 503:
                    break
        return status

    link_key, secret = address.rpartition("/")[2], app.config["LINK_SECRETS"][0]
    with ThreadPoolExecutor(8) as many:
        answers = list(many.map(send, range(200)))

    assert responses() == 1
    # One form that says the same as what was stored is thanked, too.
    assert sorted(set(answers)) == [200, 409] and answers.count(200) in ((1,) if is_signed else (18, 19))


# --- whose answer it is --------------------------------------------------------------------


def test_a_signed_order_binds_the_answer_to_it_and_its_customer(client, make_today, link, form_of, signed):
    purchase = make_today.purchase()
    query = signed(link, purchase.reference)
    assert "May Demo Shop contact you" in client.get(at(link, query)).text

    page = post(client, link, form_of(link), query, score="2", comment=LATE, contact_permission="yes")

    response = only_response()
    assert (response.purchase_id, response.customer_id) == (purchase.id, purchase.customer_id)
    assert (response.attributes, response.attributes_verified) == ({"ref": purchase.reference}, True)
    assert "write to you within one business day" in page.text


def test_one_order_answers_once_by_a_link(client, make_today, link, form_of, signed):
    query = signed(link, make_today.purchase().reference)
    first = form_of(link)
    post(client, link, form_of(link), query, score="2", partial="1")
    assert post(client, link, first, query, score="2").status_code == 200

    again = post(client, link, form_of(link), query, score="9", comment=LATE)

    assert again.status_code == 409 and LATE in again.text
    assert post(client, link, first, query, score="2").status_code == 200
    assert only_response().score == 2


def test_an_order_that_arrives_while_somebody_answers_is_theirs(client, make_today, link, form_of, signed):
    query, form_id = signed(link, "A-1001"), form_of(link)
    post(client, link, form_id, query, score="2", partial="1")
    purchase = make_today.purchase(reference="A-1001")

    assert post(client, link, form_id, query, score="2", comment=LATE).status_code == 200

    response = only_response()
    assert (response.comment, response.is_partial) == (LATE, False)
    assert (response.purchase_id, response.customer_id) == (purchase.id, purchase.customer_id)


@pytest.mark.once
@pytest.mark.parametrize("signature", ["", "0" * 64, "ü"])
def test_an_order_that_nobody_signed_for_is_noted_and_not_believed(
    client, make_today, link, form_of, signature
):
    purchase = make_today.purchase()
    query = "?" + urlencode({"ref": purchase.reference, "sig": signature, "utm_source": "x"})

    assert post(client, link, form_of(link), query, score="2").status_code == 200

    response = only_response()
    assert (response.purchase_id, response.customer_id) == (None, None)
    assert (response.attributes, response.attributes_verified) == ({"ref": purchase.reference}, False)


def test_a_signature_counts_for_its_own_link_and_brand_only(client, make_today, link, form_of, signed):
    elsewhere = make_today.customer(brand=make_today.brand("other", name="Other Shop"))
    purchase = make_today.purchase(elsewhere)

    post(client, link, form_of(link), signed(link, purchase.reference), score="2")
    post(client, link, form_of(link), signed(make_today.link(), purchase.reference), score="2")

    found = db.session.scalars(select(Response).order_by(Response.id)).all()
    assert [each.customer_id for each in found] == [None, None]
    assert [each.attributes_verified for each in found] == [True, False]


# --- programs ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "fields", "mark"),
    [(30, {}, None), (0.5, {}, "bot"), (30, {"website": "https://buy.example"}, "bot")],
)
def test_an_answer_of_a_program_is_stored_and_marked(client, link, form_of, seconds, fields, mark):
    answer = post(client, link, form_of(link, seconds), score="9", **fields)

    assert answer.status_code == 200
    response = only_response()
    assert (response.excluded_reason, response.excluded_at is not None) == (mark, mark is not None)


def test_a_form_that_no_page_of_ours_made_is_marked_too(client, link):
    assert client.post(at(link), data={"score": "9"}).status_code == 200
    assert only_response().excluded_reason == "bot"


def test_an_answer_begun_by_a_person_and_ended_by_a_program_is_excluded(client, link, form_of):
    form_id = form_of(link)
    post(client, link, form_id, score="9", partial="1")
    assert only_response().excluded_reason is None

    post(client, link, form_id, score="9", website="https://buy.example")

    assert only_response().excluded_reason == "bot"


def test_whom_the_shop_signed_for_is_no_program(client, make_today, link, form_of, signed):
    query = signed(link, make_today.purchase().reference)

    post(client, link, form_of(link, 0.5), query, score="2")

    assert only_response().excluded_reason is None


def test_more_than_the_link_takes_in_a_minute_is_given_back(client, make_today, form_of):
    link = make_today.link(per_minute=2)
    first = form_of(link)
    for form_id in (first, form_of(link)):
        assert post(client, link, form_id, score="9").status_code == 200

    refused = post(client, link, form_of(link), score="3", comment=LATE)

    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "5")
    assert LATE in refused.text and 'name="score" value="3"' in refused.text
    assert post(client, link, first, score="9").status_code == 200  # one that has begun goes on
    assert responses() == 2


def test_answers_half_way_count_as_well(client, make_today, form_of):
    link = make_today.link(per_minute=1)
    first = form_of(link)

    assert post(client, link, first, score="9", partial="1").status_code == 204
    assert post(client, link, form_of(link), score="9", partial="1").status_code == 429
    assert post(client, link, first, score="9").status_code == 200


# --- inside a page of the shop -------------------------------------------------------------


def test_only_the_links_own_pages_may_show_it_and_only_when_asked(client, make_today, form_of):
    link = make_today.link(channel="embed", origins=[SHOP, "https://www.shop.example"])
    framed, bare = client.get(at(link, "?embed=1")), client.get(at(link))
    sent = post(client, link, form_of(link), "?embed=1", score="9")

    for answer in (framed, sent):
        policy = answer.headers["Content-Security-Policy"]
        assert policy.endswith(f"frame-ancestors {SHOP} https://www.shop.example")
        assert "default-src 'none'" in policy and "unsafe" not in policy
        assert "js/frame.js" in answer.text
    assert "frame-ancestors 'none'" in bare.headers["Content-Security-Policy"]
    assert "js/frame.js" not in bare.text
    assert "data-answered" in sent.text


def test_a_link_that_names_no_page_is_shown_in_none(client, link):
    answer = client.get(at(link, "?embed=1"))

    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "js/frame.js" not in answer.text


PROMISE = "Your answer is anonymous: we store it without your name, your order or the time."


@pytest.fixture
def promised(make_today):
    make_today.anonymous()
    return make_today.link(attributes={"store": "Berlin", "table": ""})


def test_of_an_anonymous_survey_only_what_the_link_itself_says_is_noted(
    client, make_today, promised, form_of, signed
):
    reference = make_today.purchase().reference
    form_id, query = form_of(promised), signed(promised, reference) + "&table=5"
    assert PROMISE in client.get(at(promised, query)).text

    for _ in range(2):
        answer = post(client, promised, form_id, query, score="3", comment=LATE, anonymous="1")
        assert answer.status_code == 200 and PROMISE in answer.text

    response = only_response()
    assert (response.customer, response.purchase, response.submission_id) == (None, None, None)
    assert (response.attributes, response.attributes_verified) == ({"store": "Berlin"}, True)
    assert response.excluded_reason is None


def test_a_program_is_excluded_without_the_moment(client, promised, form_of):
    post(client, promised, form_of(promised, 0), score="3", anonymous="1")

    response = only_response()
    assert response.excluded_reason == "bot"
    assert response.excluded_at == response.submitted_at


def test_pages_on_the_way_keep_nothing_and_take_no_place(client, make_today, promised, form_of):
    survey = promised.survey
    publish(survey, {**NPS, "questions": [row("q1")]}, make_today.now)
    promised.per_minute = 1
    db.session.commit()
    form_id = form_of(promised)
    first = {"score": "3", "comment": LATE, "anonymous": "1"}

    page = post(client, promised, form_id, **first)
    assert page.status_code == 200 and "About q1?" in page.text and PROMISE in page.text
    assert 'name="anonymous" value="1"' in page.text
    assert db.session.scalar(select(func.count(Response.id))) == 0
    done = post(client, promised, form_id, **first, q1="Hm", through="q1")
    assert done.status_code == 200
    assert only_response().answers == {"q1": "Hm"}
