import pytest

from feedback.analysis.corrections.lessons import Outcome, missing


def test_fifty_corrections_with_five_of_each_label_are_enough():
    assert missing({"negative": 40, "neutral": 5, "positive": 5}) == {}
    assert missing({"negative": 46, "neutral": 4, "mixed": 30}) == {"neutral": 1, "positive": 5}
    assert missing({}) == {"": 50, "negative": 5, "neutral": 5, "positive": 5}


@pytest.mark.parametrize(
    ("after", "steady", "better"),
    [(0.72, 1, True), (0.7199, 1, False), (0.9, 0.94, False), (0.9, 0.95, True)],
)
def test_two_points_make_it_better_unless_it_upsets_what_nobody_corrected(after, steady, better):
    assert Outcome(50, 0.7, after, steady, b"").is_better is better
