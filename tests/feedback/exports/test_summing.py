"""The tables of figures say what the page of insights shows, and hide what it hides."""

from datetime import UTC, date, timedelta

import pytest

from feedback.exports.summing import table_of
from feedback.insights.reporting import report
from feedback.insights.selection import Days, Selection, over


def told(name, found, now):
    table = table_of(name, found, now)
    return [dict(zip(table.names, row, strict=True)) for row in table.rows]


@pytest.mark.once
def test_figures_trend_spread_and_differences(make, now):
    at_home, abroad = make.customer("Ada", country="DE"), make.customer("Bo", country="AT")
    lonely = make.customer("Cy", country="CH")
    for number in range(40):
        make.response(10, customer=at_home, submitted_at=now - timedelta(days=number % 20))
        make.response(
            2 if number % 4 else 10, customer=abroad, submitted_at=now - timedelta(days=number % 20)
        )
    for _ in range(5):
        make.response(0, customer=lonely, submitted_at=now)
    selection = over(Selection("nps", zone=UTC), Days.until(date(2026, 3, 10), 30))
    found = report(selection, now)

    figure = next(row for row in told("figures", found, now) if row["survey"] == "nps")
    assert (figure["metric"], figure["n"], figure["hidden"]) == ("nps", 85, "no")
    assert figure["low"] < figure["score"] < figure["high"]
    assert sum(row["n"] for row in told("spread", found, now)) == 85
    trend = told("trend", found, now)
    assert sum(row["n"] for row in trend) == 85 and trend[0]["from"] == "2026-02-01"
    assert [row["extent"] for row in trend] == ["in_part", "so_far"]
    parts = {row["country"]: row for row in told("differences", found, now) if row["by"] == "country"}
    assert (
        parts["AT"]["verdict"] == "clear" and parts["AT"]["difference"] < parts["AT"]["difference_high"] < 0
    )
    assert parts["CH"]["n"] == 5 and parts["CH"]["score"] is None and parts["CH"]["verdict"] == "too_few"
    assert all("as of" in table_of(name, found, now).about for name in ("figures", "trend"))


@pytest.mark.once
def test_a_part_that_is_hidden_on_the_page_is_empty(make, now):
    make.responses([9, 8, 7], make.customer("Ada", country="AT"), submitted_at=now)
    make.responses([9] * 20, make.customer("Bo", country="DE"), submitted_at=now)
    selection = over(Selection("nps", country="AT", zone=UTC), Days.until(date(2026, 3, 10), 30))

    figure = next(row for row in told("figures", report(selection, now), now) if row["survey"] == "nps")
    assert (figure["n"], figure["score"], figure["hidden"]) == (None, None, "yes")
    assert told("spread", report(selection, now), now) == []
