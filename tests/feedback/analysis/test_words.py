from feedback.analysis.mismatch import MISMATCHES
from feedback.analysis.sentiment import LABELS
from feedback.analysis.words import DOES, EXPLAINED, FLAGS_IN_SHORT, how_sure


def test_there_are_words_for_every_label_mood_and_flag():
    assert tuple(EXPLAINED) == LABELS
    assert set(DOES) == {"negative", "neutral", "positive"}
    assert set(FLAGS_IN_SHORT) == set(MISMATCHES)


def test_how_sure_somebody_is_in_words():
    assert [how_sure(chance) for chance in (1.0, 0.9, 0.899, 0.75, 0.6, 0.59, 0.0)] == [
        "very sure",
        "very sure",
        "fairly sure",
        "fairly sure",
        "not very sure",
        "hardly sure",
        "hardly sure",
    ]
