"""The page of themes: what hurts, for whom, what goes together with it, and in whose words."""

from collections.abc import Iterable

from flask import render_template, request
from flask.typing import ResponseReturnValue

from feedback.insights.dimensions.names import question_of
from feedback.insights.selection import NotOnOffer, Selection
from feedback.insights.suppression import K
from feedback.insights.themes.choices import answers_to
from feedback.insights.themes.estimating import FEWEST_COMMENTS
from feedback.insights.themes.models import THEMES as OF_THEMES
from feedback.insights.themes.naming import choice_names, driver_names
from feedback.insights.themes.reporting import segments_of, themes_report
from feedback.insights.views import last_days, selected
from surveys.brand.queries import all_brands
from surveys.clock import business_now
from surveys.code_book.themes import THEMES
from surveys.responses.queries import anybody_answered
from surveys.scales import SCALES
from surveys.staff.door import StaffDoor, allowed, current_staff
from surveys.staff.permissions import sees_personal_data

door = StaffDoor("theme_impact", __name__, permission="insights", url_prefix="/insights/themes")

PRESETS = (30, 90, 365)


@door.get("")
def themes() -> ResponseReturnValue:
    """Show what the themes of comments do to the score."""
    now = business_now()
    selection = selected(now).basic
    theme = chosen("theme", THEMES)
    report = themes_report(selection, theme, chosen_segments(selection), now)
    return render_template(
        "insights/themes/themes.html",
        report=report,
        answered=report is not None and anybody_answered(),
        selection=report.selection if report else selection,
        choice_names=choice_names(report.focus.survey, selection.brand) if report else {},
        answers_offered=answers_to(report.focus.survey.current.definition) if report else set(),
        driver_names=driver_names(report.focus.survey, selection.brand) if report else {},
        brands=all_brands(),
        presets=[(days, last_days(selection, days, now)) for days in PRESETS],
        scales=SCALES,
        least=K,
        typical_from=FEWEST_COMMENTS,
        personal=sees_personal_data(current_staff().role),
        may_settle=allowed("settings"),
        of_themes=OF_THEMES,
        now=now,
    )


def chosen_segments(selection: Selection) -> str | None:
    """Return the dimension that the address chooses; a question that is not asked there (any more) is forgotten."""
    by = request.args.get("by", "")
    return (
        None if question_of(by) and by not in segments_of(selection) else chosen("by", segments_of(selection))
    )


def chosen(name: str, offered: Iterable[str]) -> str | None:
    """Return what the address chooses of what is on offer, None without; refuse anything else."""
    given = request.args.get(name, "").strip()
    if given and given not in offered:
        raise NotOnOffer(name, given)
    return given or None
