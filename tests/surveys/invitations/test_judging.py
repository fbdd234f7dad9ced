"""May we ask now? The order of reasons, the rest period, the hours of the day."""

from datetime import timedelta

import pytest

from surveys.customers.holding import hold
from surveys.customers.models import Objection
from surveys.database import db
from surveys.invitations.judging import Verdict, judge
from surveys.invitations.planning import plan_verification
from surveys.invitations.states import Reason
from surveys.segments.models import Segment
from surveys.work import LEASE

DAY = timedelta(days=1)


@pytest.fixture
def due(make):
    """Return a maker of a planned invitation that is due now."""

    def make_due(customer=None, **values):
        purchase = make.purchase(customer, **values.pop("purchase", {}))
        values.setdefault("first_due_at", make.now)
        return make.invitation(purchase, "planned", **values)

    return make_due


def test_somebody_who_may_be_asked_is_asked(due, now):
    assert judge(due(), now) == Verdict()


@pytest.mark.once
@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"objected_at": "now"}, Reason.OBJECTED),
        ({"basis": "none"}, Reason.NO_PERMISSION),
        ({"email": None, "reference": "C-1"}, Reason.NO_ADDRESS),
    ],
)
def test_customers_who_must_not_be_asked(make, due, now, values, reason):
    values = {name: now if value == "now" else value for name, value in values.items()}

    assert judge(due(make.customer(**values)), now) == Verdict(reason)


@pytest.mark.once
def test_the_brands_basis_holds_when_the_customer_has_none(make, due, now):
    brand = make.brand("strict", name="Strict Shop", default_basis="none")
    assert judge(due(make.customer(brand=brand)), now) == Verdict(Reason.NO_PERMISSION)
    agreed = make.customer(brand=brand, basis="opt_in", basis_confirmed_at=now)
    assert judge(due(agreed), now) == Verdict()


@pytest.mark.once
@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"basis": "existing_customer"}, Reason.NO_EVIDENCE),
        ({"basis": "existing_customer", "basis_evidence": "The notice of our checkout."}, None),
        ({"basis": "opt_in"}, Reason.NOT_CONFIRMED),
        ({"basis": "opt_in", "basis_confirmed_at": "now"}, None),
        ({"basis": "existing_customer", "country": "FR"}, None),
        ({"basis": "opt_in", "country": "FR"}, None),
    ],
)
def test_strict_countries_want_proof(make, due, now, values, reason):
    brand = make.brand("strict", name="Strict Shop", default_basis="none")
    values = {name: now if value == "now" else value for name, value in values.items()}

    assert judge(due(make.customer(brand=brand, **values)), now).reason == reason


def test_an_objection_of_the_address_beats_a_later_import(make, due, now):
    brand = make.brand()
    make.keep(Objection(brand_id=brand.id, email="pat@example.test", objected_at=now, source="page"))

    assert (
        judge(due(make.customer("Pat", email="pat@example.test", basis="opt_in")), now).reason == "objected"
    )


def test_an_order_called_off_is_not_asked_about(due, now):
    assert judge(due(purchase={"cancelled_at": now}), now).reason == Reason.CANCELLED
    assert judge(due(purchase={"refunded_at": now}), now).reason == Reason.REFUNDED


def test_a_touchpoint_that_was_switched_off_asks_nobody(make, due, now):
    touchpoint = make.touchpoint(is_on=False)

    assert judge(due(touchpoint=touchpoint), now).reason == Reason.TOUCHPOINT_OFF


@pytest.mark.parametrize("end", [{"closes_at": "now"}, {"archived_at": "now"}])
def test_a_survey_that_is_over_is_not_asked_any_more(make, due, now, end):
    touchpoint = make.touchpoint()
    for name in end:
        setattr(touchpoint.survey, name, now)

    assert judge(due(touchpoint=touchpoint), now).reason == Reason.SURVEY_CLOSED


def test_more_than_72_hours_late_is_too_late(due, now):
    invitation = due()

    assert judge(invitation, now + timedelta(hours=72)).reason is None
    assert judge(invitation, now + timedelta(hours=72, seconds=1)).reason == Reason.TOO_LATE


def test_lateness_counts_from_the_first_due_time_and_not_from_putting_off(due, now):
    invitation = due(first_due_at=now - timedelta(hours=73), due_at=now)

    assert judge(invitation, now).reason == Reason.TOO_LATE


def test_the_rest_period_puts_off_while_there_is_time(make, due, now):
    customer = make.customer()
    make.invitation(make.purchase(customer), sent_at=now - 28 * DAY)

    assert judge(due(customer), now) == Verdict(later=now + 2 * DAY, because=Reason.REST_PERIOD)


def test_the_rest_period_refuses_when_it_ends_too_late(make, due, now):
    customer = make.customer()
    make.invitation(make.purchase(customer), sent_at=now - 26 * DAY)

    assert judge(due(customer), now) == Verdict(Reason.REST_PERIOD)


@pytest.mark.once
def test_the_rest_period_ends_within_the_hours_of_the_day(make, due, now):
    customer = make.customer()
    # Ends in one day and ten hours, at 22:00 in Berlin: the next opening is 09:00 = 08:00 UTC.
    make.invitation(make.purchase(customer), sent_at=now - 28 * DAY - timedelta(hours=14))

    assert judge(due(customer), now).later == (now + 2 * DAY).replace(hour=8)


def test_the_rest_period_counts_over_all_surveys_and_customers_of_one_address(make, due, now):
    one = make.customer("Pat", email="pat@example.test", reference="C-1")
    other = make.customer("Pat", email="pat@example.test", reference="C-2")
    csat = make.touchpoint(name="Other", survey_key="csat")
    make.invitation(make.purchase(one), touchpoint=csat, sent_at=now - DAY)

    assert judge(due(other), now).reason == Reason.REST_PERIOD


def test_an_uncertain_mail_counts_as_sent(make, due, now):
    customer = make.customer()
    make.invitation(make.purchase(customer), "uncertain", sent_at=now - DAY)

    assert judge(due(customer), now).reason == Reason.REST_PERIOD


def test_a_mail_on_its_way_makes_the_next_one_wait(make, due, now):
    customer = make.customer()
    busy = make.invitation(make.purchase(customer), "planned", first_due_at=now)
    busy.begun_at, busy.claimed_until, busy.claim_key = now, now + LEASE, "somebody"
    db.session.commit()

    assert judge(due(customer), now) == Verdict(later=now + timedelta(minutes=1), because="busy")


@pytest.mark.once
def test_at_night_the_next_morning_is_the_time(due, now):
    # 22:00 in Berlin, then 09:00 = 08:00 UTC.
    night = now + timedelta(hours=10)

    assert judge(due(), night) == Verdict(later=(now + DAY).replace(hour=8), because="hours")
    assert judge(due(skip_window=True), night) == Verdict()


def test_a_check_back_waits_for_nothing_but_an_objection(make, now):
    make.survey("check-back")
    customer = make.customer(basis="none")
    make.invitation(make.purchase(customer), sent_at=now - DAY)
    invitation = plan_verification(customer, None, "en", now, now)
    later = now + 5 * DAY + timedelta(hours=13)

    assert judge(invitation, later) == Verdict()
    customer.objected_at = now
    assert judge(invitation, later) == Verdict(Reason.OBJECTED)


def test_check_backs_do_not_count_for_the_rest_period(make, due, now):
    make.survey("check-back")
    customer = make.customer()
    check_back = plan_verification(customer, None, "en", now, now)
    check_back.state, check_back.sent_at, check_back.due_at = "sent", now, None
    db.session.commit()

    assert judge(due(customer), now) == Verdict()


def test_an_open_return_puts_off_until_it_is_settled_or_too_late(due, now):
    invitation = due(purchase={"returned_at": now - DAY})

    assert judge(invitation, now) == Verdict(later=now + timedelta(hours=6), because=Reason.OPEN_RETURN)
    # 67 hours after it was due, six hours more are too many.
    assert judge(invitation, now + timedelta(hours=67)) == Verdict(Reason.OPEN_RETURN)
    invitation.purchase.refunded_at = now
    assert judge(invitation, now) == Verdict(Reason.REFUNDED)


def test_a_touchpoint_about_returns_asks_about_them(make, due, now):
    about = make.touchpoint(name="Return", trigger="refunded", survey_key="ces")
    settled = {"returned_at": now - DAY, "refunded_at": now, "cancelled_at": now}

    assert judge(due(touchpoint=about, purchase=settled), now) == Verdict()


def test_a_problem_somebody_looks_after_puts_off_for_every_customer_of_the_address(make, due, now):
    one = make.customer("Pat", email="pat@example.test", reference="C-1")
    other = make.customer("Pat", email="pat@example.test", reference="C-2")
    hold(one, "open_task", "task:1", now)
    db.session.commit()

    assert judge(due(other), now) == Verdict(later=now + timedelta(hours=6), because=Reason.OPEN_TASK)


def test_conditions_are_judged_when_it_is_due_and_say_what_was_found(make, due, now):
    abroad = [{"field": "country", "op": "one_of", "value": ["AT", "CH"]}]
    invitation = due(make.customer(country="DE"), touchpoint=make.touchpoint(conditions=abroad))

    assert judge(invitation, now) == Verdict(Reason.CONDITIONS)
    assert invitation.facts == {"condition": abroad[0], "found": ["DE"]}
    invitation.purchase.ship_country = "AT"
    assert judge(invitation, now) == Verdict()


def test_only_first_orders_of_a_segment(make, due, now):
    customer = make.customer()
    segment = make.keep(
        Segment(
            brand=customer.brand,
            name="New",
            conditions=[{"field": "orders", "op": "at_most", "value": ["1"]}],
            created_at=now,
            changed_at=now,
        )
    )
    newcomers = make.touchpoint(
        conditions=[{"field": "segment", "op": "one_of", "value": [segment.public_id]}]
    )
    first = due(customer, touchpoint=newcomers, purchase={"placed_at": now - 20 * DAY})
    second = due(customer, touchpoint=newcomers)

    assert judge(first, now) == Verdict()
    assert judge(second, now) == Verdict(Reason.CONDITIONS)


@pytest.mark.once
def test_after_an_answer_and_after_the_fourth_question_of_a_year_there_is_rest(make, due, now):
    touchpoint = make.touchpoint(answer_rest_days=60, yearly=2, latest=400 * DAY, rest=timedelta(0))
    answered, asked = make.customer(), make.customer("Pat")
    make.invitation(make.purchase(answered), sent_at=now - 59 * DAY, answered_at=now - 58 * DAY)
    for days in (364, 40):
        make.invitation(make.purchase(asked), sent_at=now - days * DAY)

    assert judge(due(answered, touchpoint=touchpoint), now) == Verdict(
        later=now + 2 * DAY, because=Reason.ANSWERED_LATELY
    )
    assert judge(due(asked, touchpoint=touchpoint), now) == Verdict(
        later=now + DAY, because=Reason.YEARLY_LIMIT
    )


@pytest.mark.once
def test_a_pause_puts_off_or_refuses_whoever_shares_the_address_and_never_a_check_back(make, due, now):
    paused = make.customer(email="pat@example.test", paused_until=now + 2 * DAY)
    same = make.customer("Paula", email="pat@example.test", reference="C-2")
    patient = make.touchpoint(latest=10 * DAY)

    assert judge(due(paused, touchpoint=patient), now) == Verdict(later=now + 2 * DAY, because=Reason.PAUSED)
    assert judge(due(same, touchpoint=patient), now).because == Reason.PAUSED
    same_but_hasty = due(same, touchpoint=make.touchpoint(name="Hasty", latest=DAY))
    assert judge(same_but_hasty, now) == Verdict(Reason.PAUSED)
    assert judge(due(paused, touchpoint=patient), now + 2 * DAY) == Verdict()
    make.survey()
    check_back = plan_verification(paused, None, "en", now, now)
    assert judge(check_back, now) == Verdict()


def test_the_stage_is_that_of_the_moment_at_which_the_question_is_due(make, due, now):
    at_risk = [{"field": "stage", "op": "one_of", "value": ["at_risk"]}]
    touchpoint = make.touchpoint(conditions=at_risk, latest=400 * DAY)
    invitation = due(touchpoint=touchpoint, purchase={"placed_at": now})

    assert judge(invitation, now + 90 * DAY) == Verdict(Reason.CONDITIONS)
    assert invitation.facts == {"condition": at_risk[0], "found": ["new"]}
    assert judge(invitation, now + 91 * DAY) == Verdict()
    assert judge(invitation, now + 181 * DAY).reason == Reason.CONDITIONS


@pytest.mark.once
def test_the_last_answer_is_that_of_the_moment_at_which_the_question_is_due(make, due, now):
    happy = [{"field": "last_nps", "op": "one_of", "value": ["promoter", "never"]}]
    customer, touchpoint = make.customer(), make.touchpoint(conditions=happy)
    invitation = due(customer, touchpoint=touchpoint)
    assert judge(invitation, now) == Verdict()
    make.response(3, customer=customer, submitted_at=now - DAY)

    assert judge(invitation, now) == Verdict(Reason.CONDITIONS)
    assert invitation.facts == {"condition": happy[0], "found": ["detractor"]}
    make.response(9, customer=customer, submitted_at=now)
    assert judge(invitation, now) == Verdict()


def test_a_touchpoint_that_is_tested_asks_only_who_works_here(make, due, now):
    make.staff(email="olga@shop.test")
    make.staff(email="gone@shop.test", is_active=False)
    touchpoint = make.touchpoint(only_team=True)

    def verdict(email):
        return judge(due(make.customer(email=email), touchpoint=touchpoint), now)

    assert verdict("olga@shop.test") == Verdict()
    assert verdict("olga+second@shop.test") == Verdict()
    for outsider in ("dora@example.test", "gone@shop.test", "olga@example.test", "ol+ga@shop.test"):
        assert verdict(outsider) == Verdict(Reason.ONLY_TEAM)
    stranger = due(make.customer(), touchpoint=touchpoint)
    touchpoint.only_team = False
    assert judge(stranger, now) == Verdict()
