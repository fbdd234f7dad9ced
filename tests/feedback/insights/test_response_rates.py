"""Response rates: acceptance tests AT-25 and AT-26 of the measuring method."""

import pytest

from feedback.insights.response_rates import Dispositions, response_rates


def test_at_25_the_worked_example_of_outcomerate():
    rates = response_rates(
        Dispositions(
            complete=4,
            partial=2,
            refused=1,
            silent=1,
            other=1,
            unknown_recipient=1,
            unknown=1,
            not_eligible=1,
        )
    )

    assert rates.eligibility == 0.9
    assert [rates.rr1, rates.rr2, rates.rr3, rates.rr4, rates.rr5, rates.rr6] == pytest.approx(
        [0.364, 0.545, 0.370, 0.556, 0.444, 0.667], abs=5e-4
    )
    assert (rates.coop1, rates.coop2) == (0.500, 0.750)
    assert (rates.ref1, rates.con1) == pytest.approx((0.091, 0.727), abs=5e-4)


def test_at_25_without_partial_and_unknown_ones_all_rates_agree():
    rates = response_rates(Dispositions(complete=100, silent=20))

    assert [rates.rr1, rates.rr2, rates.rr3, rates.rr4, rates.rr5, rates.rr6] == pytest.approx(
        [0.833] * 6, abs=5e-4
    )


def test_at_26_a_thousand_invitations():
    rates = response_rates(
        Dispositions(complete=150, partial=30, refused=5, silent=760, unknown=40, not_eligible=15)
    )

    assert rates.eligibility == 0.984375
    assert [rates.rr1, rates.rr2, rates.rr3, rates.rr4, rates.rr5, rates.rr6] == pytest.approx(
        [0.152284, 0.182741, 0.152381, 0.182857, 0.158730, 0.190476], abs=5e-7
    )
    assert (rates.completion, rates.coop1) == pytest.approx((0.833333, 0.810811), abs=5e-7)


def test_nobody_invited_has_no_rates():
    rates = response_rates(Dispositions())

    assert rates.rr2 is None
    assert rates.completion is None
    assert rates.eligibility is None
