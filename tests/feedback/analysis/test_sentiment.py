import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analysis.sentiment import label_of, no_opinion, opinion


@pytest.mark.parametrize(
    "text",
    [
        "-",
        "n/a",
        "N/A.",
        "keine",
        "Keine Angabe!",
        "k.A.",
        "ok",
        "👍",
        "😠😠😠",
        "…",
        "10",
        " . ",
        "I don’t know",
    ],
)
def test_a_filled_field_that_says_nothing_is_no_opinion(text):
    assert no_opinion(text)


@pytest.mark.parametrize(
    "text", ["late", "Keine Lieferung!", "no delivery", "10 days late", "👍 thanks", "schlecht"]
)
def test_a_single_word_of_judgement_is_an_opinion(text):
    assert not no_opinion(text)


@pytest.mark.parametrize(
    ("polarity", "label"),
    [
        (-1, "negative"),
        (-0.06, "negative"),
        (-0.05, "neutral"),
        (0, "neutral"),
        (0.05, "neutral"),
        (0.06, "positive"),
    ],
)
def test_the_label_changes_at_five_hundredths(polarity, label):
    assert label_of(polarity) == label


@given(st.floats(allow_nan=False), st.floats(allow_nan=False))
def test_numbers_never_leave_their_ranges(polarity, subjectivity):
    reading = opinion("en", polarity, subjectivity)

    assert -1 <= reading.polarity <= 1
    assert 0 <= reading.subjectivity <= 1
