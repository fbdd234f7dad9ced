"""The words behind "mostly": only what carries a change is named."""

import pytest

from feedback.insights.differences import compare
from feedback.insights.suppression import ANY
from feedback.insights.themes.summing_up import Summary, sum_up
from tests.feedback.insights.themes.said import hear

EVERYWHERE = (ANY, ANY, ANY)
AT_POST, AT_FAST = ("AT", "Post", "de"), ("AT", "Fast", "de")
DE_POST, DE_FAST = ("DE", "Post", "de"), ("DE", "Fast", "de")
GOOD = {2: 20, 8: 60, 10: 120}
QUIET = {AT_POST: GOOD, AT_FAST: GOOD, DE_POST: GOOD, DE_FAST: GOOD}
BAD = {2: 130, 8: 40, 10: 30}


def told(before, now, cell=EVERYWHERE):
    change = compare("nps", now.groups(cell), before.groups(cell))
    return sum_up(before, now, cell, change)


def mentioned(place, scores, few=None):
    rest = {each: {2: 1, 8: 2, 10: 4} for each in QUIET}
    return {"DELIVERY": rest | {place: scores}, "DELIVERY.LATE": rest | {place: few or scores}}


def test_late_deliveries_in_one_country_are_found_and_rarer_ones_afterwards():
    quiet = hear(QUIET, mentioned(AT_POST, {2: 8, 10: 4}) | {"PRICE": {DE_POST: {2: 10, 10: 10}}})
    late = hear(
        QUIET | {AT_POST: BAD, AT_FAST: BAD},
        {
            code: {
                AT_POST: {2: 90, 8: 5},
                AT_FAST: {2: 90, 8: 5},
                DE_POST: {2: 3, 10: 5},
                DE_FAST: {2: 3, 10: 5},
            }
            for code in ("DELIVERY", "DELIVERY.LATE")
        }
        | {"PRICE": {DE_POST: {2: 10, 10: 10}}},
    )

    assert told(quiet, late) == Summary("DELIVERY.LATE", False, {"country": "AT"})
    assert told(late, quiet) == Summary("DELIVERY.LATE", True, {"country": "AT"})


def test_one_carrier_in_one_country_is_named_with_both():
    quiet, late = (
        hear(QUIET, mentioned(AT_POST, {2: 8})),
        hear(QUIET | {AT_POST: BAD}, mentioned(AT_POST, {2: 110})),
    )

    assert told(quiet, late) == Summary("DELIVERY.LATE", False, {"country": "AT", "carrier": "Post"})


def test_a_theme_is_named_without_its_detail_when_that_is_a_small_part():
    quiet = hear(QUIET, mentioned(AT_POST, {2: 8}))
    late = hear(QUIET | {AT_POST: BAD}, mentioned(AT_POST, {2: 110}, few={2: 30}))

    assert told(quiet, late).theme == "DELIVERY"


def test_a_place_is_named_without_a_theme_when_nobody_writes_why():
    assert told(hear(QUIET), hear(QUIET | {AT_POST: BAD, AT_FAST: BAD})) == Summary(place={"country": "AT"})


@pytest.mark.parametrize("praise", ["PRAISE", "PRICE"])
def test_what_changes_everywhere_alike_names_no_place_and_praise_is_no_reason(praise):
    worse = {2: 60, 8: 60, 10: 80}
    before = hear(QUIET, {praise: {place: {10: 60} for place in QUIET}})
    now = hear(dict.fromkeys(QUIET, worse), {praise: {place: {10: 20} for place in QUIET}})

    assert told(before, now).place == {}
    assert told(before, now).theme in (None, "PRICE")
    assert praise == "PRICE" or told(before, now).theme is None


def test_a_change_that_chance_explains_is_not_explained_otherwise():
    almost = QUIET | {AT_POST: {2: 24, 8: 60, 10: 116}}

    assert told(hear(QUIET), hear(almost, mentioned(AT_POST, {2: 24}))) == Summary()


def test_too_few_people_are_never_the_reason():
    few, more = ("LI", "Post", "de"), ("CH", "Post", "de")
    before = hear(QUIET | {few: {10: 4}, more: {10: 6}})
    now = hear(QUIET | {few: {0: 4}, more: {0: 6}, AT_POST: BAD, AT_FAST: BAD})

    assert told(before, now).place == {"country": "AT"}
    # Within a country nothing is said of it as a whole.
    assert told(hear(QUIET), hear(QUIET | {AT_POST: BAD}), ("AT", ANY, ANY)).place == {"carrier": "Post"}
