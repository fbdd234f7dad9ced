from feedback.analysis.intents.finds import INTENTS
from feedback.analysis.intents.words import INTENT_NAMES


def test_every_intent_has_a_name():
    assert tuple(INTENT_NAMES) == INTENTS
