import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analysis.mismatch import MISMATCHES, mismatch
from surveys.scales import SCALES, mood_of

NUMBERS = st.one_of(st.none(), st.floats(-1, 1))
LABELS = st.sampled_from(
    ["negative", "neutral", "positive", "mixed", "uncertain", "no_opinion", "unreadable", None]
)


@pytest.mark.parametrize(
    ("kind", "score", "label", "polarity", "flag"),
    [
        ("nps", 10, "negative", -0.9, "hidden_issue"),
        ("nps", 9, "negative", -0.5, "hidden_issue"),
        ("nps", 8, "negative", -0.7, "at_risk"),
        ("nps", 7, "positive", 0.9, None),
        ("nps", 6, "positive", 0.9, "mixed"),
        ("nps", 3, "positive", 0.5, "mixed"),
        ("nps", 2, "positive", 0.9, "scale_reversal"),
        ("nps", 0, "positive", 0.9, "scale_reversal"),
        ("nps", 0, "negative", -1.0, None),
        ("nps", 10, "positive", 1.0, None),
        ("nps", 10, "negative", -0.4, None),
        ("nps", 10, "mixed", -0.9, None),
        ("csat", 5, "negative", -0.9, "hidden_issue"),
        ("csat", 2, "positive", 0.9, "mixed"),
        ("csat", 1, "positive", 0.9, "scale_reversal"),
        ("ces7", 1, "positive", 0.9, "scale_reversal"),
        ("thumbs", 0, "positive", 0.9, "mixed"),
        ("thumbs", 1, "negative", -0.9, "hidden_issue"),
        ("pmf", 1, "negative", -0.9, None),
        ("pmf", 3, "negative", -0.9, "hidden_issue"),
        ("check_back", 1, "negative", -0.9, None),
    ],
)
def test_words_and_score_are_set_side_by_side(kind, score, label, polarity, flag):
    assert mismatch(kind, score, label, polarity, 0.8) == flag


def test_a_reading_in_doubt_raises_no_flag():
    assert mismatch("nps", 10, "negative", -0.9, 0.79) is None
    assert mismatch("nps", 10, "negative", -0.9, None) is None
    assert mismatch("nps", 10, "negative", None, 0.9) is None


def test_without_a_score_or_a_reading_there_is_nothing_to_compare():
    assert mismatch("nps", None, "negative", -0.9, 0.9) is None
    assert mismatch("nps", 10, None, None, None) is None
    assert mismatch("nps", 11, "negative", -0.9, 0.9) is None


@given(st.sampled_from(sorted(SCALES)), st.integers(-1, 11), LABELS, NUMBERS, NUMBERS)
def test_a_flag_is_one_we_have_words_for_and_never_agrees_with_the_score(
    kind, score, label, polarity, confidence
):
    flag = mismatch(kind, score, label, polarity, confidence)

    assert flag is None or flag in MISMATCHES
    if flag is not None:
        mood = mood_of(SCALES[kind].group_of(score))
        assert (mood, label) not in {("unhappy", "negative"), ("happy", "positive")}
