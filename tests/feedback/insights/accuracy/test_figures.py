"""How often the reader is right: told from what people said, with its doubt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.insights.accuracy.figures import Checked, accuracy, bins_of, by_language

LABELS = ("negative", "neutral", "positive", "mixed", "uncertain", "no_opinion", "unreadable")
CHECKED = st.builds(
    Checked,
    st.sampled_from(["en", "de", None]),
    st.sampled_from(LABELS),
    st.none() | st.floats(1 / 3, 1),
    st.sampled_from(["negative", "neutral", "positive", "mixed", "no_opinion"]),
)


def test_eight_of_ten_right_and_one_undecided():
    said = [Checked("en", "positive", 0.85, "positive")] * 8 + [
        Checked("en", "positive", 0.85, "negative")
    ] * 2
    found = accuracy("en", [*said, Checked("en", "uncertain", 0.4, "neutral")])

    assert (found.n, found.decided, found.right, found.share) == (11, 10, 8, 0.8)
    assert (found.interval.low, found.interval.high) == (
        pytest.approx(0.490, abs=0.001),
        pytest.approx(0.943, abs=0.001),
    )
    assert found.table == {
        ("positive", "positive"): 8,
        ("negative", "positive"): 2,
        ("neutral", "uncertain"): 1,
    }
    assert [(each.low, each.n, each.right) for each in found.bins] == [(0.8, 10, 0.8)]
    assert found.error == pytest.approx(0.05)


def test_nothing_decided_is_no_share():
    found = accuracy(None, [Checked(None, "unreadable", None, "positive")])

    assert (found.share, found.interval, found.error, found.bins) == (None, None, None, [])


def test_the_surest_comment_has_a_bin():
    assert bins_of([Checked("en", "neutral", 1.0, "neutral")])[0].n == 1


@given(st.lists(CHECKED, max_size=30))
def test_languages_share_out_all_comments_and_figures_stay_in_their_ranges(checked):
    found = by_language(checked)

    assert sum(one.n for one in found) == len(checked) == sum(sum(one.table.values()) for one in found)
    assert [one.n for one in found] == sorted((one.n for one in found), reverse=True)
    for one in found:
        assert one.right <= one.decided <= one.n
        assert one.error is None or 0 <= one.error <= 1
        assert one.share is None or one.interval.low <= one.share <= one.interval.high
        assert sum(each.n for each in one.bins) <= one.decided
