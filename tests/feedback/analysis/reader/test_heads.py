import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from feedback.analysis.reader import heads


def test_the_head_is_the_optimum_of_the_penalised_likelihood():
    random = np.random.default_rng(1)
    x, y = random.normal(size=(60, 3)), random.integers(0, 3, 60)
    counts = random.uniform(0.5, 2, 60)
    head = heads.fit(x, y, 3, counts, 2.0)

    def loss(weights):
        chances = heads.softmax(x @ weights.T + head.bias)
        return -(counts * np.log(chances[np.arange(60), y])).sum() + (weights**2).sum()

    least = loss(head.weights.astype(float))
    for _ in range(50):
        assert loss(head.weights + random.normal(scale=0.02, size=(3, 3))) >= least - 1e-4


def test_with_fewer_rows_than_features_it_is_the_optimum_too():
    random = np.random.default_rng(2)
    x, y = random.normal(size=(12, 40)), random.integers(0, 3, 12)
    x[11] = x[10]  # rows that say the same span less
    counts, offset = random.uniform(0.5, 2, 12), random.normal(size=(12, 3))

    head = heads.fit(x, y, 3, counts, 2.0, offset)

    # Where the slope is nothing: each weight is held back by the penalty as much as the rows pull at it.
    pull = (counts[:, None] * (np.eye(3)[y] - heads.softmax(offset + head.logits(x)))).T @ x
    assert np.abs(2.0 * head.weights - pull).max() < 1e-4
    assert np.abs(pull).max() > 0.1


@given(st.lists(st.floats(-700, 700), min_size=3, max_size=3))
def test_chances_sum_to_one_however_large_the_logits(logits):
    chances = heads.softmax(np.array(logits))

    assert abs(chances.sum() - 1) < 1e-9
    assert (chances >= 0).all()
