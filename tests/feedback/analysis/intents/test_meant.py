import struct

from feedback.analysis.intents.finds import INTENTS, Find
from feedback.analysis.intents.hints import HINTED
from feedback.analysis.intents.meant import MEANT_FROM, lines, with_meant

SIZE = 384


def vector_of(numbers):
    """Numbers as they are kept of a comment."""
    return struct.pack(f"<{SIZE}e", *numbers)


def towards(intent):
    """A vector as far on the side of an intent as no comment is."""
    return vector_of([5.0 if weight > 0 else -5.0 for weight in lines()[intent].weights])


def meant(finds, vector, polarity, denied=(), hinted=None):
    """The intents that are told of these finds, with words that hint at nothing."""
    return with_meant(finds, dict.fromkeys(HINTED, -6.0) | (hinted or {}), vector, polarity, denied)


def test_what_is_meant_is_added_without_a_place_to_what_was_found():
    found = [Find(3, 9, "question")]

    told = meant(found, towards("legal"), -0.4)

    assert told[0] == found[0]
    assert Find(0, 0, "legal") in told


def test_what_a_rule_has_found_is_not_told_twice():
    told = meant([Find(3, 9, "legal")], towards("legal"), -0.4)

    assert [find for find in told if find.intent == "legal"] == [Find(3, 9, "legal")]


def test_praise_means_no_threat():
    assert meant([], towards("safety"), 0.8, hinted={"safety": 9.0}) == []


def test_without_an_encoder_the_words_decide_alone_and_want_to_be_surer():
    assert meant([], None, -0.9, hinted={"legal": -1.0}) == []
    assert meant([], None, -0.9, hinted={"legal": 0.5}) == [Find(0, 0, "legal")]


def test_words_and_the_whole_decide_together():
    nowhere = vector_of([0.0] * SIZE)
    start = lines()["churn"].start

    assert meant([], nowhere, -0.4, hinted={"churn": MEANT_FROM - start - 0.1}) == []
    assert meant([], nowhere, -0.4, hinted={"churn": MEANT_FROM - start + 0.1}) == [Find(0, 0, "churn")]


def test_what_the_words_deny_is_not_meant():
    assert "churn" not in {find.intent for find in meant([], towards("churn"), -0.4, {"churn"})}


def test_every_costly_intent_has_a_line_for_the_vectors_of_the_encoder():
    assert tuple(lines()) == INTENTS[:8]
    assert {len(line.weights) for line in lines().values()} == {SIZE}


def test_a_request_for_ones_own_data_sounds_like_a_leak_and_is_none():
    leak = Find(0, 0, "data_protection")

    assert leak in meant([], towards("data_protection"), -0.4)
    assert leak in meant([Find(3, 9, "question")], towards("data_protection"), -0.4)
    assert leak not in meant([Find(3, 9, "data_request")], towards("data_protection"), -0.4)
