"""From a wish to a score: the baseline arithmetic of acceptance test AT-55."""

import pytest

from feedback.aiming.targets import NotAbove, NothingToMultiply, OffTheScale, target_of


def test_at_55_fifteen_percent_are_two_things():
    assert target_of("csat", 60, "relative", 15) == 69.0
    assert target_of("csat", 60, "points", 15) == 75.0


def test_the_score_itself_and_stars():
    assert target_of("nps", 33.3333, "score", 40) == 40
    assert target_of("nps", -12.5, "points", 10) == -2.5
    assert target_of("stars_five", 4.2, "points", 0.25) == 4.45


@pytest.mark.parametrize(
    ("wish", "refusal", "field"),
    [
        (("nps", -5, "relative", 10), NothingToMultiply, "unit"),
        (("nps", 40, "score", 40), NotAbove, "amount"),
        (("nps", 40, "points", -3), NotAbove, "amount"),
        (("csat", 90, "points", 15), OffTheScale, "amount"),
        (("stars_five", 4.5, "points", 1), OffTheScale, "amount"),
    ],
)
def test_what_leads_nowhere_is_refused_beside_its_field(wish, refusal, field):
    with pytest.raises(refusal) as refused:
        target_of(*wish)
    assert refused.value.field == field
