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


def written(folder, for_sentiment, for_intents):
    """Files of seeds: the same for intents in both languages, for sentiment one English row."""
    for name in COUNTS:
        row = f"negative\tplain\t{for_sentiment}\n" if name == "seeds.en" else ""
        (folder / f"{name}.tsv").write_text(f"label\tkind\ttext\n{row}", encoding="utf-8")
    for language in ("en", "de"):
        (folder / f"intent_seeds.{language}.tsv").write_text(
            f"intents\ttext\n{for_intents}", encoding="utf-8"
        )


def test_what_a_seed_means_is_said_by_the_seeds_for_intents_where_it_stands_there_too(tmp_path):
    written(tmp_path, "My last order.", "churn,?legal\tMy last order.\n")

    english, _german = seeds(tmp_path)

    assert (english.meant, english.untold) == ({"churn"}, {"legal"})


def test_a_seed_for_sentiment_means_no_intent_and_says_nothing_of_one_that_the_rules_find_in_it(tmp_path):
    written(tmp_path, "Never again.", "legal,churn\tSee you there.\n\tFine.\n")

    *for_intents, for_sentiment = seeds(tmp_path)

    assert [seed.meant for seed in for_intents] == [{"legal", "churn"}, set()] * 2
    assert (for_sentiment.meant, for_sentiment.untold) == (set(), {"churn"})
