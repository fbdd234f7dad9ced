from zoneinfo import ZoneInfo

import pytest

from feedback.demo.catalogue import BRANDS, CARRIERS, COUNTRIES


def test_shares_add_up_to_everybody():
    assert sum(brand.share for brand in BRANDS) == pytest.approx(1)
    assert sum(country.share for country in COUNTRIES) == pytest.approx(1)
    for country in COUNTRIES:
        assert sum(share for _, share in country.carriers) == pytest.approx(1)
        assert sum(share for _, share in country.locales) == pytest.approx(1)


def test_every_country_has_a_real_zone_and_carriers_that_exist():
    for country in COUNTRIES:
        assert ZoneInfo(country.time_zone)
        assert {name for name, _ in country.carriers} <= set(CARRIERS)


def test_a_product_is_called_by_its_name_in_both_languages():
    mill = BRANDS[0].products[0]

    assert (mill.title("en"), mill.title("de")) == ("Pepper mill Olmo", "Pfeffermühle Olmo")
    assert (mill.said("en"), mill.said("de")) == ("the Olmo", "Olmo")
    assert (mill.category("en"), mill.category("de")) == ("Kitchen", "Küche")


def test_no_article_number_is_used_twice():
    numbers = [product.sku for brand in BRANDS for product in brand.products]

    assert len(numbers) == len(set(numbers))
