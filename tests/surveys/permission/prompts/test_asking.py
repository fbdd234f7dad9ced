"""Fresh opt-ins are asked for their confirmation by itself, once, and nobody else is."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from surveys.customers.opting_out import object_to_asking
from surveys.customers.queries import permission_history
from surveys.customers.recording import record_customer, record_purchase
from surveys.customers.records import CustomerRecord, Permission, PurchaseRecord
from surveys.database import db
from surveys.permission.confirming import confirm
from surveys.permission.models import ConsentRequest
from surveys.permission.prompts import asking
from surveys.permission.prompts.asking import ask_fresh, why_not_by_itself
from surveys.permission.prompts.queries import FRESH, backlog, confirmations
from surveys.permission.queries import last_request
from surveys.permission.requesting import LIVES, request_consent
from surveys.permission.sending import send_due
from surveys.permission.suppressing import release, suppress
from tests.factories import NOON

DAY = timedelta(days=1)
PAT = CustomerRecord(email="pat@example.test", locale="de", country="DE", permission=Permission("opt_in"))
ORDER = PurchaseRecord(reference="A-1", customer=PAT, placed_at=NOON - timedelta(hours=1))


@pytest.fixture
def shop(make):
    """A shop in Germany that wants fresh opt-ins asked for their confirmation."""
    return make.brand("shop", name="My Shop", default_basis="none", asks_to_confirm=True)


@pytest.fixture
def tell(shop):
    """Return what brings an order in and gives its customer: tell(ORDER, source="api")."""

    def one(record=ORDER, now=NOON, source="api"):
        purchase, _ = record_purchase(shop, record, now, source)
        db.session.commit()
        return purchase.customer

    return one


def told(**values):
    """Return Pat's order with another permission, or other values of hers."""
    return replace(ORDER, customer=replace(PAT, **values))


def requests():
    return db.session.scalar(select(func.count()).select_from(ConsentRequest))


def test_an_order_with_an_opt_in_leads_to_one_mail_and_its_confirmation(tell, now, channels, kept, post):
    pat = tell()
    assert backlog(now) == 1
    assert ask_fresh(now, 100) == 1
    assert send_due(now, 20, channels, post) == 1

    assert [mail.to_email for mail in kept.messages] == ["pat@example.test"]
    line = permission_history(pat)[-1]
    assert (line.kind, line.source, line.actor) == ("requested", "loop", None)
    assert confirm(last_request(pat), now + DAY)
    assert (ask_fresh(now + DAY, 100), backlog(now + DAY)) == (0, 0)


def test_a_request_nobody_answered_is_not_repeated(shop, make, tell, now, channels, post):
    pat = tell()
    ask_fresh(now, 100)
    send_due(now, 20, channels, post)
    later = now + LIVES + DAY
    tell(replace(ORDER, reference="A-2", placed_at=later), later)
    tell(told(permission=Permission("none")), later)
    tell(told(permission=Permission("opt_in", later)), later)

    assert (ask_fresh(later, 100), requests()) == (0, 1)
    assert why_not_by_itself(pat, later) == asking.ASKED_BEFORE
    twin = make.customer(
        "Pat", brand=shop, reference="C-2", email="pat@example.test", basis="opt_in", basis_at=later
    )
    make.purchase(twin, reference="A-3", placed_at=later)
    assert (ask_fresh(later, 100), requests()) == (0, 1)


@pytest.mark.once
def test_one_customer_cannot_be_asked_twice_by_itself(tell, now):
    pat = tell()
    ask_fresh(now, 100)
    db.session.add(ConsentRequest(**columns_of(last_request(pat))))
    with pytest.raises(IntegrityError):
        db.session.flush()


def columns_of(row):
    """Return the values of a request as a second one would have them."""
    wanted = ("customer_id", "email", "locale", "text", "requested_at", "expires_at", "by_itself")
    return {name: getattr(row, name) for name in wanted}


def test_who_was_asked_by_hand_is_not_asked_by_itself(tell, now):
    pat = tell()
    request_consent(pat, None, now)
    db.session.commit()
    assert (ask_fresh(now, 100), requests()) == (0, 1)


@pytest.mark.once
@pytest.mark.parametrize(
    ("record", "source", "reason"),
    [
        (ORDER, "hook", None),
        (told(permission=Permission("opt_in", NOON - FRESH + DAY)), "import", None),
        (told(country=None), "api", None),  # nobody told where: the shop's own country is strict
        (replace(told(country=None), ship_country="AT"), "api", None),
        (replace(told(country=None), ship_country="FR"), "api", asking.NO_ORDER),
        (told(country=None, time_zone="Europe/Paris"), "api", asking.NO_ORDER),
        (told(country=None, time_zone="Etc/UTC"), "api", None),
        (told(country="FR"), "api", asking.NO_ORDER),
        (ORDER, "import", asking.NOT_FRESH),
        (told(permission=Permission("opt_in", NOON - FRESH)), "api", asking.NOT_FRESH),
        (replace(ORDER, placed_at=NOON - FRESH), "api", asking.NO_ORDER),
        (replace(ORDER, cancelled_at=NOON), "api", asking.NO_ORDER),
        (told(permission=Permission("existing_customer")), "api", "There is no opt-in to confirm"),
        (told(permission=None), "api", "There is no opt-in to confirm"),
        (
            told(permission=Permission("opt_in", NOON, None, NOON)),
            "api",
            "The customer has confirmed already.",
        ),
        (told(email=None, reference="C-1"), "api", "The customer has no e-mail address."),
    ],
)
def test_only_a_fresh_opt_in_of_ones_own_is_asked_about(tell, now, record, source, reason):
    customer = tell(record, source=source)
    said = why_not_by_itself(customer, now)

    assert (said is None) if reason is None else said.startswith(reason)
    assert ask_fresh(now, 100) == backlog(now) + requests() == (reason is None)


def test_an_opt_in_told_without_day_or_order_may_be_of_any_age(shop, tell, now):
    record_customer(shop, PAT, now)
    db.session.commit()
    pat = tell(now=now + DAY)
    assert why_not_by_itself(pat, now + DAY) == asking.NOT_FRESH
    assert ask_fresh(now + DAY, 100) == 0

    tell(told(permission=Permission("opt_in", now + DAY)), now + DAY)
    assert ask_fresh(now + DAY, 100) == 1


def test_a_declared_opt_in_is_nobodys_own(shop, make, tell, now):
    make.declaration(shop, basis="opt_in")
    tell(replace(ORDER, customer=CustomerRecord(email="pat@example.test", country="DE")))
    assert (ask_fresh(now, 100), confirmations(shop, now)) == (0, (0, 0, 0))


def test_who_objected_or_is_on_the_list_is_not_written_to(shop, make, tell, now, channels, kept, post):
    object_to_asking(tell(), "page", now)
    entry, _ = suppress("olga@example.test", "manual", now)
    olga = tell(replace(told(email="olga@example.test"), reference="A-2"))
    ask_fresh(now, 100)
    send_due(now, 20, channels, post)

    assert (kept.messages, backlog(now)) == ([], 0)
    assert [line.kind for line in permission_history(olga)] == ["told"]
    release(entry, "olga@example.test", make.staff("Ben", "owner"), now)
    db.session.commit()
    assert ask_fresh(now, 100) == 0  # That was her one time; somebody of the team may still ask.


def test_switched_off_nobody_is_asked_and_switched_on_those_who_wait_are(
    shop, tell, now, channels, kept, post
):
    shop.asks_to_confirm = False
    pat = tell()
    assert (ask_fresh(now, 100), confirmations(shop, now)) == (0, (1, 0, 0))
    assert why_not_by_itself(pat, now) == asking.OFF

    shop.asks_to_confirm = True
    db.session.commit()
    assert ask_fresh(now + DAY, 100) == 1
    assert confirmations(shop, now + DAY) == (0, 0, 1)
    shop.asks_to_confirm = False
    db.session.commit()
    send_due(now + DAY, 20, channels, post)
    assert (kept.messages, last_request(pat).state) == ([], "refused")


@pytest.mark.once
def test_a_mail_that_was_held_until_the_opt_in_is_old_does_not_leave(tell, now, channels, kept, post):
    pat = tell()
    ask_fresh(now, 100)
    send_due(now + FRESH, 20, channels, post)
    assert (kept.messages, last_request(pat).state) == ([], "refused")


def test_a_country_that_becomes_strict_has_fresh_opt_ins_asked_and_counts_the_others_as_late(shop, tell, now):
    tell(told(country="FR"))
    tell(
        replace(
            told(country="FR", email="old@example.test", permission=Permission("opt_in", NOON - FRESH)),
            reference="A-2",
        )
    )
    assert confirmations(shop, now) == (0, 0, 0)
    shop.strict_countries = ["DE", "FR"]
    db.session.commit()

    assert confirmations(shop, now) == (1, 1, 0)
    assert (ask_fresh(now, 100), ask_fresh(now, 100)) == (1, 0)
    shop.strict_countries = []
    db.session.commit()
    assert confirmations(shop, now)[:2] == (0, 0)


def test_a_merged_duplicate_is_not_asked(shop, make, tell, now):
    pat = tell()
    pat.merged_into = make.customer("Pat", brand=shop)
    db.session.commit()
    assert ask_fresh(now, 100) == 0


@pytest.mark.once
def test_no_more_are_asked_at_once_than_wanted(tell, now):
    for number in range(3):
        tell(replace(told(email=f"pat{number}@example.test"), reference=f"A-{number}"))
    assert [ask_fresh(now, 2), ask_fresh(now, 2), ask_fresh(now, 2)] == [2, 1, 0]
