"""What words hint at, with the numbers as they ship."""

import pytest

from feedback.analysis.intents.finds import find_intents
from feedback.analysis.intents.hints import HINTED, Numbers, hints, numbers, to_bytes
from feedback.analysis.pieces import PLACES


@pytest.mark.parametrize(
    ("comment", "language", "intent"),
    [
        ("Smoke and a small flame near the plug", "en", "safety"),
        ("Payment goes backwards through Mastercard now", "en", "chargeback"),
        ("Die Kreditkarte hat die Summe schon wieder gutgeschrieben, Reklamation läuft", "de", "chargeback"),
    ],
)
def test_words_hint_at_what_no_rule_has_a_phrase_for(comment, language, intent):
    heard = hints(comment)

    assert max(heard, key=heard.__getitem__) == intent
    assert tuple(heard) == HINTED
    assert intent not in {find.intent for find in find_intents(comment, language)}


def test_ordinary_comments_hint_at_nothing():
    for comment in ("The lid is a bit loose", "Der Deckel sitzt etwas locker", "", "-", "5"):
        assert max(hints(comment).values()) < 0


def test_numbers_are_kept_as_they_were_and_none_is_missing(tmp_path):
    weights = memoryview(bytes(range(256)) * (PLACES * len(HINTED) // 256)).cast("b")
    learnt = Numbers(0.5, tuple(float(-n) for n in range(len(HINTED))), weights)
    (tmp_path / "hints.bin").write_bytes(to_bytes(learnt))

    again = numbers(tmp_path / "hints.bin")

    assert (again.unit, again.starts, bytes(again.weights)) == (learnt.unit, learnt.starts, bytes(weights))
    with pytest.raises(ValueError, match="each piece"):
        to_bytes(Numbers(0.5, learnt.starts, weights[:9]))
