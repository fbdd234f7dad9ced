"""What a link to a list of responses tells: nothing from which a few can be worked out with the links to lists beside it.

Lists beside it leave out some of its filters, or have another mood, group or answer in the place of its own. What may be
told of one depends on its filters alone, not on which links there are: nobody knows which of them somebody has.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import chain, combinations
from typing import Any

from sqlalchemy import func, literal

from feedback.insights.dimensions.belonging import answer_to
from feedback.insights.listing import MOST_FOUND, Wanted, count_responses
from feedback.insights.selection import UNKNOWN, Selection
from feedback.insights.suppression import ANY, Cell, hidden_cells, hidden_within
from feedback.insights.themes.choices import parted
from feedback.reports.listing import Fit, counted_by, fit_of, fit_outside, wanted_of_view
from feedback.reports.models import SavedView
from surveys.responses.models import Response
from surveys.scales import MOOD_OF

EVERYBODY = Wanted()
MOST_FILTERS = 5  # at once: each more doubles what has to be counted
CHOICES = ("words", "flag", "is_refused", "answer", "mood", "group")


def told_of(view: SavedView, selection: Selection, now: datetime) -> Fit | None:
    """Return what people outside may be told of a list; None where a few would be told apart."""
    if has_too_many(view, selection):
        return None
    wanted = wanted_of_view(view, selection)
    fit = fit_outside(fit_of(view, selection, now))
    if fit is None or (fit.n <= MOST_FOUND and hidden_within(fit.n, _sizes_of_wider(wanted, now))):
        return None
    hidden = hidden_cells(cells_of(wanted, now))
    group, value = wanted.group or ANY, parted(wanted.answer)[1] if wanted.answer else ANY
    mood = wanted.mood or (MOOD_OF[wanted.group] if wanted.group else ANY)
    if {(mood, group, value), (ANY, group, value)} & hidden:
        return None
    are_told = not any((each, ANY, value) in hidden for each in fit.moods)
    return fit if are_told else fit._replace(moods={})


def has_too_many(view: SavedView, selection: Selection) -> bool:
    """Tell whether a list picks answers out by so many filters at once that a link tells nothing of it."""
    return len(_filters_of(wanted_of_view(view, selection))) > MOST_FILTERS


def cells_of(wanted: Wanted, now: datetime) -> dict[Cell, int]:
    """Return how many there are of each mood, group and answer to the question that a list chooses by."""
    said = func.coalesce(answer_to(parted(wanted.answer)[0]), UNKNOWN) if wanted.answer else literal(UNKNOWN)
    all_of_them = replace(wanted, mood=None, group=None, answer=None)
    found = counted_by(all_of_them, now, Response.group, said.label("said"))
    return {(MOOD_OF[group], group, value): n for group, value, n in found}


def _filters_of(wanted: Wanted) -> list[str]:
    """Return the names of the filters of a list, whatever its period."""
    chosen = [name for name in CHOICES if getattr(wanted, name) != getattr(EVERYBODY, name)]
    return [*chosen, *wanted.selection.restricted]


def _sizes_of_wider(wanted: Wanted, now: datetime) -> Iterator[int]:
    """Yield how many fit each list that leaves out some of the filters of this one, but not all."""
    names = _filters_of(wanted)
    for out in chain.from_iterable(combinations(names, n) for n in range(1, len(names))):
        without = {name: getattr(EVERYBODY, name) for name in out if name in CHOICES}
        places: dict[str, Any] = dict.fromkeys(name for name in out if name not in CHOICES)
        wider = replace(wanted, selection=replace(wanted.selection, **places), **without)
        yield count_responses(wider, now)
