"""Responses and customers: who said what, when, about which purchase."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback.analysis.analysing import analyse_new
from feedback.analysis.models import Analysis, Mention
from feedback.follow_up.models import Task
from surveys.audit.models import AuditEvent
from surveys.database import db
from surveys.questionnaires.publishing import publish
from surveys.questionnaires.starters import NPS
from surveys.responses.models import CONSIDERED, WAITS_FOR_READING
from surveys.work import set_aside
from tests.doubles import WordReader
from tests.factories import Make
from tests.surveys.questionnaires.asking import row

READER = WordReader("test 1", lambda text: (-0.5, 0.5))


def task_for(make: Make, response, **values):
    return make.keep(
        Task(
            response=response,
            customer=response.customer,
            priority="P2",
            rule="low_score",
            opened_at=make.now,
            changed_at=make.now,
            **values,
        )
    )


@pytest.fixture
def story(make_today):
    """A late parcel, an unhappy answer, its task."""
    make = make_today
    customer = make.customer("Dora Detractor", reference="C-7", email="dora@example.test")
    purchase = make.purchase(
        customer,
        reference="A-1001",
        carrier="Postbus",
        promised_at=make.now - timedelta(days=9),
        delivered_at=make.now - timedelta(days=7),
    )
    invitation = make.invitation(purchase)
    response = make.response(
        3, "It came late.\nTwice.", customer=customer, purchase=purchase, invitation=invitation
    )
    task_for(make, response)
    return response


def test_the_list_searches_and_filters(make_today, signed_in, story):
    make_today.response(9, "All fine.")
    make_today.response(None, "half a sen", is_partial=True, submitted_at=None)
    analyse_new(make_today.now, 10, READER)
    browser = signed_in(make_today.staff(role="agent"))

    everything = browser.get("/responses").text
    found = browser.get("/responses?q=LATE").text

    assert "3 responses" in everything and "left half-way" in everything
    assert "It came <mark>late</mark>." in found and "All fine." not in found
    assert "1 response with <mark>LATE</mark>," in found
    assert "/tasks/" in found and "Dora Detractor" in found
    assert "No responses fit" in browser.get("/responses?q=%25").text


def test_unhappy_answers_without_permission_can_be_listed(make_today, signed_in, story):
    make_today.response(2, "Leave me alone.", contact_permission=False)
    browser = signed_in(make_today.staff(role="agent"))

    page = browser.get("/responses?contact=refused&group=unhappy").text

    assert "Leave me alone." in page and "It came late." not in page
    assert "Unhappy and not followed up" in page


def test_answers_of_one_mood_can_be_listed_over_all_surveys(make_today, signed_in):
    for key, score in (("nps", 3), ("smileys", 1), ("smileys", 2), ("thumbs", 0), ("pmf", 1), ("nps", 10)):
        make_today.response(score, f"{key} {score}.", survey_key=key)
    browser = signed_in(make_today.staff(role="agent"))

    def listed(query):
        return set(
            re.findall(r"(?:nps|smileys|thumbs|pmf) \d+(?=\.)", browser.get(f"/responses?{query}").text)
        )

    unhappy = {"nps 3", "smileys 1", "smileys 2", "thumbs 0"}
    assert listed("mood=unhappy") == listed("group=unhappy") == unhappy
    assert listed("mood=neutral") == {"pmf 1"}
    assert listed("survey=smileys&mood=unhappy") == {"smileys 1", "smileys 2"}
    assert listed("survey=smileys&group=unhappy") == {"smileys 2"}


def test_groups_to_choose_are_those_of_the_surveys_there_are(make_today, signed_in):
    make_today.response(2, survey_key="smileys")
    browser = signed_in(make_today.staff(role="agent"))

    def offered(query=""):
        page = browser.get(f"/responses{query}").text
        return re.findall(
            r'<option value="(\w+)"', page.partition('name="group"')[2].partition("</select>")[0]
        )

    assert "very_happy" in offered() and "detractor" in offered() and "star_5" not in offered()
    assert "unhappy" not in offered()  # of all surveys it is a mood
    assert offered("?survey=smileys") == ["very_unhappy", "unhappy", "neutral", "happy", "very_happy"]
    assert offered("?survey=nps") == ["detractor", "passive", "promoter"]


@pytest.mark.thorough
def test_more_than_a_page_leads_on_with_the_same_filters(make_today, signed_in):
    customer = make_today.customer()
    with make_today.at_one_go():
        for minutes in range(51):
            at = make_today.now - timedelta(minutes=minutes)
            make_today.response(3, f"Number {minutes}.", customer=customer, submitted_at=at)
    browser = signed_in(make_today.staff(role="agent"))

    page = browser.get("/responses?group=unhappy").text
    following = (
        page.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0].replace("&amp;", "&")
    )

    assert "group=unhappy" in following
    assert "Number 50." in browser.get(following).text and "Number 50." not in page


@pytest.mark.once
@pytest.mark.parametrize(
    "query", ["group=angry", "mood=grim", f"q={'x' * 201}", "q=%00", "since=soon", "survey=nope", "cursor=!"]
)
def test_a_filter_that_cannot_be_is_told_in_a_sentence(make_today, signed_in, query):
    make_today.survey()

    assert signed_in(make_today.staff()).get(f"/responses?{query}").status_code in (400, 422)


@pytest.mark.once
def test_an_analyst_sees_answers_but_no_persons(make_today, signed_in, story):
    browser = signed_in(make_today.staff(role="analyst"))

    for url in ("/responses", f"/responses/{story.public_id}"):
        page = browser.get(url).text
        assert "It came late." in page
        for secret in ("Dora", "dora@", "C-7", "A-1001", "/customers/", "/tasks/"):
            assert secret not in page
    assert browser.get(f"/customers/{story.customer.public_id}").status_code == 403


def test_an_analyst_gets_no_list_of_so_few_people_that_they_could_be_told_apart(make_today, signed_in, story):
    assert signed_in(make_today.staff(role="analyst")).get("/responses?country=DE").status_code == 403
    assert signed_in(make_today.staff(role="agent")).get("/responses?country=DE").status_code == 200


def test_a_response_stands_with_the_wording_it_was_given_to(make_today, signed_in, story):
    page = signed_in(make_today.staff(role="agent")).get(f"/responses/{story.public_id}").text

    assert "How likely is it that you would recommend Demo Shop" in page
    assert "What went wrong?" in page
    assert "3 of 10" in page and "2 days late" in page and "A-1001" in page


def test_further_answers_stand_in_their_own_words_and_contact_details_only_for_some(
    make_today, signed_in, story
):
    questions = [row("q1", "reasons", reasons={"": ["DELIVERY.LATE"]}), row("q2", "contact")]
    story.version = publish(story.survey, {**NPS, "questions": questions}, make_today.now)
    story.answers = {"q1": ["DELIVERY.LATE"], "q2.phone": "0221 1234"}
    make_today.keep(story)

    agent = signed_in(make_today.staff(role="agent")).get(f"/responses/{story.public_id}").text
    analyst = signed_in(make_today.staff("Ada", role="analyst")).get(f"/responses/{story.public_id}").text

    assert "About q1?" in agent and "It came late" in agent and "0221 1234" in agent
    assert "It came late" in analyst and "0221 1234" not in analyst


def test_labelled_points_are_shown_in_their_own_words(make_today, signed_in):
    response = make_today.response(2, survey_key="csat", locale="de")

    page = signed_in(make_today.staff(role="agent")).get(f"/responses/{response.public_id}").text

    assert "Unzufrieden" in page and "2 of 5" in page


def test_a_check_back_and_a_response_without_a_customer_have_their_page(make_today, signed_in):
    browser = signed_in(make_today.staff(role="agent"))
    back = make_today.response(
        None, survey_key="check-back", answers={"solved": "partly"}, contact_permission=None
    )
    nobody = make_today.response(9, "By import.")
    nobody.customer = None
    make_today.keep(nobody)

    assert "It is partly solved" in browser.get(f"/responses/{back.public_id}").text
    assert "By import." in browser.get(f"/responses/{nobody.public_id}").text
    assert "It is partly solved" in browser.get(f"/customers/{back.customer.public_id}").text


@pytest.mark.once
def test_a_customers_page_tells_the_whole_story(make_today, signed_in, story):
    make = make_today
    refused = make.purchase(story.customer, reference="A-1002")
    make.invitation(refused, state="refused", reason="rest_period")
    planned = make.purchase(story.customer, reference="A-1003")
    make.invitation(planned, state="planned")
    make.purchase(story.customer, reference="A-1004")

    page = signed_in(make.staff(role="agent")).get(f"/customers/{story.customer.public_id}").text

    for words in (
        "Dora Detractor", "dora@example.test", "C-7", "It came late.", "A-1001", "2 days late", "2 × Mug",
        "Asked", "the rest period is not over", "Will be asked", "Not yet decided whether to ask", "/tasks/",
    ):  # fmt: skip
        assert words in page


REFUSED = "does not want to be contacted about it"


@pytest.mark.once
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"score": 9, "follow_up_stage": CONSIDERED}, "No rule matches"),
        ({"score": 2, "contact_permission": False, "follow_up_stage": CONSIDERED}, REFUSED),
        ({"score": 2, "channel": "import", "follow_up_stage": CONSIDERED}, "brought in from elsewhere"),
        ({"score": 2, "follow_up_stage": CONSIDERED}, "more than 14 days old"),
        ({"score": 9, "comment": "Well.", "follow_up_stage": WAITS_FOR_READING}, "has not been read yet"),
        (
            {
                "score": 2,
                "comment": "Well.",
                "contact_permission": False,
                "follow_up_stage": WAITS_FOR_READING,
            },
            REFUSED,
        ),
        ({"score": 2}, "Nobody has looked at it yet"),
        ({"score": 2, "is_partial": True, "submitted_at": None}, "may still be sent"),
        ({"score": None, "survey_key": "check-back", "answers": {"solved": "no"}}, "belongs to that task"),
    ],
)
def test_a_response_without_a_task_says_why(make_today, signed_in, given, said):
    response = make_today.response(**given)

    page = signed_in(make_today.staff(role="analyst")).get(f"/responses/{response.public_id}").text

    assert said in page
    assert ("All unhappy answers that are not followed up for this reason" in page) == (said == REFUSED)


def test_an_answer_of_nobody_says_that_there_is_nobody_to_write_to(make_today, signed_in):
    response = make_today.response(2, follow_up_stage=CONSIDERED)
    response.customer = None
    make_today.keep(response)

    page = signed_in(make_today.staff()).get(f"/responses/{response.public_id}").text

    assert "Nobody knows whose answer this is" in page


def test_a_response_that_could_not_be_judged_says_so(make_today, signed_in):
    response = make_today.response(2)
    set_aside("open-tasks", response.id, "ValueError: …")

    assert "Judging it failed" in signed_in(make_today.staff()).get(f"/responses/{response.public_id}").text


@pytest.mark.once
def test_a_response_without_a_task_leads_to_the_one_the_customer_has(make_today, signed_in, story):
    happier = make_today.response(9, customer=story.customer, follow_up_stage=CONSIDERED)
    stranger = make_today.response(9, follow_up_stage=CONSIDERED)
    browser = signed_in(make_today.staff(role="agent"))

    assert "open task, about another answer" in browser.get(f"/responses/{happier.public_id}").text
    assert "/tasks/" not in browser.get(f"/responses/{stranger.public_id}").text
    assert "/tasks/" in browser.get(f"/responses/{story.public_id}").text


def test_the_answer_to_a_check_back_leads_to_the_task_it_was_about(make_today, signed_in):
    asked = make_today.invitation(purpose="verification")
    task = make_today.task(make_today.response(2, customer=asked.customer), verification=asked)
    back = make_today.response(
        None, survey_key="check-back", customer=asked.customer, invitation=asked, answers={"solved": "yes"}
    )

    page = signed_in(make_today.staff()).get(f"/responses/{back.public_id}").text

    assert f"/tasks/{task.public_id}" in page and "Open that task" in page


@pytest.mark.parametrize("url", ["/responses/nobody", "/customers/nobody"])
def test_what_is_unknown_is_not_found(make_today, signed_in, url):
    assert signed_in(make_today.staff(role="owner")).get(url).status_code == 404


def test_a_customer_gets_a_contact_of_their_own(make_today, signed_in):
    dora, ben = make_today.customer(), make_today.staff("Ben")
    browser = signed_in(ben)
    page = f"/customers/{dora.public_id}"

    assert browser.post(f"{page}/contact", data={"contact": ben.public_id}).status_code == 303
    assert f'value="{ben.public_id}" selected' in browser.get(page).text
    assert browser.post(f"{page}/contact", data={"contact": "nobody"}).status_code == 404
    browser.post(f"{page}/contact", data={"contact": ""})
    assert f'value="{ben.public_id}" selected' not in browser.get(page).text


def test_a_customer_is_told_in_the_order_of_time(make_today, signed_in, story):
    page = signed_in(make_today.staff(role="agent")).get(f"/customers/{story.customer.public_id}").text

    assert (
        page.index("Everything in its order")
        < page.rindex("A task was opened")
        < page.rindex("Ordered: A-1001")
    )
    assert "Download everything" not in page and "Merge into" not in page


def test_a_double_customer_is_offered_merged_and_taken_apart(make_today, signed_in, story):
    keeper = story.customer
    other = make_today.customer("Dora Detractor", email="dora.d@example.test")
    make_today.purchase(other, reference="A-2002")
    admin = signed_in(make_today.staff(role="admin"))
    address = f"/customers/{keeper.public_id}"

    assert "Perhaps the same:" in admin.get(address).text
    assert admin.post(f"{address}/merges", data={"duplicate": other.public_id}).status_code == 303
    page = admin.get(address).text
    assert "A-2002" in page and "Undo the merge" in page
    assert "This customer was merged into" in admin.get(f"/customers/{other.public_id}").text

    undo = page.partition(f"{address}/merges/")[2].partition('"')[0]
    admin.post(f"{address}/merges/{undo}")
    assert "A-2002" not in admin.get(address).text
    assert admin.post(f"{address}/merges", data={"duplicate": "nobody"}).status_code == 422
    assert admin.post(f"{address}/merges/nothing/undo").status_code == 404


def read_as(make, response, *places, polarity=-0.6):
    analysis = Analysis(
        response=response,
        language="en",
        label="negative",
        polarity=polarity,
        analyzer="t",
        analysed_at=make.now,
    )
    analysis.mentions = [
        Mention(kind="theme", code=code, start=start, end=end, polarity=polarity)
        for code, start, end in places
    ]
    response.analysed_at = make.now
    return make.keep(analysis)


def test_a_comment_shows_its_themes_and_the_words_that_said_so(make_today, signed_in):
    response = make_today.response(3, "It came <late>. Nice & good.")
    read_as(make_today, response, ("DELIVERY.LATE", 9, 13), ("PRICE", 8, 9))
    make_today.response(3, "About something else")
    browser = signed_in(make_today.staff(role="agent"))

    page = browser.get(f"/responses/{response.public_id}").text
    assert "It came <mark>&lt;late</mark>&gt;. Nice &amp; good.</blockquote>" in page
    assert re.search(
        r"About:\s*<span>Price <span[^>]*>\(negative\)</span>,</span>\s*<span>Delivery: Late", page
    )
    listed = browser.get("/responses").text
    assert "about Price, Delivery: Late" in listed
    found = browser.get("/responses?theme=DELIVERY").text
    assert "It came" in found and "About something else" not in found
    assert '<option value="DELIVERY" selected>Delivery</option>' in found
    assert browser.get("/responses?theme=NOTHING").status_code == 422


def test_themes_are_named_in_the_language_of_the_staff_member(make_today, signed_in):
    response = make_today.response(3, "It came late.")
    read_as(make_today, response, ("DELIVERY.LATE", 8, 12))
    browser = signed_in(make_today.staff(role="agent", locale="de"))

    assert "Lieferung: Zu spät" in browser.get(f"/responses/{response.public_id}").text


def test_a_comment_that_was_changed_since_has_no_marks(make_today, signed_in):
    response = make_today.response(3, "It came late.")
    read_as(make_today, response, ("DELIVERY.LATE", 8, 12))
    response.comment, response.analysed_at = "All is well again.", None
    make_today.keep(response)
    browser = signed_in(make_today.staff(role="agent"))

    assert "<mark>" not in browser.get(f"/responses/{response.public_id}").text


PRIVATE = "The lid broke. Mail me at dora@example.org, regards Dora"


@pytest.mark.once
def test_lists_and_quotes_cover_personal_data_for_every_role(make_today, signed_in, story):
    story.comment = PRIVATE
    db.session.commit()
    for role in ("owner", "agent", "analyst"):
        browser = signed_in(make_today.staff(role, role=role))
        for path in ("/responses", f"/responses/{story.public_id}"):
            page = browser.get(path).text
            assert "dora@example.org" not in page
            assert role == "analyst" or "Mail me at [mail address]" in page


@pytest.mark.once
def test_the_page_of_a_customer_covers_it_too(make_today, signed_in, story):
    story.comment = PRIVATE
    db.session.commit()

    page = signed_in(make_today.staff(role="agent")).get(f"/customers/{story.customer.public_id}").text

    assert "Mail me at [mail address]" in page and "dora@example.org" not in page


def test_an_owner_looks_at_a_comment_and_that_is_noted(make_today, signed_in, story):
    story.comment = PRIVATE
    db.session.commit()
    owner = signed_in(make_today.staff(role="owner"))

    shown = owner.post(f"/responses/{story.public_id}/comment")

    assert shown.status_code == 200 and PRIVATE in shown.text
    (row,) = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "overview.show_comment"))
    assert row.object_id == story.public_id
    assert "looked at personal data in a comment" in owner.get("/settings/changes").text


def test_an_analyst_may_not_look(make_today, signed_in, story):
    story.comment = PRIVATE
    db.session.commit()

    refused = signed_in(make_today.staff(role="analyst")).post(f"/responses/{story.public_id}/comment")

    assert refused.status_code == 403 and "dora@example.org" not in refused.text


@pytest.mark.once
def test_marks_stand_at_their_words_in_the_covered_comment_and_tell_nothing_that_is_covered(
    make_today, signed_in, story
):
    story.comment = "Call 0171 1234567, the parcel came late"
    story.analysed_at = make_today.now
    at = story.comment.index("came late")
    analysis = make_today.keep(
        Analysis(
            response=story,
            language="en",
            label="negative",
            polarity=-0.5,
            subjectivity=0.5,
            analyzer="a test",
            analysed_at=make_today.now,
        )
    )
    for start, end in ((at, at + 9), (5, 9)):
        make_today.keep(
            Mention(analysis_id=analysis.id, kind="theme", code="DELIVERY.LATE", start=start, end=end)
        )

    page = signed_in(make_today.staff(role="agent")).get(f"/responses/{story.public_id}").text

    assert "Call [phone number], the parcel <mark>came late</mark>" in page


@pytest.mark.once
def test_the_page_of_a_response_says_what_the_customer_may_want_and_marks_the_words(
    make_today, signed_in, story
):
    story.comment = "My lawyer will write to you."
    story.analysed_at = make_today.now
    analysis = make_today.keep(
        Analysis(
            response=story,
            language="en",
            label="negative",
            polarity=-0.5,
            subjectivity=0.5,
            analyzer="a test",
            analysed_at=make_today.now,
        )
    )
    make_today.keep(Mention(analysis_id=analysis.id, kind="intent", code="legal", start=0, end=14))

    page = signed_in(make_today.staff(role="agent")).get(f"/responses/{story.public_id}").text

    assert "<mark>My lawyer will</mark> write to you." in page
    assert "Watch for: lawyer, court or authority." in page


def reading(make, response, **values):
    given = {
        "language": "en",
        "label": "mixed",
        "polarity": -0.2,
        "subjectivity": 0.5,
        "p_negative": 0.55,
        "p_neutral": 0.1,
        "p_positive": 0.35,
        "baseline": 0.1,
        "marks": [[11, 17, 0.8], [26, 30, -0.9]],
        "clauses": [[0, 17, 0.9], [19, 31, -0.8]],
        "analyzer": "heads 1, e5-small 0.3.0, textblob 0.20.1",
    }
    return make.keep(Analysis(response=response, analysed_at=make.now, **(given | values)))


LOVELY = '<span class="pull pull--good" title="good">{word}<span class="visually-hidden" lang="en"> (good)</span></span>'


def test_the_words_that_decided_are_marked_by_more_than_colour_and_told_apart_from_themes(
    make_today, signed_in
):
    response = make_today.response(4, "The lamp is lovely, but too late.", analysed_at=make_today.now)
    analysis = reading(make_today, response, marks=[[12, 18, 0.8], [28, 32, -0.9]])
    make_today.keep(Mention(analysis_id=analysis.id, kind="theme", code="DELIVERY.LATE", start=24, end=32))

    page = signed_in(make_today.staff(role="agent")).get(f"/responses/{response.public_id}").text

    assert f"The lamp is {LOVELY.format(word='lovely')}, but <mark>too </mark><mark><span" in page
    assert 'late<span class="visually-hidden" lang="en"> (bad)</span></span></mark>.' in page
    assert "Marked words speak for:" in page and "what it is about" in page


@pytest.mark.once
@pytest.mark.parametrize(
    ("marks", "mentions", "said"),
    [
        ([[0, 6, 0.8]], [], "Marked words speak for: good"),
        ([[0, 6, -0.8]], [], "Marked words speak for: bad"),
        ([[0, 6, 0.8], [7, 11, -0.8]], [], "Marked words speak for: good, bad"),
        ([], [("theme", 7)], "what it is about"),
        ([], [("intent", 7)], "what the customer wants or threatens"),
        (
            [[0, 6, -0.8]],
            [("intent", 7)],
            "Marked words speak for: bad · what the customer wants or threatens",
        ),
        ([], [("theme", 0), ("intent", 7)], "what it is about, or what the customer wants or threatens"),
    ],
)
def test_the_legend_names_what_is_marked_there_and_nothing_else(make_today, signed_in, marks, mentions, said):
    response = make_today.response(4, "Lovely lamp, come on.", analysed_at=make_today.now)
    analysis = reading(make_today, response, marks=marks, clauses=[])
    for kind, start in mentions:
        code = "refund" if kind == "intent" else "DELIVERY.LATE"
        make_today.keep(Mention(analysis_id=analysis.id, kind=kind, code=code, start=start, end=start + 4))

    page = signed_in(make_today.staff(role="agent")).get(f"/responses/{response.public_id}").text
    legend = page[page.index('<p class="legend') :].partition("</p>")[0]

    assert " ".join(re.sub(r"<[^>]+>", "", legend).split()) == said


def test_a_comment_in_which_no_word_decided_has_no_legend(make_today, signed_in):
    response = make_today.response(4, "It is what it is.", analysed_at=make_today.now)
    reading(make_today, response, label="neutral", polarity=0.0, marks=[], clauses=[])

    page = signed_in(make_today.staff(role="agent")).get(f"/responses/{response.public_id}").text

    assert "Marked words speak for:" not in page and "How this was read" in page


def test_a_page_tells_how_a_mixed_comment_was_read_part_by_part(make_today, signed_in):
    response = make_today.response(4, "The lamp is lovely, but it came late.", analysed_at=make_today.now)
    reading(make_today, response, marks=[], clauses=[[0, 18, 0.9], [20, 37, -0.8]])

    page = signed_in(make_today.staff(role="agent")).get(f"/responses/{response.public_id}").text
    told = " ".join(re.sub(r"<[^>]+>", " ", page[page.index("How this was read") :]).split())

    assert "It sounds mixed (−0.20 on −1 to 1). One part praises, another complains." in told
    assert "praise : The lamp is lovely complaint : but it came late." in told
    assert "as a whole 55 % negative, 35 % positive" in told
    assert "TextBlob, a list of words: neutral (0.10 on −1 to 1)" in told
    assert "our program, by meaning and words (with the encoder)" in told
    assert '<details class="how-read small" open>' in page


@pytest.mark.once
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"label": "negative", "p_negative": 0.82, "p_neutral": 0.1, "p_positive": 0.08}, "fairly sure: 82"),
        ({"label": "positive", "p_negative": 0.0, "p_neutral": 0.04, "p_positive": 0.96}, "very sure: 96"),
        ({"label": "uncertain", "p_negative": 0.4, "p_neutral": 0.3, "p_positive": 0.3}, "not sure: 40"),
        ({"language": "fr"}, "French (untested language"),
        ({"language": None}, "could not be told"),
        ({"analyzer": "heads 1, words, textblob 0.20.1"}, "by words alone (without the encoder)"),
    ],
)
def test_a_page_says_how_sure_in_which_language_and_by_whom(make_today, signed_in, given, said):
    response = make_today.response(4, "The lamp is lovely.", analysed_at=make_today.now)
    reading(make_today, response, marks=[], clauses=[], **given)

    assert said in signed_in(make_today.staff(role="agent")).get(f"/responses/{response.public_id}").text


def test_what_was_read_of_nothing_readable_is_told_without_numbers(make_today, signed_in):
    response = make_today.response(4, "n/a", analysed_at=make_today.now)
    nothing = dict.fromkeys(("polarity", "p_negative", "p_neutral", "p_positive", "baseline", "subjectivity"))
    reading(make_today, response, label="no_opinion", marks=[], clauses=[], **nothing)

    page = signed_in(make_today.staff(role="agent")).get(f"/responses/{response.public_id}").text

    assert "Something stands there, but no opinion." in page
    assert "How sure" not in page and "For comparison" not in page


def test_deciding_words_and_parts_tell_nothing_of_covered_personal_data(make_today, signed_in, story):
    story.comment = "Lovely lamp. Mail me at dora@example.org, it came late"
    story.analysed_at = make_today.now
    at = story.comment.index("dora")
    reading(
        make_today,
        story,
        marks=[[0, 6, 0.8], [at, at + 4, -0.5], [at + 26, at + 30, -0.9]],
        clauses=[[0, 12, 0.9], [13, len(story.comment), -0.7]],
    )

    page = signed_in(make_today.staff(role="agent")).get(f"/responses/{story.public_id}").text

    assert "dora@example.org" not in page
    assert 'title="good">Lovely<' in page and 'title="bad">late<' in page
    assert "Mail me at [mail address], it came <span" in page
    assert '<q lang="en">Mail me at [mail address], it came late</q>' in page


def test_words_against_the_score_are_said_and_can_be_listed(make_today, signed_in):
    sure = {"p_negative": 0.95, "p_neutral": 0.03, "p_positive": 0.02}
    odd = make_today.response(10, "All of it was awful.", analysed_at=make_today.now)
    reading(make_today, odd, label="negative", polarity=-0.93, marks=[], clauses=[], **sure)
    even = make_today.response(2, "Dreadful from start to end.", analysed_at=make_today.now)
    reading(make_today, even, label="negative", polarity=-0.93, marks=[], clauses=[], **sure)
    browser = signed_in(make_today.staff(role="owner"))

    page = browser.get(f"/responses/{odd.public_id}").text
    assert "Look twice:" in page and "A good score, but unhappy words." in page
    assert "Look twice:" not in browser.get(f"/responses/{even.public_id}").text
    listed = browser.get("/responses").text
    assert listed.count("<span>good score, unhappy words</span>") == 1
    for flag in ("any", "hidden_issue"):
        found = browser.get(f"/responses?flag={flag}").text
        assert "All of it was awful" in found and "Dreadful from" not in found
        assert f'<option value="{flag}" selected>' in found
        assert f"flag={flag}" in found.partition("export.csv")[2][:200]
        exported = browser.get(f"/responses/export.csv?flag={flag}").text
        assert "All of it was awful" in exported and "Dreadful from" not in exported
    assert "All of it was awful" not in browser.get("/responses?flag=at_risk").text
    assert browser.get("/responses?flag=nonsense").status_code == 422


def test_how_a_comment_was_read_is_told_in_german_too(make_today, signed_in):
    sure = {"p_negative": 0.95, "p_neutral": 0.03, "p_positive": 0.02}
    response = make_today.response(10, "Alles war schlimm.", analysed_at=make_today.now, locale="de")
    reading(make_today, response, label="negative", polarity=-0.93, marks=[[10, 17, -1]], clauses=[], **sure)

    page = signed_in(make_today.staff(role="agent", locale="de")).get(f"/responses/{response.public_id}").text

    assert 'schlimm<span class="visually-hidden" lang="de"> (schlecht)</span>' in page
    assert (
        "So wurde das gelesen: negativ" in page
        and "sehr sicher: 95" in page
        and "−0,93 auf einer Skala von −1 bis 1" in page
    )
    assert "Hoher Wert, aber unzufriedene Worte" in page


def test_of_a_mixed_comment_the_list_names_what_sounds_bad_first(make_today, signed_in):
    response = make_today.response(4, "The price is lovely, but it came late.", analysed_at=make_today.now)
    analysis = reading(make_today, response, marks=[], clauses=[])
    for code, start, end, polarity in (("PRICE", 4, 9, 0.9), ("DELIVERY.LATE", 28, 37, -0.8)):
        make_today.keep(
            Mention(analysis_id=analysis.id, kind="theme", code=code, start=start, end=end, polarity=polarity)
        )

    listed = signed_in(make_today.staff(role="agent")).get("/responses").text

    assert "about Delivery: Late, Price" in listed
    assert '<span title="One part praises, another complains.">sounds mixed</span>' in listed
    assert "pull--" not in listed and "How this was read" not in listed


WHY = "is anonymous and has fewer than 5 answers"
OPEN = (
    "/responses",
    "/responses?survey=nps",
    "/responses?q=Berta",
    "/insights?survey=nps",
    "/insights/excluded",
)
LOCKED = (
    "/responses/{id}",
    "/responses/{id}/alike",
    "/responses/export.csv?survey=nps",
)


@pytest.fixture
def few(make_today):
    """Four answers to an anonymous survey; a fifth was a test."""
    make = make_today
    make.anonymous()
    make.response(0, "Nobody but Berta", excluded_at=make.now, excluded_reason="test")
    return [make.response(2, "Berta was rude", analysed_at=make.now) for _ in range(4)]


def shown_by_machine(machine, found):
    """Return what the API answers to the questions about a score, a list and one response."""
    paths = ("insights/score?survey=nps", "responses?survey=nps", f"responses/{found.public_id}")
    return [machine.get(f"/api/v1/{path}") for path in paths]


def test_few_answers_to_an_anonymous_survey_are_not_shown_and_every_place_says_why(
    signed_in, make_today, machine, few
):
    browser = signed_in(make_today.staff(role="owner"))
    for place in OPEN:
        page = browser.get(place).text
        assert WHY in page and "Berta was" not in page and "Nobody but" not in page, place
        assert "−100" not in page, place
    for place in LOCKED:
        answer = browser.get(place.format(id=few[0].public_id))
        assert answer.status_code == 403 and WHY in answer.text and "Berta" not in answer.text, place
    assert "Berta" not in browser.get("/responses/export.csv").text
    told = shown_by_machine(machine, few[0])
    assert [answer.status_code for answer in told] == [403] * 3
    assert all(WHY in answer.json["detail"] for answer in told)
    assert machine.get("/api/v1/responses").json["items"] == []


@pytest.mark.once
def test_from_the_fifth_on_all_of_them_are_shown(signed_in, make_today, machine, few):
    browser = signed_in(make_today.staff(role="owner"))
    make_today.response(9, "A fifth voice")

    for place in ("/responses", "/insights?survey=nps", f"/responses/{few[0].public_id}"):
        page = browser.get(place).text
        assert WHY not in page and "Berta was rude" in page, place
    assert "Nobody but" in browser.get("/responses/export.csv").text
    score, listed, one = shown_by_machine(machine, few[0])
    assert (score.json["n"], len(listed.json["items"]), one.json["comment"]) == (5, 6, "Berta was rude")


def test_other_surveys_are_shown_beside_one_that_is_held_back(signed_in, make_today, few):
    make_today.response(5, "Well parcelled", survey_key="csat")
    browser = signed_in(make_today.staff(role="agent"))

    page = browser.get("/responses").text
    assert WHY in page and "Well parcelled" in page
    assert WHY not in browser.get("/responses?survey=csat").text
    assert WHY not in browser.get("/insights?survey=csat").text


@pytest.mark.once
def test_what_is_covered_is_not_found_and_the_page_says_so(make_today, signed_in):
    make_today.response(2, "Call me: 0171 2345678, it came late.")
    analyse_new(make_today.now, 10, READER)
    make_today.response(2, "Nobody has read this late one.")
    browser = signed_in(make_today.staff(role="analyst"))

    late = browser.get("/responses?q=late").text
    assert "1 response with" in late and "[phone number]" in late
    assert "covered is not searched" in late and "1 comment is still to be read" in late
    for guess in ("0171", "2345678", "71 23"):
        assert "No responses fit" in browser.get(f"/responses?q={guess}").text
        assert "late" not in browser.get(f"/responses/export.csv?q={guess}").text
