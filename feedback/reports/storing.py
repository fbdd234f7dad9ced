"""Store what a view says now, so that it can be counted again later and told apart from what it says then."""

from datetime import datetime

from feedback.insights.queries import counts_at
from feedback.insights.reporting import report
from feedback.reports.asking import asked_by
from feedback.reports.models import RESPONSES, SavedView, StoredReport
from feedback.reports.queries import counts_by_survey, last_number, last_response_id, readers_now
from surveys.database import db
from surveys.errors import N_, Refusal
from surveys.staff.models import StaffMember


class NothingToStore(Refusal):
    """Nobody has answered, or so few that nothing is shown."""

    phrase = N_("There are no numbers to store: nobody has answered in these days, or too few to show.")


class ListHasNoFigures(Refusal):
    """A list picks answers out by their words or scores, so it has no score of its own."""

    phrase = N_(
        "A list of responses has no score that could be stored. Store a view of the overview instead."
    )


def store(view: SavedView, by: StaffMember, now: datetime) -> StoredReport:
    """Store the figures that the page of a view shows now, with versions and time of the data.

    Refuses with NoLongerOffered, with ListHasNoFigures, and with NothingToStore where no figure is shown.
    """
    if view.page == RESPONSES:
        raise ListHasNoFigures()
    selection = asked_by(view, now)
    found = report(selection, now)
    shown = {figure.survey.key: figure for figure in (found.figures if found else []) if figure.measure}
    if not shown:
        raise NothingToStore()
    number, last_id = last_number(view) + 1, last_response_id()
    counts = counts_by_survey(selection, counts_at(now))
    questionnaires = {key: figure.survey.current.number for key, figure in shown.items()}
    stored = StoredReport(
        view=view,
        number=number,
        query=selection.query(),
        as_of=now,
        last_response_id=last_id,
        figures={key: as_stored(counts[key]) for key in shown},
        versions={"questionnaires": questionnaires, **readers_now()},
        made_by=by,
    )
    db.session.add(stored)
    db.session.flush()
    return stored


def as_stored(counts: dict[int, int]) -> dict[str, int]:
    """Return counts by score as a column keeps them."""
    return {str(score): n for score, n in sorted(counts.items())}


def as_counted(kept: dict[str, int]) -> dict[int, int]:
    """Return counts by score as they are measured."""
    return {int(score): n for score, n in kept.items()}
