"""Counts: what is part of the numbers, when, and from where."""

from datetime import UTC, datetime, timedelta

import pytest

from feedback.insights import queries
from feedback.insights.breakdowns import Count
from feedback.insights.response_rates import Dispositions, response_rate
from feedback.insights.selection import Selection

NPS = Selection(survey="nps")


def test_scores_are_counted_once_each(make, now):
    for score in (10, 10, 3):
        make.response(score)

    assert queries.score_counts(NPS, now) == {10: 2, 3: 1}


def test_no_score_no_check_back_and_no_fresh_partial_counts(make, now):
    make.response(None, "only words")
    make.response(None, survey_key="check-back", answers={"solved": "no"})
    make.response(5, is_partial=True, submitted_at=None, saved_at=now - timedelta(minutes=29))
    make.response(6, is_partial=True, submitted_at=None, saved_at=now - timedelta(minutes=30))
    make.response(1, survey_key="csat")

    assert queries.score_counts(NPS, now) == {6: 1}


def test_the_period_is_half_open_and_a_partial_has_the_time_of_its_last_save(make, now):
    hour = timedelta(hours=1)
    make.response(1, submitted_at=now - hour)
    make.response(2, submitted_at=now)
    make.response(3, is_partial=True, submitted_at=None, saved_at=now - hour)

    counts = queries.score_counts(Selection("nps", since=now - hour, until=now), now)

    assert counts == {1: 1, 3: 1}


def test_cells_know_where_the_parcel_went_and_with_whom(make, now):
    customer = make.customer(country="AT")
    make.response(
        3, customer=customer, purchase=make.purchase(customer, ship_country="CH", carrier="Postbus")
    )
    make.response(3, customer=customer, purchase=make.purchase(customer), locale="de")
    make.response(9, customer=make.customer("Bo", country=None), survey_key="nps")

    assert sorted(queries.cell_counts(NPS, now)) == [
        Count("nps", "-", "-", "en", 9, 1),
        Count("nps", "AT", "-", "de", 3, 1),
        Count("nps", "CH", "Postbus", "en", 3, 1),
    ]


def test_stretches_of_time_are_counted_in_one_go(make, now):
    day = timedelta(days=1)
    make.response(10, submitted_at=now - 2 * day)
    make.response(0, submitted_at=now - day)
    make.response(0, is_partial=True, submitted_at=None, saved_at=now - day)
    edges = [now - 2 * day, now - day, now, now + day]

    assert queries.bucket_counts(NPS, edges, now) == [{10: 1}, {0: 2}, {}]
    assert queries.bucket_counts(Selection("nps", country="AT"), edges, now) == [{}, {}, {}]
    assert queries.bucket_counts(NPS, [], now) == []


def test_the_response_rate_counts_everybody_who_was_asked(make, now):
    answered, half, silent, bounced, refused = (make.invitation(make.purchase()) for _ in range(5))
    make.response(9, invitation=answered)
    make.response(4, invitation=half, is_partial=True, submitted_at=None)
    bounced.state = "failed"
    refused.state, refused.reason, refused.sent_at = "refused", "objected", None
    make.invitation(make.purchase(), state="planned")
    make.keep(silent)

    found = queries.dispositions(NPS)

    assert found == Dispositions(complete=1, partial=1, silent=1, unknown=1)
    assert response_rate(found) == pytest.approx(2 / 4)
    assert queries.dispositions(Selection("csat")) == Dispositions()
    assert queries.dispositions(Selection("nps", since=now + timedelta(days=1))) == Dispositions()
    assert (
        queries.dispositions(Selection("nps", country="AT", until=now + timedelta(days=1))) == Dispositions()
    )


def test_unhappy_answers_without_permission_are_counted(make, now):
    make.response(2, contact_permission=False)
    make.response(2, contact_permission=None)
    make.response(9, contact_permission=False)

    assert queries.not_followed_up(NPS, now) == 1


def test_a_survey_without_a_score_is_refused_and_the_others_named(make):
    make.survey()

    with pytest.raises(queries.NotMeasured) as refused:
        queries.measured_survey("check-back")
    assert "nps, csat, ces" in refused.value.phrase % refused.value.values


def test_moments_are_compared_as_moments_on_every_database(make):
    make.response(7, submitted_at=datetime(2026, 3, 1, 9, 59, 59, 999_999, tzinfo=UTC))
    edge = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)

    assert queries.bucket_counts(NPS, [edge - timedelta(hours=1), edge, edge + timedelta(hours=1)], edge) == [
        {7: 1},
        {},
    ]


def test_every_stretch_of_many_gets_its_own_answers(make, now):
    customer, week = make.customer(), timedelta(weeks=1)
    for place in range(11):
        make.response(place, customer=customer, submitted_at=now + place * week)

    found = queries.bucket_counts(NPS, [now + place * week for place in range(12)], now + 12 * week)

    assert found == [{place: 1} for place in range(11)]


def test_anonymous_answers_count_in_score_and_rate(make, now):
    make.anonymous()
    make.response(10), make.response(3)
    make.invitation(answered_at=now), make.invitation()

    assert queries.score_counts(NPS, now) == {10: 1, 3: 1}
    assert queries.dispositions(NPS) == Dispositions(complete=1, silent=1)
    assert queries.not_followed_up(NPS, now) == 0
