"""Gather the figures of this half of the house: tasks, what waits to leave, and how the loop is doing."""

from datetime import datetime

from feedback.aiming.models import GoalMail
from feedback.follow_up.conversation.models import Reply
from feedback.follow_up.praise.models import ThankYou
from feedback.huddle.models import HuddleMail
from feedback.notices.chat.models import ChatPost
from feedback.notices.models import NoticeMail
from feedback.reports.models import ReportMail
from feedback.scheduler import queries
from surveys.upkeep.checks import Surroundings
from surveys.upkeep.metrics import Metric, Sample, by, one
from surveys.upkeep.queries import due
from surveys.work import Claimable

# What leaves the house, with the words for many and for one of them.
LEAVING: tuple[tuple[str, type[Claimable], str, str], ...] = (
    ("replies", Reply, "Replies to customers", "reply"),
    ("thank_yous", ThankYou, "Thank-yous to customers", "thank-you"),
    ("notices", NoticeMail, "Mails to staff", "mail to staff"),
    ("chat_posts", ChatPost, "Messages to the team's chat", "message to a chat"),
    ("huddle_mails", HuddleMail, "Mails with the page of the huddle", "mail with the page of the huddle"),
    ("report_mails", ReportMail, "Digests and monthly reports", "digest or report"),
    ("goal_mails", GoalMail, "Mails about goals", "mail about a goal"),
)


def leaving(now: datetime) -> list[Metric]:
    """Return of each kind of message how many should have left by the business time `now`, and since when one waits."""
    found = []
    for name, model, many, single in LEAVING:
        waiting = due(model, now)
        found += [
            one(f"{name}_due", f"{many} that should have left.", waiting.number),
            one(f"{name}_oldest_due_seconds", f"How long the oldest due {single} waits.", waiting.age(now)),
        ]
    return found


def measure(at: Surroundings) -> list[Metric]:
    """Return tasks by state, due mails, and of each tick when it ran last, how much it did, whether it fails."""
    runs = queries.runs().values()
    return [
        by("tasks", "Tasks by state.", "state", queries.tasks_by_state()),
        *leaving(at.business),
        one("loop_leads", "1 while a process leads the loop.", int(queries.leader(at.now) is not None)),
        Metric(
            "tick_age_seconds",
            "Since when each tick of the loop ran last; noted every 15 seconds when idle.",
            tuple(Sample((at.now - run.started_at).total_seconds(), {"tick": run.name}) for run in runs),
        ),
        Metric(
            "tick_failing",
            "1 while the last run of a tick failed.",
            tuple(Sample(int(run.is_failing), {"tick": run.name}) for run in runs),
        ),
        Metric(
            "tick_done_total",
            "How much each tick did in all.",
            tuple(Sample(run.done_in_all, {"tick": run.name}) for run in runs),
        ),
    ]
