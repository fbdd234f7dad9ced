"""Filters of people's own."""

import pytest

from feedback.follow_up.inbox.asking import Asked
from feedback.follow_up.inbox.saving import (
    MOST,
    NameMissing,
    NameTaken,
    NoFilter,
    TooManyFilters,
    change,
    filters_of,
    own_filter,
    save,
    throw_away,
)

LATE = Asked("late", priority="P2")


@pytest.fixture
def ben(make):
    return make.staff("Ben")


@pytest.fixture
def dora(make):
    return make.staff("Dora")


def test_a_filter_is_ones_own_until_it_is_shared(ben, dora, now):
    kept = save("  Late   ones ", LATE, now, by=ben)
    assert (kept.name, kept.wanted) == ("Late ones", {"view": "late", "priority": "P2"})
    assert list(filters_of(ben)) == [kept] and list(filters_of(dora)) == []
    change(kept, name="Late", asked=Asked("open"), shared=True)
    assert list(filters_of(dora)) == [kept]
    assert (kept.name, kept.wanted, kept.is_shared) == ("Late", {"view": "open"}, True)


def test_only_its_owner_shares_or_throws_it_away(ben, dora, now):
    kept = save("Late", LATE, now, by=ben, shared=True)
    for deed in (lambda: own_filter(kept.public_id, dora), lambda: throw_away(kept.public_id, by=dora)):
        with pytest.raises(NoFilter):
            deed()
    throw_away(kept.public_id, by=ben)
    assert list(filters_of(ben)) == []


@pytest.mark.once
def test_a_name_stands_for_one_filter_and_there_are_not_too_many(ben, dora, now):
    save("Late", LATE, now, by=ben)
    hers = save("Late", LATE, now, by=dora)
    save("Hers", LATE, now, by=dora)
    change(hers, name="Late", shared=False)
    with pytest.raises(NameTaken):
        change(hers, name="Hers")
    with pytest.raises(NameTaken):
        save("Late", LATE, now, by=ben)
    for name in (" ", "x" * 61):
        with pytest.raises(NameMissing):
            save(name, LATE, now, by=ben)
    for number in range(MOST - 1):
        save(str(number), LATE, now, by=ben)
    with pytest.raises(TooManyFilters):
        save("one more", LATE, now, by=ben)
