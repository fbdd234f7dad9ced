"""A brand's one colour made fit for reading, in the light theme and in the dark one.

A shop chooses a colour for its logo, not for text on a button. Here it is moved towards black or
white as little as needed to be seen against the paper, and the ink on it is the one that can be
read (WCAG 2.2, 1.4.3 text 4.5:1 and 1.4.11 controls 3:1).
"""

from typing import NamedTuple

SEEN = 3.0  # least contrast of a control against the paper
STEPS = 20
BLACK, WHITE = "#000000", "#ffffff"
PAPERS = {"light": "#f9f6f2", "dark": "#191714"}  # as in respondent.css


class Paint(NamedTuple):
    """A fill and the ink that can be read on it, as #rrggbb."""

    fill: str
    ink: str


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.2, definition)."""
    channels = [value / 255 for value in channels_of(colour)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2, definition)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def paint_on(theme: str, colour: str) -> Paint:
    """Return `colour` as it can be seen on the paper of `theme` (light or dark), with its ink.

    One of black and white always reaches 4.5:1, because the two are 21:1 apart and √21 > 4.5.
    """
    paper = PAPERS[theme]
    target = BLACK if theme == "light" else WHITE
    shades = (mixed(colour, target, step / STEPS) for step in range(STEPS + 1))
    fill = next(shade for shade in shades if contrast(shade, paper) >= SEEN)
    return Paint(fill, max(BLACK, WHITE, key=lambda ink: contrast(ink, fill)))


def mixed(colour: str, target: str, share: float) -> str:
    """Return `colour` moved towards `target` by `share`, 0 to 1."""
    pairs = zip(channels_of(colour), channels_of(target), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def channels_of(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue of `#rrggbb`, 0 to 255 each."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def variables(colour: str) -> str:
    """Return the rules that follow the respondents' style sheet and give a brand its colour."""
    light, dark = paint_on("light", colour), paint_on("dark", colour)
    return (
        f":root{{--brand:{light.fill};--brand-ink:{light.ink}}}\n"
        "@media (prefers-color-scheme:dark){"
        f":root{{--brand:{dark.fill};--brand-ink:{dark.ink}}}}}\n"
    )
