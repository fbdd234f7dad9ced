"""The insights page and the export: the numbers of the API, and nobody's data for analysts."""

import re
from datetime import timedelta

import pytest

from feedback.analysis.models import Analysis
from feedback.insights.queries import calendar_zone
from surveys.clock import real_now
from surveys.database import db
from surveys.invitations.own_words.rewriting import Words, rewrite
from surveys.questionnaires.publishing import publish
from surveys.scales import GROUPS, SCALES
from tests.factories import KEY_OF, Make

PAGE = "/insights"


def hundred(make: Make, **values):
    """10 detractors, 30 passives, 60 promoters: NPS 50, [35.57, 61.88] (methodology AT-13)."""
    make.responses([3] * 10 + [7] * 30 + [10] * 60, make.customer("Dora", country="AT"), **values)


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


@pytest.mark.once
def test_the_page_shows_the_numbers_of_the_api(make_today, signed_in, machine):
    hundred(make_today)
    browser = signed_in(make_today.staff(role="analyst"))

    page = words(browser.get(PAGE))
    body = machine.get("/api/v1/insights/score?survey=nps").json

    assert (body["score"], body["n"]) == (50.0, 100)
    assert "NPS is 50 (36 to 62)" in page
    assert f"{body['n']} answers" in page
    assert (
        f"{round(body['interval']['low'])} to {round(body['interval']['high'])} with 95 % confidence" in page
    )
    assert "detractors 10 % passives 30 % promoters 60 %" in page.replace("\xa0", " ")


SAID = {
    "nps": "NPS is 50 (",
    "enps": "eNPS is 50 (",
    "csat": "75 % are satisfied (",
    "csat3": "75 % are satisfied (",
    "ces": "75 % found it easy (",
    "ces7": "75 % found it easy (",
    "smileys": "75 % are happy (",
    "stars_five": "4.00 of 5 stars on average (",
    "thumbs": "75 % gave a thumb up (",
    "pmf": "75 % would be very disappointed without you (",
}


@pytest.mark.once
@pytest.mark.parametrize("kind", SCALES)
def test_every_kind_says_its_figure_in_a_sentence_and_its_groups_lead_to_their_answers(
    make_today, signed_in, kind
):
    scale, key = SCALES[kind], KEY_OF[kind]
    make_today.responses([scale.low] * 10 + [scale.high] * 30, survey_key=key)
    # In the period before, everybody was of one mind.
    before = make_today.now - timedelta(days=100)
    make_today.responses([scale.high] * 30, survey_key=key, submitted_at=before)
    browser = signed_in(make_today.staff(role="owner"))

    page = browser.get(f"{PAGE}?survey={key}")
    said = words(page).replace("\xa0", " ")
    assert SAID[kind] in said
    assert "lower than in the 90 days before; the change is real (" in said
    assert ("stars lower" in said) is (kind == "stars_five")
    assert f"chart__bar--{scale.groups[0].mood}" in page.text and "chart__bar--happy" in page.text
    for group, count in ((GROUPS[kind][0], 10), (GROUPS[kind][-1], 30)):
        (link,) = set(re.findall(rf'href="(/responses\?[^"]*group={group}[^"]*)"', page.text))
        assert f"{count} responses" in words(browser.get(link.replace("&amp;", "&")))


@pytest.mark.once
def test_stars_that_are_all_alike_are_said_with_what_may_still_be(make_today, signed_in):
    make_today.responses([5] * 10, survey_key="stars_five", locale="de")
    browser = signed_in(make_today.staff(role="owner", locale="de"))

    # 1 + 4 * 10 / (10 + 1.96^2)
    page = words(browser.get(f"{PAGE}?survey=stars_five"))
    assert "5,00 von 5 Sternen im Durchschnitt (3,89 bis 5,00)" in page
    assert "einen halben Stern" in page


@pytest.mark.thorough
def test_every_number_leads_to_as_many_responses(make_today, signed_in):
    hundred(make_today)
    make_today.response(None, "no score")
    browser = signed_in(make_today.staff(role="owner"))

    page = browser.get(PAGE).text

    links = {
        url.replace("&amp;", "&") for url in re.findall(r'href="(/responses\?[^"]*only=counted[^"]*)"', page)
    }
    found = {url: words(browser.get(url)) for url in links}
    whole = [text for url, text in found.items() if "group=" not in url]
    promoters = [text for url, text in found.items() if "group=promoter" in url]
    assert whole and all("100 responses" in text for text in whole)
    assert promoters and all("60 responses" in text for text in promoters)


@pytest.mark.once
def test_groups_that_are_left_out_are_told_with_the_smallest_number_that_is_shown(make_today, signed_in):
    hundred(make_today)
    make_today.responses([3] * 20, make_today.customer("Pat", country="DE"))
    make_today.response(3, customer=make_today.customer("Ott", country="CH"))

    for locale, sentence in (
        ("en", "2 groups are left out so that nobody can be told apart: a group is shown from 5 answers on"),
        ("de", "2 Gruppen fehlen hier, damit niemand zu erkennen ist: Eine Gruppe steht hier ab 5 Antworten"),
    ):
        browser = signed_in(make_today.staff(role="owner", locale=locale))
        assert sentence in words(browser.get(PAGE))


@pytest.mark.once
@pytest.mark.thorough
def test_few_answers_let_the_comments_come_first(make_today, signed_in):
    make_today.response(3, "It came late.")
    browser = signed_in(make_today.staff(role="owner"))

    page = browser.get(PAGE).text
    assert page.index('id="comments"') < page.index('id="trend"') < page.index('id="proof"')

    hundred(make_today)
    make_today.responses([9] * 9, submitted_at=make_today.now - timedelta(days=20))
    page = browser.get(PAGE).text
    assert page.index("chart--trend") < page.index('id="comments"') < page.index('id="proof"')


@pytest.mark.once
def test_no_survey_no_answers_and_too_few_people_are_said_plainly(make_today, signed_in):
    browser = signed_in(make_today.staff(role="owner"))
    assert "Nobody has answered yet" in browser.get(PAGE).text

    make_today.survey()
    page = browser.get(PAGE).text
    assert "Nobody has answered yet" in page and "/settings" in page and "Export as CSV" not in page

    make_today.response(9, submitted_at=make_today.now - timedelta(days=200))
    assert "No answers from this period" in browser.get(PAGE).text

    make_today.response(3, customer=make_today.customer(country="AT"))
    assert "Too few people to show this" in browser.get(f"{PAGE}?country=AT").text


@pytest.mark.once
@pytest.mark.parametrize(
    "query",
    [
        "since=tomorrow",
        "since=2026-02-02&until=2026-01-01",
        "brand=nope",
        "survey=check-back",
        "country=Austria",
    ],
)
def test_a_filter_that_cannot_be_is_told_in_a_sentence(make_today, signed_in, query):
    make_today.survey()
    make_today.brand()

    answer = signed_in(make_today.staff(role="owner")).get(f"{PAGE}?{query}")

    assert answer.status_code == 422
    assert "This does not work" in answer.text


@pytest.mark.once
def test_an_analyst_reads_comments_but_not_who_wrote_them(make_today, signed_in):
    make_today.response(3, "It came late.", customer=make_today.customer("Dora Detractor"))

    seen = {
        role: signed_in(make_today.staff(role=role)).get(PAGE).text for role in ("owner", "agent", "analyst")
    }

    assert all("It came late." in text for text in seen.values())
    assert "Dora Detractor" in seen["owner"] and "Dora Detractor" in seen["agent"]
    assert "Dora" not in seen["analyst"] and "/customers/" not in seen["analyst"]
    assert "export.csv" in seen["analyst"] and "export.csv" not in seen["agent"]


def test_the_export_is_a_file_without_persons_for_analysts(make_today, signed_in):
    make_today.response(3, "=1+1", customer=make_today.customer("Dora", email="dora@example.test"))
    make_today.response(9, "fine")

    def export(role, query=""):
        return signed_in(make_today.staff(role=role)).get(f"/responses/export.csv{query}")

    owners, analysts = export("owner", "?group=unhappy"), export("analyst")
    assert owners.mimetype == "text/csv"
    assert owners.headers["Content-Disposition"] == 'attachment; filename="responses.csv"'
    assert "dora@example.test" in owners.text and '"\'=1+1"' in owners.text and "fine" not in owners.text
    assert "dora@example.test" not in analysts.text and '"\'=1+1"' in analysts.text
    assert export("agent").status_code == 403


def test_single_answers_of_few_people_are_not_exported_for_analysts(make_today, signed_in):
    make_today.response(3, customer=make_today.customer(country="AT"))

    def export(role):
        browser = signed_in(make_today.staff(role=role))
        return browser.get("/responses/export.csv?country=AT").status_code

    assert (export("analyst"), export("owner")) == (403, 200)


@pytest.mark.once
def test_the_page_speaks_german_where_the_catalogue_does_and_never_breaks(make_today, signed_in):
    hundred(make_today, submitted_at=real_now())
    browser = signed_in(make_today.staff(role="owner", locale="de"))

    assert browser.get(f"{PAGE}?since=2026-01-01").status_code == 200


def test_the_command_writes_the_same_file(make_today, app):
    make_today.response(3, "late", customer=make_today.customer(email="dora@example.test"))

    full = app.test_cli_runner().invoke(args=["export", "responses", "--survey", "nps"])
    bare = app.test_cli_runner().invoke(args=["export", "responses", "--without-personal-data"])
    wrong = app.test_cli_runner().invoke(args=["export", "responses", "--survey", "nope"])

    assert full.output.startswith('"id","survey"') and "dora@example.test" in full.output
    assert "late" in bare.output and "dora@example.test" not in bare.output
    assert wrong.exit_code == 1 and "There is no survey with the key" in wrong.output


@pytest.mark.once
def test_two_subjects_are_shown_with_their_letters_and_what_may_be_said(make_today, signed_in):
    touchpoint, olga = make_today.touchpoint(), make_today.staff("Olga", role="owner")
    browser = signed_in(olga)
    assert "No two subjects are compared" in browser.get("/insights/subjects").text
    rewrite(touchpoint, "en", Words("Tell us", "How was it?"), olga, make_today.now - timedelta(days=10))
    db.session.commit()
    sent = {"touchpoint": touchpoint, "sent_at": make_today.now - timedelta(days=2)}
    make_today.invitation(**sent, variant="a", answered_at=make_today.now)
    make_today.invitation(**sent, variant="b")

    page = browser.get("/insights/subjects").text

    assert "Too early to tell: it takes 200 letters of each" in page
    assert "How was it?" in page and "100.0 %" in page and "0.0 %" in page
    make_today.response(9)
    assert "/insights/subjects" in browser.get("/insights").text


@pytest.mark.once
def test_the_trend_says_where_the_questionnaire_changed(make_today, signed_in):
    browser = signed_in(make_today.staff(role="analyst"))
    survey = make_today.survey("nps")
    for weeks in range(8):
        at = make_today.now - timedelta(weeks=weeks)
        make_today.responses([3, 7, 7, 9, 10, 10], make_today.customer(), submitted_at=at)
    assert "of the questionnaire since" not in words(browser.get(PAGE))

    publish(survey, survey.current.definition, make_today.now - timedelta(weeks=3))
    db.session.commit()

    page = browser.get(PAGE)
    assert "Version 2 of the questionnaire since" in words(page)
    assert page.text.count('class="chart__border"') == 2  # the wide picture and the narrow one


@pytest.mark.once
def test_a_quote_that_praises_and_complains_says_so(make_today, signed_in):
    make_today.responses([9] * 12)
    mixed = make_today.response(3, "Pretty, but broken.", analysed_at=make_today.now)
    make_today.keep(
        Analysis(response=mixed, label="mixed", polarity=-0.3, analyzer="t", analysed_at=make_today.now)
    )

    page = signed_in(make_today.staff("Olga", "owner")).get("/insights").text

    assert '<span title="One part praises, another complains.">sounds mixed</span>' in page
    assert "pull--" not in page


@pytest.mark.once
def test_a_small_shop_is_told_why_no_line_is_drawn_and_from_how_many_answers_on(make_today, signed_in):
    for days in (1, 8, 20):
        at = make_today.now - timedelta(days=days)
        make_today.response(9, "Fine.", saved_at=at, submitted_at=at)
    browser = signed_in(make_today.staff("Ben"))
    page = browser.get("/insights?survey=nps").text
    assert "No line yet" in page and "From 10 answers on" in page
    assert 'id="trend-wide"' not in page and page.index("Fine.") < page.index("No line yet")
    day = at.astimezone(calendar_zone(None)).date().isoformat()
    assert "These days lie in one week" in browser.get(f"/insights?survey=nps&since={day}&until={day}").text
