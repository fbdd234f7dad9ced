"""What a page chooses beside the selection: which names that are, and their values read again and checked."""

from collections.abc import Mapping

from feedback.insights.exploring.looking import CHOICES, wish_of
from feedback.insights.narrowing import NARROWS, wanted_by
from feedback.insights.selection import NotOnOffer, Selection
from feedback.insights.themes.reporting import segments_of
from feedback.reports.models import EXPLORE, INSIGHTS, RESPONSES, THEMES
from surveys.code_book.themes import THEMES as CODES

CHOICES_OF: Mapping[str, tuple[str, ...]] = {
    INSIGHTS: (),
    EXPLORE: CHOICES,
    THEMES: ("theme", "by"),
    RESPONSES: NARROWS,
}


def page_of(given: Mapping[str, str]) -> str:
    """Return the page whose choice an address sends, the overview without a word of it; refuse what is none."""
    page = given.get("page", "").strip() or INSIGHTS
    if page not in CHOICES_OF:
        raise NotOnOffer("page", page)
    return page


def apart(page: str, given: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return what of an address belongs to the selection, and what the page chooses beside it."""
    own = CHOICES_OF[page]
    return (
        {name: value for name, value in given.items() if name not in own},
        {name: value for name, value in given.items() if name in own},
    )


def choices_of(page: str, given: Mapping[str, str], selection: Selection) -> dict[str, str]:
    """Return what a page chooses beside a selection, as it is kept; refuse what is no choice of it."""
    chosen = {name: value.strip() for name, value in given.items() if name in CHOICES_OF[page]}
    if page == EXPLORE:
        return wish_of(chosen, selection).query()
    if page == RESPONSES:
        wanted_by(chosen, selection)
    if page == THEMES:
        for name, offered in (("theme", CODES), ("by", segments_of(selection))):
            if chosen.get(name) and chosen[name] not in offered:
                raise NotOnOffer(name, chosen[name])
    return {name: value for name, value in chosen.items() if value}
