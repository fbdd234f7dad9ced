"""The lines are learnt from seeds; how much they find is measured by `make bench PARTS=reading`."""

import json

import numpy as np

from feedback.analysis.reader.encoder import SIZE
from feedback.analysis.reader.intent_heads import Seed, lines_of, save, seeds


def test_a_line_is_learnt_from_seeds_that_mean_its_intent_and_from_those_that_mean_none(tmp_path):
    chance = np.random.default_rng(3)
    vectors = chance.normal(scale=0.05, size=(60, SIZE)).astype(np.float32)
    vectors[:20, 0] += 0.3
    learnt = [Seed(f"seed {i}", frozenset({"legal"} if i < 20 else ())) for i in range(60)]

    lines = lines_of(learnt, vectors)
    save(lines, tmp_path / "lines.json")

    start, *weights = json.loads((tmp_path / "lines.json").read_text("utf-8"))["legal"]
    assert ((vectors @ np.array(weights) + start > 0) == (np.arange(60) < 20)).all()


def test_a_seed_for_sentiment_says_nothing_of_an_intent_that_the_rules_find_in_it():
    learnt = seeds()

    assert sum(bool(seed.meant) for seed in learnt) > 600
    assert any("churn" in seed.untold for seed in learnt)
