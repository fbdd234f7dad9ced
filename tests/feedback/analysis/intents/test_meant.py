import struct

from feedback.analysis.intents.finds import INTENTS, Find
from feedback.analysis.intents.meant import lines, with_meant

SIZE = 384


def vector_of(numbers):
    """Numbers as they are kept of a comment."""
    return struct.pack(f"<{SIZE}e", *numbers)


def towards(intent):
    """A vector as far on the side of an intent as no comment is."""
    return vector_of([5.0 if weight > 0 else -5.0 for weight in lines()[intent].weights])


def test_what_is_meant_is_added_without_a_place_to_what_was_found():
    found = [Find(3, 9, "question")]

    told = with_meant(found, towards("legal"), -0.4, ())

    assert told[0] == found[0]
    assert Find(0, 0, "legal") in told


def test_what_a_rule_has_found_is_not_told_twice():
    told = with_meant([Find(3, 9, "legal")], towards("legal"), -0.4, ())

    assert [find for find in told if find.intent == "legal"] == [Find(3, 9, "legal")]


def test_praise_means_no_threat_and_without_an_encoder_the_rules_stand_alone():
    assert with_meant([], towards("safety"), 0.8, ()) == []
    assert with_meant([], None, -0.9, ()) == []


def test_what_the_words_deny_is_not_meant():
    assert "churn" not in {find.intent for find in with_meant([], towards("churn"), -0.4, {"churn"})}


def test_every_costly_intent_has_a_line_for_the_vectors_of_the_encoder():
    assert tuple(lines()) == INTENTS[:8]
    assert {len(line.weights) for line in lines().values()} == {SIZE}
