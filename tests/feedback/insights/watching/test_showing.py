"""What the page of a series shows of its course."""

from datetime import timedelta

from feedback.insights.watching.charting import found_of
from feedback.insights.watching.marking import mark
from feedback.insights.watching.showing import shown
from tests.feedback.insights.watching.conftest import BAD, USUAL


def test_pictures_rows_events_and_what_is_usual(make, weeks, watched, now):
    series = watched()
    empty = shown(series, found_of(series, now), now)
    assert not empty.pictures and not empty.lines

    for ago in range(14, 0, -1):
        weeks.week(ago, USUAL)
    weeks.week(0, BAD)
    mark((now - timedelta(days=10)).date(), "Strike", "carrier", None, make.staff("Ann", "analyst"), now)
    page = shown(series, found_of(series, now), now)

    assert [each.size.name for each in page.pictures] == ["wide", "narrow"]
    assert page.lines[0].step.signal.direction == "lower" and page.lines[0].said.value == "−45"
    assert [(number, event.text) for number, event in page.events] == [(1, "Strike")]
    assert [each.label.text for each in page.pictures[0].marks] == ["1"]
    assert round(page.level.value) == 41 and round(page.newest.value) == -45
