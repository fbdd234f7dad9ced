"""What corrections teach: a shop's own way of speaking is learnt, noise is not, and what was plain stays."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analysis.corrections.lessons import Lesson
from feedback.analysis.reader.analyzer import FeedbackAnalyzer
from feedback.analysis.reader.shop_heads import from_bytes, judge, learn, macro_f1
from feedback.analysis.reader.weights import LABELS, load_weights

WIDTH = 20
ROWS = 120


def corrections(seed=1):
    """Comments whose vectors tell the label, which the shipped reader knows in two of three cases only."""
    chance = np.random.default_rng(seed)
    labels = np.arange(ROWS) % 3
    vectors = chance.normal(size=(ROWS, WIDTH)) / 50
    vectors[np.arange(ROWS), labels] += 0.2
    said = np.where(chance.random(ROWS) < 0.33, (labels + 1) % 3, labels)
    return np.eye(3)[said] * 1.5, vectors.astype(np.float32), labels


def judged(base, vectors, labels, corrected=None):
    everything = np.ones(len(labels), bool) if corrected is None else corrected
    return judge("heads of a test", base, vectors, labels, everything, np.arange(len(labels)))


def test_corrections_that_follow_a_rule_are_learnt():
    base, vectors, labels = corrections()

    found = judged(base, vectors, labels)

    assert found.is_better and found.rows == ROWS
    assert found.after > 0.9 > found.before
    assert (from_bytes(found.numbers).adjust(base, vectors).argmax(axis=1) == labels).mean() > 0.9


@pytest.mark.parametrize("seed", range(5))
def test_corrections_by_dice_are_not(seed):
    base, vectors, _ = corrections()
    right = base.argmax(axis=1)
    dice = np.random.default_rng(seed)
    labels = np.where(dice.random(ROWS) < 0.3, dice.integers(0, 3, ROWS), right)
    noise = (dice.normal(size=vectors.shape) / 20).astype(np.float32)

    assert not judged(base, noise, labels).is_better


def test_what_would_upset_comments_nobody_corrected_is_not_used():
    base, vectors, labels = corrections()
    # Everything that was corrected was read the wrong way round, and looks like all the rest.
    base, corrected = np.eye(3)[labels] * 3.0, np.arange(ROWS) < 60
    wanted = np.where(corrected, (labels + 1) % 3, labels)

    found = judged(base, vectors * 0, wanted, corrected)

    assert not found.is_better


def test_the_same_lessons_teach_the_same():
    first, second = judged(*corrections()), judged(*corrections())

    assert first == second


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=40))
def test_macro_f1_lies_between_none_and_all_right(pairs):
    guessed, truth = np.array(pairs).T

    assert 0 <= macro_f1(guessed, truth) <= 1
    assert macro_f1(truth, truth) == pytest.approx(len(set(truth)) / 3)


@pytest.mark.thorough
def test_a_reader_that_was_taught_reads_otherwise_and_says_so():
    reader = FeedbackAnalyzer()
    if reader.encode is None:
        pytest.skip(reader.why_without)
    shipped, weights = reader.analyzer, load_weights()
    plain = [("Sick!", "positive"), ("It is a lamp.", "neutral"), ("It broke at once.", "negative")] * 6
    lessons = [
        Lesson(f"{text} {n}", "en", reader.read(text, "en").vector, label)
        for n, (text, label) in enumerate(plain)
    ]
    taught = learn(lessons, weights)
    before = reader.read("It is a lamp.", "en")

    reader.learn(7, taught.numbers)
    after = reader.read("It is a lamp.", "en")

    assert reader.analyzer == f"{shipped}, own 7" and len(reader.analyzer) <= 60
    assert after.label == "neutral" and after.probabilities.neutral > before.probabilities.neutral
    reader.learn(None, None)
    assert reader.read("It is a lamp.", "en") == before and reader.analyzer == shipped


def test_what_was_learnt_upon_other_heads_is_not_used():
    reader = FeedbackAnalyzer()
    name = reader.analyzer
    foreign = judged(*corrections()).numbers

    reader.learn(3, foreign)

    assert reader.analyzer == name and reader.own is None
    assert LABELS == ("negative", "neutral", "positive")
