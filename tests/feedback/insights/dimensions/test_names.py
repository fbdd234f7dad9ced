"""What the values of dimensions look like."""

from feedback.insights.dimensions.names import EVERY, OVERLAPPING, PARTING, Band, band_of, can_be


def test_every_dimension_parts_or_overlaps():
    assert {*PARTING} | OVERLAPPING == {*EVERY} and not {*PARTING} & OVERLAPPING


def test_values_that_cannot_be_are_known():
    good = {
        "country": "AT",
        "language": "de",
        "value": "EUR-5",
        "stage": "at_risk",
        "theme": "DELIVERY.LATE",
        "product": "Mug, blue",
    }
    bad = {
        "country": "at",
        "language": "german",
        "value": "EUR-6",
        "stage": "old",
        "theme": "WEATHER",
        "product": "a\nb",
    }
    assert all(can_be(name, value) for name, value in good.items())
    assert not any(can_be(name, value) for name, value in bad.items())
    assert all(can_be(name, "-") for name in EVERY if name != "channel")


def test_bands_are_of_one_currency_and_grow_with_small_units():
    assert band_of("EUR-1") == Band("EUR", 0, 25)
    assert band_of("EUR-5") == Band("EUR", 250, None)
    assert band_of("JPY-2") == Band("JPY", 2500, 5000)
    assert band_of("CZK-1") == Band("CZK", 0, 250)
