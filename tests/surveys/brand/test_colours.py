"""A brand's colour can be seen and its ink can be read, whatever a shop chooses."""

from hypothesis import given
from hypothesis import strategies as st

from surveys.brand.colours import PAPERS, contrast, luminance, mixed, paint_on, variables

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_black_on_white_is_twenty_one_to_one():
    """The largest contrast there is (WCAG 2.2, contrast ratio)."""
    assert round(contrast("#000000", "#ffffff"), 6) == 21
    assert luminance("#ffffff") == 1


@given(COLOURS)
def test_every_colour_is_seen_on_the_paper_and_carries_readable_ink(colour):
    for theme, paper in PAPERS.items():
        paint = paint_on(theme, colour)
        assert contrast(paint.fill, paper) >= 3
        assert contrast(paint.fill, paint.ink) >= 4.5


def test_a_colour_that_is_fit_stays_as_it_is():
    assert paint_on("light", "#0f4c5c") == ("#0f4c5c", "#ffffff")


def test_a_pale_colour_becomes_darker_on_light_paper_and_stays_on_dark_paper():
    assert contrast("#ffe680", PAPERS["light"]) < 3
    assert luminance(paint_on("light", "#ffe680").fill) < luminance("#ffe680")
    assert paint_on("dark", "#ffe680") == ("#ffe680", "#000000")


def test_mixing_half_of_black_into_white_is_grey():
    assert mixed("#ffffff", "#000000", 0.5) == "#808080"


def test_both_themes_get_their_variables():
    css = variables("#0f4c5c")
    assert "--brand:#0f4c5c;--brand-ink:#ffffff" in css
    assert "prefers-color-scheme:dark" in css
