"""Geometry: the two sizes of a picture."""

from feedback.insights.geometry import NARROW, WIDE


def test_the_narrow_picture_fits_a_phone_and_the_wide_one_is_wider():
    assert NARROW.width <= 320 < WIDE.width
    assert NARROW.name != WIDE.name
