"""The customer's own page over the web: what it tells, what it lets one do, and what it lets nobody do."""

import io
import json
import re
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback.follow_up import triaging
from feedback.follow_up.conversation.models import Reply
from feedback.follow_up.models import TaskEvent
from feedback.follow_up.recovering import ask_back, record_outcomes
from feedback.privacy.models import Erasure, OwnDataLink
from feedback.privacy.own_page.requesting import HOUR
from surveys import tokens
from surveys.audit.models import AuditEvent
from surveys.customers.models import Customer, PermissionEvent
from surveys.customers.pausing import months_later
from surveys.database import db
from surveys.locales import ADDED
from surveys.permission.queries import is_objected
from surveys.questionnaires.languages import in_every_language
from surveys.questionnaires.publishing import publish
from surveys.responses.models import Response
from tests.conftest import SECRET
from tests.surveys.locales.test_customers_pages import english_in
from tests.surveys.questionnaires.asking import row
from tests.surveys.responses.links import row_counts

HOSTILE = "</p><script>alert(1)</script>\"'&{{ 7*7 }}"


def link_for(row, purpose=tokens.OWN_PAGE, before="/me/"):
    return before + tokens.make(purpose, row.public_id, SECRET)


def data_link(link):
    return link_for(link, tokens.OWN_DATA, "/me/data/")


@pytest.fixture
def answered(make_today):
    """An answer to an invitation, given now."""

    def answer(score=9, comment="Lovely.", locale="en", **values):
        customer = values.pop("customer", None) or make_today.customer("Dora Detractor", locale=locale)
        purchase = make_today.purchase(customer)
        invitation = make_today.invitation(purchase, answered_at=make_today.now)
        return make_today.response(
            score,
            comment,
            customer=customer,
            purchase=purchase,
            invitation=invitation,
            locale=locale,
            **values,
        )

    return answer


@pytest.fixture
def mailed(make_today):
    """A link to a customer's own data that has left."""

    def mail(kind, customer=None, **values):
        now = make_today.now
        living = {
            "state": "sent",
            "requested_at": now,
            "sent_at": now,
            "expires_at": now + HOUR,
            "locale": "en",
        }
        customer = customer or make_today.customer("Dora Detractor")
        row = OwnDataLink(customer=customer, kind=kind, email=customer.email, **(living | values))
        return make_today.keep(row)

    return mail


def everything():
    """Return every row of every table."""
    return {table.name: db.session.execute(table.select()).all() for table in db.metadata.sorted_tables}


# --- what it tells -------------------------------------------------------------------------


def test_it_tells_what_was_answered_as_it_was_asked(client, answered):
    response = answered(3, HOSTILE, contact_permission=False)
    page = client.get(link_for(response.invitation))

    assert page.status_code == 200
    assert "How likely is it that you would recommend Demo Shop to a friend or colleague?" in page.text
    assert "<strong>3</strong>" in page.text and "(0 = Not at all likely, 10 = Extremely likely)" in page.text
    assert "&lt;script&gt;" in page.text and "<script" not in page.text and "{{ 7*7 }}" in page.text
    assert f"order {response.purchase.reference}: Mug" in page.text
    assert "must not write to you about it" in page.text and "Demo Shop has your answer." in page.text
    assert "noindex" in page.headers["X-Robots-Tag"] and page.headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in page.headers and page.headers["Cache-Control"] == "no-store"


@pytest.mark.once
def test_it_speaks_german_and_names_the_labels_of_a_scale(client, make_today):
    dora = make_today.customer("Dora", locale="de")
    invitation = make_today.invitation(
        make_today.purchase(dora), touchpoint=make_today.touchpoint(survey_key="csat")
    )
    make_today.response(2, None, survey_key="csat", customer=dora, invitation=invitation, locale="de")
    page = client.get(link_for(invitation)).text

    assert '<html lang="de">' in page and "<strong>Unzufrieden</strong>" in page
    assert "Diese Antwort berichtigen" in page and "6 Monate" in page


@pytest.mark.once
@pytest.mark.parametrize(
    ("state", "values", "said"),
    [
        ("new", {}, "is looking at it"),
        ("in_progress", {}, "is looking at it"),
        ("waiting_customer", {"waiting": True}, "waits for an answer from you"),
        ("resolved", {"resolution": "refund", "cause": "carrier"}, "believes that it is solved"),
        ("closed", {"outcome": "recovered"}, "Solved, as you told us."),
        ("closed", {"outcome": "invalid"}, "has closed it"),
    ],
)
def test_it_tells_what_happened_and_nothing_of_the_inside(client, make_today, answered, state, values, said):
    response, ben, now = answered(2), make_today.staff("Benedikt Heimlich"), make_today.now
    if values.pop("waiting", False):
        values["waiting_until"] = now + timedelta(days=1)
    closed = {"closed_at": now} if state == "closed" else {}
    task = make_today.task(response, state=state, assignee=ben, priority="P1", **values, **closed)
    make_today.keep(TaskEvent(task=task, at=now, kind="noted", actor=ben, text="A difficult customer"))
    reply = Reply(
        task=task, author=ben, subject="Sorry", body="Words", written_at=now, state="sent", sent_at=now
    )
    make_today.keep(reply)
    page = client.get(link_for(response.invitation)).text

    assert said in page and "Answered by mail on" in page
    for inside in ("Benedikt", "Heimlich", "difficult", "P1", "refund", "carrier", "low_score", "invalid"):
        assert inside not in re.sub(r"/(me|s)/[\w-]{44}", "", page)  # a link may spell anything


@pytest.mark.once
def test_the_link_of_a_reply_leads_there_too(client, make_today, answered):
    task = make_today.task(answered(2))
    old = make_today.now - timedelta(days=91)
    sent = {"task": task, "author": make_today.staff(), "subject": "S", "body": "B", "state": "sent"}
    fresh = make_today.keep(Reply(written_at=old, sent_at=make_today.now, **sent))
    stale = make_today.keep(Reply(written_at=old, sent_at=old, **sent))

    assert "Demo Shop is looking at it" in client.get(link_for(fresh)).text
    assert client.get(link_for(stale)).status_code == 410


@pytest.mark.once
def test_answers_of_others_are_not_there(client, make_today, answered):
    mine, other = answered(9, "Mine."), answered(2, "Of another.", customer=make_today.customer("Paula"))
    page = client.get(link_for(mine.invitation)).text
    assert "Mine." in page and "Of another." not in page

    token = link_for(mine.invitation)
    for method in ("get", "post"):
        answer = getattr(client, method)(f"{token}/answers/{other.public_id}", data={"score": "10"})
        assert answer.status_code == 404 and "no such answer of yours" in answer.text
    assert other.score == 2


@pytest.mark.once
def test_further_answers_are_told_too(client, make_today, answered):
    response = answered(9, answers={"back": "no", "what": "A <b>lid</b>"})
    asked = {**response.version.definition, "questions": [row("what"), row("back", "yes_no")]}
    response.version = publish(response.survey, asked, make_today.now)
    db.session.commit()
    page = client.get(link_for(response.invitation)).text

    assert "About what?" in page and "A &lt;b&gt;lid&lt;/b&gt;" in page
    assert re.search(r"About back\?</strong></p>\s*<p class=\"said\">No</p>", page)


def test_contact_details_are_only_hinted_at_because_mails_are_passed_on(client, make_today, answered):
    given = {"who.name": "Dora Detractor", "who.email": "dora@private.example", "who.phone": "+49 171 555"}
    response = answered(9, answers=given)
    asked = {**response.version.definition, "questions": [row("who", "contact")]}
    response.version = publish(response.survey, asked, make_today.now)
    db.session.commit()
    page = client.get(link_for(response.invitation)).text

    assert "D…, d…, +…" in page
    assert not any(each in page for each in ("Detractor", "private.example", "171 555"))


@pytest.mark.once
def test_a_page_without_answers_and_one_half_way_say_so(client, make_today):
    invitation = make_today.invitation()
    assert "There is no answer of yours." in client.get(link_for(invitation)).text
    half = {"is_partial": True, "submitted_at": None, "invitation": invitation}
    make_today.response(None, "Half a", customer=invitation.customer, **half)
    page = client.get(link_for(invitation)).text

    assert "You did not send this." in page and "Correct this answer" not in page


def test_a_merged_customers_link_leads_to_the_one_they_are_now(client, make_today, answered):
    keeper, twin = make_today.customer("Dora"), make_today.customer("Dora Twin")
    own = make_today.invitation(make_today.purchase(twin))
    answered(9, "Said as the keeper.", customer=keeper)
    twin.merged_into = keeper
    db.session.commit()

    assert "Said as the keeper." in client.get(link_for(own)).text


# --- who may come in -----------------------------------------------------------------------


def test_no_other_purpose_and_no_forgery_opens_it(client, answered, mailed):
    response, link = answered(), mailed("disclosure")
    made = tokens.make(tokens.OWN_PAGE, response.invitation.public_id, SECRET)
    wrong = [made[:-1] + ("A" if made[-1] != "A" else "B"), made[:30], "x", "data"]
    wrong += [
        tokens.make(purpose, response.invitation.public_id, SECRET)
        for purpose in (tokens.ANSWER, tokens.UNSUBSCRIBE, tokens.CONSENT, tokens.OWN_DATA)
    ]
    wrong.append(tokens.make(tokens.OWN_DATA, link.public_id, SECRET))
    before = everything()
    for token in wrong:
        for path in ("", "/answers/x"):
            page = client.get(f"/me/{token}{path}")
            assert page.status_code == 404 and "This link does not work" in page.text, token
        for path in ("/pause", "/stop", "/data"):
            assert client.post(f"/me/{token}{path}", data={"months": "3"}).status_code == 404, token
    for address in (f"/s/{made}", f"/u/{made}", f"/c/{made}", f"/me/data/{made}"):
        assert client.get(address).status_code == 404
    assert everything() == before


def test_a_link_of_ours_that_leads_nowhere_says_so(client, answered):
    invitation = answered().invitation
    link = link_for(invitation)
    gone = link_for(Customer(public_id="a" * 22))
    assert "is not there any more" in client.get(gone).text

    invitation.expires_at -= timedelta(days=90)
    db.session.commit()
    page = client.get(link)
    assert page.status_code == 410 and "This link has expired" in page.text
    assert "Every newer mail from Demo Shop" in page.text and "Only Demo Shop reads your answer" in page.text
    assert client.post(link + "/stop").status_code == 410 and not is_objected(invitation.customer)


@pytest.mark.once
def test_a_get_changes_nothing(client, make_today, answered, mailed):
    response = answered(2)
    make_today.task(response)
    link = link_for(response.invitation)
    addresses = [link, f"{link}/answers/{response.public_id}"]
    addresses += [data_link(mailed(kind)) for kind in ("disclosure", "erasure")]
    before = everything()
    for address in addresses:
        for method in ("get", "head", "options"):
            assert getattr(client, method)(address).status_code == 200
    for action in ("pause", "stop", "data"):
        assert client.get(f"{link}/{action}?months=3&kind=erasure").status_code == 405

    assert everything() == before


@pytest.mark.once
def test_a_post_from_another_site_knows_no_link_and_can_do_nothing(client, answered):
    response, stranger = answered(), {"Origin": "https://evil.test", "Sec-Fetch-Site": "cross-site"}
    before = everything()
    # There is no cookie that a browser would send along: without the link in the address there is nobody.
    for path in ("/me/", f"/me/{response.public_id}", f"/me/{response.customer.public_id}"):
        for action in ("", "/pause", "/stop", "/data", f"/answers/{response.public_id}"):
            answer = client.post(path + action, headers=stranger, data={"months": "3", "kind": "erasure"})
            assert answer.status_code in (404, 405)

    assert everything() == before


# --- correcting ----------------------------------------------------------------------------


def test_an_answer_is_corrected(client, answered):
    response = answered(3, "Bad")
    link = link_for(response.invitation)
    here = f"{link}/answers/{response.public_id}"
    form = client.get(here).text
    assert 'value="3" checked' in form and ">\nBad</textarea>" in form and 'value="yes" checked' in form

    done = client.post(here, data={"score": "9", "comment": "Good\r\nafter all", "contact_permission": "no"})
    assert done.status_code == 303 and done.headers["Location"].endswith(link)
    assert (response.score, response.group) == (9, "promoter")
    assert (response.comment, response.contact_permission) == ("Good\nafter all", False)
    page = client.get(link).text
    assert "Good\nafter all" in page and "<strong>9</strong>" in page


@pytest.mark.once
@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"score": "11"}, "The score is not on the scale"),
        ({"score": ""}, "Please choose an answer on the scale"),
        ({"score": "9", "comment": "x" * 10_001}, "at most 10000 fit"),
        ({"score": "9", "comment": "a\x07b"}, "invisible control characters"),
        ({"score": "9", "contact_permission": "maybe"}, "Choose yes or no"),
    ],
)
def test_a_correction_with_a_fault_comes_back_and_nothing_is_stored(client, answered, fields, said):
    response = answered(3, "Bad")
    link = f"{link_for(response.invitation)}/answers/{response.public_id}"
    page = client.post(link, data=fields)

    assert page.status_code == 422 and said in page.text and "\x07" not in page.text
    assert (response.score, response.comment) == (3, "Bad")


def test_after_a_day_or_once_the_team_works_on_it_the_page_says_why_not(client, make_today, answered):
    late, busy = answered(), answered(2)
    late.submitted_at -= timedelta(hours=24, seconds=1)
    triaging.take(make_today.task(busy), make_today.staff(), make_today.now)
    db.session.commit()
    for response, said in ((late, "24 hours; they are over"), (busy, "Somebody is looking at this")):
        link = link_for(response.invitation)
        assert f'/answers/{response.public_id}"' not in client.get(link).text
        for method in ("get", "post"):
            page = getattr(client, method)(f"{link}/answers/{response.public_id}", data={"score": "10"})
            assert page.status_code == 409 and said in page.text
    assert (late.score, busy.score) == (9, 2)


# --- solved, pause, stop -------------------------------------------------------------------


def test_whether_it_was_solved_is_said_by_the_survey_itself(client, make_today, answered):
    response, now = answered(2), make_today.now
    make_today.survey("check-back")
    task = make_today.task(response)
    triaging.resolve(task, "refund", "carrier", now, actor=make_today.staff())
    db.session.commit()
    ask_back(now, 10)
    link = link_for(response.invitation)
    assert "Is your issue with" not in client.get(link).text  # nobody has been asked yet
    asked = task.verification
    asked.state, asked.due_at, asked.sent_at = "sent", None, now
    db.session.commit()

    page = client.get(link).text
    form = re.search(r'action="(/s/[\w-]+)".+?name="submission_id" value="([\w-]+)"', page, re.DOTALL)
    assert "Is your issue with Demo Shop solved?" in page and form is not None
    thanks = client.post(form[1], data={"solved": "no", "comment": "Still broken", "submission_id": form[2]})
    assert "take it up again" in thanks.text and "See your answers and what happened" in thanks.text
    record_outcomes(now, 10)
    db.session.commit()

    assert (task.state, task.reopened) == ("in_progress", 1)
    assert "Is your issue with" not in client.get(link).text


def test_a_pause_is_taken_and_ended(client, make_today, answered):
    response = answered()
    dora, link = response.customer, link_for(response.invitation)
    assert client.post(link + "/pause", data={"months": "6"}).status_code == 303
    assert dora.paused_until - months_later(make_today.now, 6) < timedelta(minutes=5)
    assert "You get no questions before" in client.get(link).text
    client.post(link + "/pause", data={"months": "0"})

    assert dora.paused_until is None and "No questions for:" in client.get(link).text
    kinds = db.session.scalars(select(PermissionEvent.kind).order_by(PermissionEvent.id))
    assert list(kinds) == ["paused", "resumed"]


@pytest.mark.once
@pytest.mark.parametrize("months", ["", "4", "-3", "99999999999", "three", "3.0"])
def test_other_pauses_are_refused(client, answered, months):
    response = answered()
    assert client.post(link_for(response.invitation) + "/pause", data={"months": months}).status_code == 422
    assert response.customer.paused_until is None


@pytest.mark.once
def test_questions_are_stopped_for_good(client, answered):
    response = answered()
    link = link_for(response.invitation)
    client.post(link + "/stop")

    assert is_objected(response.customer)
    page = client.get(link).text
    assert "You will get no more questions from Demo Shop." in page and "Never ask me again" not in page


# --- one's own data ------------------------------------------------------------------------


@pytest.mark.once
def test_the_same_sentence_whether_or_not_a_mail_leaves(client, make_today, answered):
    known = answered()
    unknown = answered(customer=make_today.customer(email=None, reference="C-9"))
    pages = [
        client.post(link_for(response.invitation) + "/data", data={"kind": kind})
        for response in (known, unknown)
        for kind in ("disclosure", "erasure")
    ]
    sentences = {re.sub(r'href="/me/[\w-]+"', "", page.text) for page in pages}
    links = list(db.session.scalars(select(OwnDataLink)))

    assert {page.status_code for page in pages} == {200} and len(sentences) == 1
    assert "If Demo Shop has a mail address of yours" in sentences.pop()
    assert [(link.email, link.kind) for link in links] == [(known.customer.email, "disclosure")]


def test_an_unknown_wish_is_refused(client, answered):
    response = answered()
    answer = client.post(link_for(response.invitation) + "/data", data={"kind": "all"})
    assert answer.status_code == 422 and db.session.scalar(select(OwnDataLink)) is None


def test_the_mailed_link_hands_the_data_out_once(client, make_today, answered, mailed):
    response = answered(3, "My own words")
    answered(9, "Of another", customer=make_today.customer("Paula"))
    link = data_link(mailed("disclosure", response.customer))
    assert "Download" in client.get(link).text
    answer = client.post(link)

    assert answer.mimetype == "application/zip" and answer.headers["Cache-Control"] == "no-store"
    told = json.loads(zipfile.ZipFile(io.BytesIO(answer.data)).read("your-data.json"))
    assert [row["comment"] for row in told["response"]] == ["My own words"]
    assert db.session.scalars(select(AuditEvent)).one().action == "own_page.disclosure"
    for method in ("get", "post"):
        page = getattr(client, method)(link)
        assert page.status_code == 410 and "good for one hour, and once" in page.text


def test_erasing_asks_once_more_and_then_erases(client, make_today, answered, mailed):
    response = answered(3, "My own words")
    own, link = link_for(response.invitation), data_link(mailed("erasure", response.customer))
    assert "Erase everything about you at Demo Shop?" in client.get(link).text
    asked = client.post(link)
    assert "Really erase everything?" in asked.text and 'name="sure" value="yes"' in asked.text
    assert db.session.scalar(select(Customer.id)) is not None

    done = client.post(link, data={"sure": "yes"})
    assert "Everything about you is erased." in done.text
    assert db.session.scalar(select(Customer.id)) is None
    assert db.session.scalars(select(Erasure)).one().way == "own"
    assert db.session.scalars(select(Response)).one().comment is None
    assert (client.get(link).status_code, client.get(own).status_code) == (404, 404)


def test_a_link_for_one_wish_does_not_meet_the_other(client, mailed):
    link = mailed("disclosure")
    assert client.post(data_link(link), data={"sure": "yes", "kind": "erasure"}).mimetype == "application/zip"
    assert db.session.scalar(select(Customer.id)) is not None


@pytest.mark.once
@pytest.mark.parametrize(
    "values",
    [
        {"expires_at": None},
        {"used_at": "now"},
        {"expires_at": "now"},
    ],
)
def test_a_link_whose_time_is_over_does_nothing(client, make_today, mailed, values):
    values = {name: make_today.now if value == "now" else None for name, value in values.items()}
    link = data_link(mailed("erasure", **values))

    assert client.post(link, data={"sure": "yes"}).status_code == 410
    assert client.get(link).status_code == 410 and row_counts()["customer"] == 1


@pytest.mark.once
def test_a_forged_link_to_data_does_nothing(client, mailed, answered):
    answered()
    link = mailed("erasure")
    wrong = [
        link_for(link, tokens.OWN_PAGE, "/me/data/"),
        data_link(link)[:-1] + "!",
        link_for(link.customer, tokens.OWN_DATA, "/me/data/"),
    ]
    for address in wrong:
        assert client.post(address, data={"sure": "yes"}).status_code == 404
    assert row_counts()["customer"] == 2


def paused(client, page):
    client.post(f"{page}/pause", data={"months": "3"})
    return client.get(page)


def stopped(client, page):
    client.post(f"{page}/stop")
    return client.get(page)


@pytest.mark.once
@pytest.mark.parametrize("language", ADDED)
def test_a_customer_of_an_added_language_meets_no_english_word(
    client, make_today, answered, mailed, language
):
    definition = in_every_language("nps", make_today.survey().current.definition)
    version = publish(make_today.survey(), definition, make_today.now)
    answer = answered(3, "?", locale=language, version=version, contact_permission=True)
    page = link_for(answer.invitation)
    answer.invitation.locale = language
    hand_out, wipe = mailed("disclosure", locale=language), mailed("erasure", locale=language)
    make_today.task(answer, state="in_progress")
    db.session.commit()

    said = [
        client.get(page),
        client.get(f"{page}/answers/{answer.public_id}"),
        client.post(f"{page}/answers/{answer.public_id}", data={"score": "99"}),
        paused(client, page),
        client.post(f"{page}/pause", data={"months": "5"}),
        client.post(f"{page}/data", data={"kind": "disclosure"}),
        stopped(client, page),
        client.get(data_link(hand_out)),
        client.get(data_link(wipe)),
        client.post(data_link(wipe)),
        client.post(data_link(wipe), data={"sure": "yes"}),
    ]

    for each in said:
        assert f'<html lang="{language}"' in each.text
        assert english_in(each.text) == []


def test_a_tag_with_a_country_is_spoken_to_in_its_language(client, make_today, answered):
    answer = answered(9, locale="fr-CH")
    answer.invitation.locale = "de-AT"
    db.session.commit()

    assert '<html lang="de"' in client.get(link_for(answer.invitation)).text
