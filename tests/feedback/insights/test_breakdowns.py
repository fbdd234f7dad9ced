"""Breakdowns: where the score differs, without giving single people away."""

from feedback.insights.breakdowns import Count, breakdowns, cell_of, score_counts_of, values_of
from feedback.insights.selection import Selection
from feedback.insights.suppression import ANY


def many(country, carrier, promoters, detractors, language="en"):
    """Answers of 10 and 0 from one place."""
    place = ("nps", country, carrier, language)
    return [Count(*place, 10, promoters), Count(*place, 0, detractors)]


STORY = [
    *many("AT", "Bergbote", 10, 40),
    *many("AT", "Postbus", 45, 5),
    *many("CH", "Bergbote", 45, 5),
    *many("CH", "Postbus", 45, 5),
]


def by(found, *dimensions):
    return next(each for each in found if each.dimensions == dimensions)


def test_one_carrier_in_one_country_is_found_and_comes_first():
    pairs = by(breakdowns("nps", STORY, Selection("nps")), "country", "carrier").rows

    assert pairs[0].values == {"country": "AT", "carrier": "Bergbote"}
    assert pairs[0].is_clear
    # 10 - 40 of 50 is an NPS of -60; the others have 135 - 15 of 150, that is 80.
    assert pairs[0].measure.score == -60
    assert round(pairs[0].verdict.difference) == -140


def test_alike_parts_are_not_called_different():
    alike = [*many("AT", "X", 30, 10), *many("CH", "X", 31, 9)]

    rows = by(breakdowns("nps", alike, Selection("nps")), "country").rows

    assert not any(row.is_clear for row in rows)


def test_small_parts_are_left_out_and_counted():
    counts = [*many("DE", "X", 30, 10), *many("AT", "X", 4, 3), *many("CH", "X", 2, 1)]

    found = by(breakdowns("nps", counts, Selection("nps")), "country")

    assert [row.values["country"] for row in found.rows] == ["DE"]
    assert found.hidden == 2  # CH with 3 answers, and AT, from which CH could be worked out.


def test_a_small_part_of_one_mind_shows_no_score():
    counts = [*many("DE", "X", 30, 10), *many("AT", "X", 6, 0)]

    rows = {
        row.values["country"]: row for row in by(breakdowns("nps", counts, Selection("nps")), "country").rows
    }

    assert rows["AT"].is_uniform and not rows["DE"].is_uniform


def test_a_dimension_that_is_chosen_or_has_one_value_is_not_broken_down():
    found = breakdowns("nps", STORY, Selection("nps", country="AT"))

    assert [each.dimensions for each in found] == [("carrier",)]
    assert {row.measure.n for row in found[0].rows} == {50}


def test_a_filter_shows_nothing_that_the_whole_table_hides():
    counts = [
        *many("DE", "X", 20, 20),
        *many("DE", "Y", 20, 20),
        *many("AT", "X", 20, 20),
        *many("AT", "Y", 2, 1),
    ]

    within = breakdowns("nps", counts, Selection("nps", country="DE"))

    assert [row.values["carrier"] for each in within for row in each.rows] == []


def test_cells_and_counts_of_a_selection():
    selection = Selection("nps", country="AT")

    assert cell_of(selection) == ("AT", ANY, ANY)
    assert cell_of(selection, {"carrier": "X"}) == ("AT", "X", ANY)
    assert score_counts_of(STORY, selection) == {10: 55, 0: 45}
    assert values_of([[Count("nps", "-", "X", "en", 1, 1), *STORY]], "country") == ["AT", "CH", "-"]
