"""Charts: the geometry stays on the page, shows gaps as gaps, and the macros draw it as well-formed SVG."""

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from feedback.insights.charts import CHARACTER, Reading, trend
from feedback.insights.columns import distribution
from feedback.insights.geometry import NARROW, WIDE, Text
from feedback.insights.scores import measure

TEMPLATES = Path(__file__).parents[3] / "surveys" / "templates"

sizes = st.sampled_from([WIDE, NARROW])
measures = st.one_of(
    st.none(),
    st.tuples(*[st.integers(0, 60)] * 3).map(lambda c: measure("nps", dict(zip((3, 7, 10), c, strict=True)))),
)
series = st.lists(st.builds(Reading.of, st.sampled_from(["Jan 2026", "Week 44", "5"]), measures), max_size=60)


def weeks(*scores: tuple[int, int, int] | None) -> list[Reading]:
    """A reading per week from detractors, passives, promoters; None is a week without answers."""
    return [
        Reading.of(f"W{at}", counts and measure("nps", dict(zip((3, 7, 10), counts, strict=True))))
        for at, counts in enumerate(scores, start=1)
    ]


def ends(text: Text) -> tuple[float, float]:
    width = len(text.text) * CHARACTER
    shift = {"start": 0.0, "middle": width / 2, "end": width}[text.anchor]
    return text.x - shift, text.x - shift + width


@given(series, sizes)
def test_everything_of_a_trend_lies_inside_the_picture(readings, size):
    chart = trend(readings, "nps", "NPS", size)

    for point in chart.points:
        assert chart.left <= point.x <= chart.right
        assert chart.top <= point.high_y <= point.y <= point.low_y <= chart.bottom
    for path in chart.lines + chart.bands:
        numbers = [float(number) for number in re.findall(r"-?\d+\.?\d*", path)]
        assert all(0 <= x <= size.width for x in numbers[::2])
        assert all(0 <= y <= size.height for y in numbers[1::2])
    texts = [*chart.labels, *(tick.label for tick in chart.ticks), *filter(None, [chart.end])]
    for text in texts:
        start, end = ends(text)
        assert start >= -0.1 and end <= size.width + 0.1
        assert 0 <= text.y <= size.height


@given(series, sizes)
def test_labels_of_a_trend_never_overlap(readings, size):
    chart = trend(readings, "nps", "NPS", size)

    spots = [ends(label) for label in chart.labels]
    assert all(one[1] < other[0] for one, other in pairwise(spots))
    heights = [tick.y for tick in chart.ticks]
    assert all(lower - upper >= 25 for lower, upper in pairwise(heights))
    assert len(heights) >= 2


def test_a_period_without_answers_is_a_gap():
    chart = trend(
        weeks((1, 2, 9), (2, 2, 8), None, (3, 3, 6), None, (1, 1, 9), (1, 2, 9)), "nps", "NPS", WIDE
    )

    assert len(chart.points) == 5
    assert len(chart.lines) == len(chart.bands) == 2
    assert [point.is_alone for point in chart.points] == [False, False, True, False, False]


def test_a_week_that_has_only_begun_stands_beside_the_line_and_is_not_what_the_trend_has_come_to():
    chart = trend(weeks((1, 2, 9), (2, 2, 8), (4, 0, 0)), "nps", "NPS", WIDE)

    assert [point.is_alone for point in chart.points] == [False, False, True]
    assert len(chart.lines) == 1
    assert chart.end.text == chart.points[1].value == "50"
    assert chart.end.x < chart.points[-1].x, "beside the slight point it would be read as that one's"

    enough = trend(weeks((1, 2, 9), (2, 2, 8), (5, 0, 0)), "nps", "NPS", WIDE)
    assert enough.end.text == "\N{MINUS SIGN}100"


def test_the_last_value_is_named_at_the_end_of_the_line():
    chart = trend(weeks((10, 30, 60), (40, 30, 30)), "nps", "NPS", WIDE)

    assert chart.end is not None
    # The minus is a real one.
    assert chart.end.text == "\N{MINUS SIGN}10"
    assert chart.end.x > chart.points[-1].x


def test_the_axis_of_nps_has_a_zero_line_and_round_numbers():
    chart = trend(weeks((10, 30, 60)), "nps", "NPS", WIDE)

    # 50 with an interval of 35.6 to 61.9 needs 0 to 80 in steps of 20.
    assert [tick.label.text for tick in chart.ticks] == ["0", "20", "40", "60", "80"]
    assert [tick.is_zero for tick in chart.ticks] == [True, False, False, False, False]


def test_the_axis_of_a_share_has_no_sign_and_ends_at_a_hundred():
    result = measure("csat", {5: 98, 1: 2})
    chart = trend([Reading.of("May", result)], "csat", "% satisfied", WIDE)

    # 98 with an interval of 93.0 to 99.4 needs 90 to 100.
    assert [tick.label.text for tick in chart.ticks] == ["90", "92", "94", "96", "98", "100"]
    assert not any(tick.is_zero for tick in chart.ticks)


@pytest.mark.parametrize("readings", [[], weeks(None, None)])
def test_no_answers_draw_an_empty_field(readings):
    chart = trend(readings, "nps", "NPS", NARROW)

    assert chart.points == ()
    assert chart.end is None
    assert chart.ticks[0].label.text == "\N{MINUS SIGN}100"


def test_a_value_stands_at_its_place():
    chart = trend(weeks((0, 0, 100), (25, 25, 50)), "nps", "NPS", WIDE)
    ticks = {tick.label.text: tick.y for tick in chart.ticks}

    assert chart.points[0].y == ticks["100"]
    # 25 lies halfway between 0 and 50, or on its own line.
    height = ticks["0"] - ticks["100"]
    assert chart.points[1].y == pytest.approx(ticks["0"] - height / 4, abs=0.1)


def test_the_axis_of_stars_counts_whole_ones_and_the_mean_has_its_decimals():
    readings = [Reading.of("May", measure("stars_five", {5: 30, 4: 10}))]
    chart = trend(readings, "stars_five", "Stars", WIDE, ",")

    # 4.75 with an interval of 4.61 to 4.89.
    assert [tick.label.text for tick in chart.ticks] == ["3", "4", "5"]
    assert chart.end.text == "4,75"
    assert (chart.points[0].low, chart.points[0].high) == ("4,61", "4,89")


def drawn(call: str, **context: object) -> ElementTree.Element:
    """Draw with the macros as a page would, and read the result as XML, which forgives nothing."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    page = environment.from_string(
        '{% from "macros/chart.html" import trend, distribution %}{{ ' + call + " }}"
    )
    return ElementTree.fromstring(page.render(**context))


def test_a_drawn_trend_is_a_picture_with_a_name():
    chart = trend(weeks((10, 30, 60), (2, 2, 8), None, (3, 3, 6)), "nps", "NPS", WIDE)
    svg = drawn('trend(chart, id="t", title="Rising & shining", description="n = 36")', chart=chart)

    assert svg.attrib["role"] == "img"
    assert svg.attrib["viewBox"] == "0 0 720 260"
    assert svg.attrib["aria-labelledby"] == svg[0].attrib["id"]
    assert (svg[0].tag, svg[0].text) == ("title", "Rising & shining")
    assert (svg[1].tag, svg[1].text) == ("desc", "n = 36")
    tags = Counter(element.tag for element in svg.iter())
    assert (tags["circle"], tags["path"]) == (3, 2)
    assert not any("style" in element.attrib for element in svg.iter())
    # AT-13: 50 (35.5692 to 61.8762).
    assert [title.text for title in svg.iter("title")][1] == "W1: 50 (36 to 62), n = 100"


def test_a_drawn_distribution_names_its_groups():
    chart = distribution("nps", {0: 10, 7: 20, 10: 70}, "% of answers", WIDE)
    names = {"detractor": "Detractors", "passive": "Passives", "promoter": "Promoters"}
    svg = drawn(
        'distribution(chart, id="d", title="T", description="D", names=names)', chart=chart, names=names
    )

    texts = [element.text for element in svg.iter("text")]
    assert {"Detractors", "Passives", "Promoters", "10\u00a0%", "20\u00a0%", "70\u00a0%"} <= set(texts)
    assert len(list(svg.iter("rect"))) == 11


@given(series, st.integers(0, 59), sizes)
def test_a_border_stands_before_its_period_and_its_name_stays_in_the_picture(readings, at, size):
    begun = list(readings)
    if at < len(begun):
        begun[at] = replace(begun[at], begins="Version 12")
    picture = trend(begun, "nps", "NPS", size)

    assert len(picture.borders) == (at < len(begun))
    for border in picture.borders:
        left, right = ends(border.label)
        assert picture.left <= border.x <= picture.right
        assert left >= 0 and right <= size.width


def test_a_period_under_way_looks_like_no_finished_one():
    readings = weeks((10, 30, 60), (40, 30, 30), (30, 0, 1))
    readings[2] = replace(readings[2], extent="so_far")

    chart = trend(readings, "nps", "NPS", WIDE)
    svg = drawn('trend(chart, id="t", title="T", description="D")', chart=chart)

    over, last, begun = chart.points
    assert chart.lines == (f"M{over.x:g} {over.y:g}L{last.x:g} {last.y:g}",), (
        "the line ends with what is over"
    )
    assert chart.dashed == (f"M{last.x:g} {last.y:g}L{begun.x:g} {begun.y:g}",)
    assert begun.is_alone and chart.end.text == last.value, "the trend has come to what is over"
    assert chart.end.y < last.y, "above, since the line to what is under way falls"
    (hollow,) = [each for each in svg.iter("circle") if "chart__point--in-part" in each.get("class")]
    assert float(hollow.get("cx")) == begun.x
    assert hollow.find("title").text.startswith("W3 so far: −94")


@pytest.mark.parametrize("counts", [(None, (30, 0, 1)), ((4, 0, 0), (30, 0, 1)), ((10, 30, 60), (3, 0, 1))])
def test_no_line_leads_from_a_gap_or_by_a_few_answers_to_what_is_under_way(counts):
    readings = weeks((10, 30, 60), *counts)
    readings[-1] = replace(readings[-1], extent="so_far")

    assert trend(readings, "nps", "NPS", WIDE).dashed == ()


def test_periods_of_which_the_chosen_days_hold_a_part_look_like_no_whole_ones():
    readings = weeks((10, 30, 60), (40, 30, 30), (30, 30, 40), (30, 0, 1))
    for at in (0, 3):
        readings[at] = replace(readings[at], extent="in_part")

    chart = trend(readings, "nps", "NPS", WIDE)
    svg = drawn('trend(chart, id="t", title="T", description="D")', chart=chart)

    first, second, third, last = chart.points
    assert chart.lines == (f"M{second.x:g} {second.y:g}L{third.x:g} {third.y:g}",)
    assert chart.dashed == (
        f"M{first.x:g} {first.y:g}L{second.x:g} {second.y:g}",
        f"M{third.x:g} {third.y:g}L{last.x:g} {last.y:g}",
    )
    assert chart.end.text == third.value, "the trend has come to the last whole period"
    hollow = [each for each in svg.iter("circle") if "chart__point--in-part" in each.get("class")]
    assert [each.find("title").text.split(":")[0] for each in hollow] == ["W1 in part", "W4 in part"]


def test_a_version_border_is_drawn_with_its_name():
    readings = weeks((1, 1, 1), (1, 1, 1), (1, 1, 1))
    readings[1] = replace(readings[1], begins="Version 2")

    picture = trend(readings, "nps", "NPS", WIDE)

    (border,) = picture.borders
    assert picture.points[0].x < border.x < picture.points[1].x
    assert border.label.text == "Version 2"
