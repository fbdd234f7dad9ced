from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback.analysis.corrections.lessons import Outcome
from feedback.analysis.corrections.refitting import go, keep_outcome
from feedback.analysis.models import Analysis
from feedback.follow_up.deciding.ageing import age_tasks
from feedback.follow_up.escalating import escalate_overdue
from feedback.follow_up.models import Task
from feedback.follow_up.presence.models import TaskPresence
from feedback.follow_up.presence.noting import arriving
from feedback.notices.collecting import collect
from feedback.scheduler import ticks
from feedback.scheduler.beat import Beat
from feedback.scheduler.models import Slot, TickRun
from feedback.scheduler.shapes import House, Tick
from feedback.scheduler.ticks import TICKS, refit_nightly, run_tick, sweep_daily
from surveys.channels.mailbox import Batch, Place
from surveys.clock import real_now, set_forward
from surveys.database import db
from surveys.errors import DeliveryFailed
from surveys.invitations.post import Post
from surveys.invitations.rounds.starting import start
from surveys.post_box.queries import incoming
from surveys.responses.models import CONSIDERED, WAITS_FOR_READING
from surveys.staff.models import StaffSession
from surveys.staff.signing_in import start_session
from surveys.upkeep.queries import installation
from surveys.upkeep.releasing import hold, release
from tests.doubles import WordReader

READER = WordReader("test 1", lambda text: (-0.8, 0.9))


@pytest.fixture
def house(channels):
    return House(channels, Post("http://127.0.0.1:8000", "survey@shop.test", "a secret of this test"), READER)


def run_of(name):
    db.session.expire_all()
    return db.session.get(TickRun, name)


def test_every_tick_has_a_name_of_its_own_and_every_verb_of_the_loop_is_there():
    names = [tick.name for tick in TICKS]

    assert len(names) == len(set(names))
    assert {tick.name for tick in TICKS if tick.outward} == {
        "ask-to-confirm",
        "mail-data-links",
        "read-mailbox",
        "send-goal-mails",
        "remind-of-improvements",
        "send-huddle-mails",
        "send-invitations",
        "send-reminders",
        "send-report-mails",
        "send-replies",
        "send-thank-yous",
        "tell-chats",
        "tell-of-improvements",
        "tell-staff",
    }
    assert all(
        tick.every <= 10
        for tick in TICKS
        if tick.name
        not in (
            "check-counts",
            "sweep-sign-ins",
            "learn-carriers",
            "refit-reader",
            "forget-expired",
            "read-mailbox",
            "reckon-capacity",
            "reckon-spending",
            "settle-goals",
            "judge-improvements",
        )
    )


@pytest.mark.once
def test_one_round_of_ticks_leads_from_an_answer_to_a_task(make_today, house):
    make_today.staff("Ben")
    make_today.response(score=2, comment="It was an awful wait.")

    for tick in TICKS:
        run_tick(tick, house)

    assert db.session.scalars(select(Task)).one().assignee.name == "Ben"
    assert db.session.scalars(select(Analysis.label)).one() == "negative"
    assert all(run_of(tick.name).error is None for tick in TICKS)
    assert run_of("open-tasks").done == 1


def test_learning_from_corrections_begins_once_a_night_and_only_with_something_to_learn(
    make_today, house, monkeypatch
):
    begun = []
    house = replace(house, refit=lambda: begun.append("refit"))
    monkeypatch.setattr(ticks, "worth_refitting", list)
    assert refit_nightly(make_today.now, 1, house) == 0
    monkeypatch.setattr(ticks, "worth_refitting", lambda: ["theme"])
    assert refit_nightly(make_today.now, 1, house) == 0
    assert refit_nightly(make_today.now + timedelta(days=1), 1, house) == 1
    assert refit_nightly(make_today.now + timedelta(days=1), 1, house) == 0

    assert begun == ["refit"]


def test_the_loop_reads_with_what_was_learnt_as_soon_as_it_is_active(make_today, house):
    head = keep_outcome(Outcome(60, 0.6, 0.7, 1.0, b"numbers"), make_today.now)
    db.session.commit()

    run_tick(next(tick for tick in TICKS if tick.name == "analyse-responses"), house)

    assert house.reader.head_number == head.id
    go(back=True)
    db.session.commit()
    run_tick(next(tick for tick in TICKS if tick.name == "read-again"), house)
    assert house.reader.head_number is None


def test_one_round_of_ticks_leads_from_a_started_send_to_the_mail(make_today, house, kept):
    customer = make_today.customer()
    send = make_today.touchpoint(name="News", trigger="once", is_on=False, opens=0, closes=24)
    start(send, real_now(), make_today.staff(), real_now())
    db.session.commit()
    for tick in TICKS:
        run_tick(tick, house)

    assert [message.to_email for message in kept.messages] == [customer.email]
    assert run_of("give-turns").done == 1


@pytest.mark.once
def test_every_backlog_can_be_counted(make_today, house):
    make_today.purchase()
    make_today.response(score=2)
    make_today.invitation(state="planned")
    make_today.touchpoint(name="Relationship", trigger="rolling")
    now = real_now()
    waiting = {tick.name: tick.backlog(now) for tick in TICKS if tick.backlog}

    assert waiting["plan-invitations"] == 2
    assert waiting["give-turns"] == 1
    assert waiting["send-invitations"] == 1
    assert waiting["analyse-responses"] == waiting["open-tasks"] == 1
    assert waiting["read-order-events"] == waiting["send-replies"] == waiting["tell-staff"] == 0
    assert waiting["ask-back"] == waiting["record-outcomes"] == 0


def test_a_tick_lives_in_the_time_of_the_business(app, house):
    set_forward(timedelta(days=7))
    db.session.commit()
    seen = []

    run_tick(Tick("look", 2, lambda now, limit, house: seen.append(now) or 0), house)

    assert timedelta(days=7) <= seen[0] - real_now() + timedelta(minutes=1) < timedelta(days=7, minutes=2)


def test_a_tick_that_fails_is_noted_rolled_back_and_run_again(make, house):
    customer = make.customer(name="Dora")

    def spoil(now, limit, house):
        customer.name = "spoiled"
        db.session.flush()
        raise ValueError("a fault in the tick")

    assert run_tick(Tick("spoiled", 2, spoil), house) is None
    assert run_of("spoiled").is_failing
    assert "ValueError: a fault in the tick" in run_of("spoiled").error
    assert customer.name == "Dora"

    run_tick(Tick("spoiled", 2, lambda now, limit, house: 3), house)
    noted = run_of("spoiled")
    assert not noted.is_failing
    assert "ValueError" in noted.error
    assert (noted.done, noted.done_in_all) == (3, 3)


def test_a_mail_server_that_cannot_be_reached_is_noted_in_one_sentence(app, house):
    def knock(now, limit, house):
        raise DeliveryFailed("mail.shop.test:587 takes no mail: 535 who are you", unreached=True)

    assert run_tick(Tick("knocking", 2, knock), house) is None
    assert run_of("knocking").is_failing
    assert run_of("knocking").error == "mail.shop.test:587 takes no mail: 535 who are you"


def test_what_fails_outside_rests_twice_as_long_each_time_and_what_fails_inside_does_not(
    application, house, monkeypatch
):
    now, tries = real_now(), []
    monkeypatch.setattr("feedback.scheduler.beat.real_now", lambda: now)
    fails = True

    def knock(_now, _limit, _house):
        tries.append(now)
        if fails:
            raise DeliveryFailed("nobody there", unreached=True)
        return 0

    beat = Beat(application, house, "alone")
    beat.leads_until = now + timedelta(days=1)

    def tried_at(tick, seconds):
        """Let the tick's turn come every second; return in which it was run."""
        nonlocal now
        tries.clear()
        began = now
        for second in range(seconds):
            now = began + timedelta(seconds=second)
            beat.run_tick(tick)
        now = began + timedelta(seconds=seconds)
        return [(each - began).seconds for each in tries]

    outside = Tick("outside", 2, knock, outward=True)
    assert tried_at(outside, 187) == [0, 2, 6, 14, 30, 62, 122, 182]
    fails = False
    assert tried_at(outside, 58) == [55, 56, 57]
    fails = True
    assert tried_at(outside, 5) == [0, 2]
    assert tried_at(Tick("inside", 2, knock), 3) == [0, 1, 2]


def test_a_tick_that_finds_nothing_writes_only_now_and_then(app, house):
    idle = Tick("idle", 2, lambda now, limit, house: 0)
    run_tick(idle, house)
    first = run_of("idle").started_at

    run_tick(idle, house)
    assert run_of("idle").started_at == first

    run_of("idle").started_at -= timedelta(seconds=16)
    db.session.commit()
    run_tick(idle, house)
    assert run_of("idle").started_at > first


def test_what_ran_out_is_swept_once_a_day(make_today, house):
    member = make_today.staff()
    start_session(member, real_now() - timedelta(days=2))
    db.session.execute(arriving(make_today.task().id, member.id, None, real_now() - timedelta(hours=2)))
    db.session.commit()

    assert sweep_daily(real_now(), 100, house) == 2
    assert db.session.scalars(select(StaffSession)).all() == []
    assert db.session.scalars(select(TaskPresence)).all() == []

    start_session(member, real_now() - timedelta(days=2))
    db.session.commit()
    assert sweep_daily(real_now(), 100, house) == 0
    assert db.session.scalars(select(Slot.job)).one() == "sweep-sign-ins"


def waiting_for(now):
    return {tick.name: count for tick in TICKS if (count := tick.backlog(now))}


@pytest.mark.once
def test_an_answer_to_a_check_back_waits_to_be_recorded_and_for_no_task(make, now):
    make.response(None, survey_key="check-back", answers={"solved": "no"}, analysed_at=now)

    assert waiting_for(now) == {"record-outcomes": 1}


@pytest.mark.once
def test_a_page_left_half_way_waits_once_it_has_rested(make, now):
    make.response(3, is_partial=True, submitted_at=None, analysed_at=now)

    assert waiting_for(now) == {}
    assert waiting_for(now + timedelta(minutes=30)) == {"open-tasks": 1}


@pytest.mark.once
def test_an_answer_whose_comment_is_not_read_waits_for_its_reader_only(make, now):
    make.response(9, "Well.", follow_up_stage=WAITS_FOR_READING)

    assert waiting_for(now) == {"analyse-responses": 1}


def test_a_late_task_waits_until_somebody_is_told_and_then_the_news_waits(make, now):
    considered = {"follow_up_stage": CONSIDERED, "analysed_at": now}
    late = {"opened_at": now - timedelta(days=1), "contact_due_at": now - timedelta(hours=1)}
    ben = make.staff()
    make.task(make.response(3, **considered), assignee=ben, **late)
    waits = make.response(3, **considered)
    make.task(waits, state="waiting_customer", waiting_until=now, due_at=None, assignee=ben)

    assert waiting_for(now) == {"escalate-tasks": 2, "age-tasks": 2}
    escalate_overdue(now, 10)
    age_tasks(now, 10)
    # That one is late, and that the wait for the other is over.
    assert waiting_for(now) == {"collect-notices": 2}
    collect(now, 10)
    assert waiting_for(now) == {}
    # After a quarter of an hour the notes are put into a mail.
    assert waiting_for(now + timedelta(minutes=15)) == {"collect-notices": 1}


def test_sessions_that_ran_out_by_the_real_clock_wait_for_the_sweep(make, now):
    real, ben = real_now(), make.staff()
    start_session(ben, real - timedelta(days=400))
    start_session(ben, real)
    db.session.commit()

    # However far ahead the business's clock runs.
    assert waiting_for(now + timedelta(days=4000)) == {"sweep-sign-ins": 1}


def test_while_mail_is_held_customers_are_not_written_to_and_what_is_due_waits(make_today, kept, house):
    invitation = make_today.invitation(state="planned", due_at=real_now())
    hold("restored", real_now())
    db.session.commit()
    sending = next(tick for tick in TICKS if tick.name == "send-invitations")

    assert run_tick(sending, house) == 0
    db.session.refresh(invitation)
    assert (invitation.state, invitation.attempts, kept.messages) == ("planned", 0, [])
    assert sending.backlog(real_now()) == 1

    release(real_now())
    db.session.commit()
    assert run_tick(sending, house) == 1
    assert installation().home


@dataclass
class KeptMailbox:
    """A mailbox with two mails, which notes from where it was read."""

    places: list[Place] = field(default_factory=list)
    name: str = "care@shop.test"

    def fetch(self, place, limit):
        self.places.append(place)
        mails = [(uid, f"Subject: {uid}\n\nHello".encode()) for uid in (3, 7) if uid > place.after]
        return Batch(41, mails)


def test_the_mailbox_is_read_on_from_where_it_was(app, house):
    box = KeptMailbox()
    house = replace(house, mailbox=box)
    tick = next(tick for tick in TICKS if tick.name == "read-mailbox")

    assert (run_tick(tick, house), run_tick(tick, house)) == (2, 0)
    assert [(place.validity, place.after) for place in box.places] == [(None, 0), (41, 7)]
    assert [row.subject for row in incoming(9)] == ["7", "3"]


def test_without_a_mailbox_there_is_nothing_to_read(app, house):
    tick = next(tick for tick in TICKS if tick.name == "read-mailbox")
    assert run_tick(tick, house) == 0


@pytest.mark.once
def test_a_survey_that_has_the_answers_it_wanted_is_closed_by_the_loop(make_today, house):
    survey = make_today.survey()
    survey.closes_after = 1
    db.session.commit()
    tick = next(tick for tick in TICKS if tick.name == "close-surveys")

    assert run_tick(tick, house) == 0
    make_today.response(9)
    assert run_tick(tick, house) == 1
    assert survey.closes_at is not None
    assert run_tick(tick, house) == 0
