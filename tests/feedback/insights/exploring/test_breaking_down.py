"""One figure along one dimension."""

import pytest

from feedback.insights.differences import NOT_COMPARED, adjusted
from feedback.insights.exploring.breaking_down import breakdown
from feedback.insights.selection import Selection


def test_parts_are_compared_with_the_rest_and_their_chances_adjusted_together(make_today, answers):
    answers([10] * 60 + [2] * 20)
    answers([10] * 20 + [2] * 40, country="AT")
    answers([10] * 30 + [2] * 12, country="CH")
    survey = make_today.survey()

    found, others = breakdown(survey, Selection("nps"), "country", make_today.now, [0.04])

    assert [(row.value, row.measure.n) for row in found.rows] == [("DE", 80), ("AT", 60), ("CH", 42)]
    assert [row.p for row in found.rows] + others == pytest.approx(
        adjusted([row.verdict.p for row in found.rows] + [0.04])
    )
    assert [row.is_clear for row in found.rows] == [True, True, False]
    # A sentence that has no room for all names those that stand out most, not the largest.
    assert [row.value for row in found.clear] == ["AT", "DE"]


@pytest.mark.once
def test_values_that_overlap_count_in_each_row_and_are_compared_with_who_has_them_not(make_today, answers):
    answers([10] * 30, products=("MUG", "TEA"))
    answers([2] * 40, products=("MUG",))
    answers([8] * 20, products=("POT",))

    found, _ = breakdown(make_today.survey(), Selection("nps"), "product", make_today.now)

    assert {row.value: row.measure.n for row in found.rows} == {"MUG": 70, "TEA": 30, "POT": 20}
    assert found.overlaps
    tea = next(row for row in found.rows if row.value == "TEA")
    assert tea.verdict.difference == pytest.approx(100 - 100 * -40 / 60)


@pytest.mark.once
def test_response_rates_stand_where_they_mean_something(make_today, answers):
    answers([10] * 10)
    for place in range(20):
        invitation = make_today.invitation()
        if place < 8:
            make_today.response(
                9, invitation=invitation, purchase=invitation.purchase, customer=invitation.customer
            )
    survey, now = make_today.survey(), make_today.now

    (row,) = breakdown(survey, Selection("nps"), "country", now)[0].rows
    assert (row.measure.n, row.asked, row.answered) == (18, 20, 8)
    assert [row.asked for row in breakdown(survey, Selection("nps"), "channel", now)[0].rows] == [None]


def test_a_large_part_does_not_tell_what_a_few_others_of_one_mind_said(make_today, answers):
    answers([10] * 60 + [2] * 20)
    answers([2] * 6, country="AT")

    large, few = breakdown(make_today.survey(), Selection("nps"), "country", make_today.now)[0].rows

    assert (few.measure.n, few.is_uniform) == (6, True)
    assert large.verdict == NOT_COMPARED
