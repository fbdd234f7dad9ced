import csv

import numpy as np
import pytest

from feedback.analysis.reader.encoder import load_encoder
from feedback.analysis.reader.likeness import CENTRE, nearest
from feedback.analysis.reader.training import DATA
from tests.feedback.analysis.likeness.vectors import SIZE, numbers


def batches(rows, size):
    return (rows[start : start + size] for start in range(0, len(rows), size))


def test_the_likest_are_found_whatever_the_batches():
    chance = np.random.default_rng(1)
    rows = [(n, each.tobytes()) for n, each in enumerate(chance.normal(size=(500, SIZE)).astype(np.float16))]
    centre = np.load(CENTRE).astype(np.float64)
    vectors = np.stack([np.frombuffer(each, np.float16) for _, each in rows]) - centre
    vectors /= np.linalg.norm(vectors, axis=1)[:, None]
    truth = vectors @ vectors[7]

    for size in (1, 37, 500):
        found = nearest(rows[7][1], batches(rows, size), 10)
        assert [near.response_id for near in found] == np.argsort(-truth)[:10].tolist()
        assert [near.likeness for near in found] == pytest.approx(np.sort(truth)[::-1][:10], abs=1e-3)


def test_equal_vectors_are_one_told_by_the_newest_and_counted_wherever_they_lie():
    rows = [(n, numbers(0.9 if n % 3 == 0 else 0.1, 1 + n)) for n in range(30)]
    rows += [(n, numbers(0.8)) for n in range(100, 140)]
    rows[5:5] = [(200, numbers(0.8))]

    found = nearest(numbers(1.0), batches(rows, 7), 11)

    assert [near.times for near in found] == [1] * 10 + [41]
    assert found[-1].response_id == 200


def test_nothing_is_like_anything_where_there_is_nothing():
    assert nearest(numbers(1.0), [], 10) == []
    nowhere = np.load(CENTRE).tobytes()
    assert [near.likeness for near in nearest(nowhere, [[(1, nowhere)]], 10)] == [0]


@pytest.mark.thorough
def test_the_centre_is_that_of_the_seeds():
    encode, why = load_encoder(None)
    if encode is None:
        pytest.skip(why)
    means = []
    for language in ("en", "de"):
        with (DATA / f"seeds.{language}.tsv").open(encoding="utf-8") as file:
            texts = [row["text"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
        means.append(np.mean([encode(text) for text in texts[::40]], axis=0))
    centre = np.load(CENTRE).astype(np.float32)

    assert np.linalg.norm(np.mean(means, axis=0) - centre) < 0.1
