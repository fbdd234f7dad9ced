"""Suppression: no number is shown, or can be worked out, that stands for fewer than five people."""

from hypothesis import given
from hypothesis import strategies as st

from feedback.insights.suppression import (
    ANY,
    hidden_cells,
    hidden_in_level,
    hidden_within,
    is_uniform,
    opened,
    totals,
)

GROUPS = {("A",): 40, ("B",): 7, ("C",): 3, ("D",): 12}


def test_the_smallest_group_takes_the_next_one_with_it():
    # Methodology AT-31: k = 5; A 40, B 7, C 3, D 12, total 62 shown: C hidden, B hidden, too.
    assert hidden_cells(GROUPS) == {("C",), ("B",)}


def test_a_filter_that_leaves_out_two_people_is_refused():
    # Methodology AT-31: 60 of 62 would give the other two away.
    assert hidden_cells({("DE",): 60, ("AT",): 2}) == {("DE",), ("AT",)}


def test_a_small_group_of_one_mind_has_no_distribution():
    # Methodology AT-31: six promoters, n < 2 k.
    assert is_uniform([0, 0, 6])
    assert not is_uniform([0, 0, 10])
    assert not is_uniform([1, 0, 5])


def test_two_hidden_groups_of_one_person_each_need_a_third():
    counts = {("A",): 40, ("B",): 1, ("C",): 1, ("D",): 9}

    assert hidden_cells(counts) == {("B",), ("C",), ("D",)}


def test_nothing_is_hidden_where_everybody_is_many():
    assert hidden_cells({("DE", "Postbus"): 20, ("AT", "Postbus"): 5}) == frozenset()


def test_a_pair_hidden_in_one_row_is_hidden_in_its_column_too():
    counts = {
        ("DE", "X"): 50,
        ("DE", "Y"): 40,
        ("AT", "X"): 30,
        ("AT", "Y"): 3,
        ("AT", "Z"): 20,
        ("DE", "Z"): 60,
    }

    hidden = hidden_cells(counts)

    assert ("AT", "Y") in hidden
    assert sum(cell in hidden for cell in [("AT", "X"), ("AT", "Y"), ("AT", "Z")]) >= 2
    assert sum(cell in hidden for cell in [("DE", "Y"), ("AT", "Y")]) == 2
    assert not hidden & {("AT", ANY), ("DE", ANY), (ANY, "X"), (ANY, "Y"), (ANY, "Z")}


def test_many_answers_stay_shown_though_a_finer_cell_is_small():
    # 80 German and 3 English answers from Austria: the language is hidden there, Austria is not.
    counts = {("AT", "de"): 80, ("AT", "en"): 3, ("DE", "de"): 110, ("DE", "en"): 12}

    hidden = hidden_cells(counts)

    assert ("AT", "en") in hidden
    assert not hidden & {("AT", ANY), ("DE", ANY), (ANY, "de"), (ANY, "en")}


values = st.sampled_from(["a", "b", "c"])


@given(st.dictionaries(st.tuples(values, values), st.integers(1, 12), max_size=9))
def test_no_table_gives_a_hidden_row_away(counts):
    sizes, hidden = totals(counts), hidden_cells(counts)

    assert all(cell in hidden or size >= 5 or set(cell) == {ANY} for cell, size in sizes.items())
    for whole in sizes:
        for at in [at for at, value in enumerate(whole) if value == ANY]:
            rows = [
                cell
                for cell in sizes
                if cell[at] != ANY and cell[:at] == whole[:at] and cell[at + 1 :] == whole[at + 1 :]
            ]
            out = [cell for cell in rows if cell in hidden]
            if out and len(out) < len(rows):
                assert len(out) >= 2 and sum(sizes[cell] for cell in out) >= 5


def test_totals_leave_every_dimension_open_in_turn():
    assert totals({("DE", "X"): 2, ("AT", "X"): 1}) == {
        ("DE", "X"): 2,
        ("AT", "X"): 1,
        (ANY, "X"): 3,
        ("DE", ANY): 2,
        ("AT", ANY): 1,
        (ANY, ANY): 3,
    }


@given(st.dictionaries(st.tuples(values, values), st.integers(1, 12), max_size=9))
def test_a_level_judged_by_itself_hides_no_less_than_its_tables_ask_for(counts):
    sizes, hidden = totals(counts), hidden_cells(counts)
    for places in ((0,), (1,), (0, 1)):
        of_level = {
            cell: n
            for cell, n in sizes.items()
            if all((value != ANY) == (at in places) for at, value in enumerate(cell))
        }
        level = {tuple(cell[at] for at in places): n for cell, n in of_level.items()}
        nearly = {
            tuple(cell[at] for at in places)
            for cell, n in of_level.items()
            if hidden_within(n, [sizes[wide] for wide in sizes if holds_all(wide, cell, counts)])
        }
        inside = hidden_in_level(level, {}, nearly)
        shown = {tuple(cell[at] for at in places) for cell in of_level.keys() - hidden}
        assert not inside & shown  # what is hidden by itself is hidden among all levels
        assert inside == hidden_in_level(level, {}, inside)


def holds_all(wide, cell, counts):
    """Whether every answer of a cell lies in another one, too."""

    def fits(whole, own):
        return all(value in (ANY, mine) for value, mine in zip(whole, own, strict=True))

    return all(fits(wide, each) for each in counts if fits(cell, each))


def test_a_cell_inside_another_is_hidden_when_a_few_are_left():
    # All 20 of X are Austrians, and Austria has 3 more; Y and Germany have many others.
    counts = {("AT", "X"): 20, ("AT", "Z"): 3, ("DE", "Y"): 60, ("CH", "Y"): 50, ("DE", "Z"): 30}

    assert {(ANY, "X"), ("AT", "X"), ("AT", "Z")} <= hidden_cells(counts)
    assert ("AT", ANY) not in hidden_cells(counts)
    assert hidden_within(20, [23]) and not hidden_within(20, [20, 25])


@given(st.dictionaries(st.tuples(values), st.integers(1, 30), min_size=1), st.integers(0, 30))
def test_whoever_has_an_overlapping_value_not_is_never_few(sizes, more):
    whole = max(sizes.values()) + more
    hidden = hidden_in_level(sizes, {0: {(ANY,): whole}})

    for cell in sizes.keys() - hidden:
        assert sizes[cell] >= 5 and (whole == sizes[cell] or whole - sizes[cell] >= 5)
        assert opened(cell, 0) == (ANY,)
