"""What unhappy answers speak of: each theme once, by its detail where that is most of it."""

from feedback.insights.selection import read
from feedback.reports.queries import complaints


def test_a_detail_stands_for_its_theme_where_it_is_half_of_it(make, now, complain):
    dora = make.customer("Dora")
    said = ["DELIVERY.LATE"] * 3 + ["DELIVERY", "DELIVERY.DAMAGED", "PRICE", "PRICE", "PRICE.SHIPPING"]
    for number, code in enumerate([*said, "PRAISE.SPEED", "PRAISE", "OTHER"]):
        complain(code, 2, f"{code} {number}", customer=dora)
    complain("WEBSITE", 9, "A happy one", customer=dora)
    found = complaints(read({}, now.date(), now.tzinfo), now)
    assert found == [("DELIVERY.LATE", 3, 11), ("PRICE", 3, 11)]


def test_what_is_held_back_speaks_of_nothing(make, now, complain):
    make.anonymous("csat")
    complain("PRICE", 1, "Dear", survey_key="csat")
    complain("DELIVERY", 2, "Slow", customer=make.customer("Dora"))
    assert complaints(read({}, now.date(), now.tzinfo), now) == [("DELIVERY", 1, 1)]
