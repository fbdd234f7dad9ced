"""One decision for each purchase and touchpoint: when, or why not."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from surveys.customers.opting_out import object_to_asking
from surveys.database import db
from surveys.errors import Refusal
from surveys.invitations.judging import judge
from surveys.invitations.models import CarrierTime, Invitation
from surveys.invitations.planning import ask_now, plan_new, plan_verification
from surveys.invitations.states import Reason
from surveys.invitations.verdicts import Verdict
from surveys.work import SetAside

DAY = timedelta(days=1)


def invitations():
    return list(db.session.scalars(select(Invitation).order_by(Invitation.id)))


def planned(make, now, **values):
    """Return the one invitation planned for a purchase with these values."""
    make.touchpoint()
    purchase = make.purchase(**values)
    plan_new(now, 10)
    (invitation,) = invitations()
    assert invitation.purchase == purchase
    return invitation


def test_a_delivered_purchase_is_asked_about_seven_days_later(make, now):
    # Delivered on Monday 9 March 2026, 15:30 UTC = 16:30 in Berlin; seven days later in Berlin, still winter time.
    invitation = planned(make, now, delivered_at=datetime(2026, 3, 9, 15, 30, tzinfo=UTC))

    assert invitation.state == "planned"
    assert invitation.due_at == datetime(2026, 3, 16, 15, 30, tzinfo=UTC)
    assert invitation.purchase.considered_at == now
    assert invitation.version.survey.key == "nps"


def test_the_hours_are_those_of_the_customers_day(make, now):
    # 15:30 UTC is 00:30 in Tokyo (+9): the next opening there is 09:00 = 00:00 UTC.
    customer = make.customer(time_zone="Asia/Tokyo")
    invitation = planned(make, now, customer=customer, delivered_at=datetime(2026, 3, 9, 15, 30, tzinfo=UTC))

    assert invitation.due_at == datetime(2026, 3, 17, 0, 0, tzinfo=UTC)


def test_a_purchase_is_considered_once(make, now):
    make.touchpoint()
    make.purchase()

    assert plan_new(now, 10) == 1
    assert plan_new(now, 10) == 0
    assert len(invitations()) == 1


def test_no_more_than_the_limit_is_considered_at_once(make, now):
    make.touchpoint()
    for _ in range(3):
        make.purchase()

    assert [plan_new(now, 2), plan_new(now, 2), plan_new(now, 2)] == [2, 1, 0]


def test_each_touchpoint_that_is_on_decides_for_itself(make, now):
    make.touchpoint()
    make.touchpoint(name="Later", survey_key="csat", delay=timedelta(days=30))
    make.touchpoint(name="Off", survey_key="ces", is_on=False)
    make.purchase()
    plan_new(now, 10)

    assert [invitation.version.survey.key for invitation in invitations()] == ["nps", "csat"]


@pytest.mark.once
@pytest.mark.parametrize("event", ["cancelled", "refunded"])
def test_a_called_off_purchase_is_refused_with_its_reason(make, now, event):
    invitation = planned(make, now, **{f"{event}_at": now})

    assert (invitation.state, invitation.reason, invitation.due_at) == ("refused", event, None)


def test_importing_old_purchases_mails_nobody(make, now):
    # Delivered 10 days and one hour ago: due 73 hours ago.
    invitation = planned(make, now, delivered_at=now - timedelta(days=10, hours=1))

    assert (invitation.state, invitation.reason) == ("refused", "too_late")
    assert invitation.first_due_at == now - timedelta(hours=73)


def test_a_corrected_customer_is_asked_instead_in_their_language(make, now):
    invitation = planned(make, now, delivered_at=now)
    purchase = invitation.purchase
    purchase.customer, purchase.considered_at = make.customer("Pat Passive", locale="de"), None
    db.session.commit()

    plan_new(now, 10)

    assert (invitation.customer.name, invitation.locale) == ("Pat Passive", "de")


def test_the_due_time_follows_the_purchase_until_it_is_settled(make, now):
    invitation = planned(make, now, delivered_at=None, shipped_at=now)
    assert invitation.due_at == now + timedelta(days=4 + 7)

    invitation.purchase.delivered_at = now + timedelta(days=1)
    invitation.purchase.considered_at = None
    db.session.commit()
    plan_new(now, 10)
    assert invitation.due_at == now + timedelta(days=8)

    invitation.purchase.refunded_at = now
    invitation.purchase.considered_at = None
    db.session.commit()
    plan_new(now, 10)
    assert (invitation.state, invitation.reason) == ("refused", "refunded")


def test_a_settled_invitation_stays_as_it_is(make, now):
    sent = make.invitation()
    sent.purchase.cancelled_at = now
    db.session.commit()
    plan_new(now, 10)

    assert sent.state == "sent"
    assert sent.purchase.considered_at == now


def test_a_changed_purchase_whose_request_was_put_off_keeps_the_later_time(make, now):
    invitation = planned(make, now)
    invitation.due_at = put_off = invitation.first_due_at + timedelta(days=2)
    invitation.purchase.considered_at = None
    db.session.commit()
    plan_new(now, 10)

    assert invitation.due_at == put_off


@pytest.mark.once
def test_the_language_is_the_customers_else_the_brands(make, now):
    brand = make.brand(locale="de")
    make.touchpoint(brand=brand)
    for locale in ("en-GB", "de-AT", "fr", None):
        make.purchase(make.customer(brand=brand, locale=locale))
    plan_new(now, 10)

    assert [invitation.locale for invitation in invitations()] == ["en", "de", "de", "de"]


def test_a_purchase_that_cannot_be_considered_holds_up_nobody(make, now):
    make.touchpoint()
    broken, fine = make.purchase(), make.purchase()
    broken.placed_at = datetime(9999, 12, 31, 23, tzinfo=UTC)
    broken.delivered_at = None
    db.session.commit()

    assert plan_new(now, 10) == 1
    assert [invitation.purchase_id for invitation in invitations()] == [fine.id]
    assert db.session.scalars(select(SetAside.row_id)).all() == [broken.id]


def test_a_check_back_is_planned_without_a_touchpoint(make, now):
    make.survey("check-back")
    customer = make.customer(locale="de")
    invitation = plan_verification(customer, None, "de", now + timedelta(days=1), now)
    db.session.commit()

    assert (invitation.purpose, invitation.touchpoint, invitation.state) == ("verification", None, "planned")
    assert (invitation.locale, invitation.due_at) == ("de", now + timedelta(days=1))


def test_a_check_back_to_somebody_who_objected_is_refused_at_once(make, now):
    make.survey("check-back")
    customer = make.customer()
    object_to_asking(customer, "page", now)
    nowhere = make.customer(email=None, reference="C-1")

    assert plan_verification(customer, None, "en", now, now).reason == "objected"
    assert plan_verification(nowhere, None, "en", now, now).reason == "no_address"


def test_ask_now_skips_delay_and_hours(make, now):
    midnight = now + timedelta(hours=13)
    invitation = planned(make, now, delivered_at=now)
    ask_now(invitation.purchase, midnight)
    db.session.commit()

    assert (invitation.due_at, invitation.skip_window) == (midnight, True)


def test_ask_now_does_not_wait_for_the_planning(make, now):
    make.touchpoint()
    purchase = make.purchase(delivered_at=now)
    asked = ask_now(purchase, now)
    db.session.commit()
    plan_new(now + timedelta(minutes=1), 10)

    assert invitations() == [asked]
    assert asked.due_at == now


def test_ask_now_never_skips_permission(make, now):
    make.touchpoint()
    purchase = make.purchase(make.customer(basis="none"))

    with pytest.raises(Refusal, match="no permission"):
        ask_now(purchase, now)


def test_ask_now_never_skips_the_rest_period(make, now):
    customer = make.customer()
    make.invitation(make.purchase(customer), sent_at=now - timedelta(days=29))

    with pytest.raises(Refusal, match="rest period"):
        ask_now(make.purchase(customer), now)


def test_ask_now_says_why_there_is_nothing_left_to_ask(make, now):
    lonely = make.purchase()
    with pytest.raises(Refusal, match="no touchpoint"):
        ask_now(lonely, now)

    with pytest.raises(Refusal, match="Nobody is asked twice"):
        ask_now(make.invitation().purchase, now)

    with pytest.raises(Refusal, match="cancelled"):
        ask_now(make.purchase(cancelled_at=now), now)


@pytest.mark.once
@pytest.mark.parametrize("trigger", ["placed", "shipped", "returned", "refunded"])
def test_each_event_can_be_what_a_touchpoint_waits_for(make, now, trigger):
    make.touchpoint(trigger=trigger, delay=timedelta(hours=30), delay_unit="hours")
    purchase = make.purchase(**{"placed_at": now - timedelta(hours=1), f"{trigger}_at": now})
    plan_new(now, 10)
    (invitation,) = invitations()

    assert (invitation.purchase, invitation.due_at) == (purchase, now + timedelta(hours=30))
    assert invitation.facts == {"clock": trigger}


def test_before_its_event_a_touchpoint_decides_nothing_and_after_it_was_taken_back_it_refuses(make, now):
    make.touchpoint(trigger="returned")
    purchase = make.purchase()
    plan_new(now, 10)
    assert invitations() == []

    for returned_at in (now, None):
        purchase.returned_at, purchase.considered_at = returned_at, None
        db.session.commit()
        plan_new(now, 10)
    (invitation,) = invitations()
    assert (invitation.state, invitation.reason) == ("refused", "not_happened")


def test_without_a_delivery_the_carriers_own_time_counts_where_it_is_known(make, now):
    customer = make.customer(country="DE")
    learned = {"span": timedelta(days=2), "parcels": 142, "learned_at": now}
    make.keep(CarrierTime(brand=customer.brand, carrier="DHL", country="DE", **learned))
    make.touchpoint()
    for carrier in ("DHL", "GLS"):
        make.purchase(customer, carrier=carrier, shipped_at=now, delivered_at=None)
    plan_new(now, 10)
    known, unknown = invitations()

    assert known.due_at == now + timedelta(days=2 + 7)
    assert known.facts == {"clock": "carrier", "days": 2.0, "parcels": 142}
    assert unknown.due_at == now + timedelta(days=4 + 7)
    assert unknown.facts == {"clock": "shipped_margin", "days": 4.0}


@pytest.mark.once
@pytest.mark.thorough
def test_a_part_of_the_purchases_is_drawn_and_everyone_keeps_the_probability(make, now):
    customer = make.customer()
    make.touchpoint(share=25)
    with make.at_one_go():
        for _ in range(40):
            make.purchase(customer, delivered_at=now)
    plan_new(now, 40)
    drawn = [each for each in invitations() if each.state == "planned"]

    # Binomial(40, 0.25): fewer than 1 or more than 24 happen once in 100,000.
    assert 1 <= len(drawn) <= 24
    assert {each.share for each in invitations()} == {0.25}
    assert {each.reason for each in invitations()} == {None, "not_drawn"}


def test_ask_now_asks_who_was_not_drawn_yet_but_never_about_what_has_not_happened(make, now):
    make.touchpoint(trigger="returned")
    with pytest.raises(Refusal, match="no touchpoint"):
        ask_now(make.purchase(), now)


def test_only_a_customers_latest_order_waits_for_them_to_stay_away(make, now):
    make.touchpoint(trigger="lapsed", delay=90 * DAY)
    customer, address = make.customer("Pat", email="pat@example.test"), {"email": "pat@example.test"}
    again = make.customer("Pat", reference="C-2", **address)
    first = make.purchase(customer, placed_at=now - 40 * DAY)
    make.purchase(customer, placed_at=now - 10 * DAY)
    off = make.purchase(again, placed_at=now, cancelled_at=now)
    plan_new(now, 10)
    by_order = {row.purchase: row for row in invitations()}
    reasons = [row.reason for row in by_order.values()]

    assert reasons == ["bought_again", None, "cancelled"]
    assert by_order[off].facts == {"clock": "placed"}
    latest = by_order.keys() - {first, off}
    assert [by_order[each].first_due_at for each in latest] == [now + 80 * DAY - timedelta(hours=1)]
    make.purchase(again, placed_at=now)
    (due,) = [row for row in by_order.values() if row.state == "planned"]
    assert judge(due, due.due_at) == Verdict(Reason.BOUGHT_AGAIN)


def test_an_imported_past_asks_nobody_why_they_stayed_away(make, now):
    make.touchpoint(trigger="lapsed", delay=90 * DAY, latest=14 * DAY)
    # Fourteen days and an hour after it was due, and an hour less than fourteen days.
    for hours in (1, -1):
        make.purchase(placed_at=now - 104 * DAY - timedelta(hours=hours))
    plan_new(now, 10)

    assert [row.reason for row in invitations()] == ["too_late", None]
