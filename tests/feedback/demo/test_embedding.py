"""The demo shop's page may show a survey wherever the demo is served from."""

import pytest

from feedback.demo.embedding import open_shop
from feedback.demo.queries import order_to_confirm
from surveys.errors import Missing


@pytest.fixture
def shop(make):
    make.survey("csat")
    return make.brand(made_by_demo=True)


def test_the_first_visit_makes_the_link_and_later_ones_find_it(shop, now):
    first = open_shop("http://127.0.0.1:8000/", now)
    again = open_shop("http://localhost:8000/", now)
    open_shop("http://localhost:8000/", now)

    assert again is first and first.brand is shop
    assert first.origins == ["http://127.0.0.1:8000", "http://localhost:8000"]


def test_without_a_demo_shop_there_is_no_page(make, now):
    make.brand()
    with pytest.raises(Missing):
        open_shop("http://127.0.0.1:8000/", now)


def test_the_page_confirms_the_newest_order_that_was_not_answered(make, shop, now):
    link = open_shop("http://127.0.0.1:8000/", now)
    assert order_to_confirm(link) is None
    older, newer = (make.purchase(placed_at=now.replace(hour=hour)) for hour in (8, 9))
    assert order_to_confirm(link) == newer.reference

    make.response(5, survey_key="csat", customer=newer.customer, purchase=newer, link=link, channel="embed")

    assert order_to_confirm(link) == older.reference
