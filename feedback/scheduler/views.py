"""The loop's health on one page: who leads, and of each tick the last run, the last error, the backlog."""

from datetime import datetime, timedelta
from typing import NamedTuple

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback.scheduler import queries
from feedback.scheduler.models import TickRun
from feedback.scheduler.shapes import Tick
from feedback.scheduler.ticks import NOTED_EVERY, TICKS
from surveys.clock import business_now, real_now
from surveys.errors import N_
from surveys.staff.door import StaffDoor

door = StaffDoor("loop", __name__, permission="loop", url_prefix="/loop")
PATIENCE = timedelta(seconds=30)  # A tick may be this much behind its time before it counts as late.

# What each tick does, as people say it; logs and the command line say its name.
WORDS = {
    "read-order-events": N_("Read what the shop reports of orders"),
    "work-imports": N_("Take in what was imported from files"),
    "read-mailbox": N_("Read the mailbox: bounces, complaints, replies"),
    "plan-invitations": N_("Decide whom to ask, and when"),
    "give-turns": N_("Give customers their turns in programmes and sends"),
    "prompt-opt-ins": N_("Find fresh opt-ins that wait for their confirmation"),
    "ask-to-confirm": N_("Ask customers to confirm their consent"),
    "reckon-capacity": N_("Reckon how much may be asked"),
    "send-invitations": N_("Send the questions to customers"),
    "analyse-responses": N_("Read comments"),
    "read-again": N_("Read comments again that another reader had read"),
    "find-themes-again": N_("Look for themes with changed phrases"),
    "index-comments": N_("Put comments into the index that search looks at"),
    "bind-answers": N_("Give answers their order when it comes late"),
    "open-tasks": N_("Open tasks for unhappy answers"),
    "route-tasks": N_("Give waiting tasks to people who are free again"),
    "age-tasks": N_("Put waiting tasks higher in the inbox"),
    "work-on-many": N_("Do what was ordered for many tasks"),
    "reckon-spending": N_("Reckon what customers spend"),
    "ask-back": N_("Ask whether a task was solved"),
    "record-outcomes": N_("Note what customers say to that"),
    "escalate-tasks": N_("Bring waiting tasks back, report late ones"),
    "send-replies": N_("Send replies to customers"),
    "send-thank-yous": N_("Send thank-yous to happy customers"),
    "mail-data-links": N_("Mail customers the links to their own data"),
    "collect-notices": N_("Collect news for the team"),
    "tell-staff": N_("Send news to the team"),
    "judge-series": N_("Judge what is watched"),
    "make-huddle-mails": N_("Make the mails of the huddle"),
    "send-huddle-mails": N_("Send the mails of the huddle"),
    "settle-goals": N_("Settle goals whose day has come"),
    "send-goal-mails": N_("Tell what came of goals"),
    "judge-improvements": N_("Judge improvements whose days are over"),
    "tell-of-improvements": N_("Tell customers what became of what they raised"),
    "remind-of-improvements": N_("Tell the team that an improvement was judged"),
    "make-report-mails": N_("Make digests and monthly reports"),
    "send-report-mails": N_("Send digests and monthly reports"),
    "tell-chats": N_("Tell teams in their chat"),
    "send-reminders": N_("Remind customers who have not answered"),
    "close-surveys": N_("Close surveys that have the answers they wanted"),
    "learn-carriers": N_("Learn how long carriers take"),
    "refit-reader": N_("Learns at night from corrected readings"),
    "estimate-drivers": N_("Work out what goes together with the scores, and which comments are typical"),
    "add-up-answers": N_("Add up answers for Insights"),
    "check-counts": N_("Check whether what was added up is right"),
    "forget-expired": N_("Forget what was kept as long as it may be"),
    "sweep-sign-ins": N_("Sweep away expired sessions and links"),
}


class Row(NamedTuple):
    """One tick as the page shows it; `run` is None before its first."""

    said: str
    run: TickRun | None
    state: str
    waits: int

    @property
    def is_calm(self) -> bool:
        """Whether it runs and has nothing to do: such rows are folded on a phone."""
        return self.state == "ok" and not self.waits


@door.get("")
def loop() -> ResponseReturnValue:
    """Show how the loop is doing."""
    now, business = real_now(), business_now()
    runs = queries.runs()
    rows = [
        Row(
            _(WORDS[tick.name]),
            runs.get(tick.name),
            state_of(tick, runs.get(tick.name), now),
            tick.backlog(business),
        )
        for tick in TICKS
    ]
    return render_template(
        "scheduler/loop.html", rows=rows, now=now, leader=queries.leader(now), states=states()
    )


def loop_runs() -> bool:
    """Tell whether a process leads the loop, for the pages that promise what the loop does."""
    return queries.leader(real_now()) is not None


def state_of(tick: Tick, run: TickRun | None, now: datetime) -> str:
    """Return ok, late or failed; a tick that never ran is late."""
    if run is not None and run.is_failing:
        return "failed"
    due = timedelta(seconds=tick.every) + NOTED_EVERY + PATIENCE
    return "ok" if run is not None and now - run.started_at <= due else "late"


def states() -> dict[str, str]:
    """Return the word for each state."""
    return {"ok": _("runs"), "late": _("does not run"), "failed": _("fails")}
