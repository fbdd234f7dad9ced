"""Customers with pasts of all kinds, for what must hold of every past."""

from datetime import timedelta

from hypothesis import strategies as st

# Around the limits of a shop whose customers are active for two days and lapsed after five.
HOURS = st.integers(-2, 6).map(lambda days: days * 24) | st.integers(-30, 150)
ORDERS = st.tuples(HOURS, st.none() | HOURS, st.none() | HOURS)
ANSWERS = st.tuples(
    HOURS, st.sampled_from(["nps", "csat", "ces"]), st.none() | st.integers(1, 5), st.booleans()
)


def lives():
    """Return customers with orders (hours ago: placed, cancelled, refunded) and answers (hours ago, survey, score)."""
    return st.lists(st.tuples(st.lists(ORDERS, max_size=3), st.lists(ANSWERS, max_size=3)), max_size=5)


def lived(make, people):
    """Let a shop of its own have these customers; return its brand."""
    key = f"shop-{next(make.count)}"
    brand = make.brand(key, name=key, active_days=2, lapsed_days=5)

    def ago(hours):
        return None if hours is None else make.now - timedelta(hours=hours)

    with make.at_one_go():
        for orders, answers in people:
            customer = make.customer(brand=brand)
            for placed, cancelled, refunded in orders:
                off = {"cancelled_at": ago(cancelled), "refunded_at": ago(refunded)}
                make.purchase(customer, placed_at=ago(placed), **off)
            for hours, survey, score, is_partial in answers:
                submitted = None if is_partial else ago(hours)
                said = {"survey_key": survey, "is_partial": is_partial, "submitted_at": submitted}
                make.response(score, customer=customer, **said)
    return brand
