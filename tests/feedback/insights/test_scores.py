"""Scores: acceptance tests of the measuring method, as printed there.

AT-01, AT-02, AT-03, AT-04, AT-05, AT-06, AT-07, AT-08, AT-09, AT-10, AT-11, AT-12 to AT-16, AT-22 and AT-24.
"""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.insights.scores import (
    HEADLINES,
    METRICS,
    has_mean,
    largest_remainder,
    measure,
    nps,
    rounded,
    rounded_to,
)
from surveys.scales import SCALES, Group, Scale, parse_score

kinds = st.sampled_from(sorted(SCALES))
LEAST, MOST = {"net": -100, "share": 0, "mean": 1}, {"net": 100, "share": 100, "mean": 5}


def histogram(*groups: int) -> dict[int, int]:
    """One NPS score that stands for each group: 3, 7, 10."""
    return dict(zip((3, 7, 10), groups, strict=True))


def test_at_01_one_detractor_two_passives_three_promoters():
    result = nps(1, 2, 3)

    assert result is not None
    assert result.score == pytest.approx(33.3333, abs=5e-5)
    assert rounded(result.score) == 33
    assert result.variance == pytest.approx(0.555556, abs=5e-7)
    assert result.se == pytest.approx(0.304290, abs=5e-7)


@pytest.mark.parametrize(
    ("counts", "score"),
    [((1, 0, 0), -100), ((0, 1, 0), 0), ((0, 0, 1), 100), ((1, 0, 1), 0), ((0, 1, 1), 50), ((1, 1, 1), 0)],
)
def test_at_02_tiny_samples_have_a_score(counts, score):
    result = nps(*counts)

    assert result is not None
    assert result.score == score


@pytest.mark.parametrize("kind", sorted(SCALES))
def test_at_03_no_answers_have_no_score(kind):
    assert measure(kind, {}) is None
    assert measure(kind, dict.fromkeys(SCALES[kind].scores, 0)) is None
    assert nps(0, 0, 0) is None


def test_at_04_raw_answers():
    result = nps(*SCALES["nps"].tally(Counter([0, 7, 7, 9, 9, 9])).values())

    assert result is not None
    assert result.score == pytest.approx(33.3333, abs=5e-5)
    assert result.variance == pytest.approx(0.555556, abs=5e-7)


def test_at_05_the_engine_takes_other_breaks():
    groups = (
        Group("detractor", 1, 6, "unhappy"),
        Group("passive", 7, 8, "neutral"),
        Group("promoter", 9, 15, "happy"),
    )
    result = nps(*Scale("fifteen", 1, 15, groups).tally(Counter(range(1, 16))).values())

    assert result is not None
    assert result.score == pytest.approx(6.6667, abs=5e-5)
    assert result.variance == pytest.approx(0.862222, abs=5e-7)


def test_at_06_a_thousand_answers():
    counts = dict(enumerate([74, 10, 22, 35, 40, 140, 41, 57, 119, 227, 235]))
    result = measure("nps", counts)
    details = nps(362, 176, 462)

    assert result is not None and details is not None
    assert result.n == 1000
    assert result.groups == {"detractor": 362, "passive": 176, "promoter": 462}
    assert result.score == 10.0
    assert details.variance == pytest.approx(0.814)
    assert details.se == pytest.approx(0.0285307, abs=5e-8)
    assert sum(score * count for score, count in counts.items()) / 1000 == 7.009
    assert (result.interval.low, result.interval.high) == pytest.approx((4.3822, 15.5495), abs=5e-5)
    assert (result.interval.level, result.interval.method) == (0.95, "score")


@pytest.mark.parametrize(
    ("counts", "score"),
    [((83, 47, 120), 14.8), ((91, 49, 110), 7.6), ((91, 44, 115), 9.6), ((97, 36, 117), 8.0)],
)
def test_at_06_units_of_250(counts, score):
    result = nps(*counts)

    assert result is not None
    assert result.score == pytest.approx(score)


def test_at_07_the_score_does_not_depend_on_how_many_were_asked():
    scores = [result.score for n in (6, 60, 600) if (result := nps(n // 6, n // 3, n // 2))]

    assert scores == pytest.approx([33.3333] * 3, abs=5e-5)


@pytest.mark.parametrize(
    ("counts", "exact", "shown"),
    [((4, 1, 3), -12.5, -13), ((3, 1, 4), 12.5, 13), ((1, 3, 5), 44.4444, 44), ((2, 2, 3), 14.2857, 14)],
)
def test_at_08_the_headline_is_rounded_once_and_away_from_zero(counts, exact, shown):
    result = nps(*counts)

    assert result is not None
    assert result.score == pytest.approx(exact, abs=5e-5)
    assert rounded(result.score) == shown


def test_at_09_each_score_from_one_to_ten_once():
    result = measure("nps", Counter(range(1, 11)))

    assert result is not None
    assert result.score == -40.0


def test_at_10_a_skipped_question_is_not_in_the_denominator():
    raw = ["3"] * 20 + ["7"] * 20 + ["10"] * 60 + [""] * 25
    answers = [score for each in raw if (score := parse_score("nps", each)) is not None]
    result = measure("nps", Counter(answers))

    assert result is not None
    assert result.score == 40.0
    assert (result.n, len(raw) - result.n) == (100, 25)


@pytest.mark.parametrize("score", [-1, 11, 7.5, True])
def test_at_11_scores_off_the_scale_are_never_counted(score):
    with pytest.raises(ValueError, match="from 0 to 10"):
        measure("nps", {score: 1})


@pytest.mark.parametrize(
    ("counts", "score", "low", "high"),
    [
        # AT-12 and AT-13, AT-14, AT-15, AT-16
        ((10, 30, 60), 50, 35.5692, 61.8762),
        ((0, 0, 10), 100, 44.4934, 100),
        ((5, 6, 25), 55.5556, 27.4868, 74.3303),
        ((86, 1364, 150), 4.0, 2.1362, 5.8998),
    ],
)
def test_at_12_to_at_16_what_is_shown_is_the_score_interval(counts, score, low, high):
    result = measure("nps", histogram(*counts))

    assert result is not None
    assert result.score == pytest.approx(score, abs=5e-5)
    assert (result.interval.low, result.interval.high) == pytest.approx((low, high), abs=5e-5)


def test_at_22_csat():
    result = measure("csat", {1: 3, 2: 2, 3: 5, 4: 30, 5: 60})

    assert result is not None and result.mean_interval is not None
    assert (result.metric, result.n, result.score) == ("csat", 100, 90.0)
    assert result.groups == {"dissatisfied": 5, "neutral": 5, "satisfied": 90}
    assert (result.interval.low, result.interval.high) == pytest.approx((82.563, 94.477), abs=5e-4)
    assert result.interval.method == "wilson"
    assert result.mean == pytest.approx(4.42)
    assert (result.mean_interval.low, result.mean_interval.high) == pytest.approx(
        (4.23902, 4.60098), abs=5e-6
    )


def test_at_22_the_standard_deviation_beside_the_mean():
    from_counts = measure("csat", {1: 3, 2: 2, 3: 5, 4: 30, 5: 60})
    assert from_counts is not None and from_counts.mean_interval is not None
    half = (from_counts.mean_interval.high - from_counts.mean_interval.low) / 2

    # sd = half width * sqrt(n) / t, with t = 1.984217 for 99 degrees of freedom.
    assert half * 10 / 1.984217 == pytest.approx(0.912096, abs=5e-6)


def test_at_24_ces():
    result = measure("ces7", dict(enumerate([2, 3, 5, 10, 20, 35, 25], start=1)))

    assert result is not None
    assert (result.metric, result.n, result.score) == ("ces", 100, 80.0)
    assert result.mean == pytest.approx(5.48)
    assert (result.interval.low, result.interval.high) == pytest.approx((71.117, 86.663), abs=5e-4)
    assert result.net == 70.0


def test_every_kind_has_its_headline_and_only_the_metric_of_ces_has_another_name():
    assert set(HEADLINES) == set(METRICS) == set(SCALES)
    assert {kind: name for kind, name in METRICS.items() if name != kind} == {"ces7": "ces"}
    # A mean is compared by its groups, so each of them must be one point.
    assert all(
        group.low == group.high
        for kind, headline in HEADLINES.items()
        if headline == "mean"
        for group in SCALES[kind].groups
    )


def test_enps_is_computed_as_nps():
    counts = histogram(10, 30, 60)
    result, other = measure("enps", counts), measure("nps", counts)

    assert result is not None and other is not None
    assert (result.metric, result.score, result.interval, result.mean) == (
        "enps",
        50,
        other.interval,
        None,
    )


# 90 of 100 with Wilson's interval as in AT-22; means by hand.
@pytest.mark.parametrize(
    ("kind", "counts", "groups", "mean", "net"),
    [
        ("csat3", [5, 5, 90], [5, 5, 90], 2.85, None),
        ("ces", [2, 3, 5, 30, 60], [5, 5, 90], 4.43, 85.0),
        ("smileys", [3, 2, 5, 30, 60], [3, 2, 5, 30, 60], 4.42, None),
        ("thumbs", [10, 90], [10, 90], None, None),
    ],
)
def test_a_share_of_the_happy_groups_has_wilsons_interval(kind, counts, groups, mean, net):
    result = measure(kind, dict(zip(SCALES[kind].scores, counts, strict=True)))

    assert result is not None
    assert (result.metric, result.n, result.score, result.net) == (kind, 100, 90.0, net)
    assert list(result.groups.values()) == groups
    assert result.interval.method == "wilson"
    assert (result.interval.low, result.interval.high) == pytest.approx((82.563, 94.477), abs=5e-4)
    assert result.mean == (mean if mean is None else pytest.approx(mean))
    assert has_mean(kind) is (mean is not None)


def test_pmf_is_the_share_of_the_very_disappointed():
    result = measure("pmf", {1: 20, 2: 40, 3: 40})

    # Wilson of 40 in 100: (0.4 + z^2/200) / (1 + z^2/100) = 0.403699, half width 0.094298.
    assert result is not None
    assert (result.metric, result.score, result.mean) == ("pmf", 40.0, None)
    assert (result.interval.low, result.interval.high) == pytest.approx((30.940, 49.800), abs=5e-4)


def test_stars_are_a_mean_with_its_t_interval():
    result = measure("stars_five", {1: 3, 2: 2, 3: 5, 4: 30, 5: 60})

    # The answers of AT-22.
    assert result is not None
    assert (result.metric, result.n, result.interval.method) == ("stars_five", 100, "t")
    assert result.score == result.mean == pytest.approx(4.42)
    assert (result.interval.low, result.interval.high) == pytest.approx((4.23902, 4.60098), abs=5e-6)
    assert result.interval == result.mean_interval
    assert list(result.groups.values()) == [3, 2, 5, 30, 60]


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        ({5: 10}, 3.88987, 5),  # 1 + 4 * 10 / (10 + z^2)
        ({1: 10}, 1, 2.11013),
        ({3: 1}, 1.21846, 4.78154),  # 3 -+ 4 * z / (2 * sqrt(1 + z^2))
    ],
)
def test_stars_that_are_all_alike_have_the_widest_interval_that_can_be(counts, low, high):
    result = measure("stars_five", counts)

    assert result is not None
    assert (result.interval.low, result.interval.high) == pytest.approx((low, high), abs=5e-5)
    assert result.interval.method == "wilson"


def test_the_interval_of_a_mean_ends_with_the_scale():
    result = measure("csat", {5: 4, 4: 1})

    # mean 4.8, sd 0.4472, t 2.7764, so 4.8 + 0.555 would leave the scale.
    assert result is not None and result.mean_interval is not None
    assert result.mean_interval.high == 5


@pytest.mark.parametrize(("n", "thin"), [(29, True), (30, False)])
def test_below_thirty_answers_a_score_is_thin(n, thin):
    result = measure("nps", {10: n})

    assert result is not None
    assert result.is_thin is thin


def test_negative_counts_are_refused():
    with pytest.raises(ValueError, match="never negative"):
        measure("nps", {3: -1, 10: 5})


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [(12.25, 1, 12.3), (-12.25, 1, -12.3), (0.05, 1, 0.1), (61.8762, 2, 61.88), (-0.04, 1, 0.0)],
)
def test_decimals_are_rounded_away_from_zero_too(value, places, shown):
    assert rounded_to(value, places) == shown
    assert str(rounded_to(value, places)) == str(shown)


@pytest.mark.parametrize(
    ("counts", "shares"),
    [
        ([1, 3, 5], [11, 33, 56]),  # 11.1, 33.3, 55.6
        ([1, 1, 1], [34, 33, 33]),
        ([0, 0, 7], [0, 0, 100]),
        ([0, 0, 0], [0, 0, 0]),
    ],
)
def test_shares_shown_together_add_up(counts, shares):
    assert largest_remainder(counts) == shares


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=12).filter(any))
def test_shares_sum_to_a_hundred_and_none_is_off_by_one(counts):
    shares = largest_remainder(counts)

    assert sum(shares) == 100
    assert all(
        abs(share - 100 * count / sum(counts)) < 1 for share, count in zip(shares, counts, strict=True)
    )


@given(kinds, st.data())
def test_a_measure_holds_its_estimate_stays_possible_and_ignores_the_order(kind, data):
    answers = data.draw(st.lists(st.sampled_from(SCALES[kind].scores), min_size=1, max_size=60))
    result = measure(kind, Counter(answers))

    assert result is not None
    assert (
        LEAST[HEADLINES[kind]]
        <= result.interval.low
        <= result.score
        <= result.interval.high
        <= MOST[HEADLINES[kind]]
    )
    assert sum(result.groups.values()) == result.n == len(answers)
    assert measure(kind, Counter(data.draw(st.permutations(answers)))) == result
    if result.mean is not None and result.mean_interval is not None:
        assert result.mean_interval.low <= result.mean <= result.mean_interval.high
