"""What is preselected when a task is closed."""

import pytest

from feedback.follow_up.closing.causes import STARTERS, offered
from feedback.follow_up.closing.suggesting import (
    CAUSE_BEHIND,
    REFUNDED,
    REGRETTED,
    REPLACED,
    Suggestion,
    suggest,
)
from feedback.follow_up.codes import CAUSES, RESOLUTIONS
from surveys.code_book.themes import DETAILS, THEMES

ALL = [key for details in offered([]).values() for key in details]


def test_a_late_parcel_is_probably_the_carriers_and_met_with_an_apology():
    assert suggest("DELIVERY.LATE", [], ALL) == Suggestion("apology", "carrier", "carrier.late")


def test_what_broke_is_probably_replaced_whichever_fault_it_was():
    faults = [theme for theme in (*THEMES, *DETAILS) if theme.partition(".")[0] == "PRODUCT_QUALITY"]
    assert len(faults) > 4
    assert {suggest(fault, [], ALL).resolution for fault in faults} == {"replacement"}
    broke = suggest("PRODUCT_QUALITY.DURABILITY", [], ALL)
    assert broke == Suggestion("replacement", "supplier", "supplier.material")


def test_what_the_customer_asks_for_comes_before_what_is_usual():
    assert suggest("PRODUCT_QUALITY.DEFECTIVE", [], ALL).resolution == "replacement"
    assert suggest("PRODUCT_QUALITY.DEFECTIVE", ["refund"], ALL).resolution == "refund"
    assert suggest(None, ["question"], ALL) == Suggestion("explained", None, None)


@pytest.mark.parametrize(
    ("comment", "resolution"),
    [
        ("The handle snapped. I'd like a replacement, please.", "replacement"),
        ("Der Henkel ist ab, ich möchte einen Umtausch.", "replacement"),
        ("Ich erwarte Ersatz.", "replacement"),
        ("The handle snapped. I want my money back.", "refund"),
        ("Ersatz oder Geld zurück, und zwar bald.", "refund"),
        ("I returned the replacement and wait for my refund.", "refund"),
        ("Please sort this out.", "refund"),
    ],
)
def test_goods_are_told_from_money_by_the_words_of_the_wish(comment, resolution):
    assert suggest("PRODUCT_QUALITY.DURABILITY", ["refund"], ALL, comment).resolution == resolution
    assert suggest("PRODUCT_QUALITY.DURABILITY", [], ALL, comment).resolution == "replacement"


def test_an_unknown_detail_falls_back_to_its_theme_and_nothing_known_suggests_nothing():
    assert suggest("PACKAGING.PLASTIC", [], ALL) == Suggestion(None, "warehouse", "warehouse.packing")
    assert suggest("SAFETY_LEGAL.INJURY", [], ALL) == suggest(None, [], ALL) == Suggestion(None, None, None)


def test_what_the_shop_does_not_offer_is_not_suggested():
    without = [key for key in ALL if key != "carrier.late"]
    assert suggest("DELIVERY.LATE", [], without) == Suggestion("apology", "carrier", None)


def test_every_suggestion_is_one_that_can_be_chosen():
    for theme, key in CAUSE_BEHIND.items():
        assert theme in THEMES or theme in DETAILS
        assert key in CAUSES or key in STARTERS
    for theme in REPLACED | REFUNDED | REGRETTED:
        assert suggest(theme, [], ALL).resolution in RESOLUTIONS
