"""Each customer gets one turn in each round, whoever plans and however often."""

import contextvars
import threading
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from feedback.overview.merging import merge
from surveys.customers.opting_out import object_to_asking
from surveys.database import db
from surveys.invitations.models import AskingRound, Invitation
from surveys.invitations.rounds import planning
from surveys.invitations.rounds.planning import plan_rounds
from surveys.invitations.rounds.starting import start
from surveys.invitations.sending import send_due
from surveys.permission.suppressing import suppress
from surveys.segments.conditions import Condition
from surveys.segments.editing import save_segment
from surveys.work import SetAside
from tests.surveys.invitations.rounds.conftest import turns

DAY = timedelta(days=1)


def test_everybody_gets_one_turn_within_the_round(old, rolling, now):
    rolling()
    customers = [old() for _ in range(5)]

    assert plan_rounds(now, 10) == 5
    assert [turn.customer for turn in turns()] == customers
    assert {turn.state for turn in turns()} == {"planned"}
    assert all(now < turn.due_at == turn.first_due_at < now + 31 * DAY for turn in turns())
    assert all(turn.purchase is None and turn.facts == {"clock": "rolling", "round": 1} for turn in turns())


@pytest.mark.once
def test_planning_again_gives_no_second_turn(old, rolling, now):
    rolling()
    for _ in range(3):
        old()

    assert [plan_rounds(now, 2) for _ in range(4)] == [2, 1, 0, 0]
    db.session.scalars(select(AskingRound)).one().passed_id = 0  # as if the mark had been lost
    db.session.commit()
    plan_rounds(now, 10)
    assert len(turns()) == 3


def test_the_next_round_begins_where_the_last_one_ends_and_keeps_everybodys_place(old, rolling, now):
    rolling()
    for _ in range(4):
        old()
    plan_rounds(now, 10)
    plan_rounds(now + 31 * DAY, 10)
    first, second = turns()[:4], turns()[4:]

    assert [turn.round.number for turn in second] == [2] * 4
    assert second[0].round.starts_at == now + 30 * DAY
    for before, after in zip(first, second, strict=True):
        assert before.customer_id == after.customer_id
        assert timedelta(days=28) < after.first_due_at - before.first_due_at < timedelta(days=32)


def test_after_a_long_break_a_round_begins_anew(old, rolling, now):
    rolling()
    old()
    plan_rounds(now, 10)
    later = now + 200 * DAY
    plan_rounds(later, 10)

    assert [turn.round.starts_at for turn in turns()] == [now, later]


@pytest.mark.once
def test_whoever_joins_in_mid_round_has_a_turn_if_their_place_is_still_to_come(make, old, rolling, now):
    rolling()
    old()
    plan_rounds(now, 10)
    middle = now + 15 * DAY
    for _ in range(12):
        old().created_at = middle
    db.session.commit()

    assert plan_rounds(middle + timedelta(minutes=1), 50) == 0  # Older ones might still appear.
    assert plan_rounds(middle + timedelta(minutes=11), 50) == 12
    joined = turns()[1:]
    assert 0 < len(joined) < 12
    assert all(turn.first_due_at >= middle for turn in joined)
    plan_rounds(now + 31 * DAY, 50)
    assert len([turn for turn in turns() if turn.round.number == 2]) == 13


def test_nobody_is_asked_before_they_were_a_customer_for_long_enough(make, rolling, now):
    rolling(delay=timedelta(days=60))
    new, imported = make.customer(), make.customer()
    for customer in (new, imported):
        customer.created_at = now - DAY
    make.purchase(imported, placed_at=now - 90 * DAY)
    plan_rounds(now, 10)

    assert [turn.customer for turn in turns()] == [imported]


def test_a_programme_that_is_off_gives_no_turns(old, rolling, now):
    rolling(is_on=False)
    old()

    assert plan_rounds(now, 10) == 0
    assert db.session.scalar(select(AskingRound)) is None


def test_a_part_is_drawn_anew_in_each_round(old, rolling, now):
    rolling(share=50)
    for _ in range(20):
        old()
    plan_rounds(now, 50)
    plan_rounds(now + 31 * DAY, 50)
    drawn = [[turn.state == "planned" for turn in turns() if turn.round.number == each] for each in (1, 2)]

    assert 0 < sum(drawn[0]) < 20
    assert drawn[0] != drawn[1]
    assert {turn.reason for turn in turns() if turn.state == "refused"} == {"not_drawn"}


def test_a_killed_run_goes_on_where_it_was(old, rolling, now, monkeypatch):
    rolling()
    for _ in range(4):
        old()
    plan_rounds(now, 2)

    def die(*_given):
        raise KeyboardInterrupt

    monkeypatch.setattr(planning, "turn_of", die)  # in the middle of the second batch
    with pytest.raises(KeyboardInterrupt):
        plan_rounds(now, 2)
    monkeypatch.undo()
    db.session.rollback()

    assert len(turns()) == 2
    plan_rounds(now, 10)
    assert len(turns()) == len({turn.customer_id for turn in turns()}) == 4


def test_a_programme_that_fails_is_set_aside_and_stops_no_other(make, old, rolling, now, monkeypatch):
    bad = rolling()
    rolling(name="Other")
    old()
    whole = planning.plan_some

    def fail(touchpoint_id, *given):
        if touchpoint_id == bad.id:
            raise ValueError("no luck")
        return whole(touchpoint_id, *given)

    monkeypatch.setattr(planning, "plan_some", fail)

    assert plan_rounds(now, 10) == 1
    assert db.session.scalars(select(SetAside)).one().row_id == bad.id


@pytest.mark.once
def test_customers_of_another_shop_and_merged_ones_have_no_turn(make, old, rolling, now):
    rolling()
    keeper, duplicate = old(), old()
    old(brand=make.brand("other"))
    merge(keeper, duplicate, None, now)
    db.session.commit()
    plan_rounds(now, 10)

    assert [turn.customer for turn in turns()] == [keeper]


def due_at_once(now):
    """Let every turn come due now."""
    for turn in turns():
        turn.due_at = turn.first_due_at = now
    db.session.commit()


@pytest.mark.once
def test_a_turn_leads_to_a_mail_that_names_no_order(old, rolling, now, channels, kept, post):
    rolling()
    customer = old()
    plan_rounds(now, 10)
    due_at_once(now)
    send_due(now, 10, channels, post)
    (message,) = kept.messages

    assert (message.to_email, turns()[0].state) == (customer.email, "sent")
    assert message.subject == "How satisfied are you with Demo Shop?"
    assert "order" not in message.text
    assert "because you are a customer there" in " ".join(message.text.split())


def test_whoever_unsubscribes_between_planning_and_sending_is_not_asked(
    old, rolling, now, channels, kept, post
):
    rolling()
    customer = old()
    plan_rounds(now, 10)
    due_at_once(now)
    object_to_asking(customer, "page", now)
    db.session.commit()
    send_due(now, 10, channels, post)

    assert kept.messages == []
    assert turns()[0].reason == "objected"


def test_one_address_is_asked_once_in_a_round(old, rolling, now, channels, kept, post):
    rolling(rest=timedelta(0))
    for reference in ("C-1", "C-2"):
        old(reference=reference, email="dora@example.test")
    plan_rounds(now, 10)
    due_at_once(now)
    send_due(now, 10, channels, post)

    assert len(kept.messages) == 1
    assert sorted(turn.reason or "" for turn in turns()) == ["", "this_round"]


def test_a_turn_that_a_merge_leaves_behind_is_not_used(old, rolling, now, channels, kept, post):
    rolling(rest=timedelta(0))
    keeper, duplicate = old(), old()
    plan_rounds(now, 10)
    merge(keeper, duplicate, None, now)
    db.session.commit()
    due_at_once(now)
    send_due(now, 10, channels, post)

    assert [message.to_email for message in kept.messages] == [keeper.email]


@pytest.mark.once
def test_who_was_asked_as_the_one_they_are_merged_into_is_not_asked_again(
    old, rolling, now, channels, kept, post
):
    rolling(rest=timedelta(0))
    keeper, duplicate = old(), old()
    plan_rounds(now, 10)
    first, second = sorted(turns(), key=lambda turn: turn.customer_id != duplicate.id)
    first.due_at = first.first_due_at = now
    second.due_at = second.first_due_at = now + DAY
    db.session.commit()
    send_due(now, 10, channels, post)
    merge(keeper, duplicate, None, now)
    db.session.commit()
    send_due(now + DAY, 10, channels, post)

    assert [message.to_email for message in kept.messages] == [duplicate.email]
    assert [turn.reason for turn in turns() if turn.state == "refused"] == ["this_round"]


@pytest.mark.once
def test_nobody_is_mailed_who_is_suppressed_has_no_basis_or_was_asked_lately(
    make, old, rolling, now, channels, kept, post
):
    rolling(latest=31 * DAY)
    suppressed, without_basis, lately, fine = old(), old(source="api", basis="none"), old(), old()
    suppress(suppressed.email, "manual", now)
    make.invitation(make.purchase(lately))
    plan_rounds(now, 10)
    due_at_once(now)
    send_due(now, 10, channels, post)

    assert [message.to_email for message in kept.messages] == [fine.email]
    found = {turn.customer_id: (turn.state, turn.reason or turn.put_off) for turn in turns()}
    assert found[suppressed.id] == ("refused", "suppressed")
    assert found[without_basis.id][0] == "refused"
    assert found[lately.id] == ("planned", "rest_period")


@pytest.mark.once
def test_a_question_of_a_programme_counts_for_the_rest_period_of_all_others(
    make, old, rolling, now, channels, kept, post
):
    rolling()
    customer = old()
    plan_rounds(now, 10)
    due_at_once(now)
    send_due(now, 10, channels, post)
    make.touchpoint(latest=31 * DAY)
    about_order = make.invitation(make.purchase(customer), "planned", due_at=now, first_due_at=now)
    send_due(now + timedelta(minutes=1), 10, channels, post)

    assert len(kept.messages) == 1
    assert about_order.put_off == "rest_period"


def test_turns_leave_within_the_hours_of_the_customers_day_only(old, rolling, now, channels, kept, post):
    rolling(opens=9, closes=10, skip_sundays=False)
    old(time_zone="Asia/Tokyo")
    plan_rounds(now, 10)
    due_at_once(now)  # 20:00 in Tokyo
    send_due(now, 10, channels, post)

    assert kept.messages == []
    assert turns()[0].due_at.astimezone(ZoneInfo("Asia/Tokyo")).hour == 9


@pytest.mark.once
def test_conditions_are_judged_by_the_customer_when_the_turn_comes(
    make, old, rolling, now, channels, kept, post
):
    active = (Condition("stage", "one_of", ("active",)),)
    segment = save_segment(None, make.brand(), "Active", active, make.staff(), now)
    rolling(
        conditions=[
            {"field": "segment", "op": "one_of", "value": [segment.public_id]},
            {"field": "country", "op": "one_of", "value": ["AT"]},
            {"field": "orders", "op": "at_least", "value": ["2"]},
        ]
    )
    meant, new, none, abroad = old(), old(), old(), old(country="AT")
    for customer, orders, country in ((meant, 1, "AT"), (new, 1, "AT"), (abroad, 2, "CH")):
        for _ in range(orders):
            make.purchase(customer, ship_country=country)
    plan_rounds(now, 10)
    make.purchase(meant, ship_country="AT")
    due_at_once(now)
    send_due(now, 10, channels, post)

    reasons = {turn.customer_id: turn.reason for turn in turns()}
    assert reasons == {meant.id: None, new.id: "conditions", none.id: "conditions", abroad.id: "conditions"}
    assert [message.to_email for message in kept.messages] == [meant.email]


def test_the_mail_asks_what_the_touchpoint_asks_by_then(make, old, rolling, now, channels, kept, post):
    touchpoint = rolling()
    customer = old()
    plan_rounds(now, 10)
    touchpoint.survey, customer.locale = make.survey("ces"), "de"
    due_at_once(now)
    send_due(now, 10, channels, post)

    assert kept.messages[0].subject == "Ist es leicht, bei Demo Shop Hilfe zu bekommen?"
    assert turns()[0].version.survey.key == "ces"


def test_an_open_return_of_the_latest_order_holds_the_question(make, old, rolling, now, channels, kept, post):
    rolling()
    customer = old()
    make.purchase(customer, returned_at=now)
    plan_rounds(now, 10)
    due_at_once(now)
    send_due(now, 10, channels, post)

    assert (turns()[0].state, turns()[0].put_off) == ("planned", "open_return")


def test_a_send_reaches_those_who_were_customers_when_it_was_started(make, old, once, now):
    ben = make.staff()
    touchpoint = once()
    first, second = old(), old()
    start(touchpoint, now, ben, now)
    old()
    db.session.commit()

    assert [plan_rounds(now, 1) for _ in range(4)] == [1, 1, 0, 0]
    assert [turn.customer for turn in turns()] == [first, second]
    assert plan_rounds(now + 90 * DAY, 10) == 0


def test_a_send_waits_for_its_day_and_can_be_stopped_under_way(make, old, once, now, channels, kept, post):
    touchpoint = once()
    for _ in range(3):
        old()
    start(touchpoint, now + DAY, make.staff(), now)
    db.session.commit()

    assert plan_rounds(now, 10) == 0
    assert plan_rounds(now + DAY, 2) == 2
    send_due(now + DAY, 1, channels, post)
    touchpoint.is_on = False
    db.session.commit()
    assert plan_rounds(now + DAY, 2) == 0
    send_due(now + DAY, 10, channels, post)
    assert len(kept.messages) == 1
    assert [turn.reason for turn in turns()] == [None, "touchpoint_off"]

    touchpoint.is_on = True
    db.session.commit()
    plan_rounds(now + DAY, 10)
    send_due(now + DAY, 10, channels, post)
    assert len(kept.messages) == 2


@pytest.mark.crash
@pytest.mark.usefixtures("race")
def test_planners_at_the_same_moment_give_one_turn_each(application, old, rolling, now):
    rolling()
    for _ in range(20):
        old()
    db.session.rollback()
    barrier = threading.Barrier(3)

    def loop():
        with application.app_context():
            barrier.wait()
            while plan_rounds(now, 4):
                pass
            db.session.remove()

    threads = [threading.Thread(target=contextvars.Context().run, args=(loop,)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert len(turns()) == len({turn.customer_id for turn in turns()}) == 20
    assert db.session.scalars(select(AskingRound.number)).all() == [1]
    assert db.session.scalar(select(SetAside)) is None


def test_the_database_refuses_a_second_turn(old, rolling, now):
    rolling()
    old()
    plan_rounds(now, 10)
    (turn,) = turns()
    values = ("touchpoint_id", "round_id", "customer_id", "version_id", "locale", "state", "planned_at")
    db.session.add(Invitation(**{name: getattr(turn, name) for name in values}))

    with pytest.raises(Exception, match=r"(?i)unique"):
        db.session.flush()
    db.session.rollback()
