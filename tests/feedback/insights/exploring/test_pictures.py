"""Dots with whiskers: where they stand."""

from feedback.insights.exploring.pictures import Named, dots, fitting
from feedback.insights.geometry import NARROW, WIDE

PARTS = [Named("Austria", 10, -20, 40, 30), Named("Germany", 60, 50, 70, 300)]


def test_dots_stand_in_order_inside_the_picture():
    for size in (WIDE, NARROW):
        chart = dots(PARTS, "nps", 50.0, "NPS", size)
        first, second = chart.dots
        assert 0 < first.low_x < first.x < first.high_x < second.high_x < size.width
        assert first.y < second.y < chart.bottom <= chart.size.height
        assert first.x < chart.whole_x < second.x
        assert [tick.is_zero for tick in chart.ticks].count(True) == 1
        assert (first.value.text, first.low, second.high) == ("10", "\N{MINUS SIGN}20", "70")


def test_a_dozen_dots_are_enough_and_the_height_follows_them():
    chart = dots(PARTS * 10, "nps", None, "NPS", WIDE)
    assert len(chart.dots) == 12 and chart.whole_x is None
    assert chart.size.height > dots(PARTS, "nps", None, "NPS", WIDE).size.height


def test_long_names_are_cut_between_words():
    assert fitting("Mug", 10) == "Mug"
    assert fitting("Large blue mug, handmade", 16) == "Large blue …"
