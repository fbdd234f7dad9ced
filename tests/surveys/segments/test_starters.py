"""The ready-made segments, and those of what is common in a shop."""

from surveys.customers.models import PurchaseItem
from surveys.segments.conditions import checked
from surveys.segments.frequent.queries import common_in
from surveys.segments.starters import STARTERS, Common, missing, starters_for


def test_every_ready_made_condition_is_one_that_people_could_have_typed():
    for starter in starters_for(Common(["DE", "AT"], ["de", "en"], [("CUP-1", "Cup")])):
        for each in starter.conditions:
            assert checked(each.field, each.op, ", ".join(each.values)) == each


def test_what_is_common_among_the_latest_orders_makes_segments(make):
    brand = make.brand()
    for country, locale, sku in [
        ("DE", "de", "CUP"),
        ("DE", "de-AT", "CUP"),
        ("FR", "en", "JUG"),
        ("CH", None, None),
    ]:
        customer = make.customer(country=country, locale=locale)
        make.purchase(customer, items=[PurchaseItem(position=1, sku=sku, name=f"The {sku}", quantity=1)])
    make.purchase(make.customer(brand=make.brand("other", name="Other"), country="US"))
    common = common_in(brand.id)

    assert common == Common(["DE", "CH"], ["de", "en"], [("CUP", "The CUP")])
    fillings = [starter.filling for starter in starters_for(common)[len(STARTERS) :]]
    assert fillings == [
        ("country", "DE"),
        ("country", "CH"),
        ("language", "de"),
        ("language", "en"),
        ("product", "The CUP"),
    ]


def test_a_shop_of_one_country_and_language_gets_no_segment_of_everybody():
    assert starters_for(Common(["DE"], ["de"])) == STARTERS


def test_those_whose_conditions_are_stored_are_not_missing_whatever_their_name():
    stored = [[each.as_data() for each in STARTERS[0].conditions]]

    assert missing(STARTERS, stored) == list(STARTERS[1:])
