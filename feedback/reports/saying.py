"""What reports and digests say in words: the first sentence, what hurts, what is aimed at and was changed."""

from collections.abc import Sequence

from flask_babel import gettext, ngettext

from feedback.aiming.filters import goal_name, outcome_word
from feedback.analysis.filters import theme_name
from feedback.improving.filters import verdict_word, why_words
from feedback.improving.models import Improvement
from feedback.insights.filters import day_text, score_text, with_sign
from feedback.insights.reporting import Report
from feedback.insights.themes.filters import days_before, drift_word, spread
from feedback.insights.themes.filters import sentence as said
from feedback.insights.themes.ranking import Row
from feedback.loyalty.filters import again_head, again_more
from feedback.reports.following import Aim, Followed
from surveys.filters import number, translated


def sentence(found: Report) -> str:
    """Return what the first screen says of a report in words; empty where no figure is shown."""
    if found.focus.measure is None or found.selection.days is None:
        return ""
    kind, before = found.focus.survey.kind, days_before(found.selection.days.length)
    return said(found.focus.measure, kind, found.change, before, found.findings.summary)


def theme_line(row: Row, kind: str) -> str:
    """Return what a theme does to the score, how many mention it, and whether that has changed."""
    if row.impact is None:
        return theme_name(row.code)
    line = ngettext(
        "%(theme)s: %(impact)s on the score (%(range)s), mentioned in %(n)s answer",
        "%(theme)s: %(impact)s on the score (%(range)s), mentioned in %(n)s answers",
        row.mentions,
        theme=theme_name(row.code),
        impact=with_sign(row.impact.value, kind),
        range=spread(row.impact, kind),
        n=number(row.mentions),
    )
    if row.outcome == "too_few":
        return f"{line}; {gettext('few answers')}"
    if row.outcome != "clear":
        return f"{line}; {gettext('perhaps chance')}"
    return f"{line}; {drift_word(row)}" if row.has_changed else str(line)


def hurting(rows: Sequence[Row], kind: str) -> list[str]:
    """Return what pulls the score down, a line each, in the order of the first screen; empty where nothing does."""
    return [str(gettext("What hurts:")), *(theme_line(row, kind) for row in rows)] if rows else []


def goal_line(aim: Aim) -> str:
    """Return a goal with where it stands, and what came of it once it is settled."""
    goal, standing = aim
    line = f"{goal_name(goal)}: "
    if goal.outcome is not None:
        line += f"{outcome_word(goal.outcome)}, "
    if standing is None:
        return line + str(gettext("too few answers to show; until %(day)s", day=day_text(goal.last_day)))
    kind = goal.survey.kind
    values = {
        "score": score_text(standing.score, kind),
        "low": score_text(standing.interval.low, kind),
        "high": score_text(standing.interval.high, kind),
        "day": day_text(goal.last_day),
    }
    return line + str(gettext("%(score)s (%(low)s to %(high)s), until %(day)s", **values))


def improvement_line(each: Improvement) -> str:
    """Return an improvement with its verdict and why, or when it is checked."""
    title = translated(each.title)
    if each.verdict is not None and each.why is not None:
        return f"{title}: {verdict_word(each.verdict)}. {why_words(each.why)}"
    if each.check_on is None:
        return title
    return str(gettext("%(title)s: in effect, checked on %(day)s", title=title, day=day_text(each.check_on)))


def followed_blocks(found: Followed) -> list[list[str]]:
    """Return goals, improvements and repeat purchases in blocks of lines; nothing of what there is not."""
    blocks = []
    if found.aims:
        blocks.append([str(gettext("Goals:")), *map(goal_line, found.aims)])
    if found.improvements:
        blocks.append([str(gettext("Improvements:")), *map(improvement_line, found.improvements)])
    if found.again is not None:
        blocks.append([f"{again_head(found.again)} {again_more(found.again)}"])
    return blocks
