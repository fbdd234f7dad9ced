"""Segments are made, changed, removed."""

import pytest

from surveys.errors import Refusal
from surveys.segments.conditions import Condition
from surveys.segments.editing import add_starters, remove_segment, save_segment
from surveys.segments.queries import segments_of
from surveys.segments.starters import STARTERS, Common, starters_for

ABROAD = (Condition("country", "none_of", ("DE",)),)


def test_a_segment_is_made_and_changed(make, now):
    brand, olga = make.brand(), make.staff("Olga", "owner")
    segment = save_segment(None, brand, " Abroad ", ABROAD, olga, now)
    save_segment(segment, brand, "Abroad", (*ABROAD, Condition("orders", "at_least", ("2",))), olga, now)

    (found,) = segments_of(brand.id)
    assert (found.name, len(found.conditions), found.changed_by_id) == ("Abroad", 2, olga.id)


@pytest.mark.parametrize(
    ("name", "conditions", "said"),
    [
        ("Abroad", ABROAD, "has a segment of this name"),
        ("", ABROAD, "Give it a name"),
        ("a, b", ABROAD, "without a comma"),
        ("New", (), "at least one condition"),
    ],
)
def test_what_makes_no_segment_is_refused(make, now, name, conditions, said):
    brand, olga = make.brand(), make.staff("Olga", "owner")
    save_segment(None, brand, "Abroad", ABROAD, olga, now)

    with pytest.raises(Refusal, match=said):
        save_segment(None, brand, name, conditions, olga, now)


def test_the_usual_ones_are_added_once(make, now):
    brand, olga = make.brand(), make.staff("Olga", "owner")
    named = {starter.name: starter for starter in STARTERS}

    assert [add_starters(brand, named, olga, now) for _ in range(2)] == [len(STARTERS), 0]


def test_a_product_whose_name_is_long_and_has_commas_gives_a_name_that_people_could_have_typed(make, now):
    brand, olga = make.brand(), make.staff("Olga", "owner")
    (bought,) = starters_for(Common(products=[("CUP-1", "Cup")]))[len(STARTERS) :]

    assert add_starters(brand, {f"Orders with “Cup, {'very ' * 30}blue”": bought}, olga, now) == 1
    (found,) = segments_of(brand.id)
    assert save_segment(found, brand, found.name, ABROAD, olga, now).name.startswith("Orders with “Cup very")


def test_a_segment_that_is_looked_at_stays(make, now):
    brand, olga = make.brand(), make.staff("Olga", "owner")
    segment = save_segment(None, brand, "Abroad", ABROAD, olga, now)

    with pytest.raises(Refusal, match="After delivery"):
        remove_segment(segment, ["After delivery"])
    remove_segment(segment, [])
    assert segments_of(brand.id) == []
