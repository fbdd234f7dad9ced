from feedback.insights.themes.heat import warmth
from feedback.insights.themes.words import IN_A_SENTENCE, WARMTHS
from surveys.code_book.themes import DETAILS, THEMES


def test_every_theme_can_stand_in_a_sentence_and_every_warmth_has_its_word():
    assert IN_A_SENTENCE.keys() == THEMES.keys() | DETAILS.keys()
    assert {warmth(points, "nps") for points in (-9, -2, 0, 9)} == WARMTHS.keys()
