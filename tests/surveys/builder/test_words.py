from surveys.builder.words import KIND_NAMES
from surveys.scales import SCALES


def test_every_kind_of_survey_has_its_words():
    assert {*SCALES, "check_back"} <= set(KIND_NAMES)
