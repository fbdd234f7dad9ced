"""The colours of tokens.css and respondent.css can be read, in both themes.

Contrast after WCAG 2.2, 1.4.3 (text 4.5:1) and 1.4.11 (controls and focus 3:1).
"""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "surveys" / "static" / "css"
GROUNDS = ("paper", "surface", "wash")
TEXTS = ("ink", "ink-soft", "accent", "accent-strong", "promoter", "passive", "detractor", "urgent")
CONTROLS = ("line-strong", "focus")

TEXT_PAIRS = [(text, ground) for text in TEXTS for ground in GROUNDS] + [
    ("ink", "mark"),
    ("ink", "chart-band"),
    ("accent-ink", "accent"),
    ("accent-ink", "accent-strong"),
    ("urgent-ink", "urgent"),
    ("paper", "ink"),
    ("ink", "line"),
]
CONTROL_PAIRS = [(control, ground) for control in CONTROLS for ground in GROUNDS] + [
    (line, "mark")
    for line in ("promoter", "detractor")  # below the words that decided
]
RESPONDENT_TEXT_PAIRS = [
    ("ink", "paper"),
    ("ink", "surface"),
    ("ink-soft", "paper"),
    ("ink-soft", "surface"),
    ("brand-ink", "brand"),
]
RESPONDENT_CONTROL_PAIRS = [("line", "paper"), ("line", "surface"), ("brand", "paper"), ("ink", "paper")]


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.2, definition)."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def staff_colours(theme: str) -> dict[str, str]:
    """Return name → hex of tokens.css in one theme."""
    found = re.findall(
        r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", (CSS / "tokens.css").read_text()
    )
    return {name: light if theme == "light" else dark for name, light, dark in found}


def respondent_colours(theme: str) -> dict[str, str]:
    """Return name → hex of respondent.css in one theme; dark replaces what it names."""
    light, _, dark = (CSS / "respondent.css").read_text().partition("prefers-color-scheme: dark")
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light))
    if theme == "dark":
        colours |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", dark))
    return colours


def test_black_on_white_is_twenty_one_to_one():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_of_staff_pages_can_be_read(theme):
    colours = staff_colours(theme)
    weak = {pair for pair in TEXT_PAIRS if contrast(colours[pair[0]], colours[pair[1]]) < 4.5}
    assert weak == set()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_controls_and_focus_of_staff_pages_can_be_seen(theme):
    colours = staff_colours(theme)
    weak = {pair for pair in CONTROL_PAIRS if contrast(colours[pair[0]], colours[pair[1]]) < 3}
    assert weak == set()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_respondents_page_can_be_read(theme):
    colours = respondent_colours(theme)
    weak = {p for p in RESPONDENT_TEXT_PAIRS if contrast(colours[p[0]], colours[p[1]]) < 4.5}
    weak |= {p for p in RESPONDENT_CONTROL_PAIRS if contrast(colours[p[0]], colours[p[1]]) < 3}
    assert weak == set()


def test_no_block_has_a_colour_of_its_own():
    """Colours live in tokens.css; the frame round a mail is the one white sheet."""
    own = {
        (path.name, colour)
        for path in [*CSS.glob("blocks/*.css"), CSS / "base.css", CSS / "layout.css", CSS / "utilities.css"]
        for colour in re.findall(r"#[0-9a-fA-F]{3,8}\b|oklch\([^)]*\)|hsl\([^)]*\)", path.read_text())
    }
    assert own <= {("letter.css", "#fff")}
