import numpy as np
import pytest

from feedback.analysis.reader.heads import Head
from feedback.analysis.reader.layers import Layers
from feedback.analysis.reader.training import fingerprint
from feedback.analysis.reader.weights import ALARM, LABELS, Weights, evidence, load_weights, vote
from feedback.analysis.reader.word_head import WordHead


def test_what_was_saved_is_loaded(tmp_path):
    weights = Weights(
        "a name",
        Head(np.eye(3, 4, dtype=np.float32), np.arange(3.0)),
        Layers(np.ones((2, 4)), np.zeros(2), np.ones((3, 2)), np.zeros(3)),
        WordHead(np.ones((8, 3), dtype=np.float16), np.zeros(3)),
        np.ones(4, dtype=np.float32),
        {"en": 1.25, "de": 0.9},
    )
    weights.save(tmp_path / "heads.npz")
    loaded = load_weights(tmp_path / "heads.npz")

    assert (loaded.name, loaded.temperature) == ("a name", {"en": 1.25, "de": 0.9})
    assert (loaded.head.weights == weights.head.weights).all()
    assert (loaded.word_head.weights == 1).all()


def test_a_file_that_would_run_something_is_refused(tmp_path):
    np.savez(tmp_path / "bad.npz", name=np.array([{"an": "object"}], dtype=object))

    with pytest.raises((ValueError, KeyError)):
        load_weights(tmp_path / "bad.npz")


def test_the_shipped_heads_know_three_labels():
    weights = load_weights()

    assert weights.head.weights.shape == (len(LABELS), 384)
    assert set(weights.temperature) == {"en", "de", "words"}


def test_words_count_where_words_were_learnt():
    weights, vector = load_weights(), np.zeros(384, dtype=np.float32)
    one, other = "wonderful", "horrible"

    assert (vote(weights, vector, one, "de") != vote(weights, vector, other, "de")).any()
    assert (vote(weights, vector, one, "fr") == vote(weights, vector, other, "fr")).all()
    assert (vote(weights, None, one, "fr") == weights.word_head.logits(one)).all()


def test_words_of_danger_are_evidence_of_a_complaint():
    weights = load_weights()
    text = "the charger caught fire"
    without = weights.word_head.logits(text)

    assert (vote(weights, None, text, "en") - without).tolist() == pytest.approx(ALARM.tolist())
    assert (evidence("the charger is lovely", "en") == 0).all()


def test_the_shipped_heads_are_those_of_the_seeds_and_the_way_they_are_read():
    assert load_weights().name == f"heads {fingerprint()}"
