"""How round the corners are of what customers press and fill in, on pages and in mails."""

from surveys.errors import N_

SOFT = "soft"
RADIUS: dict[str, str] = {"square": "0", SOFT: "6px", "round": "14px"}
NAMES: dict[str, str] = {"square": N_("Square"), SOFT: N_("Soft"), "round": N_("Round")}


def corner_rule(corners: str) -> str:
    """Return the rule that follows the respondents' style sheet, whose own corners are soft."""
    return "" if corners == SOFT else f":root{{--corner:{RADIUS[corners]}}}\n"
