"""Trend and alerts over the JSON API."""

from datetime import timedelta

from feedback.insights.selection import Selection
from feedback.insights.watching.judging import judge
from feedback.insights.watching.keeping import watch
from feedback.insights.watching.marking import mark
from surveys.database import db
from tests.feedback.insights.watching.conftest import BAD, USUAL, Weeks

TREND = "/api/v1/insights/trend?survey=nps"


def test_a_trend_has_limits_signals_and_events_and_alerts_are_listed(make_today, machine):
    make, weeks = make_today, Weeks(make_today)
    for ago in range(20, 0, -1):
        weeks.week(ago, USUAL)
    weeks.week(0, BAD)
    ann = make.staff("Ann", "analyst")
    mark((make.now - timedelta(days=20)).date(), "Strike", "carrier", None, ann, make.now)
    watch("score", Selection(survey="nps"), make.survey(), None, ann, make.now)
    db.session.commit()
    judge(make.now, 10)

    found = machine.get(f"{TREND}&since={(weeks.end - timedelta(days=7 * 21)).date()}").json
    last, first = found["buckets"][-1], found["buckets"][0]
    assert (last["score"], last["n"], last["signal"]) == (
        -45.45,
        22,
        {"direction": "lower", "rule": "outside"},
    )
    assert first["limits"]["low"] < first["score"] < first["limits"]["high"] and first["signal"] is None
    assert found["markers"] == [
        {"day": found["markers"][0]["day"], "text": "Strike", "kind": "carrier", "brand": None}
    ]
    assert found["metric"] == "nps" and found["versions"] == []

    (alert,) = machine.get("/api/v1/insights/alerts?state=open").json["items"]
    assert (alert["metric"], alert["direction"], alert["n"], alert["selection"]) == (
        "score",
        "lower",
        22,
        {"survey": "nps"},
    )
    assert machine.get("/api/v1/insights/alerts?limit=1").json["next"] is None


def test_small_cells_stay_hidden(make_today, machine):
    weeks = Weeks(make_today)
    for ago in range(20, -1, -1):
        weeks.week(ago, USUAL)
        weeks.week(ago, [9, 9], "DE", "Flinkpaket")
    found = machine.get(f"{TREND}&country=DE").json["buckets"]
    assert len(found) > 20 and {(each["score"], each["n"]) for each in found if each["hidden"]} == {
        (None, None)
    }
    assert sum(each["hidden"] for each in found) == 21

    weeks.week(3, [0, 0, 0], "CH", "Alpenpost")
    assert machine.get(f"{TREND}&country=CH").status_code == 403
    assert machine.get(f"{TREND}&country=DE").status_code == 403, "or Switzerland could be worked out"
    assert machine.get(f"{TREND}&country=AT").json["buckets"][-1]["score"] == 40.91


def test_nonsense_is_refused_with_words(make_today, machine):
    make_today.survey()
    for query in ("&bucket=hour", "&since=yesterday", "&country=austria", "&since=2001-01-01"):
        assert machine.get(TREND + query).status_code == 422, query
    assert machine.get("/api/v1/insights/trend").status_code == 422
    assert machine.get(TREND).json["buckets"] == [] or machine.get(TREND).json["buckets"][0]["score"] is None
