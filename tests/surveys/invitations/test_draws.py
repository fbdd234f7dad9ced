"""Draws that anybody can repeat."""

from surveys.invitations.draws import draw


def test_a_draw_depends_on_its_names_alone():
    assert draw("sample", "a", "b") == draw("sample", "a", "b")
    assert len({draw("a", "bc"), draw("ab", "c"), draw("abc")}) == 3


def test_draws_are_spread_evenly():
    # 2,000 draws: each tenth gets 200, with a standard deviation of 13.4; five of them are 67.
    tenths = [0] * 10
    for number in range(2000):
        tenths[int(draw("t", str(number)) * 10)] += 1

    assert all(133 <= count <= 267 for count in tenths)
