"""The insights page."""

from datetime import datetime
from typing import Any

from babel.numbers import get_decimal_symbol
from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext

from feedback.analysis.mismatch import MISMATCHES
from feedback.insights import charts, queries, reporting
from feedback.insights.filters import bucket_label, group_words, score_text
from feedback.insights.geometry import NARROW, WIDE
from feedback.insights.listing import ANY_FLAG, Wanted
from feedback.insights.scores import largest_remainder
from feedback.insights.selection import (
    ANY_UNHAPPY,
    DIMENSIONS,
    LONGEST_SEARCH,
    Days,
    NotOnOffer,
    Selection,
    group_and_mood,
    over,
    read,
)
from feedback.insights.suppression import K
from feedback.insights.two_subjects import ENOUGH, Share, judge
from feedback.insights.watching.marks import with_marks
from feedback.insights.watching.queries import marks_for
from feedback.insights.words import UNITS
from surveys.brand.queries import all_brands
from surveys.clock import business_now
from surveys.invitations.own_words.queries import comparisons
from surveys.questionnaires.queries import survey_by_key
from surveys.responses.queries import anybody_answered
from surveys.scales import GROUPS, MOOD_OF, MOODS, SCALES, Mood
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
    given = {name: value.strip() for name, value in request.args.items()}
    words = given.get("q") or None
    if words is not None and (len(words) > LONGEST_SEARCH or "\x00" in words):
        raise NotOnOffer("q", words)
    flag = given.get("flag") or None
    if flag is not None and flag != ANY_FLAG and flag not in MISMATCHES:
        raise NotOnOffer("flag", flag)
    group, mood = wanted_answers(given, selection)
    return Wanted(
        selection,
        group=group,
        mood=mood,
        words=words,
        flag=flag,
        is_refused=given.get("contact") == "refused",
        is_counted=given.get("only") == "counted",
    )


def wanted_answers(given: dict[str, str], selection: Selection) -> tuple[str | None, Mood | None]:
    """Return the group and the mood that the address of a list asks for; refuse what there is not."""
    group, mood = given.get("group") or None, given.get("mood") or None
    if group is not None and group not in MOOD_OF:
        raise NotOnOffer("group", group)
    if mood is not None and mood not in MOODS:
        raise NotOnOffer("mood", mood)
    kind = None
    if group == ANY_UNHAPPY and selection.survey is not None:
        kind = survey_by_key(selection.survey).kind
    return group_and_mood(group, mood, kind)


def last_days(selection: Selection, days: int, now: datetime) -> Selection:
    """Return the selection over the last `days` days, today included."""
    return over(selection, Days.until(now.astimezone(selection.zone).date(), days))


def pictures(report: reporting.Report) -> dict[str, Any]:
    """Return the charts of a report in both sizes, each with the sentence that says what is to be seen."""
    kind, name = report.focus.survey.kind, report.focus.survey.name
    readings = [
        charts.Reading.of(
            bucket_label(period.bucket, report.unit),
            period.measure,
            gettext("Version %(number)s", number=period.versions[-1].number) if period.versions else "",
        )
        for period in report.trend
    ]
    unit, mark = gettext(UNITS[kind]), get_decimal_symbol(get_locale())
    shares = largest_remainder(list(report.focus.measure.groups.values())) if report.focus.measure else []
    scores = [period.measure.score for period in report.trend if period.measure]
    events = marks_for(report.selection)
    return {
        "name": name,
        "trend": [
            with_marks(charts.trend(readings, kind, unit, size, mark), report.trend, events)
            for size in (WIDE, NARROW)
        ],
        "events": list(enumerate(events, start=1)),
        "trend_title": gettext(
            "%(metric)s between %(low)s and %(high)s",
            metric=unit,
            low=score_text(min(scores), kind),
            high=score_text(max(scores), kind),
        )
        if scores
        else "",
        "distribution": [
            charts.distribution(kind, report.counts, gettext("Percent of answers"), size)
            for size in (WIDE, NARROW)
        ],
        "shares": list(zip(GROUPS[kind], shares, strict=True)) if shares else [],
        "names": {group: group_words(group) for group in GROUPS[kind]},
        "shares_title": ", ".join(
            f"{share} % {group_words(group)}" for group, share in zip(GROUPS[kind], shares, strict=False)
        ),
    }
