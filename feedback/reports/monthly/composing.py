"""The monthly report in the lines of a mail."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import format_date, gettext, ngettext

from feedback.follow_up.effect.filters import waited
from feedback.follow_up.effect.measuring import parts_of
from feedback.follow_up.effect.recovery import Share
from feedback.insights.filters import group_word
from feedback.insights.listing import Listed
from feedback.insights.queries import calendar_zone
from feedback.insights.selection import Days, Selection
from feedback.insights.themes.filters import sentence
from feedback.insights.themes.summing_up import Summary
from feedback.notices.composing import strokes
from feedback.reports.monthly.assembling import Figure, Month, month
from feedback.reports.saying import followed_blocks, hurting
from surveys.filters import masked, number, percent, translated
from surveys.invitations.post import Post


def month_name(days: Days) -> str:
    """Return a month with its year."""
    return str(format_date(days.first, "LLLL y"))


def report_subject(days: Days) -> str:
    """Return the subject of the mail."""
    return str(gettext("Monthly report, %(month)s", month=month_name(days)))


def report_blocks(days: Days, now: datetime, post: Post) -> list[list[str]]:
    """Return the report of all shops in blocks of lines, with the address of its two pages for print."""
    found = month(Selection(zone=calendar_zone(None)), days, now)
    first = days.first
    place = [
        gettext("Two pages to print:"),
        f"{post.base_url}/insights/monthly/{first.year}-{first.month:02}",
    ]
    blocks = [[report_subject(days)], *([figure_line(found, each)] for each in found.figures)]
    kind = found.focus.survey.kind if found.focus else ""
    blocks += [hurting(found.hurting, kind), done_lines(found), *followed_blocks(found.followed)]
    blocks += voice_lines(gettext("Praise:"), found.praise) + voice_lines(
        gettext("Criticism:"), found.criticism
    )
    return [*(block for block in blocks if block), place]


def figure_line(found: Month, figure: Figure) -> str:
    """Return the sentence of one survey, with how many answered."""
    n = ngettext("%(n)s answer", "%(n)s answers", figure.measure.n, n=number(figure.measure.n))
    return f"{translated(figure.survey.name)}: {figure_sentence(found, figure)} {n}."


def figure_sentence(found: Month, figure: Figure) -> str:
    """Return the figure of a survey, whether it has changed since the month before, and in focus what that mostly is."""
    before = gettext("the month before")
    summary = found.findings.summary if figure is found.focus and found.findings else Summary()
    return sentence(figure.measure, figure.survey.kind, figure.verdict, str(before), summary)


def done_lines(found: Month) -> list[str]:
    """Return what became of the month's tasks, a line each."""
    tally, parts = found.effect.tally, parts_of(found.effect)
    if not tally.n:
        return [gettext("What was done:"), gettext("No task was opened in this month.")]
    lines = [
        gettext("What was done:"),
        ngettext("%(n)s task was opened", "%(n)s tasks were opened", tally.n, n=number(tally.n)),
    ]
    told = (
        (gettext("First contact in time"), parts["in_time"]),
        (gettext("Resolved so far"), parts["resolved"]),
        (gettext("Recovered, of those who said"), parts["recovered"]),
    )
    lines += [f"{name}: {share_text(share)}" for name, share in told if share.n]
    half = found.effect.contact.quantile().time
    return [*lines, gettext("Half were contacted within %(time)s", time=waited(half))] if half else lines


def share_text(share: Share) -> str:
    """Return a share with its interval and how many of how many; a dash where there is nobody."""
    if share.value is None or share.interval is None:
        return "–"
    low, high = percent(100 * share.interval.low), percent(100 * share.interval.high)
    between = gettext("%(low)s to %(high)s", low=low, high=high)
    of = gettext("%(k)s of %(n)s", k=number(share.k), n=number(share.n))
    return f"{percent(100 * share.value)} ({between}, {of})"


def voice_lines(head: str, rows: Sequence[Listed]) -> list[list[str]]:
    """Return some comments under a heading; personal data in them is covered."""
    blocks = []
    for row in rows:
        response = row.response
        group = group_word(response.group) if response.group else ""
        scored = [strokes(response.survey.kind, response.score, group)] if response.score is not None else []
        blocks.append([*scored, f"“{masked(response.comment)}”"])
    return [[head], *blocks] if blocks else []
