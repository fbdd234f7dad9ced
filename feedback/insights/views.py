"""The insights page."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from babel.numbers import get_decimal_symbol
from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext

from feedback.insights import charts, columns, queries, reporting
from feedback.insights.filters import bucket_label, group_words, score_text
from feedback.insights.geometry import NARROW, WIDE
from feedback.insights.listing import Wanted
from feedback.insights.narrowing import wanted_by
from feedback.insights.scores import largest_remainder
from feedback.insights.selection import DIMENSIONS, Days, Selection, over, read
from feedback.insights.suppression import K
from feedback.insights.trending import why_no_line
from feedback.insights.two_subjects import ENOUGH, Share, judge
from feedback.insights.unanswered.queries import unanswered
from feedback.insights.watching.marks import with_marks
from feedback.insights.watching.queries import marks_for
from feedback.insights.words import UNITS
from surveys.brand.queries import all_brands
from surveys.clock import business_now
from surveys.invitations.own_words.queries import comparisons
from surveys.responses.queries import anybody_answered
from surveys.scales import GROUPS, SCALES
from surveys.staff.door import StaffDoor, allowed, current_staff
from surveys.staff.permissions import sees_personal_data

door = StaffDoor("insights", __name__, permission="insights", url_prefix="/insights")

PRESETS = (30, 90, 365)
MOST_HURTING = 5


@door.get("")
def insights() -> ResponseReturnValue:
    """Show what the answers of a period say together."""
    now = business_now()
    selection = selected(now)
    report = reporting.report(selection, now)
    return render_template(
        "insights/insights.html",
        report=report,
        answered=report is not None and anybody_answered(),
        selection=report.selection if report else selection,
        pictures=pictures(report) if report else {},
        brands=all_brands(),
        dimensions=DIMENSIONS,
        presets=[(days, last_days(selection, days, now)) for days in PRESETS],
        scales=SCALES,
        least=K,
        most_hurting=MOST_HURTING,
        personal=sees_personal_data(current_staff().role),
        may_export=allowed("export"),
        subjects_compared=bool(comparisons()),
        no_line=why_no_line(report.trend, report.selection.days) if report else None,
        silent=unanswered(selection.brand, now, drafts=allowed("surveys")),
        now=now,
    )


@door.get("/subjects")
def subjects() -> ResponseReturnValue:
    """Show how two subjects of a letter fare, and whether they can be told apart yet."""
    now, rows = business_now(), []
    for comparison in comparisons():
        shares = [Share(*tried) for tried in comparison.tried]
        judgement = judge(shares[0], shares[1], now - comparison.since)
        rows.append({"comparison": comparison, "shares": shares, "judgement": judgement})
    return render_template("insights/subjects.html", rows=rows, enough=ENOUGH, now=now)


def selected(now: datetime) -> Selection:
    """Return what the address of a page selects; refuse unknown brands and surveys and impossible values."""
    zone = queries.calendar_zone(request.args.get("brand", "").strip() or None)
    return read(request.args, now.astimezone(zone).date(), zone)


def wanted_of(selection: Selection) -> Wanted:
    """Return which responses the address of a list asks for; refuse impossible values."""
    return wanted_by(request.args, selection)


def last_days(selection: Selection, days: int, now: datetime) -> Selection:
    """Return the selection over the last `days` days, today included."""
    return over(selection, Days.until(now.astimezone(selection.zone).date(), days))


def pictures(report: reporting.Report, *, marked: bool = True) -> dict[str, Any]:
    """Return the charts of a report in both sizes, each with the sentence that says what is to be seen.

    `marked` puts the numbers of events on them: only where the page has their words, too.
    """
    kind, name = report.focus.survey.kind, report.focus.survey.name
    readings = [
        charts.Reading.of(
            bucket_label(period.bucket, report.unit),
            period.measure,
            gettext("Version %(number)s", number=period.versions[-1].number) if period.versions else "",
            extent=period.extent,
        )
        for period in report.trend
    ]
    unit, mark = gettext(UNITS[kind]), get_decimal_symbol(get_locale())
    shares = largest_remainder(list(report.focus.measure.groups.values())) if report.focus.measure else []
    told = [(each.extent, each.measure.score) for each in report.trend if each.measure]
    scores = [score for extent, score in told if extent == "whole"] or [score for _, score in told]
    events = marks_for(report.selection) if marked else []
    return {
        "name": name,
        "trend": [
            with_marks(charts.trend(readings, kind, unit, size, mark), report.trend, events)
            for size in (WIDE, NARROW)
        ],
        "events": list(enumerate(events, start=1)),
        "trend_title": _title(unit, scores, kind),
        "distribution": [
            columns.distribution(kind, report.counts, gettext("Percent of answers"), size)
            for size in (WIDE, NARROW)
        ],
        "shares": list(zip(GROUPS[kind], shares, strict=True)) if shares else [],
        "names": {group: group_words(group) for group in GROUPS[kind]},
        "shares_title": ", ".join(
            f"{share} % {group_words(group)}" for group, share in zip(GROUPS[kind], shares, strict=False)
        ),
    }


def _title(unit: str, scores: Sequence[float], kind: str) -> str:
    """Return what a picture over time shows, in words; nothing without scores."""
    if not scores:
        return ""
    low, high = score_text(min(scores), kind), score_text(max(scores), kind)
    return gettext("%(metric)s between %(low)s and %(high)s", metric=unit, low=low, high=high)
