"""The table of ticks: which verb looks for work how often, and the runner that nothing can stop.

Every verb looks itself whether there is work; finding none costs one indexed look, and looking repairs as well.
"""

import logging
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta

from feedback.aiming import mailing as telling_of_goals
from feedback.aiming import queries as goal_queries
from feedback.aiming import settling
from feedback.analysis import analysing, rereading
from feedback.analysis.corrections.queries import worth_refitting
from feedback.analysis.corrections.refitting import teach
from feedback.analysis.queries import reader_at_work, waiting_for_the_book
from feedback.analysis.readers import Reader
from feedback.analysis.search import ticks as search
from feedback.analysis.working import introduce
from feedback.follow_up import escalating, opening, reckoning, recovering, replying
from feedback.follow_up.assigning import giving
from feedback.follow_up.assigning.queries import waiting_for_somebody
from feedback.follow_up.conversation import joining
from feedback.follow_up.deciding import ageing, valuing
from feedback.follow_up.deciding.queries import ripe_count
from feedback.follow_up.inbox.many import queries as many_queries
from feedback.follow_up.inbox.many import working as many
from feedback.follow_up.praise import queries as praise
from feedback.follow_up.praise import sending as thanking
from feedback.follow_up.presence import noting as presence
from feedback.huddle import mailing as huddle
from feedback.huddle import queries as huddle_queries
from feedback.improving import judging
from feedback.improving import reminding as checking
from feedback.improving.telling import sending as results
from feedback.insights.rollups import ticks as counts
from feedback.insights.themes.ticks import estimate
from feedback.insights.watching import judging as judging_series
from feedback.notices import collecting
from feedback.notices import sending as telling
from feedback.notices.chat import queries as chat_queries
from feedback.notices.chat import sending as chatting
from feedback.privacy.forgetting import forget_expired, report
from feedback.privacy.own_page import sending as handing_out
from feedback.reports.digest import making as report_making
from feedback.reports.digest import queries as report_queries
from feedback.reports.digest import sending as report_sending
from feedback.scheduler import queries
from feedback.scheduler.leading import take_slot
from feedback.scheduler.models import TickRun
from feedback.scheduler.shapes import House, Tick, inward, mailed
from surveys.channels.mailbox import Place
from surveys.channels.registry import Channels
from surveys.clock import business_now, real_now
from surveys.database import begin_writing, db
from surveys.errors import DeliveryFailed
from surveys.imports import queries as importing_queries
from surveys.imports import working as importing
from surveys.invitations import learning, planning, reminding, sending
from surveys.invitations.post import Post
from surveys.invitations.rounds import planning as turns
from surveys.invitations.rounds import queries as rounds_queries
from surveys.permission import sending as confirming
from surveys.permission.prompts import asking as prompting
from surveys.permission.prompts import queries as prompts
from surveys.post_box.queries import place_of
from surveys.post_box.sorting import move_on, take_in
from surveys.questionnaires.closing import close_full
from surveys.questionnaires.queries import to_be_closed
from surveys.responses.by_link import binding
from surveys.shops import reading as events
from surveys.staff import signing_in
from surveys.upkeep.queries import installation, reasons_to_hold
from surveys.upkeep.releasing import settle_in

NOTED_EVERY = timedelta(seconds=15)  # how often a tick that finds nothing writes that it ran
LONGEST_ERROR = 2_000
log = logging.getLogger(__name__)


def reading(verb: Callable[[datetime, int, Reader], int]) -> Callable[[datetime, int, House], int]:
    """Return a verb that reads comments in the shape of the table; first it is noted who reads."""

    def work(now: datetime, limit: int, house: House) -> int:
        reader = teach(house.reader)
        if reader_at_work() != reader.analyzer:
            begin_writing()
            introduce(reader.analyzer, now)
            db.session.commit()
        return verb(now, limit, reader)

    return work


def to_customers(
    verb: Callable[[datetime, int, Channels, Post], int],
) -> Callable[[datetime, int, House], int]:
    """Return a verb that writes to customers in the shape of the table; while mail is held it claims nothing."""

    def work(now: datetime, limit: int, house: House) -> int:
        if installation() is None:
            begin_writing()
            settle_in()
            db.session.commit()
        held = reasons_to_hold(house.channels, house.post.base_url)
        return 0 if held else verb(now, limit, house.channels, house.post)

    return work


def sweep_daily(_now: datetime, _limit: int, _house: House) -> int:
    """Delete what ran out of sessions, links, failed sign-ins and presence: once a day, by real time, whoever leads."""
    now = real_now()
    begin_writing()
    is_new = take_slot("sweep-sign-ins", now.date().isoformat(), now)
    done = signing_in.sweep(now) + presence.sweep(now) if is_new else 0
    db.session.commit()
    return done


def learn_nightly(now: datetime, _limit: int, _house: House) -> int:
    """Learn once a day how long carriers take."""
    begin_writing()
    is_new = take_slot("learn-carriers", now.date().isoformat(), now)
    done = learning.learn_carrier_times(now) if is_new else 0
    db.session.commit()
    return done


def refit_nightly(now: datetime, _limit: int, house: House) -> int:
    """Begin once a day to learn from corrections, in a process of its own: here it would cost memory and time."""
    begin_writing()
    is_new = take_slot("refit-reader", now.date().isoformat(), now)
    begins = is_new and bool(worth_refitting())
    db.session.commit()
    if begins:
        house.refit()
    return int(begins)


def close_surveys(now: datetime, _limit: int, _house: House) -> int:
    """Close the surveys that have the answers they were to have."""
    if not to_be_closed(now):
        db.session.rollback()
        return 0
    begin_writing()
    done = close_full(now)
    db.session.commit()
    return done


def forget(now: datetime, limit: int, house: House) -> int:
    """Forget what was kept for as long as it may be; a day's reports are one."""
    begin_writing()
    counts = forget_expired(now, house.kept_for, limit)
    report(counts, now)
    db.session.commit()
    return max(counts.values(), default=0)


def read_mailbox(now: datetime, limit: int, house: House) -> int:
    """Take in the mails that came since the last time, each with its place in one transaction; return how many."""
    if house.mailbox is None:
        return 0
    name, real = house.mailbox.name, real_now()
    known = place_of(name)
    since = ((known.read_at if known else real) - timedelta(days=1)).date()
    place = Place(known.validity if known else None, known.last_uid if known else 0, since)
    db.session.rollback()
    batch = house.mailbox.fetch(place, limit)
    for uid, raw in batch.mails:
        begin_writing()
        take_in(raw, "imap", now, joining)
        move_on(name, batch.validity, uid, real)
        db.session.commit()
    return len(batch.mails)


# An answer is to be in an open inbox within five seconds, of which the page itself takes up to three to ask again: so the
# two ticks between them look every second. Finding nothing costs them 4 and 2 ms of a processor. Reading a comment takes
# up to 0.1 s, in most of which the encoder leaves the interpreter to others: so it has a thread of its own. No batch
# within the house may take much longer than a second, for the others wait as long.
TICKS = (
    Tick("read-order-events", 2, inward(events.read_events), backlog=queries.unread_events),
    Tick("work-imports", 2, inward(importing.work_imports), 4, backlog=importing_queries.backlog),
    Tick("plan-invitations", 2, inward(planning.plan_new), 500, backlog=queries.unconsidered_purchases),
    Tick("give-turns", 2, inward(turns.plan_rounds), 500, backlog=rounds_queries.backlog),
    Tick("prompt-opt-ins", 10, inward(prompting.ask_fresh), backlog=prompts.backlog),
    Tick("ask-to-confirm", 2, to_customers(confirming.send_due), 20, True, confirming.backlog),
    Tick("reckon-capacity", 30, inward(reckoning.reckon), 1_000_000),
    Tick("send-invitations", 2, to_customers(sending.send_due), 20, True, queries.due_invitations),
    Tick(
        "analyse-responses", 1, reading(analysing.analyse_new), 10, False, queries.unread_responses, "reading"
    ),
    Tick("read-again", 5, reading(analysing.read_again), 10, False, queries.read_by_another, "reading"),
    Tick("find-themes-again", 5, inward(rereading.find_again), 100, backlog=waiting_for_the_book),
    Tick("bind-answers", 10, inward(binding.bind_late)),
    Tick("open-tasks", 1, inward(opening.open_tasks), 20, backlog=queries.unconsidered_responses),
    Tick("route-tasks", 10, inward(giving.give_waiting), backlog=waiting_for_somebody),
    Tick("age-tasks", 5, inward(ageing.age_tasks), 200, backlog=ripe_count),
    Tick("work-on-many", 2, inward(many.work_on_many), backlog=lambda _now: many_queries.waiting_count()),
    Tick("reckon-spending", 60, inward(valuing.reckon_spending), 1),
    Tick("ask-back", 2, inward(recovering.ask_back), backlog=queries.resolved_tasks),
    Tick("record-outcomes", 2, inward(recovering.record_outcomes), backlog=queries.unread_check_backs),
    Tick("escalate-tasks", 10, inward(escalating.escalate_overdue), 50, backlog=escalating.backlog),
    Tick("send-replies", 2, to_customers(replying.send_due), 20, True, queries.due_replies),
    Tick("send-thank-yous", 5, to_customers(thanking.send_due), 20, True, praise.due_thank_yous),
    Tick("mail-data-links", 2, to_customers(handing_out.send_due), 20, True, handing_out.backlog),
    Tick("collect-notices", 2, inward(collecting.collect), backlog=collecting.backlog),
    Tick("tell-staff", 2, mailed(telling.send_due), 20, True, queries.due_notices),
    Tick("make-huddle-mails", 10, inward(huddle.make_mails), backlog=huddle.backlog),
    Tick("send-huddle-mails", 5, mailed(huddle.send_due), 20, True, huddle_queries.due_mails),
    Tick("tell-chats", 5, mailed(chatting.send_due), 5, True, chat_queries.due_posts, "chats"),
    Tick("settle-goals", 60, inward(settling.settle_due), 20, backlog=settling.backlog),
    Tick("send-goal-mails", 5, mailed(telling_of_goals.send_due), 20, True, goal_queries.due_mails),
    Tick("judge-improvements", 30, inward(judging.judge_due), 20, backlog=judging.backlog),
    Tick("tell-of-improvements", 5, to_customers(results.send_due), 20, True, results.backlog),
    Tick("remind-of-improvements", 10, mailed(checking.send_due), 20, True, checking.backlog),
    Tick("make-report-mails", 10, inward(report_making.make_mails), backlog=report_making.backlog),
    Tick("send-report-mails", 5, mailed(report_sending.send_due), 20, True, report_queries.due_mails),
    Tick("judge-series", 10, inward(judging_series.judge), 20, backlog=judging_series.backlog),
    Tick("estimate-drivers", 10, inward(estimate), 1, apart="numbers"),
    Tick("index-comments", 5, inward(search.index_comments), 500, backlog=search.backlog),
    Tick("add-up-answers", 5, inward(counts.roll_up), 10, backlog=counts.backlog),
    Tick("check-counts", 3600, inward(counts.check), 24),
    Tick("forget-expired", 3600, forget, 50),
    Tick("read-mailbox", 60, read_mailbox, 100, True),
    Tick("send-reminders", 2, to_customers(reminding.send_due), 20, True, queries.due_reminders),
    Tick("close-surveys", 10, close_surveys, 1_000_000),
    Tick("learn-carriers", 60, learn_nightly, 1_000_000),
    Tick("refit-reader", 60, refit_nightly, 1_000_000),
    # Sessions live in real time, whatever the business's clock says.
    Tick("sweep-sign-ins", 60, sweep_daily, 1_000_000, backlog=lambda _now: signing_in.backlog(real_now())),
)


def run_tick(tick: Tick, house: House) -> int | None:
    """Run `tick` once and note how it went; return how much it did, None when it failed.

    A tick that fails is logged and rolled back; a later beat runs it again.
    """
    started_at = real_now()
    error = None
    done: int | None = None
    try:
        now = business_now()
        db.session.rollback()
        done = tick.work(now, tick.limit, house)
    except DeliveryFailed as failure:
        log.warning("%s: %s", tick.name, failure.reason)
        error = failure.reason[:LONGEST_ERROR]
    except Exception:
        db.session.rollback()
        log.exception("the tick %s failed", tick.name)
        error = traceback.format_exc(limit=-5)[-LONGEST_ERROR:]
    try:
        note(tick.name, started_at, done or 0, error)
    except Exception:
        # Without the database there is nowhere to note anything; the log has it.
        db.session.rollback()
        log.exception("the run of %s could not be noted", tick.name)
    return done


def note(name: str, started_at: datetime, done: int, error: str | None) -> None:
    """Write down that a tick ran; one that found nothing, only now and then."""
    last = queries.run_of(name)
    was_failing = last is not None and last.is_failing
    recently = last is not None and started_at - last.started_at < NOTED_EVERY
    if recently and not done and not error and not was_failing:
        db.session.rollback()
        return
    begin_writing()
    run = queries.run_of(name)
    if run is None:
        run = TickRun(name=name, done_in_all=0)
        db.session.add(run)
    run.started_at = started_at
    run.finished_at = real_now()
    run.done = done
    run.done_in_all += done
    if error:
        run.error = error
        run.failed_at = run.finished_at
    db.session.commit()
