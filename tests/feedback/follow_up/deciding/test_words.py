"""Rules and reasons have words, whoever made the rule."""

from feedback.analysis.intents.finds import INTENTS
from feedback.follow_up.deciding.book import KINDS, STANDARD
from feedback.follow_up.deciding.priorities import Priority
from feedback.follow_up.deciding.words import CHIPS, LEVELS, RULES, RULES_IN_SHORT, rule_in_short, rule_text


def test_every_rule_has_its_words():
    for rule in STANDARD.rules:
        assert rule_text(rule.key) == RULES[rule.key]
    for kind in KINDS:
        assert rule_text(f"{kind}-x7f2") == RULES[kind]
        assert rule_in_short(f"{kind}-x7f2") == RULES_IN_SHORT[kind]
    assert rule_text("of_old_times") == "of_old_times"


def test_every_level_and_intent_has_its_words():
    assert set(LEVELS) == set(Priority)
    assert set(INTENTS) <= set(CHIPS)
