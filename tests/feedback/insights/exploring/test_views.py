"""The page that explores: every number with its interval and a way to its answers, nobody told apart."""

import re
from datetime import timedelta

import pytest

from feedback.insights.dimensions.names import EVERY
from feedback.insights.queries import calendar_zone
from surveys.segments.models import Segment

PAGE = "/insights/explore"


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text)).replace("\xa0", " ")


@pytest.fixture
def browser(make_today, signed_in):
    return signed_in(make_today.staff(role="analyst"))


def test_every_dimension_has_its_page_and_its_filters_lead_back(make_today, answers, browser):
    answers(
        [10] * 20 + [2] * 10, late=True, theme="DELIVERY.LATE", country="AT", carrier="Postbus", value=9000
    )
    answers([10] * 30, products=("MUG", "TEA"))
    make_today.keep(
        Segment(
            brand=make_today.brand(),
            name="Austrians",
            conditions=[{"field": "country", "op": "one_of", "value": ["AT"]}],
            created_at=make_today.now,
            changed_at=make_today.now,
        )
    )
    for name in EVERY:
        page = browser.get(f"{PAGE}?by={name}")
        assert page.status_code == 200
        assert "60 answers" in words(page), name
        for link in re.findall(rf'href="({PAGE}\?[^"]*&amp;{name}=[^"]*)"', page.text)[:1]:
            narrowed = browser.get(link.replace("&amp;", "&"))
            assert narrowed.status_code == 200 and "take away" in narrowed.text, link
    found = words(browser.get(f"{PAGE}?by=lateness"))
    assert "clearly lower" in found and "delivered late" in found
    assert "Austrians" in words(browser.get(f"{PAGE}?by=segment"))


def test_the_mix_changed_and_the_page_says_so(make_today, answers, browser):
    """Methodology AT-56 through the page: both groups rose by 3 points, and the whole fell by 4.5."""

    def buyers(n, score, country, at):
        promoters, detractors = (n + n * score // 100) // 2, (n - n * score // 100) // 2
        answers([10] * promoters + [2] * detractors, country=country, carrier=country, submitted_at=at)

    before, now = make_today.now - timedelta(days=40), make_today.now
    buyers(100, 30, "DE", before), buyers(100, 60, "AT", before)
    buyers(200, 33, "DE", now), buyers(50, 64, "AT", now)
    first = (now.astimezone(calendar_zone(None)) - timedelta(days=29)).date()

    page = browser.get(f"{PAGE}?compare=before&since={first}")
    found = words(page)

    assert "The mix changed: most groups by “Country” went the other way" in found
    assert "; no clear difference from the 30 days before" in found
    assert "What the mix did" in found and "adjusted for all that this page compares" in found
    assert "a true difference shows in eight of ten cases from" in found
    for n in (250, 200):
        links = re.findall(rf'href="(/responses[^"]*)">{n}<', page.text)
        assert links and f"{n} responses" in words(browser.get(links[0].replace("&amp;", "&")))


@pytest.mark.once
def test_days_of_ones_own_are_compared_with_and_stay_in_the_address(make_today, answers, browser):
    long_ago = make_today.now - timedelta(days=200)
    answers([10] * 40)
    answers([10] * 20 + [2] * 20, submitted_at=long_ago)
    day = long_ago.date()

    page = browser.get(
        f"{PAGE}?compare=days&than_since={day - timedelta(days=3)}&than_until={day + timedelta(days=3)}"
    )

    assert "100 points higher than in" in words(page) and f"than_until={day + timedelta(days=3)}" in page.text
    for overlapping in ("2026-13-01", str(make_today.now.date())):
        found = browser.get(f"{PAGE}?compare=days&than_since={overlapping}&than_until={overlapping}")
        assert "is not a day" in words(found) or "have days in common" in words(found)


@pytest.mark.once
def test_two_groups_stand_side_by_side(answers, browser):
    answers([10] * 40 + [2] * 10)
    answers([10] * 10 + [2] * 40, country="AT", carrier="Postbus")

    found = words(browser.get(f"{PAGE}?by=country&first=AT&second=DE"))
    assert "“Austria” is 120 points lower than “Germany”: more than chance" in found
    assert "One answer can belong to both groups" in words(
        browser.get(f"{PAGE}?by=product&first=MUG&second=TEA")
    )


@pytest.mark.once
def test_a_filter_is_chosen_from_one_list_and_lives_in_the_address(answers, browser):
    answers([10] * 20)
    answers([2] * 30, country="AT")

    answer = browser.get(f"{PAGE}?by=carrier&where=country:AT")

    assert answer.status_code == 303 and answer.location.endswith(f"{PAGE}?by=carrier&country=AT")
    assert "30 answers" in words(browser.get(answer.location))
    assert browser.get(f"{PAGE}?where=weather:rain").status_code == 422
    assert browser.get(f"{PAGE}?by=weather").status_code == 422
    four = "buyer=new&lateness=late&country=AT&channel=email"
    assert "at most 3 go together" in words(browser.get(f"{PAGE}?{four}"))


FEW = (  # of one dimension, and of two
    *("lateness=late", "product=TEA", "category=T", "theme=PRICE", "value=EUR-5", "channel=qr"),
    "country=AT&buyer=new",
)


@pytest.mark.once
def test_page_list_and_file_refuse_a_part_of_a_few(make_today, answers, browser, signed_in):
    few = {"country": "AT", "carrier": "X", "late": True, "products": ("TEA",), "theme": "PRICE"}
    answers([10] * 20)
    answers([2] * 3, **few, value=90_000, channel="qr")

    for part in FEW:
        found = words(browser.get(f"{PAGE}?survey=nps&{part}"))
        assert "Too few people to show this" in found and "3 answers" not in found, part
        assert browser.get(f"/responses?survey=nps&{part}").status_code == 403, part
    assert "Too few people to show this" in words(browser.get(f"/insights?survey=nps&{FEW[-1]}"))
    assert browser.get(f"/responses/export.csv?survey=nps&{FEW[-1]}").status_code == 403
    # Who works on cases sees the answers, and the figure as little.
    owner = signed_in(make_today.staff(role="owner"))
    assert "3 responses" in words(owner.get(f"/responses?survey=nps&{FEW[-1]}"))
    assert "Too few people to show this" in words(owner.get(f"{PAGE}?survey=nps&{FEW[-1]}"))


@pytest.mark.once
def test_who_answered_and_what_the_score_would_be_with_weights(make_today, browser):
    make_today.brand(), make_today.survey(), make_today.touchpoint()
    with make_today.in_bulk():
        for country, asked, scores in (("DE", 40, [10] * 30), ("AT", 60, [2] * 15)):
            for place in range(asked):
                invitation = make_today.invitation(
                    make_today.purchase(make_today.customer("Eve", country=country))
                )
                if place < len(scores):
                    make_today.response(
                        scores[place],
                        customer=invitation.customer,
                        purchase=invitation.purchase,
                        invitation=invitation,
                    )

    found = words(browser.get(f"{PAGE}/coverage"))
    found = found.replace(" :", ":")
    assert (
        "45 % of those who were asked answered: “Germany” more readily than “Austria” (75 % against 25 %)"
        in found
    )
    # 40 % Germans at 100, 60 % Austrians at -100; as answered 2/3 and 1/3.
    assert "As answered 33 4 to 57 45" in found and "Weighted like the asked \N{MINUS SIGN}20" in found
    assert "Country: Austria 60 15 4.0" in found


@pytest.mark.once
def test_nothing_to_explore_yet(make_today, browser):
    assert "No survey on a scale yet" in words(browser.get(PAGE))
    assert "No survey on a scale yet" in words(browser.get(f"{PAGE}/coverage"))
    make_today.survey()
    assert "Nobody has answered yet" in words(browser.get(PAGE))
    assert "Nobody has answered yet" in words(browser.get(f"{PAGE}/coverage"))
    make_today.anonymous()
    make_today.response(10)
    assert "Nobody was asked in these days" in words(browser.get(f"{PAGE}/coverage?survey=csat"))
    assert "Not shown yet" in words(browser.get(PAGE)) and "Not shown yet" in words(
        browser.get(f"{PAGE}/coverage")
    )


@pytest.mark.once
def test_a_chosen_filter_leads_to_this_page_and_nowhere_else(make_today, browser):
    make_today.response(9)
    strange = "_external=1&_scheme=https://elsewhere.test/?&_method=NONE&_anchor=y&endpoint=x"
    answer = browser.get(f"{PAGE}?where=country:AT&survey=nps&by=carrier&{strange}")
    assert answer.status_code == 303
    assert answer.location == f"{PAGE}?survey=nps&by=carrier&country=AT"
