"""The response rate RR2: acceptance tests AT-25 and AT-26 of the measuring method."""

import pytest

from feedback.insights.response_rates import Dispositions, response_rate


def test_at_25_the_worked_example_of_outcomerate():
    # Silent are one who refused, one without a reaction and one other; unknown are a UH and a UO.
    assert response_rate(Dispositions(complete=4, partial=2, silent=3, unknown=2)) == pytest.approx(6 / 11)


def test_at_25_without_partial_and_unknown_ones():
    assert response_rate(Dispositions(complete=100, silent=20)) == pytest.approx(0.833, abs=5e-4)


def test_at_26_a_thousand_invitations():
    # 150 + 30 of 985: 15 were no real customers and never asked; 5 of the silent ones opted out.
    sent = Dispositions(complete=150, partial=30, silent=765, unknown=40)

    assert sent.everybody == 985
    assert response_rate(sent) == pytest.approx(0.182741, abs=5e-7)


def test_nobody_invited_has_no_rate():
    assert response_rate(Dispositions()) is None
