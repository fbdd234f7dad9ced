"""Those who answered against all who were asked."""

import pytest

from feedback.insights.exploring.covering import covered
from feedback.insights.mix import OTHERS
from feedback.insights.selection import Selection


@pytest.fixture
def ask(make_today):
    """Ask so many of a country and let the first answer."""

    def ask(country, asked, scores, **how):
        with make_today.at_one_go():
            for place in range(asked):
                purchase = make_today.purchase(make_today.customer("Eve", country=country), **how)
                invitation = make_today.invitation(purchase)
                if place < len(scores):
                    make_today.response(
                        scores[place], invitation=invitation, purchase=purchase, customer=purchase.customer
                    )

    return ask


@pytest.mark.once
def test_at_28_through_the_house_new_and_returning_weighted_like_the_asked(make_today, ask):
    # Two strata of AT-28 in small: as answered (18 + 54) / 150 = 48, among the asked 2/3 and 1/3: 40.
    ask("DE", 120, [2] * 12 + [7] * 18 + [10] * 30)
    ask("AT", 60, [2] * 9 + [7] * 9 + [10] * 42)

    found = covered(make_today.survey(), Selection("nps"), make_today.now)

    assert (found.asked, found.answered, found.weighted_by) == (180, 120, ("country",))
    assert found.raw.score == pytest.approx(100 * (18 + 33) / 120)
    assert found.weighted.value == pytest.approx(2 / 3 * 30 + 1 / 3 * 55)
    country = next(each for each in found.coverages if each.dimension == "country")
    assert country.is_clear and (country.most.value, country.least.value) == ("AT", "DE")
    assert {group.value: group.weight for group in country.groups} == {"DE": 2.0, "AT": 1.0}


@pytest.mark.once
def test_several_attributes_are_raked_and_small_groups_stand_together(make_today, ask):
    ask("DE", 60, [10] * 30 + [2] * 5, total_amount=1000)
    ask("AT", 60, [10] * 10 + [2] * 10, total_amount=9000)
    ask("CH", 8, [2] * 3, total_amount=9000)
    ask("FR", 8, [10] * 3, total_amount=1000)

    found = covered(make_today.survey(), Selection("nps"), make_today.now)

    assert found.weighted_by == ("value", "country")
    country = next(each for each in found.coverages if each.dimension == "country")
    assert [(group.value, group.asked) for group in country.groups] == [("DE", 60), (OTHERS, 76)]
    assert (
        found.weighted.n_eff < 61
        and found.weighted.interval.low < found.weighted.value < found.weighted.interval.high
    )
    assert sum(found.weighted.weights.values()) > 0


def test_without_answers_nothing_is_weighted(make_today, ask):
    ask("DE", 30, [])
    found = covered(make_today.survey(), Selection("nps"), make_today.now)
    assert (found.asked, found.answered, found.raw, found.weighted, found.coverages) == (
        30,
        0,
        None,
        None,
        [],
    )
