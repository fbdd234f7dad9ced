from datetime import timedelta

from sqlalchemy import func, select

from surveys.channels.registry import Channels
from surveys.customers.queries import permission_history
from surveys.database import db
from surveys.errors import DeliveryFailed
from surveys.invitations import sending
from surveys.permission.bouncing import Fate, record_bounce, record_complaint
from surveys.permission.models import Bounce
from surveys.permission.queries import is_objected, suppression_of
from surveys.permission.suppressing import release
from tests.doubles import BrokenMail


def came_back(status, said="", key=None):
    return Fate("pat@example.test", status, said, "mail", key)


def test_a_mailbox_that_does_not_exist_stops_mail_at_once(make, now):
    pat = make.customer("Pat", email="pat@example.test")
    bounce, entry = record_bounce(came_back("5.1.1", "550 5.1.1 unknown"), now)

    assert (bounce.kind, bounce.code, entry.reason, entry.code) == ("hard", "5.1.1", "bounce", "5.1.1")
    assert [line.kind for line in permission_history(pat)] == ["bounced", "suppressed"]


def test_other_failures_stop_mail_at_the_third_and_passing_ones_never(make, now):
    for _ in range(9):
        assert record_bounce(came_back("4.2.2"), now)[1] is None
    assert record_bounce(came_back("5.7.1"), now)[1] is None
    assert record_bounce(came_back("5.2.2"), now)[1] is None
    assert record_bounce(came_back("5.7.1"), now)[1] is not None


def test_the_same_report_twice_counts_once(make, now):
    for _ in range(5):
        record_bounce(came_back("5.7.1", key="a" * 64), now)
    assert db.session.scalar(select(func.count()).select_from(Bounce)) == 1
    assert suppression_of("pat@example.test", None) is None


def test_after_a_release_counting_begins_anew(make, now):
    olga = make.staff("Olga", "owner")
    for _ in range(3):
        _, entry = record_bounce(came_back("5.7.1"), now)
    release(entry, "pat@example.test", olga, now)

    assert record_bounce(came_back("5.7.1"), now + timedelta(days=1))[1] is None


def test_a_complaint_is_an_objection_too(make, now):
    pat = make.customer("Pat", email="pat@example.test")
    _, entry = record_complaint(came_back(None), now)

    assert entry.reason == "complaint" and is_objected(pat)
    assert [line.kind for line in permission_history(pat)] == ["complained", "suppressed", "objected"]


def test_an_address_refused_by_the_mail_server_is_noted_and_a_refused_sender_is_not(make, now, post):
    for name, failure, noted in (
        ("Pat", DeliveryFailed("550 5.1.1 unknown", permanent=True, recipient=True), True),
        ("Ben", DeliveryFailed("550 5.1.1 unknown sender", permanent=True), False),
    ):
        customer = make.customer(name)
        make.invitation(make.purchase(customer), "planned", first_due_at=now)
        broken = BrokenMail(failure)
        sending.send_due(now, 1, Channels(mail=broken, kept=broken), post)
        assert (suppression_of(customer.email, None) is not None) is noted
