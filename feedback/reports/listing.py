"""What a saved list of responses tells without one of its comments: how many it picks out, and how they are spread."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from flask_babel import gettext, ngettext
from sqlalchemy import Row, func, select

from feedback.insights.intervals import wilson
from feedback.insights.listing import MOST_FOUND, Wanted, count_responses, restricted
from feedback.insights.narrowing import wanted_by
from feedback.insights.queries import AT
from feedback.insights.reporting import is_shown
from feedback.insights.selection import Selection
from feedback.insights.suppression import K, is_uniform
from feedback.reports.choosing import apart
from feedback.reports.models import RESPONSES, SavedView
from surveys.database import db
from surveys.filters import number, percent
from surveys.responses.models import Response
from surveys.scales import MOOD_OF, MOODS, Mood


class Fit(NamedTuple):
    """So many answers fit a list, of `of` with its filters and days alone; with words, `n` ends behind MOST_FOUND.

    `moods` says how many of them are unhappy and so on, without an entry where that may not be told; `is_picky` that the
    list asks for something that these answers say, beside filters and days.
    """

    n: int
    of: int
    moods: Mapping[Mood, int]
    is_picky: bool = False

    @property
    def narrows(self) -> bool:
        """Whether the list picks some out."""
        return self.n < self.of


def wanted_of_view(view: SavedView, selection: Selection) -> Wanted:
    """Return which responses a view is about, of those that count in numbers: what its list picks out, else all."""
    chosen = apart(view.page, view.query)[1] if view.page == RESPONSES else {}
    return replace(wanted_by(chosen, selection), is_counted=True)


def fit_of(view: SavedView, selection: Selection, now: datetime) -> Fit | None:
    """Return what fits the list of a view; None where nothing does, or its part is so small that it is withheld."""
    if not is_shown(selection, now):
        return None
    wanted, everybody = wanted_of_view(view, selection), Wanted(selection, is_counted=True)
    n, is_picky = count_responses(wanted, now), wanted != everybody
    of = count_responses(everybody, now) if is_picky else n
    return Fit(n, of, moods_of(wanted, now), is_picky) if n else None


def fit_outside(fit: Fit | None) -> Fit | None:
    """Return what people outside may be told: five fit at least, and five do not; moods of five each.

    That all fit says the same of everybody there, so they are not a few then.
    """
    if fit is None or fit.n < K or 0 < fit.of - fit.n < K:
        return None
    if fit.is_picky and is_uniform((fit.n, fit.of - fit.n)):
        return None
    counts = fit.moods.values()
    is_told = all(n >= K for n in counts) and not is_uniform(counts)
    return fit if is_told else fit._replace(moods={})


def moods_of(wanted: Wanted, now: datetime) -> dict[Mood, int]:
    """Return how many of a list are of which mood, the unhappy first; nothing where the list chooses the mood itself."""
    if wanted.mood is not None or wanted.group is not None:
        return {}
    found: dict[Mood, int] = {}
    for group, n in counted_by(wanted, now, Response.group):
        found[MOOD_OF[group]] = found.get(MOOD_OF[group], 0) + n
    return {mood: found[mood] for mood in MOODS if mood in found}


def counted_by(wanted: Wanted, now: datetime, *by: Any) -> Sequence[Row[Any]]:
    """Return how many answers with a score a list has, in the last place, for each that there is of the columns."""
    # By its name: the same expression with bound values twice is none to PostgreSQL.
    counted = restricted(select(*by, func.count()).select_from(Response), wanted, now)
    since, until = wanted.selection.since, wanted.selection.until
    counted = counted.where(Response.group.is_not(None), since <= AT, until > AT)
    return db.session.execute(counted.group_by(*(column.name for column in by))).all()


def fit_sentence(fit: Fit) -> str:
    """Return how many fit, and which share that is with its interval."""
    if fit.n > MOST_FOUND:
        return str(gettext("More than %(count)s answers fit.", count=number(MOST_FOUND)))
    if not fit.narrows:
        return str(ngettext("%(count)s answer.", "%(count)s answers.", fit.n, count=number(fit.n)))
    share = wilson(fit.n, fit.of)
    values = {
        "count": number(fit.n),
        "of": number(fit.of),
        "share": percent(100 * fit.n / fit.of),
        "low": percent(100 * share.low),
        "high": percent(100 * share.high),
    }
    return str(
        ngettext(
            "%(count)s of %(of)s answers fits: %(share)s (%(low)s to %(high)s).",
            "%(count)s of %(of)s answers fit: %(share)s (%(low)s to %(high)s).",
            fit.n,
            **values,
        )
    )
