"""The doctor's look at the loop."""

from datetime import timedelta

from feedback.scheduler import queries
from feedback.scheduler.ticks import TICKS
from surveys.upkeep.checks import Finding, Surroundings

LATE = timedelta(minutes=5)  # beyond a tick's own interval
EVERY = {tick.name: timedelta(seconds=tick.every) for tick in TICKS}


def look_at_loop(at: Surroundings) -> list[Finding]:
    """Look whether a process leads the loop, and whether any of its work fails or stands still."""
    leader = queries.leader(at.now)
    if leader is None:
        advice = "Start it: flask loop run (or flask up, which runs the pages too)."
        return [Finding("FAIL", "the loop is not running: nothing is asked, read or sent", advice)]
    found = []
    for run in queries.runs().values():
        if run.is_failing and run.error:
            why = run.error.strip().splitlines()[-1]
            found.append(Finding("FAIL", f"{run.name} fails: {why}", "The log of the loop shows the rest."))
        elif at.now - run.started_at > LATE + EVERY.get(run.name, timedelta(0)):
            said = (
                f"{run.name} has not run for {int((at.now - run.started_at).total_seconds() // 60)} minutes"
            )
            found.append(Finding("warn", said, "The log of the loop may say why; restart it if it hangs."))
    return found or [Finding("ok", f"run by {leader.holder}, all of its work goes well")]
