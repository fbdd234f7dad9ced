"""Filters and countings agree: whoever is counted in a row is found by the filter that the row leads to."""

from datetime import timedelta

from sqlalchemy import select

from feedback.insights.dimensions.belonging import holds
from feedback.insights.dimensions.names import EVERY, OVERLAPPING
from feedback.insights.queries import counts_along, score_counts
from feedback.insights.selection import Selection
from surveys.responses.models import Response
from surveys.segments.models import Segment
from surveys.segments.past import History, Limits, stage_at


def test_every_row_is_what_its_filter_finds(make_today, answers):
    now = make_today.now
    answers([2, 9], country="AT", carrier="Postbus", late=True, theme="DELIVERY.LATE", value=2400)
    answers([10], products=("MUG", "TEA"), theme="PRICE", channel="qr", value=25_000)
    answers([8], country=None, carrier=None, locale="de", products=())
    make_today.response(7, customer=make_today.customer("Nobody", country=None))
    invited = make_today.invitation(make_today.purchase(promised_at=None, total_amount=None, currency=None))
    make_today.response(6, invitation=invited, purchase=invited.purchase, customer=invited.customer)
    make_today.response(5, purchase=make_today.purchase(invited.customer, placed_at=now - timedelta(days=2)))
    condition = {"field": "country", "op": "one_of", "value": ["AT"]}
    moments = {"created_at": now, "changed_at": now}
    make_today.keep(Segment(brand=make_today.brand(), name="S", conditions=[condition], **moments))

    for name in EVERY:
        rows = counts_along(Selection("nps"), (name,), now)["nps"]
        assert len(rows) > 1, name
        for (value,), counts in rows.items():
            assert score_counts(Selection("nps").where(**{name: value}), now) == counts, (name, value)
        total = sum(sum(counts.values()) for counts in rows.values())
        assert total == 7 if name not in OVERLAPPING else total >= 7, name
    assert set(counts_along(Selection("nps"), ("value",), now)["nps"]) == {
        ("EUR-1",),
        ("EUR-4",),
        ("EUR-5",),
        ("-",),
    } - {("EUR-4",)}


def test_the_stage_is_the_one_that_segments_know(make_today):
    now, day = make_today.now, timedelta(days=1)
    brand = make_today.brand()
    limits = Limits(brand.active_days * day, brand.lapsed_days * day)
    ages = [(1,), (1, 300), (brand.active_days + 1,), (brand.lapsed_days + 1, 2000), ()]
    for place, days in enumerate(ages):
        customer = make_today.customer(f"C{place}")
        for age in days:
            make_today.purchase(customer, placed_at=now - age * day, delivered_at=None)
        make_today.purchase(customer, placed_at=now - day, delivered_at=None, cancelled_at=now - day / 2)
        make_today.response(place, customer=customer)
        expected = stage_at(History([(now - age * day, None) for age in days]), limits, now) or "-"
        assert score_counts(Selection("nps", stage=expected), now).get(place) == 1, (days, expected)


def test_a_country_is_asked_of_bare_columns_of_which_a_database_knows_how_common_values_are():
    said = str(
        select(Response.id).where(holds("country", "AT")).compile(compile_kwargs={"literal_binds": True})
    )

    assert "purchase.ship_country = 'AT'" in said and "purchase.ship_country IS NULL" in said
    assert "coalesce" not in said.lower()
