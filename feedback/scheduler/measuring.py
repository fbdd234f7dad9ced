"""Gather the figures of this half of the house: tasks, what waits to leave, and how the loop is doing."""

from feedback.follow_up.conversation.models import Reply
from feedback.notices.models import NoticeMail
from feedback.scheduler import queries
from surveys.upkeep.checks import Surroundings
from surveys.upkeep.metrics import Metric, Sample, by, one
from surveys.upkeep.queries import due


def measure(at: Surroundings) -> list[Metric]:
    """Return tasks by state, due mails, and of each tick when it ran last, how much it did, whether it fails."""
    replies, notices = due(Reply, at.business), due(NoticeMail, at.business)
    runs = queries.runs().values()
    return [
        by("tasks", "Tasks by state.", "state", queries.tasks_by_state()),
        one("replies_due", "Replies to customers that should have left.", replies.number),
        one(
            "replies_oldest_due_seconds",
            "How long the oldest due reply waits.",
            replies.age(at.business),
        ),
        one("notices_due", "Mails to staff that should have left.", notices.number),
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
