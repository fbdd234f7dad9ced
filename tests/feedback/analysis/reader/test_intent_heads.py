"""The lines are learnt from seeds; how much they find is measured by `make bench PARTS=reading`."""

import json

import numpy as np

from feedback.analysis.reader.intent_heads import Seed, lines_of, save, seeds
from feedback.analysis.reader.training import COUNTS


def test_a_line_is_learnt_from_seeds_that_mean_its_intent_and_from_those_that_mean_none(tmp_path):
    vectors = np.random.default_rng(3).normal(scale=0.05, size=(60, 4)).astype(np.float32)
    vectors[:20, 0] += 0.5
    learnt = [Seed(f"seed {i}", frozenset({"legal"} if i < 20 else ())) for i in range(60)]

    save(lines_of(learnt, vectors), tmp_path / "lines.json")

    start, *weights = json.loads((tmp_path / "lines.json").read_text("utf-8"))["legal"]
    assert ((vectors @ np.array(weights) + start > 0) == (np.arange(60) < 20)).all()


def test_a_seed_for_sentiment_means_no_intent_and_says_nothing_of_one_that_the_rules_find_in_it(tmp_path):
    for name in COUNTS:
        row = "negative\tplain\tNever again.\n" if name == "seeds.en" else ""
        (tmp_path / f"{name}.tsv").write_text(f"label\tkind\ttext\n{row}", encoding="utf-8")
    for language in ("en", "de"):
        told = "intents\ttext\nlegal,churn\tSee you there.\n\tFine.\n"
        (tmp_path / f"intent_seeds.{language}.tsv").write_text(told, encoding="utf-8")

    *for_intents, for_sentiment = seeds(tmp_path)

    assert [seed.meant for seed in for_intents] == [{"legal", "churn"}, set()] * 2
    assert (for_sentiment.meant, for_sentiment.untold) == (set(), {"churn"})
