"""What is added up is what the rows say: after everything that happens, whoever is at it, whenever somebody dies."""

import threading
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, text

from feedback.insights import queries
from feedback.insights.rollups import building, ticks
from feedback.insights.rollups.cover import start_of
from feedback.insights.rollups.covering import covered
from feedback.insights.rollups.models import AnswerRollup, InvitationRollup, RollupCalendar, RollupMark
from feedback.insights.selection import Selection
from feedback.insights.watching.queries import count_of, stretches
from surveys.channels.outbox import Outbox
from surveys.database import begin_writing, db
from surveys.responses.models import Response
from tests.conftest import delete_rows
from tests.factories import Make
from tests.feedback.insights.rollups.lives import Life, check, raw

ALL = Selection()


def add_up(now) -> None:
    while ticks.roll_up(now, 10):
        pass


@settings(
    max_examples=2,
    deadline=None,
    phases=[Phase.generate],  # a story is no shorter for being tried again
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 10**9))
def test_counts_are_those_of_the_rows_whatever_happens(app, now, tmp_path, seed):
    db.session.rollback()
    db.session.remove()
    delete_rows()
    life, story = Life(Make(now), seed, Outbox(tmp_path)), []
    for _ in range(15):
        story += [life.step(), life.step()]
        check(life.now, story)
    check(life.now, story, whole=True)
    life.is_added_up()
    check(life.now, story, whole=True)

    assert db.session.scalar(select(func.count(RollupMark.id))) == 0
    for subject in building.SUBJECTS:
        kept = covered(subject.name, ALL, life.now, by_place=True)
        assert kept is not None
        assert kept.parts.months
        assert kept.parts.days


def test_what_is_added_up_is_read_and_a_day_under_way_is_not(make, now):
    yesterday, long_ago = now - timedelta(days=1), now - timedelta(days=60)
    for at in (long_ago, yesterday, now):
        make.response(9, submitted_at=at)
    add_up(now)
    rows = db.session.execute(
        select(AnswerRollup.unit, AnswerRollup.start, AnswerRollup.n9).order_by(
            AnswerRollup.start, AnswerRollup.unit
        )
    ).all()
    db.session.execute(text("UPDATE answer_rollup SET n9 = 100 WHERE unit = 'whole' AND n9 = 1"))

    assert [tuple(row) for row in rows] == [
        ("month", date(2026, 1, 1), 1),
        ("day", date(2026, 1, 9), 1),
        ("whole", date(2026, 1, 9), 1),
        ("day", date(2026, 3, 9), 1),
        ("whole", date(2026, 3, 9), 1),
    ]
    assert queries.score_counts(ALL, now) == {9: 201}


def test_a_watched_series_is_counted_out_of_what_is_added_up_wherever_in_a_day_it_begins(make, now):
    for days in (40, 20, 3):
        make.response(9, submitted_at=now - timedelta(days=days))
    add_up(now)
    db.session.execute(
        text("UPDATE answer_rollup SET n9 = 100 WHERE unit = 'whole' AND start < '2026-02-20'")
    )
    berlin = Selection(zone=ZoneInfo("Europe/Berlin"))
    edges = [
        now - timedelta(days=45),
        *(start_of(date(2026, 2, day), berlin.zone) for day in (10, 27)),
        now,
    ]

    assert stretches("score", berlin, edges, now) == [{9: 100}, {9: 100}, {9: 1}]
    assert stretches("answers", berlin, edges, now) == [{1: 100}, {1: 100}, {1: 1}]
    assert count_of(berlin, now) == 201


def test_an_answer_left_at_midnight_counts_when_it_is_settled(make):
    night = make.now.replace(hour=22, minute=55)  # five to midnight in Berlin
    make.response(4, is_partial=True, submitted_at=None, saved_at=night)

    for minutes, counts in ((20, {}), (29, {}), (30, {4: 1}), (36, {4: 1})):
        at = night + timedelta(minutes=minutes)
        add_up(at)
        assert queries.score_counts(ALL, at) == counts
    # Whoever asks for an earlier moment is told what was true then.
    assert queries.score_counts(ALL, night + timedelta(minutes=20)) == {}


def test_only_what_counts_leaves_a_mark(make, now):
    invitation = make.invitation()
    answer = make.response(9, "Thanks", invitation=invitation, purchase=invitation.purchase)
    db.session.execute(delete(RollupMark))
    db.session.commit()

    answer.analysed_at, answer.follow_up_stage, answer.comment = now, 2, "Thank you"
    invitation.purchase.delivered_at, invitation.customer.name = now, "Dora"
    make.invitation(make.purchase(), state="planned")
    db.session.commit()

    assert db.session.scalar(select(func.count(RollupMark.id))) == 0


def test_a_brand_that_moves_to_another_zone_gets_another_calendar(make, now):
    make.responses([9, 3], submitted_at=now - timedelta(days=3))
    add_up(now)
    make.brand().time_zone = "Asia/Kolkata"
    db.session.commit()
    add_up(now)

    assert set(db.session.scalars(select(RollupCalendar.zone))) == {"Asia/Kolkata"}
    assert queries.score_counts(ALL, now) == raw(queries.score_counts)(ALL, now) == {9: 1, 3: 1}
    assert covered("answers", ALL, now, by_place=False).parts.days


def test_a_survey_that_becomes_anonymous_is_added_up_anew_and_its_mails_leave_no_mark(make, now):
    asked = make.invitation(sent_at=now - timedelta(days=40))
    add_up(now)
    make.anonymous()
    assert covered("invitations", ALL, None, by_place=False) is None  # everything is marked
    add_up(now)
    asked.answered_at = asked.sent_at
    db.session.commit()

    assert db.session.scalar(select(func.count(RollupMark.id))) == 0
    assert queries.dispositions(ALL).complete == 1
    assert db.session.scalar(select(func.count()).select_from(InvitationRollup)) == 0


def test_history_before_the_first_day_is_added_up_too(make, now):
    make.response(9, submitted_at=now - timedelta(days=3))
    add_up(now)
    make.response(2, submitted_at=now - timedelta(days=900))
    assert queries.score_counts(ALL, now) == {9: 1, 2: 1}
    add_up(now)

    assert queries.score_counts(ALL, now) == {9: 1, 2: 1}
    assert db.session.scalar(select(func.sum(AnswerRollup.n2)).where(AnswerRollup.unit == "month")) == 1


def test_a_crash_before_the_commit_loses_no_mark(make, now):
    answer = make.response(9, submitted_at=now - timedelta(days=3))
    add_up(now)
    answer.score = 2
    db.session.commit()

    begin_writing()
    assert building.roll_up(building.OF_ANSWERS, now, 10) == 1
    db.session.rollback()

    assert queries.score_counts(ALL, now) == {2: 1}
    assert db.session.scalar(select(func.count(RollupMark.id))) > 0
    add_up(now)
    assert queries.score_counts(ALL, now) == {2: 1}
    assert db.session.scalar(select(func.count(RollupMark.id))) == 0


def test_many_marks_of_many_days_are_worked_off_in_turns(make, now):
    make.response(9, submitted_at=now - timedelta(days=100))
    add_up(now)
    for day in range(1, 60, 6):
        make.response(5, submitted_at=now - timedelta(days=day))
    turns = 0
    while ticks.roll_up(now, 2):
        turns += 1
        assert queries.score_counts(ALL, now) == {9: 1, 5: 10}

    assert turns > 3
    assert not covered("answers", ALL, now, by_place=True).parts.raw[1:]


@pytest.mark.once
def test_ten_marked_days_far_apart_are_one_turn_of_the_loop(make, now):
    make.response(9, submitted_at=now - timedelta(days=300))
    add_up(now)
    for day in range(20, 201, 20):
        make.response(5, submitted_at=now - timedelta(days=day))
    assert len(covered("answers", ALL, now, by_place=True).parts.changed) == 10
    ticks.roll_up(now, 10)

    assert covered("answers", ALL, now, by_place=True).parts.changed == ()
    assert queries.score_counts(ALL, now) == {9: 1, 5: 10}


def in_thread(app, work) -> threading.Thread:
    def run() -> None:
        with app.app_context():
            work()
            db.session.remove()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_a_writer_that_commits_after_the_day_was_added_up_marks_it(app, make, now):
    """On PostgreSQL the tick does not see what is not committed; on SQLite it waits for the writer."""
    answer = make.response(9, submitted_at=now - timedelta(days=3))
    answer_id = answer.id
    db.session.remove()
    changed, added_up = threading.Event(), threading.Event()

    def writes() -> None:
        begin_writing()
        db.session.get(Response, answer_id).score = 2
        db.session.flush()
        changed.set()
        added_up.wait(10 if db.engine.dialect.name == "postgresql" else 0.2)
        db.session.commit()

    writer = in_thread(app, writes)
    assert changed.wait(10)
    add_up(now)
    added_up.set()
    writer.join()
    db.session.rollback()

    assert queries.score_counts(ALL, now) == {2: 1}
    add_up(now)
    assert queries.score_counts(ALL, now) == {2: 1}
    assert covered("answers", ALL, now, by_place=False).parts.days


def test_a_page_that_has_looked_for_changed_days_is_right_when_the_loop_adds_them_up_meanwhile(
    app, make, now
):
    """The page still takes the day away from its month, of which both have been kept anew by then."""
    make.response(9, submitted_at=now - timedelta(days=100))
    moved = make.response(5, submitted_at=now - timedelta(days=40))
    add_up(now)
    moved.score = 1
    db.session.commit()
    make.response(7, submitted_at=now - timedelta(days=40))

    with app.test_request_context("/insights"):
        assert covered("answers", ALL, now, by_place=True).parts.changed
        db.session.rollback()
        in_thread(app, lambda: add_up(now)).join()
        assert db.session.scalar(select(func.count(RollupMark.id))) == 0
        assert covered("answers", ALL, now, by_place=True).parts.changed, "the page looks once"

        assert {(count.score, count.n) for count in queries.cell_counts(ALL, now)} == {(9, 1), (1, 1), (7, 1)}


def test_two_that_add_up_at_once_add_up_once(app, make, now):
    for day in range(1, 40, 3):
        make.response(day % 6, submitted_at=now - timedelta(days=day))
        make.invitation(sent_at=now - timedelta(days=day))
    db.session.remove()
    start = threading.Barrier(2)
    failures: list[BaseException] = []

    def adds_up() -> None:
        start.wait(10)
        try:
            add_up(now)
        except BaseException as error:
            failures.append(error)

    for thread in [in_thread(app, adds_up) for _ in range(2)]:
        thread.join()

    assert not failures
    assert queries.score_counts(ALL, now) == raw(queries.score_counts)(ALL, now)
    assert sorted(queries.cell_counts(ALL, now)) == sorted(raw(queries.cell_counts)(ALL, now))
    assert queries.dispositions(ALL) == raw(queries.dispositions)(ALL)
    assert db.session.scalar(select(func.sum(InvitationRollup.silent)).where(InvitationRollup.unit == "day"))
