"""Whether a change could be seen with the answers that will come."""

import pytest

from feedback.aiming.feasibility import expected_answers, feasibility
from feedback.aiming.filters import feasibility_text

THIRDS = {3: 50, 7: 50, 10: 50}  # the variance of one answer is 2/3


def test_three_points_with_a_hundred_and_fifty_answers_cannot_be_seen(app):
    found = feasibility("nps", THIRDS, 3, expected=150)

    assert (found.needed, found.is_enough) == (2843, False)  # as AT-18
    assert found.smallest == pytest.approx(12.9, abs=0.05)
    with app.test_request_context():
        said = feasibility_text(found, 3, "nps")
    assert said == (
        "With about 150 answers until then you will not see +3 points; it takes 2,843."
        " With 150 you would see about +12.9 points."
    )


@pytest.mark.parametrize(
    ("kind", "counts", "change", "needed"),
    [
        ("nps", THIRDS, 10, 254),
        ("csat", {1: 20, 5: 80}, 5, 242),  # z^2 0.16 / 0.05^2 = 245.9, less Wilson's own z^2
        ("stars_five", {3: 50, 5: 50}, 0.1, 389),  # sd 1.00504; z^2 sd^2 / 0.1^2 = 388.03
    ],
)
def test_what_each_kind_of_score_takes(kind, counts, change, needed):
    found = feasibility(kind, counts, change, expected=needed)

    assert found.needed == pytest.approx(needed, abs=1) and found.is_enough == (found.needed <= needed)


@pytest.mark.parametrize(("kind", "score"), [("nps", 10), ("csat", 5), ("stars_five", 5)])
def test_answers_of_one_mind_do_not_make_every_change_visible(kind, score):
    assert feasibility(kind, {score: 12}, 0.5, expected=3).needed > 10


def test_what_comes_is_what_has_come(app):
    assert expected_answers(90, days=90, until=45) == 45
    assert expected_answers(12, days=0, until=10) == 120
    with app.test_request_context():
        none = feasibility_text(feasibility("nps", THIRDS, 10, expected=0), 10, "nps")
    assert none == "No answers are to be expected until then; to see +10 points it takes 254."
