import numpy as np
import pytest

from feedback.analysis.reader.layers import fit, slopes_of


@pytest.mark.thorough
def test_it_learns_what_no_straight_line_can():
    chance = np.random.default_rng(0)
    x = chance.normal(size=(1500, 4))
    labels = ((x[:, 0] > 0) != (x[:, 1] > 0)).astype(int)  # either, but not both
    net = fit(x, labels, 2, np.ones(len(x)))

    assert (net.logits(x).argmax(axis=1) == labels).mean() > 0.9
    assert (fit(x, labels, 2, np.ones(len(x))).logits(x) == net.logits(x)).all()


def test_the_slopes_are_those_of_the_surprise():
    chance = np.random.default_rng(0)
    weights = [chance.normal(size=shape) for shape in ((5, 3), (5,), (2, 5), (2,))]
    x, truth, heard = chance.normal(size=(4, 3)), np.eye(2)[[0, 1, 1, 0]], np.ones((4, 5))

    def surprise(w):
        hidden = np.maximum(x @ w[0].T + w[1], 0)
        z = hidden @ w[2].T + w[3]
        chances = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
        penalty = 0.5 * 3e-4 * ((w[0] ** 2).sum() + (w[2] ** 2).sum())
        return -(truth * np.log(chances)).sum() / 4 + penalty

    slopes = slopes_of(weights, x, truth, np.ones(4), heard)
    for k, place in ((0, (1, 2)), (1, (3,)), (2, (0, 4)), (3, (1,))):
        moved = [w.copy() for w in weights]
        moved[k][place] += 1e-6
        assert abs((surprise(moved) - surprise(weights)) / 1e-6 - slopes[k][place]) < 1e-4
