"""Customers with pasts of all kinds, for what must hold of every past."""

from datetime import timedelta

from hypothesis import strategies as st

# Around the limits of a shop whose customers are active for two days and lapsed after five.
HOURS = st.integers(-2, 6).map(lambda days: days * 24) | st.integers(-30, 150)


@st.composite
def lives(draw):
    """Draw customers, each with orders: how long ago they were placed, and cancelled or refunded."""
    order = st.tuples(HOURS, st.none() | HOURS, st.none() | HOURS)
    return draw(st.lists(st.lists(order, max_size=3), max_size=5))


def bought(make, people):
    """Let a shop of its own have these customers; return its brand."""
    key = f"shop-{next(make.count)}"
    brand = make.brand(key, name=key, active_days=2, lapsed_days=5)

    def ago(hours):
        return None if hours is None else make.now - timedelta(hours=hours)

    with make.at_one_go():
        for orders in people:
            customer = make.customer(brand=brand)
            for placed, cancelled, refunded in orders:
                make.purchase(
                    customer, placed_at=ago(placed), cancelled_at=ago(cancelled), refunded_at=ago(refunded)
                )
    return brand
