"""Answers with orders behind them, for whoever explores."""

from datetime import timedelta

import pytest

from feedback.analysis.models import Analysis, Mention
from surveys.customers.models import PurchaseItem


@pytest.fixture
def answers(make_today):
    """Give so many answers of each score by customers of one kind; returns nothing."""
    return lambda scores, **how: give(make_today, scores, **how)


def give(
    make,
    scores,
    *,
    country="DE",
    carrier="DHL",
    products=("MUG",),
    theme=None,
    late=False,
    value=1998,
    **values,
):
    now = make.now
    make.brand(), make.survey(values.get("survey_key", "nps"))
    with make.in_bulk():
        for score in scores:
            customer = make.customer("Eve", country=country)
            purchase = make.purchase(
                customer,
                carrier=carrier,
                total_amount=value,
                promised_at=now - timedelta(days=8 if late else 5),
                items=[
                    PurchaseItem(position=place, sku=sku, name=sku.title(), category=sku[:1], quantity=1)
                    for place, sku in enumerate(products, start=1)
                ],
            )
            comment = "said" if theme else None
            response = make.response(score, comment, customer=customer, purchase=purchase, **values)
            if theme:
                response.analysed_at = now
                mention = Mention(kind="theme", code=theme, start=0, end=4)
                make.keep(
                    Analysis(
                        response=response,
                        label="mixed",
                        polarity=0,
                        analyzer="t",
                        analysed_at=now,
                        mentions=[mention],
                    )
                )
