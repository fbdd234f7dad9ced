import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analysis.sentiment import Probabilities, label_of, mood_of, no_opinion


@pytest.mark.parametrize(
    "text", ["-", "n/a", "N/A.", "keine", "Keine Angabe!", "k.A.", "…", "10", " . ", "I don’t know", ""]
)
def test_a_filled_field_that_says_nothing_is_no_opinion(text):
    assert no_opinion(text)


@pytest.mark.parametrize(
    "text",
    [
        "late",
        "Keine Lieferung!",
        "no delivery",
        "10 days late",
        "👍",
        "😠😠😠",
        ":-(",
        "<3",
        "schlecht",
        "10/10",
    ],
)
def test_a_word_of_judgement_or_a_face_is_an_opinion(text):
    assert not no_opinion(text)


@pytest.mark.parametrize(
    ("chances", "clauses", "label"),
    [
        ((0.7, 0.2, 0.1), (), "negative"),
        ((0.1, 0.6, 0.3), (), "neutral"),
        ((0.1, 0.2, 0.7), (), "positive"),
        ((0.44, 0.12, 0.44), (), "uncertain"),
        ((0.46, 0.10, 0.44), (), "uncertain"),
        ((0.52, 0.05, 0.43), (), "uncertain"),
        ((0.54, 0.03, 0.43), (), "negative"),
        ((0.18, 0.64, 0.18), (), "neutral"),
        ((0.6, 0.1, 0.3), (0.8, -0.9), "mixed"),
        ((0.6, 0.1, 0.3), (0.2, -0.9), "negative"),
    ],
)
def test_the_label_follows_chances_and_clauses(chances, clauses, label):
    assert label_of(Probabilities(*chances), clauses) == label


@given(st.tuples(*[st.floats(0.001, 1)] * 3), st.lists(st.floats(-1, 1), max_size=5))
def test_every_comment_with_chances_has_a_label_that_has_numbers(chances, clauses):
    whole = sum(chances)
    label = label_of(Probabilities(*(chance / whole for chance in chances)), clauses)

    assert label in ("negative", "neutral", "positive", "mixed", "uncertain")


@pytest.mark.parametrize(
    ("polarity", "mood"),
    [(-1, "negative"), (-0.2, "neutral"), (0, "neutral"), (0.2, "neutral"), (0.21, "positive")],
)
def test_a_clause_has_a_mood_only_when_it_is_not_faint(polarity, mood):
    assert mood_of(polarity) == mood
