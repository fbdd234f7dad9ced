"""What words hint at is learnt from seeds; how much they find is measured by `make bench PARTS=reading`."""

from feedback.analysis.intents.hints import HINTED
from feedback.analysis.pieces import places
from feedback.analysis.reader import intent_words
from feedback.analysis.reader.intent_heads import Seed
from feedback.analysis.reader.intent_words import hints_of, save


def said(learnt, text, intent):
    """What the words of a text say of an intent."""
    n, found = HINTED.index(intent), places(text)
    told = sum(learnt.weights[place * len(HINTED) + n] for place in found)
    return learnt.starts[n] + learnt.unit * told / len(found) ** 0.5


def test_words_of_seeds_that_mean_an_intent_hint_at_it_and_one_that_says_nothing_of_it_teaches_nothing(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(intent_words, "STEPS", 30)
    rows = [
        Seed("my lawyer writes", frozenset({"legal"})),
        Seed("my mother writes", frozenset()),
        Seed("the barrister writes", frozenset(), frozenset({"legal"})),
    ]

    learnt = hints_of(rows * 10)
    save(learnt, tmp_path / "hints.bin")

    assert said(learnt, "a lawyer", "legal") > 0 > said(learnt, "a mother", "legal")
    assert said(learnt, "a barrister", "legal") > said(learnt, "a mother", "legal")
    assert (tmp_path / "hints.bin").stat().st_size > 0
