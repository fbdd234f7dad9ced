"""The respondent's page over the web: what is shown, what is stored, what is refused and how."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import urlencode

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.exc import OperationalError

from surveys import tokens
from surveys.clock import real_now
from surveys.database import LONE_READS, db
from surveys.questionnaires.languages import in_every_language
from surveys.questionnaires.publishing import publish
from surveys.questionnaires.starters import NPS
from surveys.responses.answering import CORRECTABLE_FOR
from surveys.responses.models import Response
from surveys.scales import SCALES, group_of
from tests.conftest import SECRET
from tests.factories import KEY_OF, words_for
from tests.surveys.responses.links import link_to, only_response, row_counts

HOSTILE = "</textarea><script>alert(1)</script>\"'&{{ 7*7 }}"


@pytest.fixture
def invitation(make_today):
    return make_today.invitation()


@pytest.fixture
def link(invitation):
    return link_to(invitation)


def sent(client, link, **fields):
    """Post a form as a browser does."""
    return client.post(link, data={"submission_id": "form-1", **fields})


def raw(client, link, body, content_type="application/x-www-form-urlencoded"):
    return client.post(link, data=body, content_type=content_type)


# --- showing -------------------------------------------------------------------------------


def test_the_page_asks_one_question_in_the_customers_language(client, make_today):
    brand = make_today.brand(name="Kiesel & Tee", privacy_url="https://shop.example/privacy")
    dora = make_today.customer("Dora", brand=brand, locale="de")
    page = client.get(link_to(make_today.invitation(make_today.purchase(dora)))).text
    assert '<html lang="de">' in page
    assert "Wie wahrscheinlich ist es, dass Sie Kiesel &amp; Tee im Freundes" in page
    assert page.count('type="radio" name="score"') == 11
    assert "checked" not in page
    assert 'href="https://shop.example/privacy"' in page


@pytest.fixture
def spoken_in(make_today):
    """Let the recommendation survey speak these languages alone."""

    def speak(*languages):
        texts = in_every_language("nps", NPS)["texts"]
        publish(
            make_today.survey("nps"), NPS | {"texts": {each: texts[each] for each in languages}}, real_now()
        )
        db.session.commit()
        return texts

    return speak


@pytest.mark.parametrize(
    ("languages", "wanted", "spoken", "button"),
    [
        (("de",), "en", "de", "Senden"),
        (("de",), "fr", "de", "Senden"),
        (("en", "fr"), "de", "en", "Send"),
        (("en", "de"), "fr", "en", "Send"),
    ],
)
def test_a_page_speaks_one_language_also_where_the_customers_own_is_missing(
    client, make_today, spoken_in, languages, wanted, spoken, button
):
    texts = spoken_in(*languages)
    link = link_to(
        make_today.invitation(make_today.purchase(make_today.customer(locale=wanted)), locale=wanted)
    )

    page, thanks = unescape(client.get(link).text), sent(client, link, score="9")

    assert f'<html lang="{spoken}">' in page and texts[spoken]["why"][""] in page
    assert f"<button>{button}</button>" in page
    assert f'<html lang="{spoken}">' in thanks.text


@pytest.mark.once
def test_every_page_says_who_asks_and_leads_to_privacy_notice_and_imprint(client, make_today):
    here = {"privacy_url": "https://shop.example/privacy", "imprint_url": "https://shop.example/imprint"}
    brand = make_today.brand(name="Kiesel & Tee", **here)
    invitation = make_today.invitation(make_today.purchase(make_today.customer(brand=brand)))
    over = make_today.invitation(
        make_today.purchase(make_today.customer(brand=brand)), expires_at=make_today.now - timedelta(days=1)
    )
    ask = link_to(invitation)
    token = tokens.make(tokens.UNSUBSCRIBE, invitation.public_id, SECRET)
    pages = {
        "survey": client.get(ask),
        "fault": sent(client, ask, score="99"),
        "unknown field": client.post(ask, data={"colour": "red"}),
        "wrong type": raw(client, ask, "{}", "application/json"),
        "thanks": sent(client, ask, score="9"),
        "answered": client.get(ask),
        "too late": sent(client, ask, score="3", submission_id="another"),
        "over": client.get(link_to(over)),
        "stop": client.get(f"/u/{token}"),
        "stopped": client.post(f"/u/{token}"),
    }
    for name, page in pages.items():
        assert all(f'href="{address}"' in page.text for address in here.values()), name
        assert "asks because you bought there" in page.text, name


def test_thanks_and_the_answered_page_lead_to_the_customers_own_page(client, make_today):
    invitation = make_today.invitation()
    own = f"../me/{tokens.make(tokens.OWN_PAGE, invitation.public_id, SECRET)}"
    thanks = sent(client, link_to(invitation), score="9")
    again = client.get(link_to(invitation))

    for page in (thanks, again):
        assert f'<a href="{own}">See or correct your answer</a>' in page.text


def test_from_the_day_on_when_an_answer_cannot_be_corrected_its_link_does_not_say_so(client, make_today):
    invitation = make_today.invitation()
    sent(client, link_to(invitation), score="9")
    invitation.answered_at -= CORRECTABLE_FOR
    db.session.commit()

    page = client.get(link_to(invitation))

    assert "/me/" in page.text and "correct" not in page.text


@pytest.mark.once
@pytest.mark.parametrize(("key", "count"), [("csat", 5), ("ces", 7)])
@pytest.mark.parametrize("locale", ["en", "de"])
def test_the_other_kinds_have_their_scales(client, make_today, key, count, locale):
    touchpoint = make_today.touchpoint(survey_key=key)
    purchase = make_today.purchase(make_today.customer(locale=locale))
    page = client.get(link_to(make_today.invitation(purchase, touchpoint=touchpoint))).text
    assert page.count('type="radio" name="score"') == count
    assert ("scale--rows" in page) == (key == "csat")


@pytest.mark.parametrize("kind", SCALES)
@pytest.mark.parametrize("locale", ["en", "de"])
def test_every_kind_is_asked_in_words_and_answered_with_any_of_its_scores(client, make_today, kind, locale):
    touchpoint = make_today.touchpoint(survey_key=KEY_OF[kind])
    dora = make_today.customer(locale=locale)
    words = words_for(kind, locale)
    for score in SCALES[kind].scores:
        link = link_to(make_today.invitation(make_today.purchase(dora), touchpoint=touchpoint))
        page = unescape(client.get(link).text)
        assert words.question in page and "checked" not in page
        assert page.count('type="radio" name="score"') == len(SCALES[kind].scores)
        assert all(label in page for label in words.points or (words.low, words.high, str(score)))
        assert words.why[group_of(kind, score)] in unescape(client.get(f"{link}?score={score}").text)
        assert sent(client, link, submission_id=f"form-{score}", score=str(score)).status_code == 200
    stored = (
        db.session.execute(select(Response.score, Response.group).order_by(Response.score)).tuples().all()
    )
    assert stored == [(score, group_of(kind, score)) for score in SCALES[kind].scores]


@pytest.mark.once
@pytest.mark.parametrize("kind", SCALES)
def test_what_is_not_on_a_scale_is_refused_with_its_ends(client, make_today, kind):
    link = link_to(make_today.invitation(touchpoint=make_today.touchpoint(survey_key=KEY_OF[kind])))
    low, high = SCALES[kind].low, SCALES[kind].high
    for score in (low - 1, high + 1):
        answer = sent(client, link, score=str(score))
        assert answer.status_code == 422
        assert f"from {low} to {high}" in answer.text


@pytest.mark.once
@pytest.mark.parametrize(
    ("kind", "drawn"), [("smileys", "<circle"), ("stars_five", "★★★★★"), ("thumbs", "<path")]
)
def test_what_is_drawn_stands_beside_words_and_is_not_read_out(client, make_today, kind, drawn):
    link = link_to(make_today.invitation(touchpoint=make_today.touchpoint(survey_key=KEY_OF[kind])))
    labels = re.findall(r"<label[^>]*>(.*?)</label>", client.get(link).text)[: len(SCALES[kind].scores)]
    words = words_for(kind, "en").points
    assert drawn in labels[-1]
    for label, word in zip(labels, words, strict=True):
        assert label.startswith(word)  # the script says what was chosen by the first words of a label
        assert re.search(r'class="mark"[^>]*aria-hidden="true"', label)


@pytest.mark.once
@pytest.mark.parametrize("kind", SCALES)
@pytest.mark.parametrize("is_anonymous", [False, True])
def test_no_kind_makes_the_page_heavier_than_15_kilobytes(client, make_today, kind, is_anonymous):
    dora = make_today.customer(locale="de")
    if is_anonymous:
        make_today.anonymous(KEY_OF[kind])
    touchpoint = make_today.touchpoint(survey_key=KEY_OF[kind])
    page = client.get(link_to(make_today.invitation(make_today.purchase(dora), touchpoint=touchpoint))).text
    files = re.findall(r'(?:<script src|rel="stylesheet" href)="([^"]+)"', page)
    heads = 3 * 800  # more than the lines before the three bodies have
    assert len(files) == 2
    assert heads + len(page.encode()) + sum(len(client.get(file).data) for file in files) <= 15 * 1024


def test_a_check_back_asks_whether_it_is_solved(client, make_today):
    version = make_today.survey("check-back").current
    invitation = make_today.invitation(purpose="verification", touchpoint=None, version=version)
    page = client.get(link_to(invitation) + "?solved=partly").text
    assert "Is your issue with Demo Shop solved?" in page
    assert "You chose <strong>Partly</strong>" in page
    assert "contact_permission" not in page
    answer = sent(client, link_to(invitation), solved="no", comment="Still waiting.")
    assert "take it up again and write to you" in answer.text
    assert (only_response().answers, only_response().comment) == ({"solved": "no"}, "Still waiting.")


def test_a_score_from_the_mail_arrives_chosen_and_nothing_is_stored(client, link):
    before = row_counts()
    page = client.get(link + "?score=3").text
    assert "You chose <strong>3</strong>" in page and "change" in page
    assert 'value="3" checked' in page
    assert "What went wrong?</label>" in page
    assert row_counts() == before


@pytest.mark.once
@pytest.mark.parametrize(
    "query",
    [
        "score=11",
        "score=-1",
        "score=abc",
        "score=5.5",
        "score=",
        "score=3&score=4",
        "score=%EF%BC%97",
        "score=%ff",
        "lang=../../x",
        "solved=yes",
    ],
)
def test_an_odd_query_is_ignored(client, link, query):
    answer = client.get(f"{link}?{query}")
    assert answer.status_code == 200
    assert "checked" not in answer.text and '<html lang="en">' in answer.text


def test_every_page_has_its_own_form_id_and_its_own_way_to_stop(client, make_today):
    pages = [client.get(link_to(make_today.invitation())).text for _ in range(2)]
    ids = {re.search(r'name="submission_id" value="([\w-]{22})"', page).group(1) for page in pages}
    stops = {re.search(r'href="\.\./u/([\w-]+)"', page).group(1) for page in pages}
    assert len(ids) == len(stops) == 2


def test_the_way_to_stop_is_the_one_of_this_invitation(app, client, invitation, link):
    stop = re.search(r'href="\.\./u/([\w-]+)"', client.get(link).text).group(1)
    assert tokens.read(tokens.UNSUBSCRIBE, stop, app.config["LINK_SECRETS"]) == invitation.public_id


def test_a_changed_brand_shows_at_once(client, link, invitation):
    assert "Demo Shop" in client.get(link).text
    invitation.customer.brand.name = "Renamed Shop"
    db.session.commit()
    assert "Renamed Shop" in client.get(link).text


@pytest.mark.once
@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_looking_never_writes_and_never_sets_a_cookie(client, link, method):
    before = row_counts()
    answer = getattr(client, method)(link + "?score=1")
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers and "Cookie" not in answer.headers.get("Vary", "")
    assert row_counts() == before


def test_a_head_is_empty_and_other_methods_are_told_which_there_are(client, link):
    assert client.head(link).data == b""
    for method in ("TRACE", "PROPFIND", "PUT", "DELETE"):
        answer = client.open(link, method=method)
        assert answer.status_code == 405
        assert {"GET", "POST"} <= set(answer.headers["Allow"].split(", "))


def test_a_page_costs_one_turn_at_the_database_and_a_forged_link_none(app, client, link):
    turns, statements = [], []
    watchers = [
        (app.extensions[LONE_READS].pool, "checkout", lambda *_: turns.append(1)),
        (db.engine, "before_cursor_execute", lambda *given: statements.append(given[2])),
    ]
    db.session.rollback()
    for watcher in watchers:
        event.listen(*watcher)
    try:
        assert client.get(link).status_code == 200
        # The one query goes past SQLAlchemy's engine, by a connection of its own.
        assert (len(turns), statements) == (1, [])
        turns.clear()
        forged = link[:-3] + ("AAA" if not link.endswith("AAA") else "BBB")
        assert client.get(forged).status_code == 404
        assert client.post(forged, data={"score": "3"}).status_code == 404
        assert (turns, statements) == ([], [])
    finally:
        for watcher in watchers:
            event.remove(*watcher)


def test_the_page_may_not_be_kept_indexed_or_framed(client, link):
    headers = client.get(link).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Robots-Tag"].startswith("noindex")
    policy = headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy


def test_nothing_is_inline_and_nothing_comes_from_elsewhere(client, link):
    page = client.get(link).text
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)", page)
    assert re.findall(r'(?:src|href)="(?!/|\.\./|#|data:,)([^"]*)"', page) == []


# --- links that lead nowhere ---------------------------------------------------------------


def test_a_link_with_the_mails_punctuation_behind_it_works(client, link):
    for tail in (".", ">", "%20", "%E2%80%8B", ")."):
        assert client.get(link + tail).status_code == 200, tail


@pytest.mark.parametrize("token", ["x", "%00", "%ff", "%c0%af", "a" * 44, "a" * 5000, "..%2f..%2fetc"])
def test_a_damaged_link_says_so(client, token):
    for answer in (client.get(f"/s/{token}"), client.post(f"/s/{token}", data={"score": "3"})):
        assert answer.status_code == 404
        assert "Set-Cookie" not in answer.headers


def test_a_cut_link_asks_to_copy_the_whole_one(client, link):
    answer = client.get(link[:-5])
    assert answer.status_code == 404
    assert "Copy the whole link" in answer.text


@pytest.mark.once
@pytest.mark.parametrize(
    ("browser", "language", "said"),
    [
        ("fr-CH, en;q=0.5", "fr", "Copiez"),
        ("pl", "pl", "skopiować"),
        ("FR_ch", "fr", "Copiez"),
        ("ja, pt", "en", "Copy the whole link"),
    ],
)
def test_a_cut_link_says_so_in_the_language_of_the_browser(client, link, browser, language, said):
    answer = client.get(link[:-5], headers={"Accept-Language": browser})
    assert f'lang="{language}"' in answer.text and said in answer.text


def test_a_link_of_another_purpose_is_refused(client, app, invitation):
    token = tokens.make(tokens.UNSUBSCRIBE, invitation.public_id, app.config["LINK_SECRETS"][0])
    assert client.get(f"/s/{token}").status_code == 404


def test_a_link_to_something_gone_says_so(client, app):
    token = tokens.make(tokens.ANSWER, "a" * 22, app.config["LINK_SECRETS"][0])
    answer = client.get(f"/s/{token}")
    assert answer.status_code == 404
    assert "not there any more" in answer.text


def test_an_expired_link_names_the_date_and_gives_a_typed_text_back(client, make_today):
    over = make_today.now - timedelta(days=1)
    dora = make_today.customer(locale="de")
    link = link_to(make_today.invitation(make_today.purchase(dora), expires_at=over))
    shown, posted = client.get(link), sent(client, link, score="3", comment="Zu <spät>")
    assert shown.status_code == posted.status_code == 410
    assert str(over.year) in shown.text and f"{over.day}. " in shown.text
    assert "Zu &lt;spät&gt;</textarea>" in posted.text
    assert db.session.query(Response).count() == 0


def test_an_endless_query_is_refused(client, link):
    assert client.get(link + "?score=3&x=" + "y" * 10_000).status_code == 414


# --- answering -----------------------------------------------------------------------------


@pytest.mark.once
@pytest.mark.parametrize(
    ("score", "group", "word"),
    [
        ("0", "detractor", "sorry"),
        ("6", "detractor", "sorry"),
        ("8", "passive", "do better"),
        ("10", "promoter", "went well"),
    ],
)
def test_an_answer_is_stored_and_thanked_for(client, link, score, group, word):
    answer = sent(client, link, score=score, comment="Zwei\r\nZeilen ", contact_permission="yes")
    assert answer.status_code == 200
    assert word in answer.text
    assert "Set-Cookie" not in answer.headers
    response = only_response()
    assert (response.score, response.group, response.comment) == (int(score), group, "Zwei\nZeilen")
    assert response.contact_permission is True


@pytest.mark.once
@pytest.mark.parametrize(
    ("sent_as", "stored"),
    [
        ({}, None),
        ({"contact_permission": ""}, None),
        ({"contact_permission": "yes"}, True),
        ({"contact_permission": "no"}, False),
    ],
)
def test_the_permission_may_be_left_out(client, link, sent_as, stored):
    answer = sent(client, link, score="2", comment="Broken.", **sent_as)
    assert only_response().contact_permission is stored
    assert ("write to you within one business day" in answer.text) == (stored is True)
    assert ("may write to you about it, but about nothing else" in answer.text) == (stored is None)


def test_the_same_form_twice_is_thanked_twice_and_stored_once(client, link):
    first, second = sent(client, link, score="3"), sent(client, link, score="3")
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.text == second.text
    assert only_response().score == 3


def test_the_same_form_with_another_score_promises_nothing(client, link):
    sent(client, link, score="10")
    changed = sent(client, link, score="0", comment="Broken after all.")
    assert changed.status_code == 409
    assert "Your first answer counts" in changed.text and "Broken after all.</textarea>" in changed.text
    assert only_response().score == 10


def test_a_check_back_that_said_yes_is_not_taken_up_again_by_the_same_form(client, make_today):
    version = make_today.survey("check-back").current
    link = link_to(make_today.invitation(purpose="verification", touchpoint=None, version=version))
    first, second = sent(client, link, solved="yes"), sent(client, link, solved="yes")
    assert first.text == second.text and "Good to know" in second.text
    changed = sent(client, link, solved="no")
    assert changed.status_code == 409 and "take it up again" not in changed.text
    assert only_response().answers == {"solved": "yes"}


def test_another_form_gets_a_friendly_page_and_its_text_back(client, link):
    sent(client, link, score="3")
    late = client.post(link, data={"submission_id": "form-2", "score": "9", "comment": "Solved since."})
    assert late.status_code == 409
    assert "Already answered, thank you" in late.text and "Solved since.</textarea>" in late.text
    assert only_response().score == 3
    again = client.get(link)
    assert again.status_code == 200
    assert "Already answered, thank you" in again.text and "<form" not in again.text


def test_a_form_without_an_id_gets_one(client, link):
    assert client.post(link, data={"score": "7"}).status_code == 200
    assert len(only_response().submission_id) == 22


def test_without_a_score_the_page_comes_back_with_everything_typed(client, link):
    answer = sent(client, link, comment=HOSTILE, contact_permission="no")
    assert answer.status_code == 422
    assert 'href="#score-0">Please choose' in answer.text and 'role="alert"' in answer.text
    assert "&lt;/textarea&gt;&lt;script&gt;" in answer.text and "<script>alert" not in answer.text
    assert 'id="may-not" value="no" checked' in answer.text
    assert 'name="submission_id" value="form-1"' in answer.text
    assert db.session.query(Response).count() == 0


@pytest.mark.once
@pytest.mark.parametrize(
    "score", ["11", "-1", "7 ", "7.0", "７", "1e1", "true", "null", "[]", "07", "9" * 5000]
)
def test_what_is_no_score_is_refused_by_name(client, link, score):
    answer = sent(client, link, score=score, comment="Kept.")
    assert answer.status_code == 422
    assert "from 0 to 10" in answer.text and "Kept.</textarea>" in answer.text
    assert "checked" not in answer.text


def test_a_comment_may_have_ten_thousand_characters_and_no_more(client, link):
    late = sent(client, link, score="3", comment="x" * 10_001)
    assert late.status_code == 422
    assert "10001 characters" in late.text and "x" * 10_001 + "</textarea>" in late.text
    assert sent(client, link, score="3", comment="x" * 10_000).status_code == 200


@pytest.mark.once
@pytest.mark.parametrize("mark", ["\x00", "\x08", "\x1b", "\x7f", "\x85"])
def test_control_characters_are_refused_and_taken_out_of_the_page(client, link, mark):
    answer = sent(client, link, score="3", comment=f"be{mark}fore")
    assert answer.status_code == 422
    assert "control characters" in answer.text and "before</textarea>" in answer.text


@pytest.mark.parametrize(
    "comment",
    [
        "tab\tand\nnew line",
        "right to left \u202e override, zero\u200bwidth",
        "family \U0001f469\u200d\U0001f469\u200d\U0001f467",
        "e" + "\u0301" * 500,
        HOSTILE,
        "=cmd|' /C calc'!A0",
        "%s %(x)s {shop} %FF",
    ],
)
def test_odd_but_honest_text_is_stored_as_it_is(client, link, comment):
    assert sent(client, link, score="3", comment=comment).status_code == 200
    assert only_response().comment == comment


def test_only_spaces_are_no_comment(client, link):
    sent(client, link, score="3", comment=" \r\n\t ")
    assert only_response().comment is None


@pytest.mark.once
@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"score=3&comment=%ff", 400),
        (b"score=3&comment=\xff", 400),
        (b"score=3&comment=%ED%A0%80", 400),
        (b"score=3&score=4", 400),
        (b"score=3&comment=a&comment=a", 400),
        (b"score=3&submission_id=%3Cx%3E", 400),
        (b"score=3&submission_id=" + b"a" * 65, 400),
        (b"score=3&solved=yes&contact_permission=maybe", 422),
        (b"score=3&question_9=x", 422),
        (b"score%5B%5D=3", 422),
        (b"&".join(b"f%d=1" % n for n in range(1001)), 413),
        (b"score=3&comment=" + b"x" * 300_000, 413),
        (b"", 422),
        (b"=", 422),
        (b"score", 422),
    ],
)
def test_damaged_forms_are_refused_and_store_nothing(client, link, body, status):
    before = row_counts()
    answer = raw(client, link, body)
    assert answer.status_code == status
    assert "Set-Cookie" not in answer.headers
    assert row_counts() == before


@pytest.mark.once
@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "text/plain",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "image/png",
        "",
    ],
)
def test_only_forms_are_read(client, link, content_type):
    assert raw(client, link, b'{"score": 3}', content_type).status_code == 415
    assert db.session.query(Response).count() == 0


def test_refusals_speak_the_visitors_language_and_show_no_inside(client, link):
    answer = raw(client, link, b"score=3&comment=%ff")
    assert "could not be read" in answer.text and "Traceback" not in answer.text


# --- half-way ------------------------------------------------------------------------------


def test_a_page_left_half_way_is_kept_as_partial(client, link, invitation):
    answer = sent(client, link, score="2", comment="It came", partial="1")
    assert (answer.status_code, answer.data) == (204, b"")
    response = only_response()
    assert (response.is_partial, response.score, response.comment) == (True, 2, "It came")
    assert invitation.answered_at is None
    assert "<form" in client.get(link).text
    assert sent(client, link, score="2", comment="It came late.").status_code == 200
    assert (only_response().is_partial, only_response().comment) == (False, "It came late.")


@pytest.mark.once
def test_a_partial_may_have_no_score_and_an_empty_one_is_nothing(client, link):
    assert sent(client, link, partial="1").status_code == 204
    assert db.session.query(Response).count() == 0
    assert sent(client, link, comment="only words", partial="1").status_code == 204
    assert (only_response().score, only_response().group) == (None, None)


def test_a_partial_that_comes_after_the_answer_changes_nothing(client, link):
    sent(client, link, score="3")
    assert sent(client, link, score="9", partial="1").status_code == 204
    assert only_response().score == 3


def test_an_impossible_partial_is_refused(client, link):
    assert sent(client, link, score="99", partial="1").status_code == 422
    assert db.session.query(Response).count() == 0


# --- when the database does not answer -----------------------------------------------------


def test_when_nothing_can_be_saved_the_page_keeps_everything(client, link):
    def refuse(_connection, _cursor, statement, *_rest):
        if statement.startswith("UPDATE invitation"):
            raise OperationalError(statement, {}, Exception("the disk is full"))

    event.listen(db.engine, "before_cursor_execute", refuse)
    try:
        answer = sent(client, link, score="3", comment=HOSTILE, contact_permission="yes")
    finally:
        event.remove(db.engine, "before_cursor_execute", refuse)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert "Not saved yet" in answer.text
    assert 'name="score" value="3"' in answer.text and 'name="contact_permission" value="yes"' in answer.text
    assert 'name="submission_id" value="form-1"' in answer.text
    assert "&lt;/textarea&gt;" in answer.text and "disk" not in answer.text
    assert db.session.query(Response).count() == 0
    again = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', answer.text))
    assert (
        client.post(link, data=urlencode(again), content_type="application/x-www-form-urlencoded").status_code
        == 200
    )


@pytest.fixture
def broken_database(app):
    """A database in which the first question already fails."""
    with db.engine.begin() as connection:
        connection.execute(text("ALTER TABLE clock_offset RENAME TO gone"))
    yield
    with db.engine.begin() as connection:
        connection.execute(text("ALTER TABLE gone RENAME TO clock_offset"))


def test_a_database_that_cannot_even_be_asked_is_no_dead_end(client, link, broken_database):
    shown, posted = client.get(link), sent(client, link, score="3", comment="Kept.")
    assert (shown.status_code, posted.status_code) == (503, 503)
    assert shown.headers["Retry-After"] == posted.headers["Retry-After"] == "5"
    assert "cannot be shown at the moment" in shown.text
    assert "Kept.</textarea>" in posted.text and 'name="score" value="3"' in posted.text


PROMISE = "Your answer is anonymous: we store it without your name, your order or the time."


@pytest.fixture
def promised(make_today):
    make_today.anonymous()
    return link_to(make_today.invitation())


def test_an_anonymous_page_says_so_and_asks_nothing_that_names_anybody(client, promised):
    page = client.get(promised + "?score=3").text

    assert PROMISE in page and "Please write nothing that names you." in page
    assert "contact_permission" not in page
    assert "checked" not in page  # no score from the address: it may stand in a log beside the token
    assert 'name="anonymous" value="1"' in page


def test_an_anonymous_answer_is_thanked_without_a_way_to_it(client, promised):
    thanks = sent(client, promised, score="3", comment="Late.", contact_permission="yes", anonymous="1")

    assert thanks.status_code == 200
    assert PROMISE in thanks.text and "/me/" not in thanks.text
    assert "Demo Shop will read your answer." in thanks.text and "write to you" not in thanks.text
    assert sent(client, promised, score="3", comment="Late.", anonymous="1").text == thanks.text
    again = sent(client, promised, submission_id="form-2", score="9", anonymous="1")
    assert again.status_code == 409 and "/me/" not in again.text
    assert only_response().contact_permission is None


def test_a_promise_that_the_page_made_is_not_broken_by_the_next_tab(client, invitation, link):
    refused = sent(client, link, score="3", comment="Between us.", anonymous="1")

    assert refused.status_code == 422
    assert "the survey has stopped being anonymous" in refused.text
    assert "Between us." in refused.text and PROMISE not in refused.text
    assert db.session.scalar(select(Response.id)) is None
    assert 'name="anonymous"' not in refused.text  # whoever sends it again agrees


@pytest.mark.once
def test_the_anonymous_page_stores_nothing_and_asks_the_database_once(app, client, promised):
    turns, before = [], row_counts()
    db.session.rollback()
    watcher = (app.extensions[LONE_READS].pool, "checkout", lambda *_: turns.append(1))
    event.listen(*watcher)
    try:
        client.get(promised)
        assert len(turns) == 1
    finally:
        event.remove(*watcher)
    assert row_counts() == before


BOUGHT, THINKS = "asks because you bought there", "would like to know what you think. Only"


@pytest.mark.once
def test_the_foot_says_what_is_true_of_who_is_asked(client, make_today):
    make_today.survey("enps")
    at_work = make_today.touchpoint(name="Work", survey_key="enps")
    asked = make_today.invitation(make_today.purchase(make_today.customer(locale="en")), touchpoint=at_work)
    bought = make_today.invitation(make_today.purchase(make_today.customer(locale="en")))
    stop = "/u/" + tokens.make(tokens.UNSUBSCRIBE, asked.public_id, SECRET)

    pages = [client.get(link_to(asked)).text, client.get(stop).text]
    pages.append(client.post(link_to(asked), data={"score": "3"}).text)
    assert all(THINKS in page and BOUGHT not in page for page in pages)
    assert BOUGHT in client.get(link_to(bought)).text
