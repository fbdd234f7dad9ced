"""The chi-square test."""

import pytest

from feedback.insights.independence import beyond, chi_square


@pytest.mark.parametrize(
    ("statistic", "degrees", "p"),
    # Quantiles of tables: Abramowitz & Stegun, table 26.8.
    [
        (3.84146, 1, 0.05),
        (5.99147, 2, 0.05),
        (7.81473, 3, 0.05),
        (9.48773, 4, 0.05),
        (18.3070, 10, 0.05),
        (20.2777, 7, 0.005),
    ],
)
def test_the_probabilities_are_those_of_the_tables(statistic, degrees, p):
    assert beyond(statistic, degrees) == pytest.approx(p, rel=1e-4)


def test_a_table_worked_out_by_hand():
    # Expected everywhere 30 and 70: (10² / 30) * 2 + (10² / 70) * 2 = 9.5238.
    found = chi_square([(40, 60), (20, 80)])
    assert (found.statistic, found.degrees) == (pytest.approx(9.523810), 1)
    assert found.p == pytest.approx(0.0020279, rel=1e-3)
    assert chi_square([(30, 70), (30, 70)]).p == pytest.approx(1)


def test_one_row_or_one_column_says_nothing():
    assert chi_square([(40, 60)]) is None
    assert chi_square([(40, 0), (20, 0)]) is None
    assert chi_square([(40, 60), (0, 0)]) is None
