"""Breakdowns and comparisons over the API: the numbers of the page, and the same parts withheld."""

from datetime import timedelta

import pytest

API = "/api/v1/insights"


def test_a_breakdown_has_intervals_verdicts_and_hides_the_small(make_today, answers, machine):
    answers([10] * 40)
    answers([2] * 10, late=True)
    answers([10] * 10 + [2] * 30, country="AT", late=True)
    answers([2] * 10, country="AT")
    answers([9] * 3, country="CH")

    body = machine.get(f"{API}/breakdown?survey=nps&by=country").json

    # Switzerland is too small, and so that it cannot be worked out Austria goes along.
    assert [part["value"] for part in body["parts"]] == ["DE"] and body["hidden"] == 2
    (part,) = body["parts"]
    assert (part["score"], part["n"], body["whole"]["n"]) == (60.0, 50, 103)
    assert part["against_rest"]["verdict"] == "changed"
    assert part["against_rest"]["p_adjusted"] == pytest.approx(part["against_rest"]["p"])
    assert machine.get(f"{API}/breakdown?survey=nps&by=lateness&country=CH").status_code == 403
    by_lateness = machine.get(f"{API}/breakdown?survey=nps&by=lateness").json
    assert [(part["value"], part["n"]) for part in by_lateness["parts"]] == [("on_time", 53), ("late", 50)]


def test_two_periods_and_two_groups(make_today, answers, machine):
    long_ago = make_today.now - timedelta(days=60)
    answers([10] * 60 + [2] * 20)
    answers([10] * 20 + [2] * 40, country="AT")
    answers([10] * 70 + [2] * 10, submitted_at=long_ago)
    answers([10] * 10 + [2] * 10, country="AT", submitted_at=long_ago)
    edge = (make_today.now - timedelta(days=30)).date().isoformat()
    day_before = (make_today.now - timedelta(days=31)).date().isoformat()

    found = machine.get(f"{API}/comparison?survey=nps&since={edge}&than_until={day_before}").json
    assert (found["first"]["n"], found["second"]["n"]) == (140, 100)
    assert found["difference"]["verdict"] == "changed" and found["smallest_seen"] > 0
    by_country = next(mix for mix in found["mix"] if mix["by"] == "country")
    assert by_country["rate"] + by_country["mix"] == pytest.approx(found["difference"]["points"], abs=0.02)

    groups = machine.get(f"{API}/comparison?survey=nps&by=country&first=AT&second=DE").json
    assert (groups["first"]["n"], groups["second"]["n"], groups["mix"]) == (80, 160, [])
    rest = machine.get(f"{API}/comparison?survey=nps&by=country&first=AT").json
    assert rest["second"]["n"] == 160


@pytest.mark.once
@pytest.mark.parametrize(
    ("query", "status", "field"),
    [
        ("comparison?survey=nps", 422, "/by"),
        ("comparison?survey=nps&by=country", 422, "/by"),
        ("comparison?survey=nps&by=country&first=DE&than_since=2026-01-01", 422, "/than_since"),
        ("comparison?survey=nps&by=product&first=MUG&second=TEA", 422, "/second"),
        ("comparison?survey=nps&by=country&first=FR&second=DE", 403, None),
        ("comparison?survey=nps&since=2026-01-01&than_since=2026-02-01", 422, "/than_since"),
        ("breakdown?survey=nps&by=weather", 422, "/by"),
        ("breakdown?survey=nps&by=country&stage=old", 422, "/stage"),
        ("breakdown?survey=nps&by=country&stage=new&buyer=new&lateness=late&channel=email", 422, "/buyer"),
        ("breakdown?survey=nps&by=country&colour=red", 422, "/colour"),
        ("breakdown?survey=check-back&by=country", 422, "/survey"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_its_field(answers, machine, query, status, field):
    answers([10] * 6, products=("MUG", "TEA"))

    answer = machine.get(f"{API}/{query}")

    assert answer.status_code == status, answer.json
    assert field is None or field in [error["pointer"] for error in answer.json["errors"]]
