"""The simple lifetime value: acceptance test AT-37 of the measuring method."""

import pytest

from feedback.loyalty.lifetime_value import ChurnRate, MixedPeriods, Revenue, lifetime_value

FORTY, FIVE_PERCENT = Revenue(40, "month"), ChurnRate(0.05, "month")


def test_at_37_forty_a_month_at_sixty_percent_and_five_percent_churn():
    plain = lifetime_value(FORTY, 0.6, FIVE_PERCENT)
    discounted = lifetime_value(FORTY, 0.6, FIVE_PERCENT, discount=0.01)

    assert plain is not None and discounted is not None
    assert plain.simple == pytest.approx(480.00)
    assert (plain.with_first, plain.without_first) == (None, None)
    assert discounted.with_first == pytest.approx(404.00)
    assert discounted.without_first == pytest.approx(380.00)


def test_at_37_without_churn_there_is_no_figure():
    assert lifetime_value(FORTY, 0.6, ChurnRate(0.0, "month")) is None


def test_at_37_a_year_of_revenue_and_a_month_of_churn_are_refused():
    with pytest.raises(MixedPeriods, match="per year and churn per month do not go together"):
        lifetime_value(Revenue(480, "year"), 0.6, FIVE_PERCENT)


@pytest.mark.parametrize(
    ("margin", "churn", "discount"), [(1.2, 0.05, None), (0.6, 1.5, None), (0.6, 0.05, -0.1)]
)
def test_parts_of_one_stay_parts_of_one(margin, churn, discount):
    with pytest.raises(ValueError, match="parts of 1"):
        lifetime_value(FORTY, margin, ChurnRate(churn, "month"), discount)
