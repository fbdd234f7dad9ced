from surveys.customers.models import OrderEvent
from surveys.shops.replaying import replay


def test_an_event_read_again_is_as_if_it_had_just_come(make, now):
    event = OrderEvent(
        brand=make.brand(),
        source="generic",
        body=b"{}",
        body_hash="x",
        received_at=now,
        read_at=now,
        problem="No.",
        outcome="unused",
    )
    make.keep(event)
    assert replay([event]) == 1
    assert (event.read_at, event.problem, event.outcome) == (None, None, None)


def test_an_event_whose_text_was_removed_is_left_alone(make, now):
    gone = OrderEvent(
        brand=make.brand(), source="shopify", body=b"", body_hash="y", received_at=now, read_at=now
    )
    make.keep(gone)
    assert (replay([gone]), gone.read_at) == (0, now)
