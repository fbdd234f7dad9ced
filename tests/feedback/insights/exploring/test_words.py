"""Words for dimensions."""

from feedback.insights.dimensions.names import BUYERS, EVERY, LATENESS
from feedback.insights.exploring.words import DIMENSIONS, VALUES
from surveys.responses.models import CHANNELS


def test_every_dimension_and_every_fixed_value_has_its_word():
    assert set(DIMENSIONS) == set(EVERY)
    assert set(VALUES["channel"]) == set(CHANNELS)
    assert set(VALUES["buyer"]) == set(BUYERS) and set(VALUES["lateness"]) == set(LATENESS)
