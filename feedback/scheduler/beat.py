"""The beat of the loop: APScheduler in a process of its own, without a job store.

Our tables say what is due; the scheduler only says when to look. Several processes may beat on
one database: the one that holds the lease runs the ticks, the others wait for it to fall silent.
Ticks within the house run one after another in one thread and those that talk to the outside in
a second, so that a slow mail server delays no task; comments are read in a third, chats and long sums have theirs. What
has more to do than one batch queues up again behind the others, so that ten thousand answers delay nothing either. What
fails outside rests for a while, longer each time, so that a server that is down or knows us no more is not asked without
end.
"""

import logging
import signal
import threading
from datetime import datetime, timedelta

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.blocking import BlockingScheduler
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from feedback.scheduler.leading import LEASE, hand_over, take_lease
from feedback.scheduler.shapes import House, Tick
from feedback.scheduler.ticks import TICKS, run_tick
from surveys.clock import real_now
from surveys.database import begin_writing, db
from surveys.invitations.founding import found_shop

LONGEST_REST = timedelta(minutes=1)
log = logging.getLogger(__name__)


class Beat:
    """One process of the loop, from start to the signal that ends it."""

    def __init__(self, app: Flask, house: House, holder: str, lease: timedelta = LEASE):
        self.app = app
        self.house = house
        self.holder = holder
        self.lease = lease
        self.leads_until = datetime.min.replace(tzinfo=real_now().tzinfo)
        self.ending = threading.Event()
        self.rests: dict[str, tuple[datetime, timedelta]] = {}  # until when, and for how long, by tick
        self.queued: set[str] = set()  # those that have queued up for one more turn
        self.threads = {name: ThreadPoolExecutor(1) for name in {"lease"} | {tick.thread for tick in TICKS}}
        self.scheduler = BlockingScheduler(
            timezone="UTC",
            executors=self.threads,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    def run(self) -> None:
        """Beat until SIGTERM or SIGINT; the ticks that are running finish first."""
        # A tick that still runs when its turn comes again is no news.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        try:
            self.keep_lease()  # before the first ticks, so that those of long intervals run at once
        except SQLAlchemyError:
            log.exception("the database does not answer yet")
        start = real_now()
        third = self.lease.total_seconds() / 3
        self.scheduler.add_job(
            self.keep_lease, "interval", seconds=third, executor="lease", next_run_time=start
        )
        for tick in TICKS:
            self.scheduler.add_job(
                self.run_tick,
                "interval",
                seconds=tick.every,
                args=[tick],
                executor=tick.thread,
                next_run_time=start,
            )
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.end)
        log.info("the loop beats as %s", self.holder)
        self.go()
        with self.app.app_context():
            begin_writing()
            hand_over(self.holder, real_now())
            db.session.commit()
        log.info("the loop has stopped; nothing was left half done")

    def go(self) -> None:
        """Run what is due until `end`; the ticks that are running finish first."""
        self.scheduler.start()
        for thread in self.threads.values():
            thread.shutdown()  # waits for its tick

    def end(self, *_signal: object) -> None:
        """Stop beating; in a thread, because a signal may come while the scheduler holds its locks.

        The scheduler does not wait for ticks: it would hold its locks meanwhile, which a tick needs to queue up.
        """
        if not self.ending.is_set():
            self.ending.set()
            threading.Thread(target=self.scheduler.shutdown, args=(False,), name="ending").start()

    def keep_lease(self) -> None:
        """Take the lead or keep it; without an answer from the database the lease runs out by itself."""
        if self.ending.is_set():
            return
        with self.app.app_context():
            asked_at = real_now()
            begin_writing()
            leads = take_lease(self.holder, asked_at, self.lease)
            begins = leads and not self.leads
            if begins:
                found_shop(asked_at)  # A database that was only migrated has no shop and no survey yet.
            db.session.commit()
        if begins:
            log.info("%s leads the loop", self.holder)
        self.leads_until = asked_at + self.lease if leads else asked_at

    @property
    def leads(self) -> bool:
        """Whether this process holds the lease now."""
        return real_now() < self.leads_until

    def run_tick(self, tick: Tick) -> None:
        """Run one tick while this process leads; with its hands full it gets another turn after those that wait."""
        if self.ending.is_set() or not self.leads or self.is_resting(tick):
            return
        with self.app.app_context():
            done = run_tick(tick, self.house)
        if done is None and tick.outward:
            self.let_rest(tick)
            return
        self.rests.pop(tick.name, None)
        if done is not None and done >= tick.limit:
            self.queue_up(tick)

    def queue_up(self, tick: Tick) -> None:
        """Let the tick go on when all that is due before it has had its turn; it stands in the queue once."""
        if tick.name not in self.queued:
            self.queued.add(tick.name)
            self.scheduler.add_job(self.go_on, args=[tick], executor=tick.thread)

    def go_on(self, tick: Tick) -> None:
        """Take the turn that the tick has queued up for."""
        self.queued.discard(tick.name)
        self.run_tick(tick)

    def is_resting(self, tick: Tick) -> bool:
        """Whether the tick has just failed outside."""
        return tick.name in self.rests and real_now() < self.rests[tick.name][0]

    def let_rest(self, tick: Tick) -> None:
        """Leave the tick out for as long as its interval, for twice as long when it fails again, and so on."""
        _, last = self.rests.get(tick.name, (None, timedelta(seconds=tick.every) / 2))
        rest = min(2 * last, max(LONGEST_REST, timedelta(seconds=tick.every)))
        self.rests[tick.name] = (real_now() + rest, rest)
