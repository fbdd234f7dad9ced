"""What is learnt from, and that it is learnt the same way every time."""

from pathlib import Path

import numpy as np
import pytest

from feedback.analysis.reader import layers, training
from feedback.analysis.reader.training import DATA, Row, rows_of, train

MEASURED = Path(__file__).parents[4] / "bench" / "comments"


def bare(text):
    return "".join(c for c in text.lower() if c.isalnum()) or text.strip()


def last_column(path):
    return [line.rpartition("\t")[2] for line in path.read_text(encoding="utf-8").splitlines()[1:]]


def test_no_text_of_the_development_sets_is_learnt():
    learnt = {bare(text) for path in DATA.glob("*.tsv") for text in last_column(path)}
    measured = {bare(text) for path in MEASURED.glob("*.tsv") for text in last_column(path)}

    assert len(measured) > 3_000
    assert not learnt & measured


@pytest.mark.parametrize("language", ["en", "de"])
def test_there_are_six_hundred_seeds_and_more_in_each_language_with_every_label(language):
    labels = [row.label for row in rows_of() if row.language == language and row.is_seed]

    assert len(labels) >= 600
    assert min(labels.count(k) for k in range(3)) > 0.2 * len(labels)


@pytest.mark.thorough
def test_the_same_rows_give_the_same_heads(monkeypatch):
    monkeypatch.setattr(training, "SIZE", 24)
    monkeypatch.setattr(layers, "NETWORKS", 2)
    monkeypatch.setattr(layers, "ROUNDS", 3)

    def encode(text):
        return np.random.default_rng(len(text)).normal(size=24).astype(np.float32)

    rows = [
        Row(f"{word} lamp number {i}", k, f"seeds.{lang}")
        for lang in ("en", "de")
        for i in range(12)
        for k, word in enumerate(("bad", "some", "good"))
    ]
    one = train("one", encode, lambda *_: None, rows).weights
    two = train("one", encode, lambda *_: None, rows).weights

    assert (one.head.weights == two.head.weights).all()
    assert (one.word_head.weights == two.word_head.weights).all()
    assert one.temperature == two.temperature
